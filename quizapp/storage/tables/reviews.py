"""The append-only log of reviews and undos, the memory that is its fold, and study sessions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Instant
from quizapp.storage.ids import (
    AccountId,
    AttemptId,
    CourseId,
    FactId,
    QuestionId,
    ReviewId,
    StudyId,
    VersionId,
)


class StudyRow(Base):
    """A study session. What was answered in it is in the log, so a closed browser loses nothing.

    `left_open` says that the learner ended it with a question before them. `attempt_id` names the
    attempt whose answers it holds; such a one is never open. With `course_id` or `section` it asks
    only the facts of that course or of that section of an article, with `ahead_days` also those
    that are due within so many days.
    """

    __tablename__ = "study_session"
    __table_args__ = (
        Index(None, "learner_id", "started_at"),
        UniqueConstraint("attempt_id"),
    )

    id: Mapped[StudyId] = mapped_column(init=False, primary_key=True)
    learner_id: Mapped[AccountId] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    started_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    left_open: Mapped[bool] = mapped_column(default=False)
    attempt_id: Mapped[AttemptId | None] = mapped_column(
        ForeignKey("attempt.id", ondelete="CASCADE"), default=None
    )
    course_id: Mapped[CourseId | None] = mapped_column(
        ForeignKey("course.id", ondelete="SET NULL"), default=None
    )
    section: Mapped[str | None] = mapped_column(String(300), default=None)
    ahead_days: Mapped[int] = mapped_column(default=0, server_default="0")


class ReviewRow(Base):
    """One review of a fact: an entry of the log, never changed.

    `at` is the instant of the answer, `arrived_at` that of its arrival; `was` is the phase of the
    memory before; `shown` lists the stored positions of the options in the order they were shown.
    `interval_days` is the interval that was chosen with a view to other facts, null where none was.
    """

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("grade between 1 and 4", name="grade"),
        CheckConstraint("guess >= 0 and guess < 1", name="guess"),
        Index(None, "learner_id", "at"),
        Index(None, "learner_id", "fact_id"),
        Index(None, "study_id"),
    )

    id: Mapped[ReviewId] = mapped_column(init=False, primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)
    learner_id: Mapped[AccountId] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    fact_id: Mapped[FactId] = mapped_column(ForeignKey("fact.id", ondelete="CASCADE"))
    question_id: Mapped[QuestionId] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    study_id: Mapped[StudyId] = mapped_column(ForeignKey("study_session.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(Instant)
    arrived_at: Mapped[datetime] = mapped_column(Instant)
    study_day: Mapped[int]
    was: Mapped[str] = mapped_column(String(10))
    grade: Mapped[int]
    guess: Mapped[float]
    fraction: Mapped[float]
    given: Mapped[bool]
    response: Mapped[str] = mapped_column(Text)
    shown: Mapped[str] = mapped_column(String(100))
    duration_ms: Mapped[int]
    parameters: Mapped[str] = mapped_column(String(20))
    hints: Mapped[int] = mapped_column(default=0)
    interval_days: Mapped[int | None] = mapped_column(default=None)


class UndoRow(Base):
    """The undoing of a review: an entry of the log, too. The review itself stays."""

    __tablename__ = "review_undo"

    review_id: Mapped[ReviewId] = mapped_column(
        ForeignKey("review.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(Instant)


class MemoryRow(Base):
    """What one learner remembers of one fact: the fold of their log entries, kept for speed.

    `due_day` is a study day (ordinal of its date); `due_at` the instant of a learning step, else
    null. `shuffle` orders the facts of one day by chance. `question_id` was shown last.
    """

    __tablename__ = "memory"
    __table_args__ = (
        Index(None, "learner_id", "due_day", "shuffle"),
        Index(
            "ix_memory_learning",
            "learner_id",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        {"sqlite_with_rowid": False},
    )

    learner_id: Mapped[AccountId] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    fact_id: Mapped[FactId] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    stability: Mapped[float]
    difficulty: Mapped[float]
    phase: Mapped[str] = mapped_column(String(10))
    step: Mapped[int]
    due_day: Mapped[int]
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    last_day: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Instant)
    reps: Mapped[int]
    lapses: Mapped[int]
    shuffle: Mapped[int]
    question_id: Mapped[QuestionId] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))


class IntroductionRow(Base):
    """How far a learner has come in a version: all its facts before `position` are in memory.

    A lower bound, kept for speed: it may lag behind, and a missing row means 0. `undone` counts how
    often it was moved back.
    """

    __tablename__ = "introduction"
    __table_args__ = ({"sqlite_with_rowid": False},)

    learner_id: Mapped[AccountId] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    version_id: Mapped[VersionId] = mapped_column(
        ForeignKey("set_version.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int]
    undone: Mapped[int]
