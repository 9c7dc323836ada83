"""What was imported into sets, as their changes tell."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId, SetChangeId, SetId
from quizapp.storage.tables import AccountRow, SetChangeRow
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of a set that can be taken back with its `detail`."""

    id: SetChangeId
    at: datetime
    detail: JsonObject


def find_last_change(session: Session, set_id: SetId, action: str) -> Change | None:
    """Return the last change of that sort: one statement."""
    table = SetChangeRow
    row = session.execute(
        select(table.id, table.at, table.detail)
        .where(table.set_id == set_id, table.action == action)
        .order_by(table.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Change(id=row.id, at=row.at, detail=row.detail)


def find_set_made(
    session: Session, person_id: AccountId, action: str, subject: str
) -> SetId | None:
    """Return the set to which the person did that to this subject; two statements.

    The person's account stays locked until the transaction ends, so that of two who ask at once the
    second finds what the first has made.
    """
    account, change = AccountRow, SetChangeRow
    session.execute(select(account.id).where(account.id == person_id).with_for_update())
    return session.scalar(
        select(change.set_id).where(
            change.account_id == person_id, change.action == action, change.subject == subject
        )
    )
