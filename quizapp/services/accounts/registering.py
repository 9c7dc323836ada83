"""Accounts are made, and their owners set a password by a link that works once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError, NotFoundError
from quizapp.services.accounts.secrets import (
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    hash_password,
    hash_token,
    make_token,
)
from quizapp.storage.accounts import (
    Account,
    add_account,
    add_password_link,
    count_accounts,
    delete_sign_ins,
    find_credentials,
    find_linked,
    set_password_hash,
)

LINK_LIFE = timedelta(days=7)


def register(
    session: Session, *, email: str, name: str, role: str, timezone: str, now: datetime
) -> Account:
    """Make an account that has no password yet.

    Raises:
        InvalidError: the address or the time zone is none.
        ConflictError: there is an account with this address.
    """
    try:
        address = validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError as problem:
        raise InvalidError(f"{email!r} is no e-mail address: {problem}") from None
    check_timezone(timezone)
    if find_credentials(session, address.normalized):
        raise ConflictError(f"There is an account with the address {address.normalized} already.")
    return add_account(
        session, email=address.normalized, name=name, role=role, timezone=timezone, now=now
    )


def has_accounts(session: Session) -> bool:
    """Tell whether anybody has an account."""
    return count_accounts(session) > 0


def check_timezone(name: str) -> None:
    """Refuse what is no time zone of the IANA database.

    Raises:
        InvalidError: it is none.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidError(f"{name!r} is no time zone; give one such as Europe/Paris") from None


def get_instructor(session: Session, email: str) -> Account:
    """Return the instructor or administrator with this address.

    Raises:
        NotFoundError: nobody who teaches has it.
    """
    found = find_credentials(session, email)
    if found is None or found.account.role == "learner":
        raise NotFoundError(
            f"no instructor has the address {email}; add one with `quizapp user add`"
        )
    return found.account


def issue_password_link(session: Session, account: Account, now: datetime) -> str:
    """Return the token of a link by which the owner sets a password; earlier links are void."""
    token = make_token()
    add_password_link(
        session,
        token_hash=hash_token(token),
        account_id=account.id,
        expires_at=now + LINK_LIFE,
    )
    return token


def get_linked_account(session: Session, token: str, now: datetime) -> Account:
    """Return whose password a link sets.

    Raises:
        NotFoundError: the link was used, has expired, or never was.
    """
    found = find_linked(session, hash_token(token), now)
    if found is None or found.disabled:
        raise NotFoundError("This link was used or has expired; ask for a new one.")
    return found.account


def set_password(session: Session, account: Account, password: str) -> None:
    """Set a password; every browser that was signed in is signed out.

    Raises:
        InvalidError: it is too short or too long.
    """
    problem = find_password_problem(password)
    if problem:
        raise InvalidError(problem)
    set_password_hash(session, account.id, hash_password(password))
    delete_sign_ins(session, account.id)


def find_password_problem(password: str) -> str | None:
    """Return what is wrong with a new password; there are no rules of composition."""
    if len(password) < SHORTEST_PASSWORD:
        return f"A password has at least {SHORTEST_PASSWORD} characters; this one is shorter."
    if len(password) > LONGEST_PASSWORD:
        return f"A password has at most {LONGEST_PASSWORD} characters; this one is longer."
    if password.lower() in _COMMON or len(set(password)) == 1:
        return "This password is among the first that anyone tries; choose another one."
    return None


# The most used passwords of eight characters and more, by several published leaks.
_COMMON = frozenset(
    [
        "password",
        "password1",
        "passw0rd",
        "12345678",
        "123456789",
        "1234567890",
        "11111111",
        "qwertyui",
        "qwertyuiop",
        "1q2w3e4r",
        "1qaz2wsx",
        "iloveyou",
        "sunshine",
        "princess",
        "football",
        "baseball",
        "superman",
        "trustno1",
        "abcd1234",
        "abc12345",
        "welcome1",
        "letmein1",
        "starwars",
        "computer",
        "michelle",
        "jennifer",
        "corvette",
        "mercedes",
        "maverick",
        "whatever",
        "zaq12wsx",
        "internet",
        "87654321",
        "00000000",
        "123123123",
        "987654321",
        "qwerty123",
        "password123",
    ]
)
