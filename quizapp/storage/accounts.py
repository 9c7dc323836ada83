"""Accounts, signed-in browsers and set-password links."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId
from quizapp.storage.tables import AccountRow, PasswordLinkRow, SignInRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person, as every floor above storage knows them; from `timezone` on, how they study."""

    id: AccountId
    email: str
    name: str
    role: str
    timezone: str
    rollover_hour: int
    new_per_day: int
    reviews_per_day: int
    retention: float
    easy_days: str
    two_buttons: bool
    single_keys: bool
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """An account with what its owner proves to know; `password_hash` is None before the first."""

    account: Account
    password_hash: str | None
    disabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A signed-in browser."""

    account: Account
    created_at: datetime
    used_at: datetime


SETTINGS = (
    *("timezone", "rollover_hour", "new_per_day", "reviews_per_day", "retention"),
    *("easy_days", "two_buttons", "single_keys", "theme"),
)
ACCOUNT_COLUMNS = tuple(getattr(AccountRow, name) for name in Account.__slots__)
_SIGN_IN = (
    select(SignInRow.created_at, SignInRow.used_at, *ACCOUNT_COLUMNS)
    .join(AccountRow, AccountRow.id == SignInRow.account_id)
    .where(SignInRow.token_hash == bindparam("token_hash"), AccountRow.disabled_at.is_(None))
)
_CREDENTIALS = select(AccountRow.password_hash, AccountRow.disabled_at, *ACCOUNT_COLUMNS)


def find_sign_in(session: Session, token_hash: str) -> SignIn | None:
    """Return who is signed in with this token, unless the account is disabled: one statement."""
    row = session.connection().execute(_SIGN_IN, {"token_hash": token_hash}).mappings().first()
    if row is None:
        return None
    return SignIn(account=read_account(row), created_at=row["created_at"], used_at=row["used_at"])


def find_credentials(session: Session, email: str) -> Credentials | None:
    """Return the account with this address, letter case ignored."""
    row = session.execute(_CREDENTIALS.where(AccountRow.email == email.lower())).mappings().first()
    return _credentials(row) if row else None


def find_linked(session: Session, token_hash: str, now: datetime) -> Credentials | None:
    """Return whose password an unexpired link sets."""
    row = (
        session.execute(
            _CREDENTIALS.join(PasswordLinkRow, PasswordLinkRow.account_id == AccountRow.id).where(
                PasswordLinkRow.token_hash == token_hash, PasswordLinkRow.expires_at > now
            )
        )
        .mappings()
        .first()
    )
    return _credentials(row) if row else None


def add_account(
    session: Session, *, email: str, name: str, role: str, timezone: str, now: datetime
) -> Account:
    """Store a new account without a password."""
    row = AccountRow(email=email.lower(), name=name, role=role, timezone=timezone, created_at=now)
    session.add(row)
    session.flush()
    stored = select(*ACCOUNT_COLUMNS).where(AccountRow.id == row.id)
    return read_account(session.execute(stored).mappings().one())


def count_accounts(session: Session) -> int:
    """Count all accounts."""
    return session.scalar(select(func.count(AccountRow.id))) or 0


def put_settings(session: Session, account: Account) -> None:
    """Store how a person studies, as the account has it; nothing else of it is stored."""
    values = {name: getattr(account, name) for name in SETTINGS}
    session.execute(update(AccountRow).where(AccountRow.id == account.id).values(values))


def set_password_hash(session: Session, account_id: AccountId, password_hash: str) -> None:
    """Replace the password; links that could set another are void."""
    session.execute(
        update(AccountRow).where(AccountRow.id == account_id).values(password_hash=password_hash)
    )
    session.execute(delete(PasswordLinkRow).where(PasswordLinkRow.account_id == account_id))


def add_sign_in(session: Session, *, token_hash: str, account_id: AccountId, now: datetime) -> None:
    """Remember a signed-in browser."""
    session.execute(
        insert(SignInRow).values(
            token_hash=token_hash, account_id=account_id, created_at=now, used_at=now
        )
    )


def touch_sign_in(session: Session, token_hash: str, now: datetime) -> None:
    """Note that the browser was used."""
    session.execute(update(SignInRow).where(SignInRow.token_hash == token_hash).values(used_at=now))


def delete_sign_in(session: Session, token_hash: str) -> None:
    """Forget one signed-in browser."""
    session.execute(delete(SignInRow).where(SignInRow.token_hash == token_hash))


def delete_sign_ins(session: Session, account_id: AccountId) -> None:
    """Forget every signed-in browser of an account."""
    session.execute(delete(SignInRow).where(SignInRow.account_id == account_id))


def delete_stale_sign_ins(session: Session, *, created: datetime, used: datetime) -> None:
    """Forget browsers that signed in before `created` or were last used before `used`."""
    session.execute(
        delete(SignInRow).where((SignInRow.created_at < created) | (SignInRow.used_at < used))
    )


def add_password_link(
    session: Session, *, token_hash: str, account_id: AccountId, expires_at: datetime
) -> None:
    """Store a link that sets the password of an account; earlier ones are void."""
    session.execute(delete(PasswordLinkRow).where(PasswordLinkRow.account_id == account_id))
    session.execute(
        insert(PasswordLinkRow).values(
            token_hash=token_hash, account_id=account_id, expires_at=expires_at
        )
    )


def read_account(row: RowMapping) -> Account:
    """Read `ACCOUNT_COLUMNS`."""
    return Account(**{name: row[name] for name in Account.__slots__})


def _credentials(row: RowMapping) -> Credentials:
    return Credentials(
        account=read_account(row),
        password_hash=row["password_hash"],
        disabled=row["disabled_at"] is not None,
    )
