"""Drafts of sets: loaded whole, changed part by part."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId, SetId, VersionId
from quizapp.storage.tables import DraftEntityRow, DraftFactRow, DraftQuestionRow, SetDraftRow
from quizapp.storage.tables.content import JsonObject

State: TypeAlias = Literal["proposed", "accepted", "dropped"]
FactOrigin: TypeAlias = Literal["file", "rule", "model", "hand"]
PartTable: TypeAlias = type[DraftEntityRow | DraftFactRow | DraftQuestionRow]
QuestionOrigin: TypeAlias = Literal["made", "edited", "written"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEntity:
    """An entity; `suggestions` are keys of others that may be the same."""

    key: str
    position: int
    body: JsonObject
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFact:
    """A fact as facts.yaml writes it, without its id; `reasons` say why it is to be looked at."""

    key: str
    position: int
    state: State
    body: JsonObject
    origin: FactOrigin
    rule: str = ""
    reasons: tuple[str, ...] = ()
    provenance: JsonObject | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftQuestion:
    """What was decided on a question; `body` is None where it is asked as it was made."""

    key: str
    position: int
    state: State
    origin: QuestionOrigin
    body: JsonObject | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft; `edits` counts its changes, `files` maps the names of other files to their text."""

    set_id: SetId
    title: str
    source: JsonObject
    article: str
    predicates: JsonObject
    files: Mapping[str, str]
    seed: int
    changed_at: datetime
    base_version_id: VersionId | None = None
    edits: int = 0
    entities: tuple[DraftEntity, ...] = field(default=())
    facts: tuple[DraftFact, ...] = field(default=())
    questions: tuple[DraftQuestion, ...] = field(default=())


def find_draft(session: Session, set_id: SetId) -> Draft | None:
    """Return the draft of a set with all its parts, each in its order: four statements."""
    row = session.get(SetDraftRow, set_id, populate_existing=True)
    if row is None:
        return None
    return Draft(
        set_id=set_id,
        title=row.title,
        source=row.source,
        article=row.article,
        predicates=row.predicates,
        files={name: str(text) for name, text in row.files.items()},
        seed=row.seed,
        changed_at=row.changed_at,
        base_version_id=row.base_version_id,
        edits=row.edits,
        entities=_list_entities(session, set_id),
        facts=_list_facts(session, set_id),
        questions=_list_questions(session, set_id),
    )


def put_draft(session: Session, draft: Draft, by: AccountId | None) -> None:
    """Store a draft whole, in place of the one that is there; its count of edits goes on."""
    delete_draft(session, draft.set_id)
    session.add(
        SetDraftRow(
            set_id=draft.set_id,
            title=draft.title,
            source=draft.source,
            article=draft.article,
            predicates=draft.predicates,
            files=dict(draft.files),
            seed=draft.seed,
            changed_at=draft.changed_at,
            changed_by=by,
            base_version_id=draft.base_version_id,
            edits=draft.edits,
        )
    )
    session.flush()
    put_entities(session, draft.set_id, draft.entities)
    put_facts(session, draft.set_id, draft.facts, by)
    put_questions(session, draft.set_id, draft.questions, by)


def delete_draft(session: Session, set_id: SetId) -> None:
    """Delete a draft with all its parts."""
    for table in (DraftEntityRow, DraftFactRow, DraftQuestionRow, SetDraftRow):
        session.execute(delete(table).where(table.set_id == set_id))
    session.expire_all()


def change_draft(
    session: Session, set_id: SetId, by: AccountId | None, now: datetime, **values: object
) -> None:
    """Count a change of the draft, and replace these columns of `set_draft`."""
    session.execute(
        update(SetDraftRow)
        .where(SetDraftRow.set_id == set_id)
        .values(edits=SetDraftRow.edits + 1, changed_at=now, changed_by=by, **values)
    )


def put_entities(session: Session, set_id: SetId, entities: Iterable[DraftEntity]) -> None:
    """Store entities, in place of those with the same keys: two statements."""
    rows: list[JsonObject] = [
        {
            "key": one.key,
            "position": one.position,
            "body": one.body,
            "suggestions": list(one.suggestions),
        }
        for one in entities
    ]
    put_rows(session, DraftEntityRow, set_id, rows)


def put_facts(
    session: Session, set_id: SetId, facts: Iterable[DraftFact], by: AccountId | None
) -> None:
    """Store facts, in place of those with the same keys: two statements.

    `by` decided on those that are decided.
    """
    rows: list[JsonObject] = [
        {
            "key": one.key,
            "position": one.position,
            "state": one.state,
            "body": one.body,
            "origin": one.origin,
            "rule": one.rule,
            "reasons": list(one.reasons),
            "provenance": one.provenance,
            "decided_by": by if one.decided_at else None,
            "decided_at": one.decided_at,
        }
        for one in facts
    ]
    put_rows(session, DraftFactRow, set_id, rows)


def put_questions(
    session: Session, set_id: SetId, questions: Iterable[DraftQuestion], by: AccountId | None
) -> None:
    """Store questions, or decisions on them, in place of those with the same keys: two statements.

    `by` decided on those that are decided.
    """
    rows: list[JsonObject] = [
        {
            "key": one.key,
            "position": one.position,
            "state": one.state,
            "origin": one.origin,
            "body": one.body,
            "decided_by": by if one.decided_at else None,
            "decided_at": one.decided_at,
        }
        for one in questions
    ]
    put_rows(session, DraftQuestionRow, set_id, rows)


def put_rows(session: Session, table: PartTable, set_id: SetId, rows: Sequence[JsonObject]) -> None:
    """Store rows of a part of a draft in place of those with the same keys; of two, the last."""
    last = {str(row["key"]): {"set_id": set_id, **row} for row in rows}
    if last:
        delete_parts(session, table, set_id, list(last))
        session.execute(insert(table), list(last.values()))


def delete_entities(session: Session, set_id: SetId, keys: Collection[str]) -> None:
    """Delete the entities with these keys."""
    delete_parts(session, DraftEntityRow, set_id, keys)


def delete_questions(session: Session, set_id: SetId, keys: Collection[str]) -> None:
    """Delete the questions, or the decisions on them, with these keys."""
    delete_parts(session, DraftQuestionRow, set_id, keys)


def delete_parts(session: Session, table: PartTable, set_id: SetId, keys: Collection[str]) -> None:
    """Delete the parts of a draft with these keys."""
    session.execute(delete(table).where(table.set_id == set_id, table.key.in_(list(keys))))


def _list_entities(session: Session, set_id: SetId) -> tuple[DraftEntity, ...]:
    rows = session.scalars(
        select(DraftEntityRow)
        .where(DraftEntityRow.set_id == set_id)
        .order_by(DraftEntityRow.position, DraftEntityRow.key)
        .execution_options(populate_existing=True)
    )
    return tuple(
        DraftEntity(
            key=row.key,
            position=row.position,
            body=row.body,
            suggestions=tuple(row.suggestions),
        )
        for row in rows
    )


def _list_facts(session: Session, set_id: SetId) -> tuple[DraftFact, ...]:
    rows = session.execute(
        select(
            DraftFactRow.key,
            DraftFactRow.position,
            DraftFactRow.state,
            DraftFactRow.body,
            DraftFactRow.origin,
            DraftFactRow.rule,
            DraftFactRow.reasons,
            DraftFactRow.provenance,
            DraftFactRow.decided_at,
        )
        .where(DraftFactRow.set_id == set_id)
        .order_by(DraftFactRow.position, DraftFactRow.key)
    )
    return tuple(DraftFact(**{**row, "reasons": tuple(row["reasons"])}) for row in rows.mappings())


def _list_questions(session: Session, set_id: SetId) -> tuple[DraftQuestion, ...]:
    rows = session.execute(
        select(
            DraftQuestionRow.key,
            DraftQuestionRow.position,
            DraftQuestionRow.state,
            DraftQuestionRow.origin,
            DraftQuestionRow.body,
            DraftQuestionRow.decided_at,
        )
        .where(DraftQuestionRow.set_id == set_id)
        .order_by(DraftQuestionRow.position, DraftQuestionRow.key)
    )
    return tuple(DraftQuestion(**row) for row in rows.mappings())
