"""A learner joins a course by its code."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, NotFoundError
from quizapp.services.courses.codes import read_code
from quizapp.services.limiting import JOIN, Try, note_refusal, refuse_flood
from quizapp.storage.accounts import Account
from quizapp.storage.courses import enrol
from quizapp.storage.joining import Invitation, find_invitation
from quizapp.storage.roles import LEARNER


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What joining led to: the course, and whether the learner was in it `already`."""

    title: str
    already: bool


def get_invitation(session: Session, person: Account, code: str) -> Invitation:
    """Return what a code leads to: one statement.

    Call it for a code that the person cannot have guessed: it counts no tries.

    Raises:
        NotFoundError: no course has this code (any more).
    """
    found = find_invitation(session, code, person.id)
    if found is None:
        raise NotFoundError("This link leads to no course any more; ask for a new one.")
    return found


def find_obstacle(invitation: Invitation, now: datetime) -> str | None:
    """Return why nobody can join just now, or None."""
    if invitation.archived:
        return "This course is archived: nobody can join it any more."
    if invitation.until is not None and now >= invitation.until:
        return "This code has expired; ask your instructor for a new one."
    return None


def join(
    session: Session, learner: Account, text: str, *, address: str, now: datetime
) -> Joined | None:
    """Put a learner into the course whose code they typed; None if no course has it.

    The caller commits either way: a refused try is remembered.

    Raises:
        TooManyTriesError: this learner, this network address or all together tried too often.
        ConflictError: the code has expired or the course is archived.
    """
    tried = Try(action=JOIN, subject=f"account {learner.id}", address=address)
    refuse_flood(session, tried, now)
    code = read_code(text)
    found = find_invitation(session, code, learner.id) if code else None
    if found is None:
        note_refusal(session, tried, now)
        return None
    obstacle = find_obstacle(found, now)
    if obstacle and not found.joined:
        raise ConflictError(obstacle)
    is_new = enrol(session, course_id=found.course_id, account_id=learner.id, role=LEARNER, now=now)
    return Joined(title=found.title, already=not is_new)
