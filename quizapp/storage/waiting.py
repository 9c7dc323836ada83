"""What waits for a decision in a course: problems told of questions, and claims on marks."""

from sqlalchemy import func, select

from quizapp.storage.assignments import SET_BY_COURSE
from quizapp.storage.tables import (
    AssignmentRow,
    AttemptQuestionRow,
    AttemptRow,
    CourseRow,
    DisputeRow,
)

_problems = (
    select(func.count())
    .where(DisputeRow.course_id == CourseRow.id, DisputeRow.decided_at.is_(None))
    .correlate(CourseRow)
    .scalar_subquery()
)
_claims = (
    select(func.count())
    .select_from(AssignmentRow)
    .join(AttemptRow, AttemptRow.assignment_id == AssignmentRow.id)
    .join(AttemptQuestionRow, AttemptQuestionRow.attempt_id == AttemptRow.id)
    .where(
        AssignmentRow.course_id == CourseRow.id,
        SET_BY_COURSE,
        AttemptQuestionRow.claimed_at.is_not(None),
        AttemptQuestionRow.decided_at.is_(None),
    )
    .correlate(CourseRow)
    .scalar_subquery()
)
# How many of each, as columns of a statement that asks for courses.
WAITING = (_problems.label("problems"), _claims.label("claims"))
