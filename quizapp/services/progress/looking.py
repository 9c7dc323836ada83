"""A learner's progress at one instant: one frozen value, from two statements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from quizapp.memory import Memory
from quizapp.services.progress.foreseeing import ExamForecast, foresee_exams
from quizapp.services.progress.replaying import Checked, Past, replay
from quizapp.services.reviewing.days import calendar_of
from quizapp.storage.accounts import Account
from quizapp.storage.fits import list_fits
from quizapp.storage.ids import FactId
from quizapp.storage.progress import (
    LearnedCourse,
    LearnedFact,
    list_learned_courses,
    list_live_reviews,
)

CALENDAR_WEEKS, WEEKS, POOLED, LOAD_DAYS = 26, 12, 4, 30
# Facts are compared with so many days ago.
EARLIER = 28
_WEEK, _THREE_WEEKS, _THREE_MONTHS = 7, 21, 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week from its Monday on: the minutes spent answering, and predictions with outcomes.

    `recent` are the predictions of the `POOLED` weeks that end with this one: one alone has often
    too few to tell anything.
    """

    first: date
    reviews: int
    minutes: float
    checked: Checked
    recent: Checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Facts by how long they hold: the days after which recall is predicted to be 0.9."""

    new: int = 0
    learning: int = 0
    under_week: int = 0
    under_three_weeks: int = 0
    under_three_months: int = 0
    longer: int = 0

    @property
    def lasting(self) -> int:
        """Those that hold for three weeks or longer."""
        return self.under_three_months + self.longer


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """How many there are on a day."""

    date: date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a learner has done and would recall; all days are their study days.

    `days` are the reviews of each of the last `CALENDAR_WEEKS` weeks, from a Monday to today;
    `weeks` at most `WEEKS`, from the first with a review on, the last one running. `earlier` is
    `holding` as it was `EARLIER` days ago, None if nothing was learned yet. `load` has what is due
    on each of the next `LOAD_DAYS` days, on the first what is overdue, too.
    """

    reviews: int
    days: tuple[DayCount, ...]
    weeks: tuple[Week, ...]
    holding: Holding
    earlier: Holding | None
    load: tuple[DayCount, ...]
    exams: tuple[ExamForecast, ...]

    @property
    def checked(self) -> Checked:
        """The predictions of all the weeks."""
        return sum((week.checked for week in self.weeks), start=Checked())


def look_at_progress(session: Session, account: Account, now: datetime) -> Progress:
    """Return a learner's progress: two statements, and one pass over the log.

    One statement more where a fit was in use.
    """
    today = calendar_of(account).study_day(now)
    log = list_live_reviews(session, account.id)
    courses = list_learned_courses(session, account.id)
    fits = list_fits(session, (each.review.parameters for each in log))
    past = replay(log, until=today - EARLIER, fits=fits)
    facts = _list_facts(courses)
    return Progress(
        reviews=len(log),
        days=_count_days(past.reviews, _find_monday(today) - 7 * (CALENDAR_WEEKS - 1), today),
        weeks=_list_weeks(past, today),
        holding=_hold({fact.id: fact.memory for fact in facts}),
        earlier=_hold_earlier(past, facts),
        load=_find_load(facts, today),
        exams=foresee_exams(courses, today),
    )


def _list_facts(courses: Iterable[LearnedCourse]) -> tuple[LearnedFact, ...]:
    """Each fact once; of an archived course those that were met, for it introduces none."""
    facts = {
        fact.id: fact
        for course in courses
        for fact in course.facts
        if fact.memory or not course.archived
    }
    return tuple(facts.values())


def _find_monday(day: int) -> int:
    return day - date.fromordinal(day).weekday()


def _count_days(counts: Mapping[int, int], first: int, last: int) -> tuple[DayCount, ...]:
    return tuple(
        DayCount(date=date.fromordinal(day), count=counts.get(day, 0))
        for day in range(first, last + 1)
    )


def _list_weeks(past: Past, today: int) -> tuple[Week, ...]:
    last = _find_monday(today)
    first = max(_find_monday(min(past.reviews, default=today)), last - 7 * (WEEKS - 1))
    return tuple(_sum_up(past, monday) for monday in range(first, last + 1, 7))


def _sum_up(past: Past, monday: int) -> Week:
    end = monday + 7
    days = range(monday, end)
    return Week(
        first=date.fromordinal(monday),
        reviews=sum(past.reviews.get(day, 0) for day in days),
        minutes=sum(past.milliseconds.get(day, 0) for day in days) / 60_000,
        checked=_add_up(past, days),
        recent=_add_up(past, range(end - 7 * POOLED, end)),
    )


def _add_up(past: Past, days: Iterable[int]) -> Checked:
    return sum((past.checked.get(day, Checked()) for day in days), start=Checked())


def _hold_earlier(past: Past, facts: Iterable[LearnedFact]) -> Holding | None:
    memories = {fact.id: past.memories.get(fact.id) for fact in facts}
    return _hold(memories) if any(memories.values()) else None


def _hold(memories: Mapping[FactId, Memory | None]) -> Holding:
    names = [_name_strength(memory) for memory in memories.values()]
    return Holding(**{name: names.count(name) for name in Holding.__slots__})


def _name_strength(memory: Memory | None) -> str:
    """The field of `Holding` in which a fact is counted."""
    if memory is None:
        return "new"
    if memory.phase != "review":
        return "learning"
    limits = {
        "under_week": _WEEK,
        "under_three_weeks": _THREE_WEEKS,
        "under_three_months": _THREE_MONTHS,
    }
    return next((name for name, limit in limits.items() if memory.stability < limit), "longer")


def _find_load(facts: Iterable[LearnedFact], today: int) -> tuple[DayCount, ...]:
    due = [max(fact.memory.due_day, today) for fact in facts if fact.memory]
    counts = {day: due.count(day) for day in set(due)}
    return _count_days(counts, today, today + LOAD_DAYS - 1)
