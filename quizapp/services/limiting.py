"""Limits on tries at a secret: passwords of people and assignments, and join codes.

Counted in the database, so that they hold across workers; a limit in the memory of a process would
multiply with their number. Subject and address are kept as hashes alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.errors import BusyError
from quizapp.services.accounts.secrets import hash_token
from quizapp.storage.tries import add_refused_try, count_refused_tries, delete_refused_tries

SIGN_IN, JOIN, START = "sign-in", "join", "start"
_WINDOW = timedelta(minutes=15)
# Refused tries within the window: of one subject, from one address, of all together. A class that
# was told a wrong password sits behind one address, and all have accounts already.
_LIMITS = {SIGN_IN: (10, 50, 2000), JOIN: (10, 50, 2000), START: (10, 1000, 2000)}


class TooManyTriesError(BusyError):
    """The limit on refused tries was reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A try: at what, at whose account or by whom (`subject`), and from which network address."""

    action: str
    subject: str
    address: str

    @property
    def key(self) -> dict[str, str]:
        """What is stored of it."""
        return {
            "action": self.action,
            "subject_hash": hash_token(self.subject),
            "address_hash": hash_token(self.address),
        }


def refuse_flood(session: Session, tried: Try, now: datetime) -> None:
    """Let a try through unless too many were refused before it.

    Raises:
        TooManyTriesError: of this subject, from this address or altogether.
    """
    counts = count_refused_tries(session, **tried.key, since=now - _WINDOW)
    if any(count >= limit for count, limit in zip(counts, _LIMITS[tried.action], strict=True)):
        minutes = _WINDOW // timedelta(minutes=1)
        raise TooManyTriesError(
            f"Too many tries. Wait {minutes} minutes and try again.",
            seconds=int(_WINDOW.total_seconds()),
        )


def note_refusal(session: Session, tried: Try, now: datetime) -> None:
    """Remember that a try was refused."""
    add_refused_try(session, **tried.key, now=now)


def forget_refusals(session: Session, now: datetime) -> None:
    """Forget what no limit counts any more."""
    delete_refused_tries(session, before=now - _WINDOW)
