"""A learner tells a problem of a question; an instructor of the course decides on it."""

from datetime import datetime, timedelta
from typing import Literal, TypeAlias, get_args

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError, NotFoundError
from quizapp.services.courses.access import get_taught, lock_led
from quizapp.storage.accounts import Account
from quizapp.storage.courses import CourseDetails
from quizapp.storage.disputes import (
    Dispute,
    Reportable,
    add_dispute,
    count_disputes,
    find_reportable,
    has_dispute,
    list_course_disputes,
    list_own_disputes,
    put_verdict,
)
from quizapp.storage.ids import CourseId, DisputeId, QuestionId, ReviewId

Reason: TypeAlias = Literal["key", "unclear", "two_right", "typo", "other"]
REASONS: tuple[Reason, ...] = get_args(Reason)
LONGEST_TEXT = 1000
MOST_PER_DAY = 20
_DAY = timedelta(days=1)


def get_reportable(
    session: Session, learner: Account, question_id: QuestionId, review_id: ReviewId
) -> Reportable:
    """Return the question that a problem is to be told of: one statement.

    Raises:
        NotFoundError: no course of this learner teaches it.
    """
    found = find_reportable(session, learner.id, question_id, review_id)
    if found is None:
        raise NotFoundError("There is no such question in your courses.")
    return found


def tell_problem(
    session: Session, learner: Account, about: Reportable, *, reason: str, text: str, now: datetime
) -> None:
    """Let the instructors of a course know what is wrong with a question.

    Raises:
        InvalidError: there is no such reason, it is "other" and nothing was written, the text is
            too long, or as many as a day allows were told within 24 hours.
    """
    words = text.strip()
    if reason not in REASONS:
        raise InvalidError("Choose what is wrong.")
    if reason == "other" and not words:
        raise InvalidError("Say in a few words what is wrong.")
    if len(words) > LONGEST_TEXT:
        raise InvalidError(f"Say it in at most {LONGEST_TEXT} characters.")
    if count_disputes(session, learner.id, now - _DAY) >= MOST_PER_DAY:
        raise InvalidError(
            f"You have reported {MOST_PER_DAY} problems within a day. Go on tomorrow, please."
        )
    add_dispute(session, learner.id, about, reason=reason, text=words, now=now)


def list_told(session: Session, learner: Account) -> tuple[Dispute, ...]:
    """Return the problems that the learner told, the newest first: one statement."""
    return list_own_disputes(session, learner.id)


def look_at_disputes(
    session: Session, person: Account, course_id: CourseId
) -> tuple[CourseDetails, tuple[Dispute, ...]]:
    """Return the problems told in a course, first those that wait: two statements.

    Raises:
        NotFoundError: no such course for this person.
    """
    course = get_taught(session, person, course_id)
    return course, list_course_disputes(session, course_id)


def decide_dispute(
    session: Session,
    instructor: Account,
    course_id: CourseId,
    dispute_id: DisputeId,
    *,
    upheld: bool,
    word: str,
    now: datetime,
) -> None:
    """Uphold a problem or decline it, with a word that the learner reads; in archived courses, too.

    Raises:
        NotFoundError: no such problem in a course of this person.
        ForbiddenError: they assist in the course.
        ConflictError: it was decided already.
        InvalidError: the word is too long.
    """
    lock_led(session, instructor, course_id)
    if not has_dispute(session, course_id, dispute_id):
        raise NotFoundError("There is no such problem in this course.")
    words = word.strip()
    if len(words) > LONGEST_TEXT:
        raise InvalidError(f"Say it in at most {LONGEST_TEXT} characters.")
    by = instructor.id
    if not put_verdict(session, course_id, dispute_id, upheld=upheld, word=words, by=by, now=now):
        raise ConflictError("This has been decided already; the decision stands.")
