"""Drafts of sets, who shares them and who changed them; parameters fitted to a class."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from quizapp.storage.base import LONG, Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None
# Tables whose number of rows this step means to change; any other change stops it.
ROWS_CHANGE: tuple[str, ...] = ()

_TABLES = (
    "parameter_fit",
    "article_upload",
    "set_change",
    "set_share",
    "set_image",
    "editor_save",
    "draft_question",
    "draft_fact",
    "draft_entity",
    "set_draft",
    "version_file",
)
_STATES = "state in ('proposed', 'accepted', 'dropped')"


def upgrade() -> None:
    with op.batch_alter_table("question_set") as batch:
        batch.add_column(sa.Column("title", sa.String(200), nullable=False, server_default=""))
        batch.add_column(sa.Column("tags", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("archived_at", Instant(), nullable=True))
    op.execute(
        "UPDATE question_set SET title = COALESCE((SELECT title FROM set_version"
        " WHERE set_version.set_id = question_set.id ORDER BY number DESC LIMIT 1), '')"
    )
    with op.batch_alter_table("set_version") as batch:
        batch.add_column(sa.Column("published_by", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        batch.create_foreign_key(
            op.f("fk_set_version_published_by_account"),
            "account",
            ["published_by"],
            ["id"],
            ondelete="SET NULL",
        )
    with op.batch_alter_table("dispute") as batch:
        batch.add_column(sa.Column("mended_version_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_dispute_mended_version_id_set_version"),
            "set_version",
            ["mended_version_id"],
            ["id"],
            ondelete="SET NULL",
        )
    _create_drafts()
    _create_editing()
    _create_sharing()
    _create_uploads()
    _create_fits()


def downgrade() -> None:
    for name in _TABLES:
        op.drop_table(name)
    with op.batch_alter_table("dispute") as batch:
        batch.drop_constraint(op.f("fk_dispute_mended_version_id_set_version"), type_="foreignkey")
        batch.drop_column("mended_version_id")
    with op.batch_alter_table("set_version") as batch:
        batch.drop_constraint(op.f("fk_set_version_published_by_account"), type_="foreignkey")
        for name in ("published_by", "note"):
            batch.drop_column(name)
    with op.batch_alter_table("question_set") as batch:
        for name in ("title", "tags", "archived_at"):
            batch.drop_column(name)


def _create_drafts() -> None:
    op.create_table(
        "version_file",
        _refer("version_file", "version_id", "set_version"),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("version_id", "name", name=op.f("pk_version_file")),
    )
    op.create_table(
        "set_draft",
        _refer("set_draft", "set_id", "question_set"),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("predicates", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        _refer("set_draft", "changed_by", "account", ondelete="SET NULL"),
        _refer("set_draft", "base_version_id", "set_version", ondelete="SET NULL"),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("set_id", name=op.f("pk_set_draft")),
    )
    op.create_table(
        "draft_entity",
        *_key("draft_entity", 80),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("suggestions", sa.JSON(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draft_fact",
        *_key("draft_fact", 80),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(8), nullable=False),
        sa.Column("rule", sa.String(60), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("provenance", sa.JSON(), nullable=True),
        *_decided("draft_fact"),
        sa.CheckConstraint(_STATES, name=op.f("ck_draft_fact_state")),
        sa.CheckConstraint(
            "origin in ('file', 'rule', 'model', 'hand')", name=op.f("ck_draft_fact_origin")
        ),
        sqlite_with_rowid=False,
    )


def _create_editing() -> None:
    op.create_table(
        "draft_question",
        *_key("draft_question", 120),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("origin", sa.String(8), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        *_decided("draft_question"),
        sa.CheckConstraint(_STATES, name=op.f("ck_draft_question_state")),
        sa.CheckConstraint(
            "origin in ('made', 'edited', 'written')", name=op.f("ck_draft_question_origin")
        ),
        sa.CheckConstraint(
            "origin = 'made' or body is not null", name=op.f("ck_draft_question_body")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "editor_save",
        _refer("editor_save", "account_id", "account"),
        _refer("editor_save", "set_id", "question_set"),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "set_id", "key", name=op.f("pk_editor_save")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_editor_save_set_id"), "editor_save", ["set_id"])
    op.create_table(
        "set_image",
        _refer("set_image", "set_id", "question_set"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("mime", sa.String(40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        _refer("set_image", "added_by", "account", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("set_id", "digest", name=op.f("pk_set_image")),
    )


def _create_sharing() -> None:
    op.create_table(
        "set_share",
        _refer("set_share", "set_id", "question_set"),
        _refer("set_share", "account_id", "account"),
        sa.Column("may", sa.String(4), nullable=False),
        sa.Column("shared_at", Instant(), nullable=False),
        _refer("set_share", "shared_by", "account", ondelete="SET NULL"),
        sa.CheckConstraint("may in ('read', 'edit')", name=op.f("ck_set_share_may")),
        sa.PrimaryKeyConstraint("set_id", "account_id", name=op.f("pk_set_share")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_set_share_account_id"), "set_share", ["account_id"])
    op.create_table(
        "set_change",
        sa.Column("id", LONG, nullable=False),
        _refer("set_change", "set_id", "question_set"),
        sa.Column("at", Instant(), nullable=False),
        _refer("set_change", "account_id", "account", ondelete="SET NULL"),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_change")),
    )
    op.create_index(op.f("ix_set_change_set_id_id"), "set_change", ["set_id", "id"])
    op.create_index(op.f("ix_set_change_account_id"), "set_change", ["account_id"])


def _create_uploads() -> None:
    op.create_table(
        "article_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        _refer("article_upload", "set_id", "question_set"),
        _refer("article_upload", "account_id", "account", ondelete="SET NULL"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("use_model", sa.Boolean(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        _refer("article_upload", "job_id", "job", LONG, "SET NULL"),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_upload")),
    )
    for name in ("set_id", "account_id"):
        op.create_index(op.f(f"ix_article_upload_{name}"), "article_upload", [name])


def _create_fits() -> None:
    op.create_table(
        "parameter_fit",
        sa.Column("id", sa.Integer(), nullable=False),
        _refer("parameter_fit", "course_id", "course", null=True),
        _refer("parameter_fit", "learner_id", "account", null=True),
        _refer("parameter_fit", "asked_by", "account", ondelete="SET NULL"),
        sa.Column("asked_at", Instant(), nullable=False),
        _refer("parameter_fit", "job_id", "job", LONG, "SET NULL"),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("weights", sa.JSON(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("used_from", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "(course_id is null) <> (learner_id is null)", name=op.f("ck_parameter_fit_whose")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parameter_fit")),
    )
    for name in ("course_id", "learner_id"):
        op.create_index(op.f(f"ix_parameter_fit_{name}"), "parameter_fit", [name])


def _key(table: str, length: int) -> tuple[SchemaItem, ...]:
    """Return what every part of a draft begins with: its set, its key, its place."""
    return (
        _refer(table, "set_id", "question_set"),
        sa.Column("key", sa.String(length), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("set_id", "key", name=op.f(f"pk_{table}")),
    )


def _decided(table: str) -> tuple[SchemaItem, ...]:
    return (
        _refer(table, "decided_by", "account", ondelete="SET NULL"),
        sa.Column("decided_at", Instant(), nullable=True),
    )


def _refer(
    table: str,
    column: str,
    referred: str,
    type_: sa.types.TypeEngine[int] | None = None,
    ondelete: str = "CASCADE",
    *,
    null: bool = False,
) -> sa.Column[int]:
    """Return a column that names a row of another table; null where that may go, or as told."""
    key = sa.ForeignKey(
        f"{referred}.id", name=op.f(f"fk_{table}_{column}_{referred}"), ondelete=ondelete
    )
    nullable = null or ondelete != "CASCADE"
    return sa.Column(column, type_ or sa.Integer(), key, nullable=nullable)
