"""What reports keep: parameters fitted to a class or a learner."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Instant
from quizapp.storage.ids import AccountId, CourseId, FitId, JobId
from quizapp.storage.tables.content import JsonObject


class ParameterFitRow(Base):
    """One fitting of FSRS's weights to the reviews of a course, or of one learner.

    `weights` are null until it has ended. `accepted` tells whether they predicted the held-out
    reviews better than what was in use; `figures` say how well each did. They are in use from
    `used_from` to `withdrawn_at`.
    """

    __tablename__ = "parameter_fit"
    __table_args__ = (CheckConstraint("(course_id is null) <> (learner_id is null)", name="whose"),)

    id: Mapped[FitId] = mapped_column(init=False, primary_key=True)
    course_id: Mapped[CourseId | None] = mapped_column(
        ForeignKey("course.id", ondelete="CASCADE"), index=True
    )
    learner_id: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    asked_by: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    asked_at: Mapped[datetime] = mapped_column(Instant)
    job_id: Mapped[JobId | None] = mapped_column(
        ForeignKey("job.id", ondelete="SET NULL"), default=None
    )
    ended_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    weights: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True), default=None)
    accepted: Mapped[bool | None] = mapped_column(default=None)
    figures: Mapped[JsonObject] = mapped_column(JSON, default_factory=dict)
    used_from: Mapped[datetime | None] = mapped_column(Instant, default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
