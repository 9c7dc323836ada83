"""What is stored about one person who writes sets, for a copy that they take away."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute

from quizapp.storage.ids import AccountId
from quizapp.storage.tables import (
    ArticleUploadRow,
    EditorSaveRow,
    SetChangeRow,
    SetRow,
    SetShareRow,
)

Whose: TypeAlias = InstrumentedAttribute[AccountId] | InstrumentedAttribute[AccountId | None]
Selected: TypeAlias = tuple[Select[*tuple[object, ...]], Whose]

_set = SetRow.key.label("set")
_sets = select(_set, SetRow.title, SetRow.tags, SetRow.created_at, SetRow.archived_at).order_by(
    SetRow.id
)
_shared_sets = (
    select(_set, SetRow.title, SetShareRow.may, SetShareRow.shared_at)
    .join(SetRow, SetRow.id == SetShareRow.set_id)
    .order_by(SetRow.id)
)
_editor_saves = (
    select(
        _set,
        EditorSaveRow.key.label("question"),
        EditorSaveRow.fields,
        EditorSaveRow.saved_at,
    )
    .join(SetRow, SetRow.id == EditorSaveRow.set_id)
    .order_by(SetRow.id, EditorSaveRow.key)
)
# Without the details, which name other people and hold what an import replaced.
_set_changes = (
    select(_set, SetChangeRow.at, SetChangeRow.action, SetChangeRow.subject)
    .join(SetRow, SetRow.id == SetChangeRow.set_id)
    .order_by(SetChangeRow.id)
)
_uploads = (
    select(
        _set,
        ArticleUploadRow.name,
        ArticleUploadRow.use_model,
        ArticleUploadRow.at,
        ArticleUploadRow.ended_at,
    )
    .join(SetRow, SetRow.id == ArticleUploadRow.set_id)
    .order_by(ArticleUploadRow.id)
)
SET_PARTS: Mapping[str, Selected] = MappingProxyType(
    {
        "sets": (_sets, SetRow.owner_id),
        "shared_sets": (_shared_sets, SetShareRow.account_id),
        "editor_saves": (_editor_saves, EditorSaveRow.account_id),
        "set_changes": (_set_changes, SetChangeRow.account_id),
        "uploads": (_uploads, ArticleUploadRow.account_id),
    }
)
"""What is selected, and the column that says whose it is."""
