"""Questions as they stand in people's editors, saved by themselves."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId, SetId
from quizapp.storage.tables import EditorSaveRow
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorSave:
    """The fields of an editor; `key` is that of the question, "" for a new one."""

    key: str
    fields: JsonObject
    saved_at: datetime


def find_editor_save(
    session: Session, account_id: AccountId, set_id: SetId, key: str
) -> EditorSave | None:
    """Return what stands in a person's editor of a question: one statement."""
    row = session.execute(
        select(EditorSaveRow.key, EditorSaveRow.fields, EditorSaveRow.saved_at).where(
            EditorSaveRow.account_id == account_id,
            EditorSaveRow.set_id == set_id,
            EditorSaveRow.key == key,
        )
    ).one_or_none()
    return None if row is None else EditorSave(key=row[0], fields=row[1], saved_at=row[2])


def put_editor_save(
    session: Session, account_id: AccountId, set_id: SetId, save: EditorSave
) -> None:
    """Store what stands in a person's editor, in place of what stood there."""
    session.merge(
        EditorSaveRow(
            account_id=account_id,
            set_id=set_id,
            key=save.key,
            fields=save.fields,
            saved_at=save.saved_at,
        )
    )
    session.flush()


def delete_editor_save(session: Session, account_id: AccountId, set_id: SetId, key: str) -> None:
    """Forget what stands in a person's editor of a question."""
    session.execute(
        delete(EditorSaveRow).where(
            EditorSaveRow.account_id == account_id,
            EditorSaveRow.set_id == set_id,
            EditorSaveRow.key == key,
        )
    )
    session.expire_all()
