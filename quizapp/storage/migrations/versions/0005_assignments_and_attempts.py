"""Assignments with their overrides, attempts with their answers and marks, and corrections."""

import sqlalchemy as sa
from alembic import op

from quizapp.storage.base import LONG, Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
# Tables whose number of rows this step means to change; any other change stops it.
ROWS_CHANGE: tuple[str, ...] = ()


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("picking", sa.String(length=10), nullable=False),
        sa.Column("draws", sa.JSON(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("opens_at", Instant(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("closes_at", Instant(), nullable=True),
        sa.Column("early_until", Instant(), nullable=True),
        sa.Column("early_credit", sa.Double(), nullable=True),
        sa.Column("late", sa.JSON(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("time_limit", sa.Integer(), nullable=True),
        sa.Column("grace", sa.Integer(), nullable=False),
        sa.Column("attempts_allowed", sa.Integer(), nullable=True),
        sa.Column("counts", sa.String(length=10), nullable=False),
        sa.Column("shuffle_questions", sa.Boolean(), nullable=False),
        sa.Column("shuffle_options", sa.Boolean(), nullable=False),
        sa.Column("layout", sa.String(length=10), nullable=False),
        sa.Column("feedback", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "counts in ('first', 'last', 'highest', 'average')", name=op.f("ck_assignment_counts")
        ),
        sa.CheckConstraint("layout in ('one', 'all')", name=op.f("ck_assignment_layout")),
        sa.CheckConstraint(
            "picking in ('version', 'list', 'draw')", name=op.f("ck_assignment_picking")
        ),
        sa.CheckConstraint("status in ('draft', 'published')", name=op.f("ck_assignment_status")),
        sa.CheckConstraint("points > 0", name=op.f("ck_assignment_points")),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.id"],
            name=op.f("fk_assignment_course_id_course"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["account.id"],
            name=op.f("fk_assignment_created_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["set_version.id"],
            name=op.f("fk_assignment_version_id_set_version"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_version_id"), ["version_id"], unique=False)

    op.create_table(
        "assignment_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("opens_at", Instant(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("closes_at", Instant(), nullable=True),
        sa.Column("extra_minutes", sa.Integer(), nullable=True),
        sa.Column("time_factor", sa.Double(), nullable=True),
        sa.Column("attempts_allowed", sa.Integer(), nullable=True),
        sa.Column("unlimited", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(account_id is null) <> (section_id is null)",
            name=op.f("ck_assignment_override_whose"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_assignment_override_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_assignment_override_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["section.id"],
            name=op.f("fk_assignment_override_section_id_section"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["set_by"],
            ["account.id"],
            name=op.f("fk_assignment_override_set_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_override")),
        sa.UniqueConstraint(
            "assignment_id",
            "account_id",
            name=op.f("uq_assignment_override_assignment_id_account_id"),
        ),
        sa.UniqueConstraint(
            "assignment_id",
            "section_id",
            name=op.f("uq_assignment_override_assignment_id_section_id"),
        ),
    )
    with op.batch_alter_table("assignment_override", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignment_override_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assignment_override_section_id"), ["section_id"], unique=False
        )

    op.create_table(
        "attempt",
        sa.Column("id", LONG, nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("shuffled", sa.Boolean(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("deadline_at", Instant(), nullable=True),
        sa.Column("taken_until", Instant(), nullable=True),
        sa.Column("submitted_at", Instant(), nullable=True),
        sa.Column("auto", sa.Boolean(), nullable=False),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("maximum", sa.Double(), nullable=True),
        sa.Column("credit", sa.Double(), nullable=True),
        sa.Column("marked_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "submitted_at is not null or marked_at is null", name=op.f("ck_attempt_marked")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_attempt_assignment_id_assignment"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["account.id"],
            name=op.f("fk_attempt_learner_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint(
            "assignment_id",
            "learner_id",
            "number",
            name=op.f("uq_attempt_assignment_id_learner_id_number"),
        ),
        sa.UniqueConstraint("key", name=op.f("uq_attempt_key")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_learner_id"), ["learner_id"], unique=False)
        batch_op.create_index(
            "ix_attempt_open",
            ["assignment_id", "learner_id"],
            unique=True,
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_attempt_taken_until",
            ["taken_until"],
            unique=False,
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        )

    op.create_table(
        "grade_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_grade_override_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["given_by"],
            ["account.id"],
            name=op.f("fk_grade_override_given_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["learner_id"],
            ["account.id"],
            name=op.f("fk_grade_override_learner_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_override")),
    )
    with op.batch_alter_table("grade_override", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_grade_override_assignment_id_learner_id"),
            ["assignment_id", "learner_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_grade_override_learner_id"), ["learner_id"], unique=False
        )

    op.create_table(
        "assignment_question",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_assignment_question_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_assignment_question_question_id_question"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "assignment_id", "question_id", name=op.f("pk_assignment_question")
        ),
    )
    with op.batch_alter_table("assignment_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignment_question_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "mark_change",
        sa.Column("id", LONG, nullable=False),
        sa.Column("attempt_id", LONG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("old_fraction", sa.Double(), nullable=True),
        sa.Column("new_fraction", sa.Double(), nullable=True),
        sa.Column("old_points", sa.Double(), nullable=False),
        sa.Column("new_points", sa.Double(), nullable=False),
        sa.Column("old_maximum", sa.Double(), nullable=False),
        sa.Column("new_maximum", sa.Double(), nullable=False),
        sa.Column("old_credit", sa.Double(), nullable=False),
        sa.Column("new_credit", sa.Double(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempt.id"],
            name=op.f("fk_mark_change_attempt_id_attempt"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"],
            ["account.id"],
            name=op.f("fk_mark_change_changed_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark_change")),
    )
    with op.batch_alter_table("mark_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mark_change_attempt_id_at"), ["attempt_id", "at"], unique=False
        )

    op.create_table(
        "question_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.id"],
            name=op.f("fk_question_correction_course_id_course"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["account.id"],
            name=op.f("fk_question_correction_made_by_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_question_correction_question_id_question"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_correction")),
    )
    with op.batch_alter_table("question_correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_question_correction_course_id_question_id"),
            ["course_id", "question_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_question_correction_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "attempt_question",
        sa.Column("attempt_id", LONG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("saves", sa.Integer(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=True),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("fraction", sa.Double(), nullable=True),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("correction_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", Instant(), nullable=True),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("granted", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempt.id"],
            name=op.f("fk_attempt_question_attempt_id_attempt"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["correction_id"],
            ["question_correction.id"],
            name=op.f("fk_attempt_question_correction_id_question_correction"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_attempt_question_question_id_question"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_attempt_question")),
    )
    with op.batch_alter_table("attempt_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attempt_question_correction_id"), ["correction_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_attempt_question_question_id"), ["question_id"], unique=False
        )

    op.create_table(
        "response_save",
        sa.Column("id", LONG, nullable=False),
        sa.Column("idempotency_key", sa.String(length=64), nullable=False),
        sa.Column("attempt_id", LONG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["attempt_question.attempt_id", "attempt_question.position"],
            name=op.f("fk_response_save_attempt_id_attempt_question"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_save")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_response_save_idempotency_key")),
    )
    with op.batch_alter_table("response_save", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_response_save_attempt_id_position"),
            ["attempt_id", "position"],
            unique=False,
        )

    with op.batch_alter_table("study_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attempt_id", LONG, nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_study_session_attempt_id"), ["attempt_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_study_session_attempt_id_attempt"),
            "attempt",
            ["attempt_id"],
            ["id"],
            ondelete="CASCADE",
        )


def downgrade() -> None:
    with op.batch_alter_table("study_session", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_study_session_attempt_id_attempt"), type_="foreignkey"
        )
        batch_op.drop_constraint(batch_op.f("uq_study_session_attempt_id"), type_="unique")
        batch_op.drop_column("attempt_id")

    with op.batch_alter_table("response_save", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_response_save_attempt_id_position"))

    op.drop_table("response_save")
    with op.batch_alter_table("attempt_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempt_question_question_id"))
        batch_op.drop_index(batch_op.f("ix_attempt_question_correction_id"))

    op.drop_table("attempt_question")
    with op.batch_alter_table("question_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_correction_question_id"))
        batch_op.drop_index(batch_op.f("ix_question_correction_course_id_question_id"))

    op.drop_table("question_correction")
    with op.batch_alter_table("mark_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mark_change_attempt_id_at"))

    op.drop_table("mark_change")
    with op.batch_alter_table("assignment_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_question_question_id"))

    op.drop_table("assignment_question")
    with op.batch_alter_table("grade_override", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grade_override_learner_id"))
        batch_op.drop_index(batch_op.f("ix_grade_override_assignment_id_learner_id"))

    op.drop_table("grade_override")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_attempt_taken_until",
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_attempt_open",
            sqlite_where=sa.text("submitted_at IS NULL"),
            postgresql_where=sa.text("submitted_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_attempt_learner_id"))

    op.drop_table("attempt")
    with op.batch_alter_table("assignment_override", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_override_section_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_override_account_id"))

    op.drop_table("assignment_override")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_version_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_course_id"))

    op.drop_table("assignment")
