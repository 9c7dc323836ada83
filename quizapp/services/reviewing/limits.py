"""Limits of new facts and reviews for today only."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.services.accounts.changing import check_limits
from quizapp.services.reviewing.days import calendar_of
from quizapp.storage.accounts import Account
from quizapp.storage.limits import DayLimits, delete_day_limits, put_day_limits


def limit_today(session: Session, learner: Account, limits: DayLimits, now: datetime) -> None:
    """Let these limits hold until the learner's study day ends.

    Raises:
        InvalidError: one is below 0 or too large.
    """
    check_limits(limits.new_per_day, limits.reviews_per_day)
    today = calendar_of(learner).study_day(now)
    # Those of earlier days are of no use any more.
    delete_day_limits(session, learner.id, upto=today - 1)
    put_day_limits(session, learner.id, today, limits)


def lift_limits(session: Session, learner: Account, now: datetime) -> None:
    """Let the usual limits hold today again."""
    delete_day_limits(session, learner.id, upto=calendar_of(learner).study_day(now))
