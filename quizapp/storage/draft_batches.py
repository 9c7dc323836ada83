"""Parts of a draft brought back as they were before an import."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.storage.drafts import PartTable, delete_parts, put_rows
from quizapp.storage.ids import AccountId, SetId
from quizapp.storage.tables import DraftEntityRow, DraftFactRow, DraftQuestionRow
from quizapp.storage.tables.content import JsonObject

_TABLES: Mapping[str, PartTable] = {
    "questions": DraftQuestionRow,
    "facts": DraftFactRow,
    "entities": DraftEntityRow,
}


def restore_parts(session: Session, set_id: SetId, kept: object, by: AccountId | None) -> None:
    """Bring parts of a draft back as they were: up to nine statements.

    `kept` maps "questions", "facts" and "entities" to parts by their keys: columns with times in
    ISO 8601, or None for what was not there.
    """
    for name, table in _TABLES.items():
        parts = _as_object(_as_object(kept).get(name))
        gone = [key for key, part in parts.items() if part is None]
        delete_parts(session, table, set_id, gone)
        rows = [_read_row(part, by) for part in parts.values() if part is not None]
        put_rows(session, table, set_id, rows)


def _read_row(part: object, by: AccountId | None) -> JsonObject:
    row = _as_object(part)
    decided = row.get("decided_at")
    if isinstance(decided, str):
        row |= {"decided_at": datetime.fromisoformat(decided), "decided_by": by}
    return row


def _as_object(value: object) -> JsonObject:
    return {str(name): one for name, one in value.items()} if isinstance(value, dict) else {}
