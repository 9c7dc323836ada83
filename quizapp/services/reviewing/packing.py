"""A pack: the questions that wait, to be loaded ahead and answered without a network."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.services.quizzing.withholding import find_withheld
from quizapp.services.reviewing.asking import Asking, ask
from quizapp.services.reviewing.days import calendar_of, queue_query
from quizapp.services.reviewing.order import order_waiting
from quizapp.storage.accounts import Account
from quizapp.storage.figures import StudyFigures
from quizapp.storage.ids import StudyId
from quizapp.storage.packs import find_askables
from quizapp.storage.queue import StudyQueue, find_study_queue

MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The questions of a study session in the order to ask them, at most `MOST`."""

    study: StudyFigures
    questions: tuple[Asking, ...]


def pack_study(session: Session, account: Account, study_id: StudyId, now: datetime) -> Pack:
    """Return what waits in a study session, one question a fact, chosen as if it were asked now.

    A pack holds keys. So a question of an assignment that the learner may still sit is left out.
    Four statements, and one for every fifty facts that wait until the pack is full.

    Raises:
        NotFoundError: no such study session of this learner.
    """
    found = find_study_queue(session, queue_query(account, now), study_id)
    if found is None:
        raise NotFoundError("There is no such study session.")
    withheld = find_withheld(session, account.id, now)
    asked = _ask_all(session, account, found, now)
    allowed = (each for each in asked if each.question_id not in withheld)
    return Pack(study=found.study, questions=tuple(islice(allowed, MOST)))


def _ask_all(
    session: Session, account: Account, found: StudyQueue, now: datetime
) -> Iterator[Asking]:
    today, backlog = calendar_of(account).study_day(now), account.reviews_per_day
    ordered = order_waiting(found.waiting, now=now, today=today, backlog=backlog)
    for start in range(0, len(ordered), MOST):
        fact_ids = [each.fact_id for each in ordered[start : start + MOST]]
        askables = find_askables(session, account.id, fact_ids, date.fromordinal(today))
        yield from (ask(account, found, askables[fact_id], now) for fact_id in fact_ids)
