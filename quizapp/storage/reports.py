"""What a course knows: its facts, its learners, and what each remembers of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Integer, and_, bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.memory import FittedWeights
from quizapp.storage.fits import FIT_COLUMNS, USED_FIT, is_own_fit, read_fit
from quizapp.storage.ids import AccountId, CourseId, FactId, VersionId
from quizapp.storage.roles import LEARNER, STAFF
from quizapp.storage.tables import (
    AccountRow,
    CourseRow,
    CourseSetRow,
    EnrolmentRow,
    ExamPlanRow,
    MemoryRow,
    ParameterFitRow,
    VersionFactRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFact:
    """A fact that a course teaches, as the newest of its versions there states it."""

    id: FactId
    version_id: VersionId
    statement: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtCourse:
    """A course with the facts it teaches, in teaching order; `role` is the person's in it.

    `fit` are the weights in use for the course, None where those are the standard ones.
    """

    id: CourseId
    title: str
    timezone: str
    exam_on: date | None
    archived: bool
    role: str
    fit: FittedWeights | None
    facts: tuple[CourseFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLearner:
    """A learner of a course and how they study.

    `planned` is the retention of their plan for its exam, None without one; `fit` are their own
    weights in use, None without any.
    """

    id: AccountId
    name: str
    timezone: str
    rollover_hour: int
    retention: float
    new_per_day: int
    reviews_per_day: int
    planned: float | None
    fit: FittedWeights | None


class ClassMemory(NamedTuple):
    """What one learner remembers of one fact; a class has many, so these are plain tuples."""

    learner_id: int
    fact_id: int
    stability: float
    difficulty: float
    last_day: int
    due_day: int
    due_at: datetime | None
    last_at: datetime


_course = bindparam("course_id", type_=Integer)
_newest_fit = (
    select(func.max(ParameterFitRow.id))
    .where(
        ParameterFitRow.course_id == _course,
        ParameterFitRow.used_from.is_not(None),
        ParameterFitRow.withdrawn_at.is_(None),
    )
    .correlate(None)
    .scalar_subquery()
)
_FACTS = (
    select(
        CourseRow.title,
        CourseRow.timezone,
        CourseRow.exam_on,
        CourseRow.archived_at,
        EnrolmentRow.role,
        ParameterFitRow.id.label("fit_number"),
        ParameterFitRow.weights.label("fit_weights"),
        VersionFactRow.version_id,
        VersionFactRow.fact_id,
        VersionFactRow.statement,
        VersionFactRow.section,
    )
    .join(EnrolmentRow, EnrolmentRow.course_id == CourseRow.id)
    .outerjoin(ParameterFitRow, ParameterFitRow.id == _newest_fit)
    .outerjoin(CourseSetRow, CourseSetRow.course_id == CourseRow.id)
    .outerjoin(VersionFactRow, VersionFactRow.version_id == CourseSetRow.version_id)
    .where(
        CourseRow.id == _course,
        EnrolmentRow.account_id == bindparam("instructor_id", type_=Integer),
        EnrolmentRow.role.in_(STAFF),
    )
    .order_by(CourseSetRow.version_id, VersionFactRow.position)
)
TAUGHT_FACTS = (
    select(VersionFactRow.fact_id)
    .join(CourseSetRow, CourseSetRow.version_id == VersionFactRow.version_id)
    .where(CourseSetRow.course_id == _course)
)
_LEARNERS = (
    select(
        AccountRow.id,
        AccountRow.name,
        AccountRow.timezone,
        AccountRow.rollover_hour,
        AccountRow.retention,
        AccountRow.new_per_day,
        AccountRow.reviews_per_day,
        ExamPlanRow.retention.label("planned"),
        *FIT_COLUMNS,
    )
    .join(EnrolmentRow, EnrolmentRow.account_id == AccountRow.id)
    .outerjoin(
        ExamPlanRow,
        and_(
            ExamPlanRow.learner_id == EnrolmentRow.account_id,
            ExamPlanRow.course_id == EnrolmentRow.course_id,
        ),
    )
    .outerjoin(USED_FIT, is_own_fit(AccountRow.__table__.c.id))
    .where(EnrolmentRow.course_id == _course, EnrolmentRow.role == LEARNER)
    .order_by(AccountRow.name, AccountRow.id)
)
_MEMORIES = (
    select(*(getattr(MemoryRow, name) for name in ClassMemory._fields))
    .join(EnrolmentRow, EnrolmentRow.account_id == MemoryRow.learner_id)
    .where(
        EnrolmentRow.course_id == _course,
        EnrolmentRow.role == LEARNER,
        MemoryRow.fact_id.in_(TAUGHT_FACTS),
    )
)


def find_taught_course(
    session: Session, instructor_id: AccountId, course_id: CourseId
) -> TaughtCourse | None:
    """Return a course with its facts if this person teaches it or assists in it: one statement."""
    rows = session.execute(_FACTS, {"course_id": course_id, "instructor_id": instructor_id}).all()
    if not rows:
        return None
    facts = {
        row.fact_id: CourseFact(
            id=row.fact_id,
            version_id=row.version_id,
            statement=row.statement,
            section=row.section,
        )
        for row in rows
        if row.fact_id is not None
    }
    first = rows[0]
    return TaughtCourse(
        id=course_id,
        title=first.title,
        timezone=first.timezone,
        exam_on=first.exam_on,
        archived=first.archived_at is not None,
        role=first.role,
        fit=read_fit(first),
        facts=tuple(facts.values()),
    )


def list_course_learners(session: Session, course_id: CourseId) -> tuple[CourseLearner, ...]:
    """Return the learners of a course by name: one statement."""
    rows = session.execute(_LEARNERS, {"course_id": course_id})
    plain = set(CourseLearner.__slots__) - {"fit"}
    return tuple(
        CourseLearner(**{name: getattr(row, name) for name in plain}, fit=read_fit(row))
        for row in rows
    )


def list_class_memories(session: Session, course_id: CourseId) -> Sequence[ClassMemory]:
    """Return what the learners of a course remember of what it teaches: one statement."""
    rows = session.connection().execute(_MEMORIES, {"course_id": course_id})
    return [ClassMemory(*row) for row in rows]
