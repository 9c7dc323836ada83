"""Other dates, more time or more attempts for one learner or a section."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.attempts.overrides import Override, check_override
from quizapp.errors import NotFoundError
from quizapp.services.assigning.access import lock_assignment
from quizapp.services.assigning.clocks import moving_clocks
from quizapp.services.assigning.planning import refuse_problems
from quizapp.storage.accounts import Account
from quizapp.storage.ids import AssignmentId
from quizapp.storage.overrides import (
    Whose,
    delete_override,
    is_in_course,
    put_override,
)


def override(
    session: Session,
    instructor: Account,
    assignment_id: AssignmentId,
    whose: Whose,
    different: Override,
    now: datetime,
) -> None:
    """Set an override in place of the former one of the same learner or section.

    Running clocks follow it; what it may be is told by `attempts.overrides.check_override`.

    Raises:
        NotFoundError: no such assignment for this person, or no such learner or section in its
            course.
        ForbiddenError: they assist in the course.
        ConflictError: the course is archived.
        InvalidError: the override has problems.
    """
    assignment = lock_assignment(session, instructor, assignment_id)
    if not is_in_course(session, assignment.course_id, whose):
        raise NotFoundError("There is no such learner or section in this course.")
    refuse_problems(check_override(assignment.rules, different))
    with moving_clocks(session, assignment_id, instructor, now):
        put_override(session, assignment_id, whose, different, set_by=instructor.id, now=now)


def remove_override(
    session: Session, instructor: Account, assignment_id: AssignmentId, whose: Whose, now: datetime
) -> None:
    """Take an override away.

    Raises:
        NotFoundError: no such assignment for this person, or there is no such override.
        ForbiddenError: they assist in the course.
        ConflictError: the course is archived.
    """
    lock_assignment(session, instructor, assignment_id)
    with moving_clocks(session, assignment_id, instructor, now):
        if not delete_override(session, assignment_id, whose):
            raise NotFoundError("There is no such override.")
