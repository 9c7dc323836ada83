"""The learner's own day: its number, its limits, and the instants at which things are due."""

from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from quizapp.memory import StudyCalendar
from quizapp.storage.accounts import Account
from quizapp.storage.queue import QueueQuery

# A learning step that ends within this time may be taken early when nothing else waits.
LEARN_AHEAD = timedelta(minutes=20)


class HasDays(Protocol):
    """Somebody with a time zone of their own, and an hour at which their day begins."""

    @property
    def timezone(self) -> str:
        """The name of the time zone."""

    @property
    def rollover_hour(self) -> int:
        """The hour, 0 to 23."""


def calendar_of(person: HasDays) -> StudyCalendar:
    """Return the study days of a person."""
    return StudyCalendar(timezone=ZoneInfo(person.timezone), rollover_hour=person.rollover_hour)


def date_of(person: HasDays, at: datetime) -> date:
    """Return the date on which the study day of an instant begins."""
    return date.fromordinal(calendar_of(person).study_day(at))


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
