"""Drafts of sets: what is written, proposed and decided before it is published."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Instant
from quizapp.storage.ids import AccountId, JobId, SetChangeId, SetId, UploadId, VersionId
from quizapp.storage.tables.content import JsonObject

_STATES = "state in ('proposed', 'accepted', 'dropped')"


class SetDraftRow(Base):
    """The draft of a set: a topic folder in rows, the next version to be.

    `source`, `predicates` and `files` (name to text) are those of the folder, `article` is its
    Markdown, `seed` that of the questions. `edits` counts the changes, so that a stale form is
    noticed. `base_version_id` is the version that the draft goes on from.
    """

    __tablename__ = "set_draft"

    set_id: Mapped[SetId] = mapped_column(
        ForeignKey("question_set.id", ondelete="CASCADE"), primary_key=True
    )
    title: Mapped[str] = mapped_column(String(200))
    source: Mapped[JsonObject] = mapped_column(JSON)
    article: Mapped[str] = mapped_column(Text)
    predicates: Mapped[JsonObject] = mapped_column(JSON)
    files: Mapped[JsonObject] = mapped_column(JSON)
    seed: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(Instant)
    changed_by: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    base_version_id: Mapped[VersionId | None] = mapped_column(
        ForeignKey("set_version.id", ondelete="SET NULL"), default=None
    )
    edits: Mapped[int] = mapped_column(default=0)


class DraftEntityRow(Base):
    """An entity of a draft; `body` is its entry in facts.yaml.

    `suggestions` are ids of entities that may be the same, until somebody decided.
    """

    __tablename__ = "draft_entity"
    __table_args__ = ({"sqlite_with_rowid": False},)

    set_id: Mapped[SetId] = mapped_column(
        ForeignKey("question_set.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int]
    body: Mapped[JsonObject] = mapped_column(JSON)
    suggestions: Mapped[list[str]] = mapped_column(JSON, default_factory=list)


class DraftFactRow(Base):
    """A fact of a draft; `body` is its entry in facts.yaml, complete or not.

    `reasons` say why it is to be looked at. `rule` names the rule that proposed it, `provenance`
    what a model was asked and answered.
    """

    __tablename__ = "draft_fact"
    __table_args__ = (
        CheckConstraint(_STATES, name="state"),
        CheckConstraint("origin in ('file', 'rule', 'model', 'hand')", name="origin"),
        {"sqlite_with_rowid": False},
    )

    set_id: Mapped[SetId] = mapped_column(
        ForeignKey("question_set.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(8))
    body: Mapped[JsonObject] = mapped_column(JSON)
    origin: Mapped[str] = mapped_column(String(8))
    rule: Mapped[str] = mapped_column(String(60), default="")
    reasons: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    provenance: Mapped[JsonObject | None] = mapped_column(JSON(none_as_null=True), default=None)
    decided_by: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), default=None
    )
    decided_at: Mapped[datetime | None] = mapped_column(Instant, default=None)


class DraftQuestionRow(Base):
    """What was decided on a question of a draft, or a question that was written by hand.

    A question made from facts has a row once somebody decided on it. `body` is the question as
    `quizapp-questions/1` writes it, null where it is asked as it was made.
    """

    __tablename__ = "draft_question"
    __table_args__ = (
        CheckConstraint(_STATES, name="state"),
        CheckConstraint("origin in ('made', 'edited', 'written')", name="origin"),
        CheckConstraint("origin = 'made' or body is not null", name="body"),
        {"sqlite_with_rowid": False},
    )

    set_id: Mapped[SetId] = mapped_column(
        ForeignKey("question_set.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(8))
    origin: Mapped[str] = mapped_column(String(8))
    body: Mapped[JsonObject | None] = mapped_column(JSON(none_as_null=True))
    decided_by: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), default=None
    )
    decided_at: Mapped[datetime | None] = mapped_column(Instant, default=None)


class EditorSaveRow(Base):
    """A question as it stands in somebody's editor, saved by itself.

    `key` is empty for a new one.
    """

    __tablename__ = "editor_save"
    __table_args__ = ({"sqlite_with_rowid": False},)

    account_id: Mapped[AccountId] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    set_id: Mapped[SetId] = mapped_column(
        ForeignKey("question_set.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    fields: Mapped[JsonObject] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Instant)


class SetImageRow(Base):
    """A picture in the questions of a set; `digest` is the SHA-256 of its bytes."""

    __tablename__ = "set_image"

    set_id: Mapped[SetId] = mapped_column(
        ForeignKey("question_set.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    mime: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    added_at: Mapped[datetime] = mapped_column(Instant)
    added_by: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )


class SetShareRow(Base):
    """A colleague who may read a set, or edit it, too."""

    __tablename__ = "set_share"
    __table_args__ = (
        CheckConstraint("may in ('read', 'edit')", name="may"),
        {"sqlite_with_rowid": False},
    )

    set_id: Mapped[SetId] = mapped_column(
        ForeignKey("question_set.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[AccountId] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    may: Mapped[str] = mapped_column(String(4))
    shared_at: Mapped[datetime] = mapped_column(Instant)
    shared_by: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )


class SetChangeRow(Base):
    """Who changed what in a set.

    `action` is a word, `subject` the key that it concerns, or empty.
    """

    __tablename__ = "set_change"
    __table_args__ = (Index(None, "set_id", "id"),)

    id: Mapped[SetChangeId] = mapped_column(init=False, primary_key=True)
    set_id: Mapped[SetId] = mapped_column(ForeignKey("question_set.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    action: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(120), default="")
    detail: Mapped[JsonObject] = mapped_column(JSON, default_factory=dict)


class ArticleUploadRow(Base):
    """An article that a job reads into a draft. `content` is deleted when the job has ended.

    `outcome` holds how it ended: the format, the damage, the number of proposals.
    """

    __tablename__ = "article_upload"

    id: Mapped[UploadId] = mapped_column(init=False, primary_key=True)
    set_id: Mapped[SetId] = mapped_column(
        ForeignKey("question_set.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    use_model: Mapped[bool]
    at: Mapped[datetime] = mapped_column(Instant)
    job_id: Mapped[JobId | None] = mapped_column(
        ForeignKey("job.id", ondelete="SET NULL"), default=None
    )
    ended_at: Mapped[datetime | None] = mapped_column(Instant, default=None)
    outcome: Mapped[JsonObject] = mapped_column(JSON, default_factory=dict)
