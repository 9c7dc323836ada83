"""What a course knows: its facts, and what each learner answered and remembers of them."""

from dataclasses import dataclass

from sqlalchemy import Integer, and_, bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.memory import Memory
from quizapp.storage.figures import LIVE
from quizapp.storage.ids import AccountId, CourseId, FactId
from quizapp.storage.questions import MEMORY_COLUMNS, read_memory
from quizapp.storage.roles import STAFF
from quizapp.storage.tables import (
    AccountRow,
    CourseRow,
    CourseSetRow,
    EnrolmentRow,
    MemoryRow,
    ReviewRow,
    VersionFactRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFact:
    """A fact that a course teaches."""

    id: FactId
    statement: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtCourse:
    """A course with the facts it teaches, in teaching order."""

    id: CourseId
    title: str
    timezone: str
    facts: tuple[CourseFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recollection:
    """What one learner answered and remembers of one fact; undone answers do not count."""

    learner_id: AccountId
    fact_id: FactId
    memory: Memory
    answered: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLearner:
    """A learner of a course."""

    id: AccountId
    name: str
    timezone: str
    rollover_hour: int


_course = bindparam("course_id", type_=Integer)
_taught_by = (
    select(EnrolmentRow.course_id)
    .where(EnrolmentRow.account_id == bindparam("instructor_id", type_=Integer))
    .where(EnrolmentRow.role.in_(STAFF))
)
_FACTS = (
    select(
        CourseRow.title,
        CourseRow.timezone,
        VersionFactRow.fact_id,
        VersionFactRow.statement,
        VersionFactRow.section,
    )
    .outerjoin(CourseSetRow, CourseSetRow.course_id == CourseRow.id)
    .outerjoin(VersionFactRow, VersionFactRow.version_id == CourseSetRow.version_id)
    .where(CourseRow.id == _course, CourseRow.id.in_(_taught_by))
    .order_by(CourseSetRow.version_id, VersionFactRow.position)
)
_answers = (
    select(
        ReviewRow.learner_id,
        ReviewRow.fact_id,
        func.count().label("answered"),
        func.count().filter(ReviewRow.fraction >= 1).label("right"),
    )
    .join(
        EnrolmentRow,
        and_(EnrolmentRow.account_id == ReviewRow.learner_id, EnrolmentRow.course_id == _course),
    )
    .where(LIVE)
    .group_by(ReviewRow.learner_id, ReviewRow.fact_id)
    .subquery("answers")
)
_taught_facts = (
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
        MemoryRow.fact_id,
        *MEMORY_COLUMNS,
        _answers.c.answered,
        _answers.c.right,
    )
    .join(EnrolmentRow, EnrolmentRow.account_id == AccountRow.id)
    .outerjoin(
        MemoryRow,
        and_(MemoryRow.learner_id == AccountRow.id, MemoryRow.fact_id.in_(_taught_facts)),
    )
    .outerjoin(
        _answers,
        and_(
            _answers.c.learner_id == MemoryRow.learner_id,
            _answers.c.fact_id == MemoryRow.fact_id,
        ),
    )
    .where(EnrolmentRow.course_id == _course, EnrolmentRow.role == "learner")
    .order_by(AccountRow.name, AccountRow.id)
)


def find_taught_course(
    session: Session, instructor_id: AccountId, course_id: CourseId
) -> TaughtCourse | None:
    """Return a course with its facts if this person teaches it or assists in it: one statement."""
    rows = session.execute(_FACTS, {"course_id": course_id, "instructor_id": instructor_id}).all()
    if not rows:
        return None
    facts = {
        row.fact_id: CourseFact(id=row.fact_id, statement=row.statement, section=row.section)
        for row in rows
        if row.fact_id is not None
    }
    return TaughtCourse(
        id=course_id,
        title=rows[0].title,
        timezone=rows[0].timezone,
        facts=tuple(facts.values()),
    )


def load_recollections(
    session: Session, course_id: CourseId
) -> tuple[tuple[CourseLearner, ...], tuple[Recollection, ...]]:
    """Return the learners of a course by name, and what each remembers of it: one statement."""
    learners: dict[AccountId, CourseLearner] = {}
    recollections: list[Recollection] = []
    for row in session.execute(_LEARNERS, {"course_id": course_id}):
        learners[row.id] = CourseLearner(
            id=row.id, name=row.name, timezone=row.timezone, rollover_hour=row.rollover_hour
        )
        memory = read_memory(row)
        if memory is not None:
            recollections.append(
                Recollection(
                    learner_id=row.id,
                    fact_id=row.fact_id,
                    memory=memory,
                    answered=row.answered or 0,
                    right=row.right or 0,
                )
            )
    return tuple(learners.values()), tuple(recollections)
