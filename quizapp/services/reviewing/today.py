"""The learner's first page."""

from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from sqlalchemy.orm import Session

from quizapp.memory import StudyCalendar
from quizapp.services.reviewing.days import calendar_of, queue_query
from quizapp.services.reviewing.order import Counts, count_waiting
from quizapp.services.reviewing.studies import is_open, seconds_each
from quizapp.storage.accounts import Account
from quizapp.storage.figures import StudyFigures
from quizapp.storage.limits import DayLimits
from quizapp.storage.queue import load_queue
from quizapp.storage.today import CourseLoad, Load, load_load

# Reviews ahead of time may be taken of what is due within so many days.
AHEAD_DAYS = (1, 3, 7)
_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLoad:
    """How many facts are due on a day; today has all that are overdue, too."""

    date: date
    count: int
    is_today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What waits for a learner now and this week.

    `next_step` is when the next learning step ends, `ahead_days` within how many days something is
    due that could be reviewed ahead; None where there is none. `limits` are those that hold today
    alone, None where the usual ones do.
    """

    counts: Counts
    minutes: int
    open_study: StudyFigures | None
    next_due: datetime | None
    next_step: datetime | None
    ahead_days: int | None
    courses: tuple[CourseLoad, ...]
    week: tuple[DayLoad, ...]
    recent: tuple[StudyFigures, ...]
    limits: DayLimits | None


def look_at_today(session: Session, account: Account, now: datetime) -> Today:
    """Return what waits for the learner, in two statements."""
    query = queue_query(account, now)
    counts = count_waiting(load_queue(session, query))
    load = load_load(session, account.id, query.today, query.day_start)
    newest = load.studies[0] if load.studies else None
    return Today(
        counts=counts,
        minutes=max(ceil(counts.total * seconds_each(load.studies) / 60), 1),
        open_study=newest if newest and is_open(newest, now) else None,
        next_due=_next_due(load, calendar_of(account), query.today),
        next_step=load.next_step if load.next_step and load.next_step > now else None,
        ahead_days=_find_ahead(load, query.today),
        courses=load.courses,
        week=_week(load, query.today),
        recent=tuple(study for study in load.studies if study.answered),
        limits=load.limits,
    )


def _week(load: Load, today: int) -> tuple[DayLoad, ...]:
    overdue = sum(count for day, count in load.by_day.items() if day < today)
    return tuple(
        DayLoad(
            date=date.fromordinal(day),
            count=load.by_day.get(day, 0) + (overdue if day == today else 0),
            is_today=day == today,
        )
        for day in range(today, today + _WEEK)
    )


def _find_ahead(load: Load, today: int) -> int | None:
    soonest = min((day for day in load.by_day if day > today), default=None)
    choices = (days for days in AHEAD_DAYS if soonest is not None and soonest <= today + days)
    return next(choices, None)


def _next_due(load: Load, calendar: StudyCalendar, today: int) -> datetime | None:
    """When something waits again: the end of a learning step, or the start of a later day."""
    later = [day for day in load.by_day if day > today]
    instants = [calendar.start_of(min(later))] if later else []
    if load.next_step is not None:
        instants.append(load.next_step)
    return min(instants, default=None)
