"""Whose assignment it is: staff of its course see it, its instructors change it."""

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.services.courses.access import lock_changeable
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import Assignment, find_assignment
from quizapp.storage.ids import AssignmentId
from quizapp.storage.roles import STAFF


def get_assignment(session: Session, person: Account, assignment_id: AssignmentId) -> Assignment:
    """Return an assignment of a course that the person teaches or assists in: one statement.

    Raises:
        NotFoundError: no such assignment for this person.
    """
    found = find_assignment(session, person.id, assignment_id, STAFF)
    if found is None:
        raise NotFoundError("You teach no course with such an assignment.")
    return found


def lock_assignment(session: Session, person: Account, assignment_id: AssignmentId) -> Assignment:
    """Return an assignment that the person may change; nobody else begins, closes or changes it.

    Raises:
        NotFoundError: no such assignment for this person.
        ForbiddenError: they assist in its course.
        ConflictError: the course is archived.
    """
    course_id = get_assignment(session, person, assignment_id).course_id
    lock_changeable(session, person, course_id)
    return get_assignment(session, person, assignment_id)
