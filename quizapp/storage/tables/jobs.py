"""Work that is done beside the requests: one row a job, from its enqueueing to its end."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Instant
from quizapp.storage.ids import JobId
from quizapp.storage.tables.content import JsonObject


class JobRow(Base):
    """A job.

    `attempts` counts how often it was begun and may not exceed `attempts_allowed`. `takes` counts
    how often a worker took it and never goes back: who took it last, holds it. `beats` counts the
    signs of life of that worker. `reason` says why it failed last.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(
            "state in ('waiting', 'running', 'done', 'failed', 'cancelled')", name="state"
        ),
        Index(None, "state", "run_after"),
    )

    id: Mapped[JobId] = mapped_column(init=False, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    args: Mapped[JsonObject] = mapped_column(JSON)
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    state: Mapped[str] = mapped_column(String(10))
    enqueued_at: Mapped[datetime] = mapped_column(Instant)
    run_after: Mapped[datetime] = mapped_column(Instant)
    attempts_allowed: Mapped[int]
    attempts: Mapped[int] = mapped_column(default=0)
    takes: Mapped[int] = mapped_column(default=0)
    beats: Mapped[int] = mapped_column(default=0)
    progress_done: Mapped[int] = mapped_column(default=0)
    progress_total: Mapped[int] = mapped_column(default=0)
    progress_note: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str | None] = mapped_column(String(500), default=None)
    started_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    ended_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    cancel_asked_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
