"""How learners prepare for the exams of their courses."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TypeAlias

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    ScalarSelect,
    and_,
    bindparam,
    delete,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import Insert

from quizapp.memory import FittedWeights
from quizapp.storage.base import Base
from quizapp.storage.fits import FIT_COLUMNS, USED_FIT, is_fit_of, read_fit
from quizapp.storage.ids import AccountId, CourseId, FactId
from quizapp.storage.roles import LEARNER
from quizapp.storage.tables import (
    CourseRow,
    CourseSetRow,
    EnrolmentRow,
    ExamPlanRow,
    FactRow,
    MemoryRow,
    VersionFactRow,
)

PlannedRetention: TypeAlias = ScalarSelect[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenPlan:
    """What a learner chose: the retention in the term, and the most reviews of a day of polish."""

    retention: float
    most_per_day: int
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamCourse:
    """A course in which somebody learns, and their plan for its exam, if there is one."""

    id: CourseId
    title: str
    exam_on: date | None
    archived: bool
    plan: ChosenPlan | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamToCome:
    """A course that goes on and has an exam to come.

    `facts` are all that it teaches, of those that the learner met `stabilities` and `last_days`
    are those of the memories. `planned` tells whether they have a plan.
    """

    course_id: CourseId
    title: str
    exam_on: date
    planned: bool
    facts: int
    stabilities: tuple[float, ...]
    last_days: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRules:
    """The retention that plans ask of a fact, and the fit in use for it; None without one."""

    retention: float | None
    fit: FittedWeights | None


_PLAN = Base.metadata.tables[ExamPlanRow.__tablename__]
_is_planned = and_(
    ExamPlanRow.learner_id == EnrolmentRow.account_id,
    ExamPlanRow.course_id == EnrolmentRow.course_id,
)
_COURSE = (
    select(
        CourseRow.id,
        CourseRow.title,
        CourseRow.exam_on,
        CourseRow.archived_at,
        ExamPlanRow.retention,
        ExamPlanRow.most_per_day,
        ExamPlanRow.set_at,
    )
    .select_from(EnrolmentRow)
    .join(CourseRow, CourseRow.id == EnrolmentRow.course_id)
    .outerjoin(ExamPlanRow, _is_planned)
    .where(
        EnrolmentRow.account_id == bindparam("learner_id", type_=Integer),
        EnrolmentRow.course_id == bindparam("course_id", type_=Integer),
        EnrolmentRow.role == LEARNER,
    )
)
# A fact of two versions of a course is one fact.
_EXAMS = (
    select(
        CourseRow.id,
        CourseRow.title,
        CourseRow.exam_on,
        ExamPlanRow.set_at,
        VersionFactRow.fact_id,
        MemoryRow.stability,
        MemoryRow.last_day,
    )
    .select_from(EnrolmentRow)
    .join(CourseRow, CourseRow.id == EnrolmentRow.course_id)
    .join(CourseSetRow, CourseSetRow.course_id == CourseRow.id)
    .join(VersionFactRow, VersionFactRow.version_id == CourseSetRow.version_id)
    .outerjoin(
        MemoryRow,
        and_(
            MemoryRow.learner_id == EnrolmentRow.account_id,
            MemoryRow.fact_id == VersionFactRow.fact_id,
        ),
    )
    .outerjoin(ExamPlanRow, _is_planned)
    .where(
        EnrolmentRow.account_id == bindparam("learner_id", type_=Integer),
        EnrolmentRow.role == LEARNER,
        CourseRow.archived_at.is_(None),
        CourseRow.exam_on >= bindparam("first", type_=Date),
    )
    .order_by(CourseRow.exam_on, CourseRow.title, CourseRow.id)
    .distinct()
)


def planned_retention(fact_id: ColumnElement[int] | ColumnElement[FactId]) -> PlannedRetention:
    """Return the retention that the learner's plans ask of a fact on the day `on`, or null.

    It is the highest where several courses teach it; after an exam its plan asks for nothing.
    On the tables themselves, since it runs at every answer.
    """
    plan, course, course_set, taught = (
        Base.metadata.tables[row.__tablename__]
        for row in (ExamPlanRow, CourseRow, CourseSetRow, VersionFactRow)
    )
    return (
        select(func.max(plan.c.retention))
        .join_from(plan, course, course.c.id == plan.c.course_id)
        .join(course_set, course_set.c.course_id == plan.c.course_id)
        .join(taught, taught.c.version_id == course_set.c.version_id)
        .where(
            plan.c.learner_id == bindparam("learner_id", type_=Integer),
            course.c.exam_on >= bindparam("on", type_=Date),
            course.c.archived_at.is_(None),
            taught.c.fact_id == fact_id,
        )
        .scalar_subquery()
    )


_RULES = (
    select(FactRow.id, planned_retention(FactRow.__table__.c.id).label("retention"), *FIT_COLUMNS)
    .outerjoin(USED_FIT, is_fit_of(FactRow.__table__.c.id))
    .where(FactRow.id.in_(bindparam("fact_ids", expanding=True)))
)


def list_rules(
    session: Session, learner_id: AccountId, fact_ids: Sequence[FactId], on: date
) -> dict[FactId, FactRules]:
    """Return by what rules each of some facts is scheduled on a day: one statement."""
    parameters = {"learner_id": learner_id, "fact_ids": list(fact_ids), "on": on}
    rows = session.connection().execute(_RULES, parameters)
    return {row.id: FactRules(retention=row.retention, fit=read_fit(row)) for row in rows}


def _upserts() -> dict[str, Insert]:
    """Put a plan in the place of the one that there is."""
    on_sqlite, on_postgres = sqlite.insert(_PLAN), postgresql.insert(_PLAN)
    key, names = list(_PLAN.primary_key), ChosenPlan.__slots__
    return {
        "sqlite": on_sqlite.on_conflict_do_update(
            index_elements=key, set_={name: on_sqlite.excluded[name] for name in names}
        ),
        "postgresql": on_postgres.on_conflict_do_update(
            index_elements=key, set_={name: on_postgres.excluded[name] for name in names}
        ),
    }


_PUT = _upserts()


def find_exam_course(
    session: Session, learner_id: AccountId, course_id: CourseId
) -> ExamCourse | None:
    """Return a course in which the person learns, with their plan: one statement."""
    parameters = {"learner_id": learner_id, "course_id": course_id}
    row = session.connection().execute(_COURSE, parameters).first()
    if row is None:
        return None
    chosen = {name: getattr(row, name) for name in ChosenPlan.__slots__}
    return ExamCourse(
        id=row.id,
        title=row.title,
        exam_on=row.exam_on,
        archived=row.archived_at is not None,
        plan=ChosenPlan(**chosen) if row.set_at is not None else None,
    )


def list_exams(session: Session, learner_id: AccountId, first: date) -> tuple[ExamToCome, ...]:
    """Return the learner's exams on the day `first` or later, the soonest first: one statement.

    A course that teaches nothing is left out.
    """
    rows = session.connection().execute(_EXAMS, {"learner_id": learner_id, "first": first})
    courses = ((course, list(facts)) for course, facts in groupby(rows, key=lambda row: row[:4]))
    return tuple(
        ExamToCome(
            course_id=course_id,
            title=title,
            exam_on=exam_on,
            planned=set_at is not None,
            facts=len(facts),
            stabilities=tuple(row.stability for row in facts if row.stability is not None),
            last_days=tuple(row.last_day for row in facts if row.stability is not None),
        )
        for (course_id, title, exam_on, set_at), facts in courses
    )


def put_plan(
    session: Session, learner_id: AccountId, course_id: CourseId, plan: ChosenPlan
) -> None:
    """Set a learner's plan for the exam of a course in which they are enrolled."""
    connection = session.connection()
    values = {"learner_id": learner_id, "course_id": course_id, **asdict(plan)}
    connection.execute(_PUT[connection.dialect.name], values)


def delete_plan(session: Session, learner_id: AccountId, course_id: CourseId) -> None:
    """Forget a learner's plan for the exam of a course."""
    session.execute(
        delete(ExamPlanRow).where(
            ExamPlanRow.learner_id == learner_id, ExamPlanRow.course_id == course_id
        )
    )
