"""Publishing: the next version of a set goes into the database, whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId, FactId, PassageId, SetId, VersionId
from quizapp.storage.tables import (
    FactRivalRow,
    FactRow,
    PassageRow,
    QuestionFactRow,
    QuestionRow,
    SetRow,
    VersionFactRow,
    VersionRow,
)
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassage:
    """A paragraph of the article; `level` is its heading's, 2 for a section."""

    section: str
    level: int
    paragraph: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFact:
    """A fact as a version states it; `digest` is that of what its questions ask."""

    key: str
    statement: str
    section: str
    importance: int
    digest: str
    names: list[JsonObject]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewQuestion:
    """A question of a version; it asks for the facts with these keys."""

    key: str
    kind: str
    guess: float
    facts: tuple[str, ...]
    section: str
    paragraph: int
    body: JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """All of a version that is to be published; `digest` is that of its content.

    `rivals` are pairs of keys of facts that would give each other away, each both ways round.
    """

    set_key: str
    title: str
    article_title: str
    publisher: str
    licence: str
    digest: str
    passages: tuple[NewPassage, ...]
    facts: tuple[NewFact, ...]
    questions: tuple[NewQuestion, ...]
    rivals: frozenset[tuple[str, str]] = frozenset()


def publish(
    session: Session,
    version: NewVersion,
    *,
    owner_id: AccountId | None,
    now: datetime,
    note: str = "",
    by: AccountId | None = None,
) -> VersionId:
    """Store the next version of a set, the set itself if it is new.

    `by` published it, by default the owner; `note` says what is new in it.
    """
    set_id = _find_or_add_set(session, version, owner_id, now)
    last = session.scalar(select(func.max(VersionRow.number)).where(VersionRow.set_id == set_id))
    row = VersionRow(
        set_id=set_id,
        number=(last or 0) + 1,
        title=version.title,
        article_title=version.article_title,
        publisher=version.publisher,
        licence=version.licence,
        digest=version.digest,
        published_at=now,
        published_by=by or owner_id,
        note=note,
    )
    session.add(row)
    session.flush()
    passages = _add_passages(session, row.id, version.passages)
    facts = _add_facts(session, set_id, row.id, version.facts)
    _add_questions(session, row.id, version.questions, passages, facts)
    _add_rivals(session, row.id, version.rivals, facts)
    return row.id


def find_newest(session: Session, set_key: str) -> tuple[VersionId, str] | None:
    """Return the newest version of a set and the digest of its content."""
    row = session.execute(
        select(VersionRow.id, VersionRow.digest)
        .join(SetRow, SetRow.id == VersionRow.set_id)
        .where(SetRow.key == set_key)
        .order_by(VersionRow.number.desc())
        .limit(1)
    ).first()
    return (row.id, row.digest) if row else None


def load_digests(session: Session, set_key: str) -> dict[str, str]:
    """Return the digest of each fact of a set, by key, from the last version that states it."""
    rows = session.execute(
        select(FactRow.key, VersionFactRow.digest)
        .join(SetRow, SetRow.id == FactRow.set_id)
        .join(VersionFactRow, VersionFactRow.fact_id == FactRow.id)
        .where(SetRow.key == set_key)
        .order_by(VersionFactRow.version_id)
    )
    return {row.key: row.digest for row in rows}


def _find_or_add_set(
    session: Session, version: NewVersion, owner_id: AccountId | None, now: datetime
) -> SetId:
    row = session.scalar(select(SetRow).where(SetRow.key == version.set_key))
    if row is None:
        row = SetRow(key=version.set_key, owner_id=owner_id, created_at=now)
        session.add(row)
    row.title = version.title
    session.flush()
    return row.id


def _add_passages(
    session: Session, version_id: VersionId, passages: Sequence[NewPassage]
) -> dict[tuple[str, int], PassageId]:
    rows = [
        PassageRow(
            version_id=version_id,
            position=position,
            section=passage.section,
            level=passage.level,
            paragraph=passage.paragraph,
            text=passage.text,
        )
        for position, passage in enumerate(passages)
    ]
    session.add_all(rows)
    session.flush()
    return {(row.section, row.paragraph): row.id for row in rows}


def _add_facts(
    session: Session, set_id: SetId, version_id: VersionId, facts: Sequence[NewFact]
) -> dict[str, FactId]:
    known = {
        row.key: row.id
        for row in session.execute(select(FactRow.key, FactRow.id).where(FactRow.set_id == set_id))
    }
    added = [FactRow(set_id=set_id, key=fact.key) for fact in facts if fact.key not in known]
    session.add_all(added)
    session.flush()
    known.update({row.key: row.id for row in added})
    stated = [
        VersionFactRow(
            version_id=version_id,
            fact_id=known[fact.key],
            position=position,
            statement=fact.statement,
            section=fact.section,
            importance=fact.importance,
            digest=fact.digest,
            names=fact.names,
        )
        for position, fact in enumerate(facts)
    ]
    session.add_all(stated)
    session.flush()
    return known


def _add_rivals(
    session: Session,
    version_id: VersionId,
    rivals: frozenset[tuple[str, str]],
    facts: dict[str, FactId],
) -> None:
    rows = [
        {"version_id": version_id, "fact_id": facts[one], "rival_id": facts[other]}
        for one, other in sorted(rivals)
    ]
    if rows:
        session.execute(insert(FactRivalRow), rows)


def _add_questions(
    session: Session,
    version_id: VersionId,
    questions: Sequence[NewQuestion],
    passages: dict[tuple[str, int], PassageId],
    facts: dict[str, FactId],
) -> None:
    rows = [
        QuestionRow(
            version_id=version_id,
            key=question.key,
            kind=question.kind,
            guess=question.guess,
            passage_id=passages[question.section, question.paragraph],
            body=question.body,
        )
        for question in questions
    ]
    session.add_all(rows)
    session.flush()
    asks = [
        {"question_id": row.id, "fact_id": facts[key]}
        for row, question in zip(rows, questions, strict=True)
        for key in question.facts
    ]
    if asks:
        session.execute(insert(QuestionFactRow), asks)
