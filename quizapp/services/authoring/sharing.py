"""Who may read or edit a set besides its owner."""

from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError, NotFoundError
from quizapp.services.authoring.access import lock_owned_set
from quizapp.storage.accounts import Account, find_credentials
from quizapp.storage.ids import AccountId, SetId
from quizapp.storage.set_shares import delete_share, list_shares, put_share
from quizapp.storage.sets import add_change

_TEACHING = frozenset({"instructor", "admin"})


def share_set(
    session: Session,
    owner: Account,
    set_id: SetId,
    *,
    email: str,
    may: Literal["read", "edit"],
    now: datetime,
) -> Account:
    """Let a colleague read a set or edit it; one who may already gets the other right.

    Raises:
        InvalidError: there is no such account, or it is a learner's (which, is not told); or it is
            the owner's own.
        NotFoundError, ForbiddenError: as `lock_owned_set`.
    """
    lock_owned_set(session, owner, set_id)
    found = find_credentials(session, email)
    if found is None or found.disabled or found.account.role not in _TEACHING:
        raise InvalidError(
            "No instructor has an account with this address. Check it, or ask an administrator "
            "to make the account."
        )
    if found.account.id == owner.id:
        raise InvalidError("The set is yours already; enter a colleague's address.")
    put_share(session, set_id, found.account.id, may, by=owner.id, now=now)
    detail: dict[str, object] = {"name": found.account.name, "may": may}
    add_change(session, set_id, owner.id, now, "shared", detail=detail)
    return found.account


def unshare_set(
    session: Session, owner: Account, set_id: SetId, account_id: AccountId, *, now: datetime
) -> str:
    """Share a set with somebody no more; return their name.

    Raises:
        NotFoundError: it is not shared with them, or no such set for this person.
        ForbiddenError: it belongs to somebody else.
    """
    lock_owned_set(session, owner, set_id)
    names = {share.account_id: share.name for share in list_shares(session, set_id)}
    if not delete_share(session, set_id, account_id):
        raise NotFoundError("The set is not shared with this person.")
    add_change(session, set_id, owner.id, now, "unshared", detail={"name": names[account_id]})
    return names[account_id]
