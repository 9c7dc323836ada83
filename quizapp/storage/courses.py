"""Courses, enrolments, and what a person may see of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId, CourseId, VersionId
from quizapp.storage.tables import (
    CourseRow,
    CourseSetRow,
    EnrolmentRow,
    VersionRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course as its instructors list it."""

    id: CourseId
    title: str
    timezone: str
    learners: int
    set_title: str


def add_course(session: Session, *, title: str, timezone: str, now: datetime) -> CourseId:
    """Store a new course."""
    row = CourseRow(title=title, timezone=timezone, created_at=now)
    session.add(row)
    session.flush()
    return row.id


def enrol(
    session: Session, *, course_id: CourseId, account_id: AccountId, role: str, now: datetime
) -> None:
    """Put a person into a course as learner or instructor."""
    session.add(
        EnrolmentRow(account_id=account_id, course_id=course_id, role=role, enrolled_at=now)
    )
    session.flush()


def teach(session: Session, *, course_id: CourseId, version_id: VersionId) -> None:
    """Let a course teach a version."""
    session.add(CourseSetRow(course_id=course_id, version_id=version_id))
    session.flush()


def list_taught(session: Session, instructor_id: AccountId) -> tuple[Course, ...]:
    """Return the courses that a person teaches, by title: one statement."""
    learners = (
        select(func.count())
        .where(EnrolmentRow.course_id == CourseRow.id, EnrolmentRow.role == "learner")
        .correlate(CourseRow)
        .scalar_subquery()
    )
    title = (
        select(func.min(VersionRow.title))
        .join(CourseSetRow, CourseSetRow.version_id == VersionRow.id)
        .where(CourseSetRow.course_id == CourseRow.id)
        .correlate(CourseRow)
        .scalar_subquery()
    )
    rows = session.execute(
        select(CourseRow.id, CourseRow.title, CourseRow.timezone, learners, title)
        .where(_teaches(instructor_id))
        .order_by(CourseRow.title, CourseRow.id)
    )
    return tuple(
        Course(id=id_, title=title, timezone=timezone, learners=count, set_title=set_title or "")
        for id_, title, timezone, count, set_title in rows
    )


def _teaches(instructor_id: AccountId) -> ColumnElement[bool]:
    return exists(
        select(1).where(
            EnrolmentRow.course_id == CourseRow.id,
            EnrolmentRow.account_id == instructor_id,
            EnrolmentRow.role == "instructor",
        )
    )
