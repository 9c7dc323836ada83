"""Courses, who is in them, their sections, and which versions they teach."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Instant
from quizapp.storage.ids import AccountId, CourseId, SectionId, VersionId


class CourseRow(Base):
    """A course. Without `join_code` nobody can join; an archived one is read-only."""

    __tablename__ = "course"
    __table_args__ = (UniqueConstraint("join_code"),)

    id: Mapped[CourseId] = mapped_column(init=False, primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Instant)
    exam_on: Mapped[date | None] = mapped_column(default=None)
    archived_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    join_code: Mapped[str | None] = mapped_column(String(10), default=None)
    join_until: Mapped[datetime | None] = mapped_column(Instant, default=None)


class EnrolmentRow(Base):
    """One person in one course; `instructor` here means teaching this course."""

    __tablename__ = "enrolment"
    __table_args__ = (
        CheckConstraint("role in ('learner', 'assistant', 'instructor')", name="role"),
    )

    account_id: Mapped[AccountId] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    course_id: Mapped[CourseId] = mapped_column(
        ForeignKey("course.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[str] = mapped_column(String(12))
    enrolled_at: Mapped[datetime] = mapped_column(Instant)


class SectionRow(Base):
    """A named group of a course's learners."""

    __tablename__ = "section"
    __table_args__ = (
        UniqueConstraint("course_id", "title"),
        # What a member refers to, so that nobody is in a section of another course.
        UniqueConstraint("id", "course_id"),
    )

    id: Mapped[SectionId] = mapped_column(init=False, primary_key=True)
    course_id: Mapped[CourseId] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(80))


class SectionMemberRow(Base):
    """A learner in a section; who leaves the course leaves its sections."""

    __tablename__ = "section_member"
    __table_args__ = (
        ForeignKeyConstraint(
            ["section_id", "course_id"], ["section.id", "section.course_id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["account_id", "course_id"],
            ["enrolment.account_id", "enrolment.course_id"],
            ondelete="CASCADE",
        ),
    )

    section_id: Mapped[SectionId] = mapped_column(primary_key=True)
    account_id: Mapped[AccountId] = mapped_column(primary_key=True, index=True)
    course_id: Mapped[CourseId]


class CourseSetRow(Base):
    """A version that a course teaches."""

    __tablename__ = "course_set"

    course_id: Mapped[CourseId] = mapped_column(
        ForeignKey("course.id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[VersionId] = mapped_column(
        ForeignKey("set_version.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
