"""How a learner studies: facts set aside, limits of a day, exam plans, problems told."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Instant
from quizapp.storage.ids import (
    AccountId,
    AttemptId,
    CourseId,
    DisputeId,
    FactId,
    QuestionId,
    ReviewId,
    VersionId,
)


class FactChoiceRow(Base):
    """What a learner chose for a fact: while suspended, and on `buried_day`, it is not asked."""

    __tablename__ = "fact_choice"
    __table_args__ = ({"sqlite_with_rowid": False},)

    learner_id: Mapped[AccountId] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    fact_id: Mapped[FactId] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    suspended_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    buried_day: Mapped[int | None] = mapped_column(default=None)
    flagged_at: Mapped[datetime | None] = mapped_column(Instant, default=None)


class DayLimitRow(Base):
    """A learner's limits for one study day, in place of those of the account."""

    __tablename__ = "day_limit"
    __table_args__ = ({"sqlite_with_rowid": False},)

    learner_id: Mapped[AccountId] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    study_day: Mapped[int] = mapped_column(primary_key=True)
    new_per_day: Mapped[int]
    reviews_per_day: Mapped[int]


class ExamPlanRow(Base):
    """How a learner prepares for a course's exam: retention in the term, most reviews a day."""

    __tablename__ = "exam_plan"
    __table_args__ = (
        ForeignKeyConstraint(
            ["learner_id", "course_id"],
            ["enrolment.account_id", "enrolment.course_id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("retention between 0.7 and 0.97", name="retention"),
        {"sqlite_with_rowid": False},
    )

    learner_id: Mapped[AccountId] = mapped_column(primary_key=True)
    course_id: Mapped[CourseId] = mapped_column(primary_key=True, index=True)
    retention: Mapped[float]
    most_per_day: Mapped[int]
    set_at: Mapped[datetime] = mapped_column(Instant)


class DisputeRow(Base):
    """A problem that a learner told of a question, and what an instructor decided on it.

    `reason` names the sort of problem, `text` is what the learner wrote. It came from a review or
    from an attempt. `upheld` and `word` are the decision, null and empty before it;
    `mended_version_id` is the version that put right what was wrong.
    """

    __tablename__ = "dispute"
    __table_args__ = (Index(None, "course_id", "decided_at"),)

    id: Mapped[DisputeId] = mapped_column(init=False, primary_key=True)
    course_id: Mapped[CourseId] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    question_id: Mapped[QuestionId] = mapped_column(
        ForeignKey("question.id", ondelete="CASCADE"), index=True
    )
    learner_id: Mapped[AccountId] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    reason: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    review_id: Mapped[ReviewId | None] = mapped_column(
        ForeignKey("review.id", ondelete="SET NULL"), default=None, index=True
    )
    attempt_id: Mapped[AttemptId | None] = mapped_column(
        ForeignKey("attempt.id", ondelete="SET NULL"), default=None, index=True
    )
    decided_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    decided_by: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), default=None
    )
    upheld: Mapped[bool | None] = mapped_column(default=None)
    word: Mapped[str] = mapped_column(Text, default="")
    mended_version_id: Mapped[VersionId | None] = mapped_column(
        ForeignKey("set_version.id", ondelete="SET NULL"), default=None
    )
