"""An instructor gives a grade in place of the computed one, with a reason, or takes it back."""

from datetime import datetime
from math import isfinite

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError, NotFoundError
from quizapp.services.assigning.access import lock_assignment
from quizapp.storage.accounts import Account
from quizapp.storage.grades import GradeOverride, add_grade_override
from quizapp.storage.ids import AccountId, AssignmentId
from quizapp.storage.overrides import Whose, is_in_course

MOST_SHARE = 2.0


def give_grade(
    session: Session,
    instructor: Account,
    assignment_id: AssignmentId,
    learner_id: AccountId,
    *,
    share: float | None,
    reason: str,
    now: datetime,
) -> None:
    """Let a share of the maximum (1 is 100 %) stand for a learner's assignment.

    With None the computed one stands again. Every entry is kept.

    Raises:
        NotFoundError: no such assignment for this person, or no such learner in its course.
        ForbiddenError: they assist in the course.
        ConflictError: the course is archived.
        InvalidError: the share is not between 0 and 200 %, or there is no reason.
    """
    assignment = lock_assignment(session, instructor, assignment_id)
    if not is_in_course(session, assignment.course_id, Whose(learner_id=learner_id)):
        raise NotFoundError("There is no such learner in this course.")
    if share is not None and not (isfinite(share) and 0 <= share <= MOST_SHARE):
        raise InvalidError("give a grade from 0 to 200 %")
    if not reason.strip():
        raise InvalidError("Say why: the reason is kept, and the student reads it.")
    override = GradeOverride(
        assignment_id=assignment_id,
        learner_id=learner_id,
        share=share,
        reason=reason.strip(),
        given_by=instructor.id,
        at=now,
    )
    add_grade_override(session, override)
