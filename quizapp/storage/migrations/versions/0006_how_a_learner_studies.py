"""How a learner studies: settings, limits of a day, plans, facts set aside, problems told."""

import sqlalchemy as sa
from alembic import op

from quizapp.storage.base import LONG, Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None
# Tables whose number of rows this step means to change; any other change stops it.
ROWS_CHANGE: tuple[str, ...] = ()

_SETTINGS = ("retention", "easy_days", "two_buttons", "single_keys", "theme")


def upgrade() -> None:
    _add_settings()
    with op.batch_alter_table("review") as batch:
        batch.add_column(sa.Column("interval_days", sa.Integer(), nullable=True))
    with op.batch_alter_table("study_session") as batch:
        batch.add_column(sa.Column("course_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("section", sa.String(300), nullable=True))
        batch.add_column(sa.Column("ahead_days", sa.Integer(), nullable=False, server_default="0"))
        batch.create_foreign_key(
            op.f("fk_study_session_course_id_course"),
            "course",
            ["course_id"],
            ["id"],
            ondelete="SET NULL",
        )
    with op.batch_alter_table("assignment") as batch:
        batch.add_column(sa.Column("practised_by", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_assignment_practised_by_account"),
            "account",
            ["practised_by"],
            ["id"],
            ondelete="CASCADE",
        )
        batch.create_index(op.f("ix_assignment_practised_by"), ["practised_by"])
    _create_fact_tables()
    _create_plans()
    _create_disputes()


def downgrade() -> None:
    for name in ("dispute", "exam_plan", "day_limit", "fact_choice", "fact_rival"):
        op.drop_table(name)
    with op.batch_alter_table("assignment") as batch:
        batch.drop_index(op.f("ix_assignment_practised_by"))
        batch.drop_constraint(op.f("fk_assignment_practised_by_account"), type_="foreignkey")
        batch.drop_column("practised_by")
    with op.batch_alter_table("study_session") as batch:
        batch.drop_constraint(op.f("fk_study_session_course_id_course"), type_="foreignkey")
        for name in ("course_id", "section", "ahead_days"):
            batch.drop_column(name)
    with op.batch_alter_table("review") as batch:
        batch.drop_column("interval_days")
    with op.batch_alter_table("account") as batch:
        for name in ("retention", "theme"):
            batch.drop_constraint(op.f(f"ck_account_{name}"), type_="check")
        for name in _SETTINGS:
            batch.drop_column(name)


def _add_settings() -> None:
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("retention", sa.Double(), nullable=False, server_default="0.9"))
        batch.add_column(
            sa.Column("easy_days", sa.String(7), nullable=False, server_default="nnnnnnn")
        )
        batch.add_column(
            sa.Column("two_buttons", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(
            sa.Column("single_keys", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch.add_column(sa.Column("theme", sa.String(6), nullable=False, server_default="system"))
        batch.create_check_constraint(
            op.f("ck_account_retention"), "retention between 0.7 and 0.97"
        )
        batch.create_check_constraint(
            op.f("ck_account_theme"), "theme in ('system', 'light', 'dark')"
        )


def _create_fact_tables() -> None:
    op.create_table(
        "fact_rival",
        _refer("fact_rival", "fact_id", "fact"),
        _refer("fact_rival", "rival_id", "fact"),
        _refer("fact_rival", "version_id", "set_version"),
        sa.PrimaryKeyConstraint("fact_id", "rival_id", "version_id", name=op.f("pk_fact_rival")),
        sqlite_with_rowid=False,
    )
    for name in ("rival_id", "version_id"):
        op.create_index(op.f(f"ix_fact_rival_{name}"), "fact_rival", [name])
    op.create_table(
        "fact_choice",
        _refer("fact_choice", "learner_id", "account"),
        _refer("fact_choice", "fact_id", "fact"),
        sa.Column("suspended_at", Instant(), nullable=True),
        sa.Column("buried_day", sa.Integer(), nullable=True),
        sa.Column("flagged_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("learner_id", "fact_id", name=op.f("pk_fact_choice")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_fact_choice_fact_id"), "fact_choice", ["fact_id"])


def _create_plans() -> None:
    op.create_table(
        "day_limit",
        _refer("day_limit", "learner_id", "account"),
        sa.Column("study_day", sa.Integer(), nullable=False),
        sa.Column("new_per_day", sa.Integer(), nullable=False),
        sa.Column("reviews_per_day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("learner_id", "study_day", name=op.f("pk_day_limit")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "exam_plan",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("retention", sa.Double(), nullable=False),
        sa.Column("most_per_day", sa.Integer(), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.CheckConstraint("retention between 0.7 and 0.97", name=op.f("ck_exam_plan_retention")),
        sa.ForeignKeyConstraint(
            ["learner_id", "course_id"],
            ["enrolment.account_id", "enrolment.course_id"],
            name=op.f("fk_exam_plan_learner_id_enrolment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("learner_id", "course_id", name=op.f("pk_exam_plan")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_exam_plan_course_id"), "exam_plan", ["course_id"])


def _create_disputes() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        _refer("dispute", "course_id", "course"),
        _refer("dispute", "question_id", "question"),
        _refer("dispute", "learner_id", "account"),
        _refer("dispute", "review_id", "review", LONG, "SET NULL"),
        _refer("dispute", "attempt_id", "attempt", LONG, "SET NULL"),
        sa.Column("reason", sa.String(12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        _refer("dispute", "decided_by", "account", sa.Integer(), "SET NULL"),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("word", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
    )
    op.create_index(op.f("ix_dispute_course_id_decided_at"), "dispute", ["course_id", "decided_at"])
    for name in ("question_id", "learner_id", "review_id", "attempt_id"):
        op.create_index(op.f(f"ix_dispute_{name}"), "dispute", [name])


def _refer(
    table: str,
    column: str,
    referred: str,
    type_: sa.types.TypeEngine[int] | None = None,
    ondelete: str = "CASCADE",
) -> sa.Column[int]:
    """Return a column that names a row of another table; null only where that may go."""
    key = sa.ForeignKey(
        f"{referred}.id", name=op.f(f"fk_{table}_{column}_{referred}"), ondelete=ondelete
    )
    return sa.Column(column, type_ or sa.Integer(), key, nullable=ondelete != "CASCADE")
