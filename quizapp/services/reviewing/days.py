"""The learner's own day: its number, its limits, and the instants at which things are due."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from quizapp.memory import StudyCalendar
from quizapp.storage.accounts import Account
from quizapp.storage.queue import QueueQuery

# A learning step that ends within this time may be taken early when nothing else waits.
LEARN_AHEAD = timedelta(minutes=20)


def calendar_of(account: Account) -> StudyCalendar:
    """Return the study days of a learner."""
    return StudyCalendar(timezone=ZoneInfo(account.timezone), rollover_hour=account.rollover_hour)


def queue_query(account: Account, now: datetime) -> QueueQuery:
    """Return what the queue depends on for this learner at this instant."""
    calendar = calendar_of(account)
    today = calendar.study_day(now)
    return QueueQuery(
        learner_id=account.id,
        now=now,
        today=today,
        day_start=calendar.start_of(today),
        ahead=now + LEARN_AHEAD,
        new_per_day=account.new_per_day,
        reviews_per_day=account.reviews_per_day,
    )
