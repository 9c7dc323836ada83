"""A browser signs in and out.

The token that the browser keeps is stored only as its hash; the row is the authority, so that
signing out, a new password and a disabled account end it at once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.services.accounts.secrets import (
    check_password,
    hash_password,
    hash_token,
    make_token,
    needs_rehash,
)
from quizapp.services.limiting import (
    SIGN_IN,
    Try,
    forget_refusals,
    note_refusal,
    refuse_flood,
)
from quizapp.storage.accounts import (
    Account,
    Credentials,
    add_sign_in,
    delete_sign_in,
    delete_stale_sign_ins,
    find_credentials,
    find_sign_in,
    set_password_hash,
    touch_sign_in,
)

IDLE_LIMIT = timedelta(days=14)
ABSOLUTE_LIMIT = timedelta(days=90)
_TOUCH_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """The account that a browser is signed in to; `stale` asks for `keep_alive`."""

    account: Account
    stale: bool


def sign_in(
    session: Session, *, email: str, password: str, address: str, now: datetime
) -> tuple[Account, str] | None:
    """Return the account and a new token; None if address and password do not fit together.

    The caller commits either way: a refused try is remembered.

    Raises:
        TooManyTriesError: for this account, from this address or altogether.
    """
    found = prove(session, email=email, password=password, address=address, now=now)
    if found is None:
        return None
    if needs_rehash(found.password_hash or ""):
        set_password_hash(session, found.account.id, hash_password(password))
    _sweep(session, now)
    token = make_token()
    add_sign_in(session, token_hash=hash_token(token), account_id=found.account.id, now=now)
    return found.account, token


def prove(
    session: Session, *, email: str, password: str, address: str, now: datetime
) -> Credentials | None:
    """Return whose address and password these are; None if they do not fit together.

    The caller commits either way: a refused try is remembered. What was written before in this
    transaction is undone.

    Raises:
        TooManyTriesError: for this account, from this address or altogether.
    """
    tried = Try(action=SIGN_IN, subject=email.lower(), address=address)
    refuse_flood(session, tried, now)
    found = find_credentials(session, email)
    # Nothing is written yet: nobody else has to wait while the password is hashed.
    session.rollback()
    fits = check_password(password, found.password_hash if found else None)
    if found is None or found.disabled or not fits:
        note_refusal(session, tried, now)
        return None
    return found


def find_signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    """Return who is signed in with this token, None if nobody is any more: one statement."""
    found = find_sign_in(session, hash_token(token))
    if found is None or now - found.used_at > IDLE_LIMIT:
        return None
    if now - found.created_at > ABSOLUTE_LIMIT:
        return None
    return SignedIn(account=found.account, stale=now - found.used_at > _TOUCH_EVERY)


def keep_alive(session: Session, token: str, now: datetime) -> None:
    """Note that the browser was used, so that the idle limit counts from now."""
    touch_sign_in(session, hash_token(token), now)


def sign_out(session: Session, token: str) -> None:
    """Forget the browser."""
    delete_sign_in(session, hash_token(token))


def _sweep(session: Session, now: datetime) -> None:
    forget_refusals(session, now)
    delete_stale_sign_ins(session, created=now - ABSOLUTE_LIMIT, used=now - IDLE_LIMIT)
