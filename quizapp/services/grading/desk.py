"""What lies before those who grade: the gradebook with its claims, a grade, an attempt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.attempts.scores import Score
from quizapp.errors import NotFoundError
from quizapp.services.courses.access import get_taught
from quizapp.services.grading.gradebook import (
    Grade,
    Gradebook,
    GradedAssignment,
    LearnerGrades,
    make_gradebook,
)
from quizapp.services.grading.inspecting import inspect
from quizapp.services.quizzing.submitting import Result
from quizapp.storage.accounts import Account
from quizapp.storage.attempts import AttemptRecord, list_attempts
from quizapp.storage.courses import CourseDetails
from quizapp.storage.gradebooks import OpenClaim, list_open_claims
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId, CourseId
from quizapp.storage.rosters import KnownAccount, find_known


@dataclass(frozen=True, slots=True, kw_only=True)
class SatAttempt:
    """An attempt in a list; `score` is None until it is marked."""

    id: AttemptId
    number: int
    started_at: datetime
    submitted_at: datetime | None
    auto: bool
    score: Score | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeDesk:
    """The grade of a learner for an assignment, with the attempts behind it."""

    course: CourseDetails
    assignment: GradedAssignment
    learner: LearnerGrades
    grade: Grade
    attempts: tuple[SatAttempt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptDesk:
    """An attempt in full; its learner may have left the course."""

    course: CourseDetails
    learner: KnownAccount
    result: Result


def open_gradebook(
    session: Session, person: Account, course_id: CourseId, now: datetime
) -> tuple[Gradebook, tuple[OpenClaim, ...]]:
    """Return the gradebook of a course with the claims that wait in it: five statements.

    Raises:
        NotFoundError: no such course for this person.
    """
    book = make_gradebook(session, person, course_id, now)
    return book, list_open_claims(session, [course_id])


def open_grade(
    session: Session,
    person: Account,
    course_id: CourseId,
    assignment_id: AssignmentId,
    learner_id: AccountId,
    now: datetime,
) -> GradeDesk:
    """Return the grade of one learner for one assignment: six statements.

    Raises:
        NotFoundError: no such course for this person, or no such learner or assignment in it.
    """
    book = make_gradebook(session, person, course_id, now)
    places = [each.id for each in book.assignments]
    learner = next((each for each in book.learners if each.id == learner_id), None)
    if learner is None or assignment_id not in places:
        raise NotFoundError("There is no such grade in this course.")
    place = places.index(assignment_id)
    return GradeDesk(
        course=get_taught(session, person, course_id),
        assignment=book.assignments[place],
        learner=learner,
        grade=learner.grades[place],
        attempts=_show(list_attempts(session, learner_id, assignment_id)),
    )


def open_attempt(
    session: Session, person: Account, attempt_id: AttemptId, now: datetime
) -> AttemptDesk:
    """Return an attempt with all that is known of it: five statements.

    Raises:
        NotFoundError: no such attempt in a course of this person.
    """
    result = inspect(session, person, attempt_id, now)
    learner = find_known(session, result.course_id, result.learner_id)
    assert learner is not None
    course = get_taught(session, person, result.course_id)
    return AttemptDesk(course=course, learner=learner, result=result)


def _show(attempts: Sequence[AttemptRecord]) -> tuple[SatAttempt, ...]:
    return tuple(
        SatAttempt(
            id=each.id,
            number=each.number,
            started_at=each.started_at,
            submitted_at=each.submitted_at,
            auto=each.auto,
            score=each.score,
        )
        for each in attempts
    )
