"""Whose set it is: the one place where that is decided for every other service of sets.

The owner may do all, a colleague reads or edits as it was shared with them, and who teaches a set
in a course reads it; to anybody else there is no such set.
"""

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, ForbiddenError, NotFoundError
from quizapp.storage.accounts import Account
from quizapp.storage.ids import SetId
from quizapp.storage.sets import SetDetails, find_set


def get_set(session: Session, person: Account, set_id: SetId) -> SetDetails:
    """Return a set that the person may at least read: one statement.

    Raises:
        NotFoundError: no such set for this person.
    """
    return _get(session, person, set_id, lock=False)


def lock_editable_set(session: Session, person: Account, set_id: SetId) -> SetDetails:
    """Return a set that the person may change; nobody else changes it meanwhile.

    Raises:
        NotFoundError: no such set for this person.
        ForbiddenError: they may only read it.
        ConflictError: it is archived.
    """
    found = _get(session, person, set_id, lock=True)
    if found.may == "read":
        raise ForbiddenError("You may read this set; only its owner and editors change it.")
    if found.archived_at is not None:
        raise ConflictError("This set is archived; restore it before you change it.")
    return found


def lock_owned_set(session: Session, person: Account, set_id: SetId) -> SetDetails:
    """Return a set that the person owns, archived or not; nobody else changes it meanwhile.

    Raises:
        NotFoundError: no such set for this person.
        ForbiddenError: it belongs to somebody else.
    """
    found = _get(session, person, set_id, lock=True)
    if found.may != "own":
        raise ForbiddenError("Only the owner of this set may do that.")
    return found


def _get(session: Session, person: Account, set_id: SetId, *, lock: bool) -> SetDetails:
    found = find_set(session, person.id, set_id, lock=lock)
    if found is None:
        raise NotFoundError("There is no such set.")
    return found
