"""Courses that are archived and joined by a code, assistants, sections; all refused tries."""

import sqlalchemy as sa
from alembic import op

from quizapp.storage.base import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
# Tables whose number of rows this step means to change; any other change stops it. The rows of
# refused tries, which count for a quarter of an hour, move from one to the other.
ROWS_CHANGE: tuple[str, ...] = ("sign_in_failure", "refused_try")

_INDEXED = ("address_hash", "at", "subject_hash")
_FORMER_INDEXED = ("address_hash", "at", "email_hash")


def upgrade() -> None:
    with op.batch_alter_table("course") as batch:
        batch.add_column(sa.Column("archived_at", Instant(), nullable=True))
        batch.add_column(sa.Column("join_code", sa.String(10), nullable=True))
        batch.add_column(sa.Column("join_until", Instant(), nullable=True))
        batch.create_unique_constraint(op.f("uq_course_join_code"), ["join_code"])
    _allow_roles("'learner', 'assistant', 'instructor'")
    op.create_table(
        "section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.id"],
            name=op.f("fk_section_course_id_course"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint("course_id", "title", name=op.f("uq_section_course_id_title")),
        sa.UniqueConstraint("id", "course_id", name=op.f("uq_section_id_course_id")),
    )
    op.create_table(
        "section_member",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id", "course_id"],
            ["section.id", "section.course_id"],
            name=op.f("fk_section_member_section_id_section"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "course_id"],
            ["enrolment.account_id", "enrolment.course_id"],
            name=op.f("fk_section_member_account_id_enrolment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("section_id", "account_id", name=op.f("pk_section_member")),
    )
    op.create_index(op.f("ix_section_member_account_id"), "section_member", ["account_id"])
    op.create_table(
        "refused_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(12), nullable=False),
        sa.Column("subject_hash", sa.String(64), nullable=False),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_try")),
    )
    for column in _INDEXED:
        op.create_index(op.f(f"ix_refused_try_{column}"), "refused_try", [column])
    op.create_index(op.f("ix_refused_try_action_at"), "refused_try", ["action", "at"])
    op.execute(
        "INSERT INTO refused_try (action, subject_hash, address_hash, at) "
        "SELECT 'sign-in', email_hash, address_hash, at FROM sign_in_failure"
    )
    op.drop_table("sign_in_failure")


def downgrade() -> None:
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email_hash", sa.String(64), nullable=False),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    for column in _FORMER_INDEXED:
        op.create_index(op.f(f"ix_sign_in_failure_{column}"), "sign_in_failure", [column])
    op.execute(
        "INSERT INTO sign_in_failure (email_hash, address_hash, at) "
        "SELECT subject_hash, address_hash, at FROM refused_try WHERE action = 'sign-in'"
    )
    op.drop_table("refused_try")
    op.drop_table("section_member")
    op.drop_table("section")
    _allow_roles("'learner', 'instructor'")
    with op.batch_alter_table("course") as batch:
        batch.drop_constraint(op.f("uq_course_join_code"), type_="unique")
        batch.drop_column("join_until")
        batch.drop_column("join_code")
        batch.drop_column("archived_at")


def _allow_roles(roles: str) -> None:
    """Change which roles an enrolment may have; a row with another one stops the step."""
    with op.batch_alter_table("enrolment") as batch:
        batch.drop_constraint(op.f("ck_enrolment_role"), type_="check")
        batch.create_check_constraint(op.f("ck_enrolment_role"), f"role in ({roles})")
