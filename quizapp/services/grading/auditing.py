"""What changed marks after submissions: whose, when, by whom, from what to what, and why."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.services.assigning.access import get_assignment
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import Assignment
from quizapp.storage.ids import AssignmentId, CourseId
from quizapp.storage.mark_audits import (
    ChangeEntry,
    CorrectionEntry,
    list_changes,
    list_version_corrections,
)

CHANGES_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """A page of the changes in an assignment, and all corrections of the questions of its set.

    Both have the newest first; `page` counts from 1 to `pages`.
    """

    assignment: Assignment
    changes: tuple[ChangeEntry, ...]
    corrections: tuple[CorrectionEntry, ...]
    matches: int
    page: int
    pages: int


def look_at_changes(
    session: Session,
    person: Account,
    course_id: CourseId,
    assignment_id: AssignmentId,
    *,
    page: int = 1,
) -> Audit:
    """Return what changed the marks of an assignment: four statements.

    Raises:
        NotFoundError: no such assignment in this course for this person.
    """
    assignment = get_assignment(session, person, assignment_id)
    if assignment.course_id != course_id:
        raise NotFoundError("There is no such assignment in this course.")
    changes, matches = list_changes(
        session, assignment_id, offset=(page - 1) * CHANGES_A_PAGE, most=CHANGES_A_PAGE
    )
    return Audit(
        assignment=assignment,
        changes=changes,
        corrections=list_version_corrections(session, course_id, assignment.version_id),
        matches=matches,
        page=page,
        pages=max(1, -(-matches // CHANGES_A_PAGE)),
    )
