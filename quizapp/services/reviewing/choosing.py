"""A learner buries, suspends or flags a fact, or takes that back; what is set aside by now."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError, NotFoundError
from quizapp.memory import FIRST_LEECH
from quizapp.services.reviewing.days import calendar_of
from quizapp.storage.accounts import Account
from quizapp.storage.choices import ChoiceName, ChosenFact, list_chosen, put_choice
from quizapp.storage.ids import FactId
from quizapp.storage.introductions import move_back

Act: TypeAlias = Literal["bury", "suspend", "flag", "unbury", "resume", "unflag"]
ACTS: tuple[Act, ...] = get_args(Act)
_COLUMNS: Mapping[Act, ChoiceName] = MappingProxyType(
    {
        "bury": "buried_day",
        "suspend": "suspended_at",
        "flag": "flagged_at",
        "unbury": "buried_day",
        "resume": "suspended_at",
        "unflag": "flagged_at",
    }
)


def read_act(text: str) -> Act:
    """Return the act of that name.

    Raises:
        InvalidError: there is none.
    """
    for act in ACTS:
        if act == text:
            return act
    raise InvalidError("Choose what to do with the fact.")


def choose(session: Session, account: Account, fact_id: FactId, act: Act, now: datetime) -> None:
    """Set a fact aside for the study day or until further notice, flag it, or take that back.

    Doing it again changes nothing but its time.

    Raises:
        NotFoundError: no course of this learner teaches such a fact.
    """
    value = _value(account, act, now)
    if not put_choice(session, account.id, fact_id, _COLUMNS[act], value):
        raise NotFoundError("There is no such fact in your courses.")
    if act == "resume":
        # If the fact is still new, others after it may have been met meanwhile.
        move_back(session, account.id, fact_id)


def list_set_aside(session: Session, account: Account, now: datetime) -> tuple[ChosenFact, ...]:
    """Return the facts that the learner set aside or flagged, and their leeches: one statement."""
    today = calendar_of(account).study_day(now)
    return list_chosen(session, account.id, today=today, lapses=FIRST_LEECH)


def _value(account: Account, act: Act, now: datetime) -> datetime | int | None:
    if act == "bury":
        return calendar_of(account).study_day(now)
    return now if act in {"suspend", "flag"} else None
