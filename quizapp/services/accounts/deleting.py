"""A person deletes their account, with everything that is theirs."""

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError
from quizapp.storage.accounts import Account
from quizapp.storage.leaving import count_admins, delete_account, list_led_alone


def delete_own_account(session: Session, person: Account) -> None:
    """Delete an account and all rows of its owner; every browser is signed out by that.

    Raises:
        ConflictError: a course would be without an instructor, or the site without administrators.
    """
    obstacle = find_obstacle(session, person, lock=True)
    if obstacle:
        raise ConflictError(obstacle)
    delete_account(session, person.id)


def find_obstacle(session: Session, person: Account, *, lock: bool = False) -> str | None:
    """Return why an account cannot be deleted now, with the remedy, None if it can.

    With `lock` it stays so until the transaction ends.
    """
    if person.role == "learner":
        return None
    alone = list_led_alone(session, person.id, lock=lock)
    if alone:
        courses = ", ".join(alone)
        return (
            f"You are the only instructor of: {courses}. Add another instructor there first; an "
            "archived course takes one after it was restored."
        )
    if person.role == "admin" and count_admins(session, lock=lock) <= 1:
        return "You are the only administrator. Have another one added on the server first."
    return None
