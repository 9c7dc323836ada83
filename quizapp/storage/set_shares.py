"""With whom a set is shared."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId, SetId
from quizapp.storage.tables import AccountRow, SetShareRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A colleague who may read or edit a set."""

    account_id: AccountId
    name: str
    email: str
    may: str


def list_shares(session: Session, set_id: SetId) -> tuple[Share, ...]:
    """Return with whom a set is shared, by name: one statement."""
    rows = session.execute(
        select(
            SetShareRow.account_id,
            AccountRow.name,
            AccountRow.email,
            SetShareRow.may,
        )
        .join(AccountRow, AccountRow.id == SetShareRow.account_id)
        .where(SetShareRow.set_id == set_id)
        .order_by(AccountRow.name, AccountRow.id)
    )
    return tuple(Share(**row) for row in rows.mappings())


def put_share(
    session: Session,
    set_id: SetId,
    account_id: AccountId,
    may: Literal["read", "edit"],
    *,
    by: AccountId,
    now: datetime,
) -> None:
    """Share a set with somebody, or change what they may."""
    session.merge(
        SetShareRow(set_id=set_id, account_id=account_id, may=may, shared_at=now, shared_by=by)
    )
    session.flush()


def delete_share(session: Session, set_id: SetId, account_id: AccountId) -> bool:
    """Share a set with somebody no more; return False if it was not shared with them."""
    gone = session.execute(
        delete(SetShareRow)
        .where(SetShareRow.set_id == set_id, SetShareRow.account_id == account_id)
        .returning(SetShareRow.account_id)
    )
    return gone.one_or_none() is not None
