"""Attempts at an assignment: the questions of each, every save, and what changed its marks."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Instant
from quizapp.storage.ids import (
    AccountId,
    AssignmentId,
    AttemptId,
    CorrectionId,
    MarkChangeId,
    QuestionId,
    SaveId,
)

_OPEN = text("submitted_at IS NULL")


class AttemptRow(Base):
    """One attempt of one learner.

    `deadline_at` is what the learner was told, `taken_until` the end of the grace after it. They
    move only when an instructor moves dates, gives time or changes a section, and everything that
    asks whether the time is over asks them. `key` is the idempotency key of the start, `seed` fixes
    all chance. `shuffled` keeps whether options are shuffled, so that nothing moves before the
    learner's eyes.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("assignment_id", "learner_id", "number"),
        CheckConstraint("submitted_at is not null or marked_at is null", name="marked"),
        Index(
            "ix_attempt_open",
            "assignment_id",
            "learner_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_attempt_taken_until", "taken_until", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[AttemptId] = mapped_column(init=False, primary_key=True)
    assignment_id: Mapped[AssignmentId] = mapped_column(
        ForeignKey("assignment.id", ondelete="RESTRICT")
    )
    learner_id: Mapped[AccountId] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(64), unique=True)
    seed: Mapped[str] = mapped_column(String(80))
    shuffled: Mapped[bool]
    started_at: Mapped[datetime] = mapped_column(Instant)
    deadline_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_until: Mapped[datetime | None] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    auto: Mapped[bool] = mapped_column(default=False)
    points: Mapped[float | None] = mapped_column(default=None)
    maximum: Mapped[float | None] = mapped_column(default=None)
    credit: Mapped[float | None] = mapped_column(default=None)
    marked_at: Mapped[datetime | None] = mapped_column(Instant, default=None)


class AttemptQuestionRow(Base):
    """A question of an attempt, with the answer that stands and its mark.

    `saves` counts the saves, 0 while nothing was answered; `response` is as the learner gave it,
    empty with `given` false for "I don't know". `fraction` is the mark by the key, `granted` what
    an instructor granted in its place. `correction_id` is the correction that marked it.
    """

    __tablename__ = "attempt_question"

    attempt_id: Mapped[AttemptId] = mapped_column(
        ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[QuestionId] = mapped_column(
        ForeignKey("question.id", ondelete="RESTRICT"), index=True
    )
    points: Mapped[float]
    response: Mapped[str] = mapped_column(Text, default="")
    given: Mapped[bool] = mapped_column(default=False)
    saves: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    flagged: Mapped[bool] = mapped_column(default=False)
    fraction: Mapped[float | None] = mapped_column(default=None)
    dropped: Mapped[bool] = mapped_column(default=False)
    correction_id: Mapped[CorrectionId | None] = mapped_column(
        ForeignKey("question_correction.id", ondelete="SET NULL"), default=None, index=True
    )
    claimed_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    claim: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    granted: Mapped[float | None] = mapped_column(default=None)


class ResponseSaveRow(Base):
    """One save of an answer: an entry of a log, never changed. `number` counts those of an answer.

    The same idempotency key again is the same save.
    """

    __tablename__ = "response_save"
    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["attempt_question.attempt_id", "attempt_question.position"],
            ondelete="CASCADE",
        ),
        Index(None, "attempt_id", "position"),
    )

    id: Mapped[SaveId] = mapped_column(init=False, primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)
    attempt_id: Mapped[AttemptId]
    position: Mapped[int]
    number: Mapped[int]
    response: Mapped[str] = mapped_column(Text)
    given: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Instant)


class MarkChangeRow(Base):
    """A change of a mark after the submission: an entry of the audit, and a note to the learner.

    `position` is null where no single question was marked anew. `why` names the act, `reason` is
    what was said about it. Points and maximum are those of the attempt; `seen_at` is when the
    learner put the note away.
    """

    __tablename__ = "mark_change"
    __table_args__ = (Index(None, "attempt_id", "at"),)

    id: Mapped[MarkChangeId] = mapped_column(init=False, primary_key=True)
    attempt_id: Mapped[AttemptId] = mapped_column(ForeignKey("attempt.id", ondelete="CASCADE"))
    position: Mapped[int | None]
    why: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    at: Mapped[datetime] = mapped_column(Instant)
    old_fraction: Mapped[float | None]
    new_fraction: Mapped[float | None]
    old_points: Mapped[float]
    new_points: Mapped[float]
    old_maximum: Mapped[float]
    new_maximum: Mapped[float]
    old_credit: Mapped[float]
    new_credit: Mapped[float]
    seen_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
