"""Assignments: what a course sets, by which rules, and for whom they differ."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Instant
from quizapp.storage.ids import (
    AccountId,
    AssignmentId,
    CorrectionId,
    CourseId,
    GradeOverrideId,
    OverrideId,
    QuestionId,
    SectionId,
    VersionId,
)
from quizapp.storage.tables.content import JsonObject


class AssignmentRow(Base):
    """An assignment of a course, from one version of a set.

    `picking` says which questions are asked: the whole version, those of `assignment_question`, or
    those drawn by `draws` (a list of {tag, easiest, hardest, count}). `points` is the maximum of
    each question. `edits` counts the changes, so that a stale form is noticed. `practised_by` is
    the learner whose practice quiz it is, null for what the course sets. The other columns are
    those of `attempts.rules`; a time limit and the grace are in seconds.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("status in ('draft', 'published')", name="status"),
        CheckConstraint("picking in ('version', 'list', 'draw')", name="picking"),
        CheckConstraint("counts in ('first', 'last', 'highest', 'average')", name="counts"),
        CheckConstraint("layout in ('one', 'all')", name="layout"),
        CheckConstraint("points > 0", name="points"),
    )

    id: Mapped[AssignmentId] = mapped_column(init=False, primary_key=True)
    course_id: Mapped[CourseId] = mapped_column(
        ForeignKey("course.id", ondelete="CASCADE"), index=True
    )
    version_id: Mapped[VersionId] = mapped_column(
        ForeignKey("set_version.id", ondelete="RESTRICT"), index=True
    )
    title: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(10))
    picking: Mapped[str] = mapped_column(String(10))
    draws: Mapped[list[JsonObject]] = mapped_column(JSON)
    points: Mapped[float]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    opens_at: Mapped[datetime | None] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    closes_at: Mapped[datetime | None] = mapped_column(Instant)
    early_until: Mapped[datetime | None] = mapped_column(Instant)
    early_credit: Mapped[float | None]
    late: Mapped[list[JsonObject]] = mapped_column(JSON)
    practice: Mapped[bool]
    time_limit: Mapped[int | None]
    grace: Mapped[int]
    attempts_allowed: Mapped[int | None]
    counts: Mapped[str] = mapped_column(String(10))
    shuffle_questions: Mapped[bool]
    shuffle_options: Mapped[bool]
    layout: Mapped[str] = mapped_column(String(10))
    feedback: Mapped[JsonObject] = mapped_column(JSON)
    created_by: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    created_at: Mapped[datetime] = mapped_column(Instant)
    edits: Mapped[int] = mapped_column(default=0)
    practised_by: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), default=None, index=True
    )


class AssignmentQuestionRow(Base):
    """A question of a fixed list, with its place in it and its points."""

    __tablename__ = "assignment_question"

    assignment_id: Mapped[AssignmentId] = mapped_column(
        ForeignKey("assignment.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[QuestionId] = mapped_column(
        ForeignKey("question.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    position: Mapped[int]
    points: Mapped[float]


class AssignmentOverrideRow(Base):
    """What is different for one learner or for a section; null is as the assignment has it."""

    __tablename__ = "assignment_override"
    __table_args__ = (
        CheckConstraint("(account_id is null) <> (section_id is null)", name="whose"),
        UniqueConstraint("assignment_id", "account_id"),
        UniqueConstraint("assignment_id", "section_id"),
    )

    id: Mapped[OverrideId] = mapped_column(init=False, primary_key=True)
    assignment_id: Mapped[AssignmentId] = mapped_column(
        ForeignKey("assignment.id", ondelete="CASCADE")
    )
    account_id: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    section_id: Mapped[SectionId | None] = mapped_column(
        ForeignKey("section.id", ondelete="CASCADE"), index=True
    )
    opens_at: Mapped[datetime | None] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    closes_at: Mapped[datetime | None] = mapped_column(Instant)
    extra_minutes: Mapped[int | None]
    time_factor: Mapped[float | None]
    attempts_allowed: Mapped[int | None]
    unlimited: Mapped[bool]
    set_by: Mapped[AccountId | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    set_at: Mapped[datetime] = mapped_column(Instant)


class QuestionCorrectionRow(Base):
    """A question as a course marks it from now on; the version itself stays as it was published.

    The newest correction of a question is the one that marks. `body` is the question as
    `quizapp-questions/1` writes it, null where the question is dropped.
    """

    __tablename__ = "question_correction"
    __table_args__ = (Index(None, "course_id", "question_id"),)

    id: Mapped[CorrectionId] = mapped_column(init=False, primary_key=True)
    course_id: Mapped[CourseId] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    question_id: Mapped[QuestionId] = mapped_column(
        ForeignKey("question.id", ondelete="RESTRICT"), index=True
    )
    body: Mapped[JsonObject | None] = mapped_column(JSON(none_as_null=True))
    reason: Mapped[str] = mapped_column(Text)
    made_by: Mapped[AccountId | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Instant)


class GradeOverrideRow(Base):
    """A score that an instructor gave in place of the computed one; never changed, only followed.

    The newest row of a learner and assignment stands. `share` is that of the maximum, credit
    included; null takes the earlier one back.
    """

    __tablename__ = "grade_override"
    __table_args__ = (Index(None, "assignment_id", "learner_id"),)

    id: Mapped[GradeOverrideId] = mapped_column(init=False, primary_key=True)
    assignment_id: Mapped[AssignmentId] = mapped_column(
        ForeignKey("assignment.id", ondelete="CASCADE")
    )
    learner_id: Mapped[AccountId] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    share: Mapped[float | None]
    reason: Mapped[str] = mapped_column(Text)
    given_by: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    at: Mapped[datetime] = mapped_column(Instant)
