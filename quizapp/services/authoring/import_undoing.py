"""The last import into a draft is taken back, as long as nothing was changed since."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError
from quizapp.services.authoring.drafting import open_draft
from quizapp.services.authoring.import_plans import Import
from quizapp.storage.accounts import Account
from quizapp.storage.draft_batches import restore_parts
from quizapp.storage.drafts import Draft, DraftEntity, DraftFact, DraftQuestion, change_draft
from quizapp.storage.ids import SetId
from quizapp.storage.set_imports import find_last_change
from quizapp.storage.sets import SetDetails, add_change
from quizapp.storage.tables.content import JsonObject

IMPORTED, UNDONE = "imported table", "undid import"
Part = TypeVar("Part", DraftQuestion, DraftFact, DraftEntity)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastImport:
    """An import that can be taken back: when it was, and what it did."""

    at: datetime
    new: int
    replaced: int
    noun: str


def keep_before(draft: Draft, made: Import) -> JsonObject:
    """Return what an import replaces, by key; None where there is nothing yet."""
    return {
        "questions": _keep(draft.questions, made.questions),
        "facts": _keep(draft.facts, made.facts),
        "entities": _keep(draft.entities, made.entities),
    }


def find_undoable(session: Session, details: SetDetails) -> LastImport | None:
    """Return the last import into a set if nothing was changed since: one statement."""
    found = find_last_change(session, details.id, IMPORTED)
    if found is None or found.detail.get("edits") != details.edits:
        return None
    new, replaced = (found.detail.get(name) for name in ("new", "replaced"))
    if not isinstance(new, int) or not isinstance(replaced, int):
        return None
    noun = str(found.detail.get("noun"))
    return LastImport(at=found.at, new=new, replaced=replaced, noun=noun)


def undo_import(session: Session, person: Account, set_id: SetId, now: datetime) -> None:
    """Bring back what the last import replaced, and delete what it added.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `open_draft`; a conflict, too, if there is
            no import, or the draft was changed since.
    """
    draft = open_draft(session, person, set_id, now)
    found = find_last_change(session, set_id, IMPORTED)
    if found is None or found.detail.get("edits") != draft.edits:
        raise ConflictError("This draft was changed since; the import can no longer be undone.")
    restore_parts(session, set_id, found.detail.get("before"), person.id)
    change_draft(session, set_id, person.id, now)
    add_change(session, set_id, person.id, now, UNDONE, str(found.id))


def _keep(former: Sequence[Part], made: Sequence[Part]) -> JsonObject:
    known = {one.key: one for one in former}
    return {one.key: _write(known.get(one.key)) for one in made}


def _write(part: DraftQuestion | DraftFact | DraftEntity | None) -> JsonObject | None:
    if part is None:
        return None
    values = {field.name: getattr(part, field.name) for field in fields(part)}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }
