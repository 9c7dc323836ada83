"""What a learner's progress is computed from: the log and what their courses teach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, Row, and_, bindparam, select
from sqlalchemy.orm import Session

from quizapp.memory import FittedWeights, Grade, Memory, Review
from quizapp.storage.figures import LIVE
from quizapp.storage.fits import FIT_COLUMNS, USED_FIT, is_fit_for_course, read_fit
from quizapp.storage.ids import AccountId, CourseId, FactId
from quizapp.storage.questions import MEMORY_COLUMNS, read_memory
from quizapp.storage.tables import (
    CourseRow,
    CourseSetRow,
    EnrolmentRow,
    MemoryRow,
    ReviewRow,
    VersionFactRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveReview:
    """An answer that was not undone, of a study session or an attempt."""

    fact_id: FactId
    duration_ms: int
    review: Review


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedFact:
    """A fact that a course teaches; `memory` is None if the learner has not met it."""

    id: FactId
    section: str
    memory: Memory | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedCourse:
    """A course in which somebody learns, with its facts in teaching order.

    `fit` are the weights in use for them there, None where those are the standard ones.
    """

    id: CourseId
    title: str
    exam_on: date | None
    archived: bool
    fit: FittedWeights | None
    facts: tuple[LearnedFact, ...]


_learner = bindparam("learner_id", type_=Integer)
# In the order in which `memory.fold` takes reviews.
_LOG = (
    select(
        ReviewRow.id,
        ReviewRow.fact_id,
        ReviewRow.at,
        ReviewRow.study_day,
        ReviewRow.grade,
        ReviewRow.guess,
        ReviewRow.parameters,
        ReviewRow.duration_ms,
    )
    .where(ReviewRow.learner_id == _learner, LIVE)
    .order_by(ReviewRow.at, ReviewRow.arrived_at, ReviewRow.id)
)
# A fact of two versions of a course comes twice; the newer one states it.
_TAUGHT = (
    select(
        CourseRow.id.label("course_id"),
        CourseRow.title,
        CourseRow.exam_on,
        CourseRow.archived_at,
        VersionFactRow.fact_id,
        VersionFactRow.section,
        *FIT_COLUMNS,
        *MEMORY_COLUMNS,
    )
    .select_from(EnrolmentRow)
    .join(CourseRow, CourseRow.id == EnrolmentRow.course_id)
    .outerjoin(USED_FIT, is_fit_for_course(CourseRow.__table__.c.id))
    .outerjoin(CourseSetRow, CourseSetRow.course_id == CourseRow.id)
    .outerjoin(VersionFactRow, VersionFactRow.version_id == CourseSetRow.version_id)
    .outerjoin(
        MemoryRow,
        and_(MemoryRow.learner_id == _learner, MemoryRow.fact_id == VersionFactRow.fact_id),
    )
    .where(EnrolmentRow.account_id == _learner, EnrolmentRow.role == "learner")
    .order_by(CourseRow.title, CourseRow.id, CourseSetRow.version_id, VersionFactRow.position)
)
_TAUGHT_IN_ONE = _TAUGHT.where(CourseRow.id == bindparam("course_id", type_=Integer))


def list_live_reviews(session: Session, learner_id: AccountId) -> tuple[LiveReview, ...]:
    """Return the answers of a learner that count, in the order in which they move the memories.

    A review's `arrived` is told as its `at`, since the order is made already. One statement.
    """
    rows = session.connection().execute(_LOG, {"learner_id": learner_id})
    return tuple(
        LiveReview(
            fact_id=FactId(fact_id),
            duration_ms=duration_ms,
            review=Review(
                number=number,
                at=at,
                arrived=at,
                study_day=study_day,
                grade=Grade(grade),
                guess=guess,
                parameters=parameters,
            ),
        )
        for number, fact_id, at, study_day, grade, guess, parameters, duration_ms in rows
    )


def list_learned_courses(session: Session, learner_id: AccountId) -> tuple[LearnedCourse, ...]:
    """Return the courses in which a person learns, by title, with what they remember of each.

    One statement.
    """
    return _read_courses(session.connection().execute(_TAUGHT, {"learner_id": learner_id}).all())


def find_learned_course(
    session: Session, learner_id: AccountId, course_id: CourseId
) -> LearnedCourse | None:
    """Return a course as somebody who learns in it remembers it: one statement."""
    parameters = {"learner_id": learner_id, "course_id": course_id}
    rows = session.connection().execute(_TAUGHT_IN_ONE, parameters).all()
    return next(iter(_read_courses(rows)), None)


def _read_courses(rows: Sequence[Row[*tuple[object, ...]]]) -> tuple[LearnedCourse, ...]:
    facts: dict[CourseId, dict[FactId, LearnedFact]] = {row.course_id: {} for row in rows}
    for row in rows:
        if row.fact_id is not None:
            fact = LearnedFact(id=row.fact_id, section=row.section, memory=read_memory(row))
            facts[row.course_id][row.fact_id] = fact
    courses = {row.course_id: row for row in rows}
    return tuple(
        LearnedCourse(
            id=course_id,
            title=row.title,
            exam_on=row.exam_on,
            archived=row.archived_at is not None,
            fit=read_fit(row),
            facts=tuple(facts[course_id].values()),
        )
        for course_id, row in courses.items()
    )
