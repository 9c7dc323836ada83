"""What the learner's first page shows beside the queue, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Row,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from quizapp.storage.base import Instant
from quizapp.storage.figures import RECENT, StudyFigures, newest_studies, study_figures
from quizapp.storage.ids import AccountId, CourseId
from quizapp.storage.limits import DayLimits
from quizapp.storage.queue import is_due
from quizapp.storage.scopes import Scope, is_not_set_aside
from quizapp.storage.tables import (
    CourseRow,
    CourseSetRow,
    DayLimitRow,
    EnrolmentRow,
    MemoryRow,
    VersionFactRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLoad:
    """One course of a learner: its facts, those in memory, those due, and those to meet.

    `sections` are those of its articles that state facts, in the order of teaching. What was set
    aside is neither due nor to be met. An archived course introduces no new facts; those in memory
    go on being due.
    """

    id: CourseId
    title: str
    facts: int
    known: int
    due: int
    new: int
    archived: bool
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A learner's courses, facts by the study day they are due, the next learning step's instant.

    `limits` are those of this study day alone, None where the usual ones hold. `studies` are the
    newest study sessions, newest first.
    """

    courses: tuple[CourseLoad, ...]
    by_day: dict[int, int]
    next_step: datetime | None
    limits: DayLimits | None
    studies: tuple[StudyFigures, ...]


_learner = bindparam("learner_id", type_=Integer)
_today: ColumnElement[int] = bindparam("today", type_=Integer)
_day_start = bindparam("day_start", type_=Instant)
_no_instant = cast(null(), Instant)
_no_scope = (
    cast(null(), Integer).label("course_id"),
    cast(null(), String).label("section"),
    literal(0).label("ahead_days"),
)
_mine = and_(EnrolmentRow.account_id == _learner, EnrolmentRow.role == "learner")
_available = is_not_set_aside(VersionFactRow.fact_id)
_courses = (
    select(
        literal("course").label("part"),
        CourseRow.id.label("number"),
        CourseRow.title.label("title"),
        func.count(VersionFactRow.fact_id).label("facts"),
        func.count(MemoryRow.fact_id).label("known"),
        # What is in a learning step is not due, here as in the queue.
        func.count(case((and_(is_due(), _available), 1))).label("due"),
        func.count(
            case((and_(MemoryRow.fact_id.is_(None), _available), VersionFactRow.fact_id))
        ).label("new"),
        CourseRow.archived_at.label("at"),
        _no_instant.label("ended_at"),
        _no_instant.label("last_at"),
        *_no_scope,
    )
    .select_from(EnrolmentRow)
    .join(CourseRow, CourseRow.id == EnrolmentRow.course_id)
    .outerjoin(CourseSetRow, CourseSetRow.course_id == CourseRow.id)
    .outerjoin(VersionFactRow, VersionFactRow.version_id == CourseSetRow.version_id)
    .outerjoin(
        MemoryRow,
        and_(MemoryRow.learner_id == _learner, MemoryRow.fact_id == VersionFactRow.fact_id),
    )
    .where(_mine)
    .group_by(CourseRow.id, CourseRow.title, CourseRow.archived_at)
)
# What would be due again on the day of its review (see `is_due`) is due on the next one.
_later_day = case((MemoryRow.due_day > _today, MemoryRow.due_day), else_=_today + 1)
_due_day = case(
    (and_(MemoryRow.due_at.is_(None), MemoryRow.last_at >= _day_start), _later_day),
    else_=MemoryRow.due_day,
)
_days = (
    select(
        literal("day").label("part"),
        _due_day.label("number"),
        cast(null(), String).label("title"),
        func.count().label("facts"),
        literal(0).label("known"),
        literal(0).label("due"),
        literal(0).label("new"),
        func.min(MemoryRow.due_at).label("at"),
        _no_instant,
        _no_instant,
        *_no_scope,
    )
    .where(
        MemoryRow.learner_id == _learner,
        is_not_set_aside(MemoryRow.fact_id),
        MemoryRow.fact_id.in_(
            select(VersionFactRow.fact_id)
            .join(CourseSetRow, CourseSetRow.version_id == VersionFactRow.version_id)
            .join(EnrolmentRow, EnrolmentRow.course_id == CourseSetRow.course_id)
            .where(_mine)
        ),
    )
    .group_by(_due_day)
)
_newest = study_figures(newest_studies(RECENT)).subquery("newest")
_studies = select(
    literal("study").label("part"),
    _newest.c.id,
    _newest.c.course_title,
    _newest.c.answered,
    _newest.c.right,
    _newest.c.active_ms,
    literal(0),
    _newest.c.started_at,
    _newest.c.ended_at,
    _newest.c.last_at,
    _newest.c.course_id,
    _newest.c.section,
    _newest.c.ahead_days,
)
_limits = select(
    literal("limit").label("part"),
    DayLimitRow.new_per_day,
    cast(null(), String),
    DayLimitRow.reviews_per_day,
    literal(0),
    literal(0),
    literal(0),
    _no_instant,
    _no_instant,
    _no_instant,
    *_no_scope,
).where(DayLimitRow.learner_id == _learner, DayLimitRow.study_day == _today)
_sections = (
    select(
        literal("section").label("part"),
        CourseSetRow.course_id,
        VersionFactRow.section,
        func.min(VersionFactRow.position),
        literal(0),
        literal(0),
        literal(0),
        _no_instant,
        _no_instant,
        _no_instant,
        *_no_scope,
    )
    .join(VersionFactRow, VersionFactRow.version_id == CourseSetRow.version_id)
    .join(EnrolmentRow, EnrolmentRow.course_id == CourseSetRow.course_id)
    .where(_mine)
    .group_by(CourseSetRow.course_id, VersionFactRow.section)
)
_LOAD: CompoundSelect[*tuple[object, ...]] = union_all(
    _courses, _days, _studies, _sections, _limits
)


def load_load(session: Session, learner_id: AccountId, today: int, day_start: datetime) -> Load:
    """Return the learner's load as of the study day `today`, which began at `day_start`."""
    parameters = {"learner_id": learner_id, "today": today, "day_start": day_start}
    rows = session.execute(_LOAD, parameters).all()
    courses = [
        CourseLoad(
            id=row.number,
            title=row.title,
            facts=row.facts,
            known=row.known,
            due=row.due,
            new=0 if row.at is not None else row.new,
            archived=row.at is not None,
            sections=_list_sections(rows, row.number),
        )
        for row in rows
        if row.part == "course"
    ]
    days = [row for row in rows if row.part == "day"]
    studies = [_read_study(row) for row in rows if row.part == "study"]
    limits = (row for row in rows if row.part == "limit")
    return Load(
        courses=tuple(sorted(courses, key=lambda course: course.title)),
        by_day={row.number: row.facts for row in days},
        next_step=min((row.at for row in days if row.at), default=None),
        limits=next((_read_limits(row) for row in limits), None),
        studies=tuple(
            sorted(studies, key=lambda study: (study.started_at, study.id), reverse=True)
        ),
    )


def _read_limits(row: Row[*tuple[object, ...]]) -> DayLimits:
    return DayLimits(new_per_day=row.number, reviews_per_day=row.facts)


def _read_study(row: Row[*tuple[object, ...]]) -> StudyFigures:
    return StudyFigures(
        id=row.number,
        started_at=row.at,
        ended_at=row.ended_at,
        left_open=False,
        last_at=row.last_at,
        answered=row.facts,
        right=row.known,
        active_ms=row.due,
        scope=Scope(course_id=row.course_id, section=row.section, ahead_days=row.ahead_days),
        course_title=row.title,
    )


def _list_sections(rows: Sequence[Row[*tuple[object, ...]]], course_id: int) -> tuple[str, ...]:
    found = [row for row in rows if row.part == "section" and row.number == course_id]
    return tuple(row.title for row in sorted(found, key=lambda row: (row.facts, row.title)))
