"""Courses, who is in them, and which versions they teach."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Instant
from quizapp.storage.ids import AccountId, CourseId, VersionId


class CourseRow(Base):
    """A course."""

    __tablename__ = "course"

    id: Mapped[CourseId] = mapped_column(init=False, primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Instant)
    exam_on: Mapped[date | None] = mapped_column(default=None)


class EnrolmentRow(Base):
    """One person in one course; `instructor` here means teaching this course."""

    __tablename__ = "enrolment"
    __table_args__ = (CheckConstraint("role in ('learner', 'instructor')", name="role"),)

    account_id: Mapped[AccountId] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    course_id: Mapped[CourseId] = mapped_column(
        ForeignKey("course.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(String(12))
    enrolled_at: Mapped[datetime] = mapped_column(Instant)


class CourseSetRow(Base):
    """A version that a course teaches."""

    __tablename__ = "course_set"

    course_id: Mapped[CourseId] = mapped_column(
        ForeignKey("course.id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[VersionId] = mapped_column(
        ForeignKey("set_version.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
