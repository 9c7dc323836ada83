"""A learner lets weights be fitted to their own answers, uses them, and gives them back.

They hold for all that the learner answers, in the place of those of any course.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError
from quizapp.memory.fit_figures import LEAST_TESTED
from quizapp.services.fitting.looking import look_at_own_fittings
from quizapp.services.fitting.starting import begin_fitting, call_off
from quizapp.services.fitting.using import use_accepted, withdraw
from quizapp.storage.accounts import Account
from quizapp.storage.fittings import FitSubject, lock_learner
from quizapp.storage.ids import FitId


def start_own(session: Session, learner: Account, now: datetime) -> FitId:
    """Let weights be fitted to a learner's own answers, by the job that fits those of courses.

    Raises:
        ConflictError: they have too few answers, a fitting waits or runs, or one of the last day
            has ended.
    """
    subject = _lock(session, learner)
    desk = look_at_own_fittings(session, learner)
    if not desk.may_suffice:
        raise ConflictError(f"At least {LEAST_TESTED:,} answers are needed; go on reviewing.")
    if desk.must_pause(now):
        raise ConflictError("Your parameters can be fitted once in 24 hours.")
    return begin_fitting(session, subject, learner, now)


def cancel_own(session: Session, learner: Account, fit_id: FitId, now: datetime) -> None:
    """Cancel a learner's own fitting that waits or runs.

    Raises:
        NotFoundError: they have no such fitting.
        ConflictError: it has ended.
    """
    call_off(session, _lock(session, learner), fit_id, now)


def use_own(session: Session, learner: Account, fit_id: FitId, now: datetime) -> None:
    """Schedule all that a learner answers from now on by their own weights.

    Raises:
        NotFoundError: they have no such fitting.
        ConflictError: the weights were not better.
    """
    use_accepted(session, _lock(session, learner), fit_id, now)


def withdraw_own(session: Session, learner: Account, fit_id: FitId, now: datetime) -> None:
    """Schedule what a learner answers from now on as their courses do, if the fit is in use.

    Raises:
        NotFoundError: they have no such fitting.
    """
    withdraw(session, _lock(session, learner), fit_id, now)


def _lock(session: Session, learner: Account) -> FitSubject:
    lock_learner(session, learner.id)
    return FitSubject(learner_id=learner.id)
