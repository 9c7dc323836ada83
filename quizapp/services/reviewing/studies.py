"""Study sessions: started or resumed, ended, summed up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.memory import due_instant
from quizapp.services.reviewing.days import calendar_of
from quizapp.storage.accounts import Account
from quizapp.storage.figures import StudyFigures
from quizapp.storage.ids import StudyId
from quizapp.storage.scopes import EVERYTHING, Scope, has_scope
from quizapp.storage.studies import (
    FactFigures,
    add_study,
    end_study,
    find_open_study,
    find_study,
    list_study_facts,
)

# A session that rests longer than this is over, whether its browser was closed or forgotten.
LONGEST_PAUSE = timedelta(minutes=30)
_HARDEST = 3
_SECONDS_EACH = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HardFact:
    """A fact that went wrong in a study session, and when it is due again."""

    statement: str
    section: str
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A study session in figures.

    `score` is the share of right answers, None without any; `next_due` is when the first of its
    facts is due again.
    """

    started_at: datetime
    ended_at: datetime | None
    shown: int
    answered: int
    right: int
    minutes: float
    score: float | None
    hardest: tuple[HardFact, ...]
    next_due: datetime | None


def start_study(
    session: Session, account: Account, now: datetime, scope: Scope | None = None
) -> StudyId:
    """Resume the learner's open study session, or begin one; a rested one is ended first.

    Without a scope the open one is resumed whatever it asks. Another scope ends it: only one is
    open at a time.

    Raises:
        NotFoundError: no course of this learner teaches what the scope names.
    """
    wanted = scope or EVERYTHING
    narrowed = (wanted.course_id, wanted.section) != (None, None)
    if narrowed and not has_scope(session, account.id, wanted):
        raise NotFoundError("There is no such course of yours, or no such section in it.")
    current = find_open_study(session, account.id)
    if current is not None:
        goes_on = is_open(current, now)
        if goes_on and scope in {None, current.scope}:
            return current.id
        ended = now if goes_on else last_activity(current)
        end_study(session, account.id, current.id, left_open=False, now=ended)
    return add_study(session, account.id, now, wanted)


def finish_study(
    session: Session, account: Account, study_id: StudyId, *, left_open: bool, now: datetime
) -> None:
    """End a study session; `left_open` tells that a question was before the learner.

    Raises:
        NotFoundError: no such study session of this learner.
    """
    if not end_study(session, account.id, study_id, left_open=left_open, now=now):
        raise NotFoundError("There is no such study session.")


def is_open(study: StudyFigures, now: datetime) -> bool:
    """Tell whether a study session goes on: not ended, and not resting for too long."""
    return study.ended_at is None and now - last_activity(study) <= LONGEST_PAUSE


def last_activity(study: StudyFigures) -> datetime:
    """Return when the learner last did something in a study session."""
    return study.last_at or study.started_at


def sum_up(session: Session, account: Account, study_id: StudyId, now: datetime) -> Summary:
    """Return the summary of a study session, a running one included: two statements.

    One that the learner never ended ended with its last answer.

    Raises:
        NotFoundError: no such study session of this learner.
    """
    study = find_study(session, account.id, study_id)
    if study is None:
        raise NotFoundError("There is no such study session.")
    facts = list_study_facts(session, account.id, study_id)
    hardest = sorted((fact for fact in facts if fact.wrong), key=_by_difficulty)[:_HARDEST]
    return Summary(
        started_at=study.started_at,
        ended_at=None if is_open(study, now) else study.ended_at or last_activity(study),
        shown=study.answered + study.left_open,
        answered=study.answered,
        right=study.right,
        minutes=minutes_of(study),
        score=study.right / study.answered if study.answered else None,
        hardest=tuple(_hard_fact(account, fact) for fact in hardest),
        next_due=min((due for fact in facts if (due := _due(account, fact))), default=None),
    )


def minutes_of(study: StudyFigures) -> float:
    """Return the minutes that the learner spent answering."""
    return study.active_ms / 60_000


def _by_difficulty(fact: FactFigures) -> tuple[int, float, int]:
    difficulty = fact.memory.difficulty if fact.memory else 0.0
    return (-fact.wrong, -difficulty, fact.fact_id)


def _hard_fact(account: Account, fact: FactFigures) -> HardFact:
    return HardFact(statement=fact.statement, section=fact.section, due=_due(account, fact))


def _due(account: Account, fact: FactFigures) -> datetime | None:
    return due_instant(fact.memory, calendar_of(account)) if fact.memory else None


def seconds_each(studies: Sequence[StudyFigures]) -> float:
    """Return a learner's own pace, once there are answers to take it from."""
    answered = sum(study.answered for study in studies)
    if not answered:
        return _SECONDS_EACH
    return sum(study.active_ms for study in studies) / 1000 / answered
