"""Sets in numbered, immutable versions: passages, facts and the questions made from them."""

from datetime import datetime
from typing import TypeAlias

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.base import Base, Instant
from quizapp.storage.ids import AccountId, FactId, PassageId, QuestionId, SetId, VersionId

JsonObject: TypeAlias = dict[str, object]


class SetRow(Base):
    """A question set through all its versions; `title` is that of its draft or newest version."""

    __tablename__ = "question_set"

    id: Mapped[SetId] = mapped_column(init=False, primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    owner_id: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(Instant)
    title: Mapped[str] = mapped_column(String(200), default="", server_default="")
    tags: Mapped[list[str]] = mapped_column(JSON, default_factory=list, server_default="[]")
    archived_at: Mapped[datetime | None] = mapped_column(Instant, default=None)


class VersionRow(Base):
    """One published version of a set. Nothing in it changes afterwards."""

    __tablename__ = "set_version"
    __table_args__ = (UniqueConstraint("set_id", "number"),)

    id: Mapped[VersionId] = mapped_column(init=False, primary_key=True)
    set_id: Mapped[SetId] = mapped_column(ForeignKey("question_set.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    article_title: Mapped[str] = mapped_column(String(300))
    publisher: Mapped[str] = mapped_column(String(200))
    licence: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(Instant)
    published_by: Mapped[AccountId | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), default=None
    )
    note: Mapped[str] = mapped_column(Text, default="", server_default="")


class VersionFileRow(Base):
    """A file of the topic folder that a version was made of, to the byte."""

    __tablename__ = "version_file"

    version_id: Mapped[VersionId] = mapped_column(
        ForeignKey("set_version.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class PassageRow(Base):
    """One paragraph of the version's article; `position` orders them as the article does."""

    __tablename__ = "passage"
    __table_args__ = (UniqueConstraint("version_id", "section", "paragraph"),)

    id: Mapped[PassageId] = mapped_column(init=False, primary_key=True)
    version_id: Mapped[VersionId] = mapped_column(ForeignKey("set_version.id", ondelete="CASCADE"))
    position: Mapped[int]
    section: Mapped[str] = mapped_column(String(300))
    level: Mapped[int]
    paragraph: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class FactRow(Base):
    """A fact's identity through all versions of its set: what a memory hangs on."""

    __tablename__ = "fact"
    __table_args__ = (UniqueConstraint("set_id", "key"),)

    id: Mapped[FactId] = mapped_column(init=False, primary_key=True)
    set_id: Mapped[SetId] = mapped_column(ForeignKey("question_set.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(80))


class VersionFactRow(Base):
    """A fact as one version states it.

    `position` is the order in which it is first taught; `digest` is that of what its questions ask,
    empty in versions from before it was kept.
    """

    __tablename__ = "version_fact"
    __table_args__ = (Index(None, "version_id", "position", "fact_id", unique=True),)

    version_id: Mapped[VersionId] = mapped_column(
        ForeignKey("set_version.id", ondelete="CASCADE"), primary_key=True
    )
    fact_id: Mapped[FactId] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
    statement: Mapped[str] = mapped_column(Text)
    section: Mapped[str] = mapped_column(String(300))
    importance: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), server_default="")
    names: Mapped[list[JsonObject]] = mapped_column(JSON, default_factory=list)


class QuestionRow(Base):
    """One question of one version; `body` is the question as `quizapp-questions/1` writes it."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[QuestionId] = mapped_column(init=False, primary_key=True)
    version_id: Mapped[VersionId] = mapped_column(ForeignKey("set_version.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12))
    guess: Mapped[float]
    passage_id: Mapped[PassageId] = mapped_column(
        ForeignKey("passage.id", ondelete="CASCADE"), index=True
    )
    body: Mapped[JsonObject] = mapped_column(JSON)


class QuestionFactRow(Base):
    """Which facts a question asks for."""

    __tablename__ = "question_fact"

    fact_id: Mapped[FactId] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[QuestionId] = mapped_column(
        ForeignKey("question.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class FactRivalRow(Base):
    """Two facts of a version of which one serves as a wrong option of the other's questions.

    Each pair stands both ways round. Asked soon after each other they would give each other away.
    """

    __tablename__ = "fact_rival"
    __table_args__ = ({"sqlite_with_rowid": False},)

    fact_id: Mapped[FactId] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True
    )
    rival_id: Mapped[FactId] = mapped_column(
        ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    version_id: Mapped[VersionId] = mapped_column(
        ForeignKey("set_version.id", ondelete="CASCADE"), primary_key=True, index=True
    )
