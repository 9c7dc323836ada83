"""What people decided on the facts of drafts, as the changes of their sets tell."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.storage.ids import SetId
from quizapp.storage.tables import SetChangeRow
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision on the fact `key`, and what was kept to take it back."""

    key: str
    detail: JsonObject


def find_last_decision(
    session: Session,
    set_id: SetId,
    keys: Collection[str],
    *,
    actions: Collection[str],
    undoing: Collection[str],
) -> Decision | None:
    """Return the last decision on one of these facts that was not taken back: two statements.

    `actions` are words of decisions, `undoing` those by which the last one of a fact is taken back.
    """
    table = SetChangeRow
    rows = session.execute(
        select(table.id, table.action, table.subject)
        .where(table.set_id == set_id, table.action.in_([*actions, *undoing]))
        .order_by(table.id.desc())
    )
    undone: Counter[str] = Counter()
    for row in rows.all():
        if row.subject not in keys:
            continue
        if row.action in undoing:
            undone[row.subject] += 1
        elif undone[row.subject]:
            undone[row.subject] -= 1
        else:
            detail = session.scalar(select(table.detail).where(table.id == row.id))
            return Decision(key=row.subject, detail=detail or {})
    return None
