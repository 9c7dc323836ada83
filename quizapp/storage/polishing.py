"""The polish before an exam, as parts of the queue's statement (the rules: `memory.planning`).

All starts from the learner's plans whose exam is near, mostly none: then it costs next to nothing.
"""

from datetime import date

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Float,
    Integer,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    cast,
    distinct,
    exists,
    func,
    literal,
    select,
)

from quizapp.memory import DEFAULT_PLAN, find_reach
from quizapp.storage.base import Instant
from quizapp.storage.figures import LIVE
from quizapp.storage.scopes import Bounds, is_not_set_aside, is_taught
from quizapp.storage.tables import (
    CourseRow,
    CourseSetRow,
    ExamPlanRow,
    MemoryRow,
    ReviewRow,
    VersionFactRow,
)

POLISH = "polish"
_learner: ColumnElement[int] = bindparam("learner_id", type_=Integer)
_today: ColumnElement[int] = bindparam("today", type_=Integer)
# The dates of the days that follow today, since the two databases reckon with dates differently.
_AHEAD = {left: f"in_{left}" for left in range(1, DEFAULT_PLAN.polish_days + 1)}
_dates = {left: bindparam(name, type_=Date) for left, name in _AHEAD.items()}


def list_dates(today: int) -> dict[str, date]:
    """Return the dates by which the statement knows how many days an exam is away."""
    return {name: date.fromordinal(today + left) for left, name in _AHEAD.items()}


def find_polishing() -> CTE:
    """Select the learner's courses with a plan in its polish: days left, most reviews a day."""
    left = case(
        *((CourseRow.exam_on == day, literal(left, Integer)) for left, day in _dates.items())
    )
    return (
        select(ExamPlanRow.course_id, ExamPlanRow.most_per_day, left.label("days_left"))
        .join(CourseRow, CourseRow.id == ExamPlanRow.course_id)
        .where(
            ExamPlanRow.learner_id == _learner,
            ExamPlanRow.retention < DEFAULT_PLAN.target,
            CourseRow.archived_at.is_(None),
            CourseRow.exam_on.between(_dates[1], _dates[DEFAULT_PLAN.polish_days]),
        )
        .cte("polishing")
    )


def select_polished(polishing: CTE) -> Select[int]:
    """Select the facts of these courses, for which being due counts no more."""
    return (
        select(VersionFactRow.fact_id)
        .join(CourseSetRow, CourseSetRow.version_id == VersionFactRow.version_id)
        .join(polishing, polishing.c.course_id == CourseSetRow.course_id)
    )


def select_polish(
    polishing: CTE, most: ScalarSelect[int], bounds: Bounds | None
) -> Select[*tuple[object, ...]]:
    """Select what is to be polished today, the weakest first, and no more than `most`.

    The share of the day is that of the whole course, even where a scope leaves out some of it; who
    studies ahead of time polishes nothing.
    """
    ranked = _rank(_list_weak(polishing))
    share = (ranked.c.waiting + ranked.c.done + ranked.c.days_left - 1) // ranked.c.days_left
    capped = case((share < ranked.c.most_per_day, share), else_=ranked.c.most_per_day)
    # A fact of two courses with exams is one.
    chosen = (
        select(ranked.c.fact_id, ranked.c.stability, ranked.c.last_day)
        .where(ranked.c.place <= capped - ranked.c.done, is_taught(ranked.c.fact_id, bounds))
        .group_by(ranked.c.fact_id, ranked.c.stability, ranked.c.last_day)
        .order_by(func.min(ranked.c.strength), ranked.c.fact_id)
        .limit(most)
    )
    return chosen if bounds is None else chosen.where(bounds.ahead_days == 0)


def _list_weak(polishing: CTE) -> Subquery:
    """The facts of each course that wait for the polish, once each (`needs_polish`)."""
    age = _today + polishing.c.days_left - MemoryRow.last_day
    return (
        select(
            polishing,
            MemoryRow.fact_id,
            MemoryRow.stability,
            MemoryRow.last_day,
            (MemoryRow.stability / cast(age, Float)).label("strength"),
        )
        .join(CourseSetRow, CourseSetRow.course_id == polishing.c.course_id)
        .join(VersionFactRow, VersionFactRow.version_id == CourseSetRow.version_id)
        .join(
            MemoryRow,
            and_(MemoryRow.learner_id == _learner, MemoryRow.fact_id == VersionFactRow.fact_id),
        )
        .where(
            MemoryRow.due_at.is_(None),
            MemoryRow.last_day < _today,
            age > find_reach(DEFAULT_PLAN) * MemoryRow.stability,
            is_not_set_aside(MemoryRow.__table__.c.fact_id),
        )
        .distinct()
        .subquery("weak")
    )


def _rank(weak: Subquery) -> Subquery:
    """Number the facts of each course from the weakest on, and count what was done today."""
    course, strength = weak.c.course_id, weak.c.strength
    place = func.row_number().over(partition_by=course, order_by=(strength, weak.c.fact_id))
    waiting = func.count().over(partition_by=course)
    return select(
        weak, place.label("place"), waiting.label("waiting"), _count_done(course).label("done")
    ).subquery("ranked")


def _count_done(course_id: ColumnElement[int]) -> ScalarSelect[int]:
    """The facts of a course that were reviewed today."""
    taught = exists(
        select(1)
        .select_from(VersionFactRow)
        .join(CourseSetRow, CourseSetRow.version_id == VersionFactRow.version_id)
        .where(CourseSetRow.course_id == course_id, VersionFactRow.fact_id == ReviewRow.fact_id)
    )
    return (
        select(func.count(distinct(ReviewRow.fact_id)))
        .where(
            ReviewRow.learner_id == _learner,
            ReviewRow.at >= bindparam("day_start", type_=Instant),
            ReviewRow.was == "review",
            LIVE,
            taught,
        )
        .scalar_subquery()
    )
