"""The table of jobs."""

import sqlalchemy as sa
from alembic import op

from quizapp.storage.base import LONG, Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None
# Tables whose number of rows this step means to change; any other change stops it.
ROWS_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", LONG, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(120), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("enqueued_at", Instant(), nullable=False),
        sa.Column("run_after", Instant(), nullable=False),
        sa.Column("attempts_allowed", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("takes", sa.Integer(), nullable=False),
        sa.Column("beats", sa.Integer(), nullable=False),
        sa.Column("progress_done", sa.Integer(), nullable=False),
        sa.Column("progress_total", sa.Integer(), nullable=False),
        sa.Column("progress_note", sa.String(200), nullable=False),
        sa.Column("reason", sa.String(500), nullable=True),
        sa.Column("started_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("cancel_asked_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting', 'running', 'done', 'failed', 'cancelled')",
            name=op.f("ck_job_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    op.create_index(op.f("ix_job_state_run_after"), "job", ["state", "run_after"])


def downgrade() -> None:
    op.drop_index(op.f("ix_job_state_run_after"), table_name="job")
    op.drop_table("job")
