"""Many parts of a draft stored at once: a statement for each table, whatever their number."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from quizapp.storage.drafts import DraftEntity, DraftFact, DraftQuestion
from quizapp.storage.ids import AccountId, SetId
from quizapp.storage.tables import DraftEntityRow, DraftFactRow, DraftQuestionRow
from quizapp.storage.tables.content import JsonObject

_TABLES: Mapping[str, type[DraftQuestionRow | DraftFactRow | DraftEntityRow]] = {
    "questions": DraftQuestionRow,
    "facts": DraftFactRow,
    "entities": DraftEntityRow,
}


def replace_questions(
    session: Session, set_id: SetId, questions: Sequence[DraftQuestion], by: AccountId | None
) -> None:
    """Store questions in place of those with the same keys; `by` decided on the decided ones."""
    table = DraftQuestionRow
    keys = [one.key for one in questions]
    session.execute(delete(table).where(table.set_id == set_id, table.key.in_(keys)))
    rows = [
        {
            "set_id": set_id,
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
    if rows:
        session.execute(insert(table), rows)


def replace_facts(
    session: Session, set_id: SetId, facts: Sequence[DraftFact], by: AccountId | None
) -> None:
    """Store facts in place of those with the same keys; `by` decided on the decided ones."""
    table = DraftFactRow
    keys = [one.key for one in facts]
    session.execute(delete(table).where(table.set_id == set_id, table.key.in_(keys)))
    rows = [
        {
            "set_id": set_id,
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
    if rows:
        session.execute(insert(table), rows)


def replace_entities(session: Session, set_id: SetId, entities: Sequence[DraftEntity]) -> None:
    """Store entities in place of those with the same keys."""
    table = DraftEntityRow
    keys = [one.key for one in entities]
    session.execute(delete(table).where(table.set_id == set_id, table.key.in_(keys)))
    rows = [
        {
            "set_id": set_id,
            "key": one.key,
            "position": one.position,
            "body": one.body,
            "suggestions": list(one.suggestions),
        }
        for one in entities
    ]
    if rows:
        session.execute(insert(table), rows)


def restore_parts(session: Session, set_id: SetId, kept: object, by: AccountId | None) -> None:
    """Bring parts of a draft back as they were: six statements.

    `kept` maps "questions", "facts" and "entities" to parts by their keys: columns with times in
    ISO 8601, or None for what was not there.
    """
    for name, table in _TABLES.items():
        parts = _as_object(_as_object(kept).get(name))
        rows = [_read_row(set_id, part, by) for part in parts.values() if part is not None]
        session.execute(delete(table).where(table.set_id == set_id, table.key.in_(list(parts))))
        if rows:
            session.execute(insert(table), rows)


def _read_row(set_id: SetId, part: object, by: AccountId | None) -> JsonObject:
    row = {"set_id": set_id, **_as_object(part)}
    decided = row.get("decided_at")
    if isinstance(decided, str):
        row |= {"decided_at": datetime.fromisoformat(decided), "decided_by": by}
    return row


def _as_object(value: object) -> JsonObject:
    return {str(name): one for name, one in value.items()} if isinstance(value, dict) else {}
