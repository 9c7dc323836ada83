"""A learner says "I was right" of a typed answer; an instructor grants or declines it."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError, NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.services.courses.access import get_taught, lock_changeable
from quizapp.services.grading.remarking import Act, write_change
from quizapp.services.quizzing.looking import get_sitting, list_shown
from quizapp.services.quizzing.marking import score_marks
from quizapp.storage.accounts import Account
from quizapp.storage.attempts import find_any_sitting, lock_sitting, put_score
from quizapp.storage.gradebooks import OpenClaim, list_open_claims
from quizapp.storage.grades import put_claim, put_decision
from quizapp.storage.ids import AttemptId, CourseId
from quizapp.storage.responses import AttemptQuestion, StoredMark, list_questions

_TYPED = {"cloze", "numeric", "date"}
LONGEST_CLAIM = 1000


def claim(
    session: Session,
    learner: Account,
    attempt_id: AttemptId,
    position: int,
    text: str,
    now: datetime,
) -> None:
    """Let an instructor know that a typed answer was right; claimed before, it stays as it was.

    Raises:
        NotFoundError: no such question in an attempt of this learner, or the learner may not see
            yet how it was marked.
        ConflictError: the answer was not typed, or nothing is missing from its mark; or it was
            given in a practice quiz, which no instructor sees.
        InvalidError: the text is too long.
    """
    get_sitting(session, learner, attempt_id)
    sitting = lock_sitting(session, attempt_id)
    assert sitting is not None
    asked = _get_question(session, attempt_id, position)
    marked = sitting.attempt.marked_at is not None
    if not marked or "correctness" not in list_shown(sitting, now):
        raise NotFoundError("There is no feedback on this answer yet.")
    if sitting.assignment.practised_by is not None:
        raise ConflictError("Nobody but you sees a practice quiz, so nobody can decide on it.")
    if asked.claim.at is not None:
        return
    _refuse(asked)
    if len(text) > LONGEST_CLAIM:
        raise InvalidError(f"say it in at most {LONGEST_CLAIM} characters")
    put_claim(session, attempt_id, position, text=text.strip(), now=now)


def decide(
    session: Session,
    instructor: Account,
    attempt_id: AttemptId,
    position: int,
    *,
    granted: float | None,
    reason: str,
    now: datetime,
) -> None:
    """Grant a claim with a fraction of the mark, or decline it with None; the learner is told.

    Raises:
        NotFoundError: no such claim in a course of this person.
        ForbiddenError: they assist in the course.
        ConflictError: it was decided already, or the course is archived.
        InvalidError: the fraction is not between 0 and 1.
    """
    found = find_any_sitting(session, attempt_id)
    if found is None or found.assignment.practised_by is not None:
        raise NotFoundError("There is no such claim in a course of yours.")
    lock_changeable(session, instructor, found.assignment.course_id)
    if granted is not None and not 0 <= granted <= 1:
        raise InvalidError("grant a part of the mark from 0 to 1")
    sitting = lock_sitting(session, attempt_id)
    asked = _get_question(session, attempt_id, position)
    old = sitting.attempt.score if sitting else None
    if asked.claim.at is None or old is None:
        raise NotFoundError("There is no such claim in a course of yours.")
    if asked.claim.decided_at is not None:
        raise ConflictError("This claim has been decided already; the decision stands.")
    put_decision(session, attempt_id, position, granted=granted, now=now)
    every = list_questions(session, attempt_id)
    new = score_marks(every, [each.mark for each in every], old.credit)
    put_score(session, attempt_id, new)
    counted = every[position].mark.counted
    act = Act(why="claim", reason=reason.strip(), by=instructor.id, at=now)
    write_change(session, attempt_id, asked, counted, (old, new), act)


def look_at_claims(session: Session, person: Account, course_id: CourseId) -> tuple[OpenClaim, ...]:
    """Return the claims in a course that wait for a decision: two statements.

    Raises:
        NotFoundError: no such course for this person.
    """
    get_taught(session, person, course_id)
    return list_open_claims(session, [course_id])


def may_claim(asked_kind: str, mark: StoredMark, *, claimed: bool) -> bool:
    """Tell whether "I was right" may be said of an answer: typed, and marked short of the whole."""
    short = mark.fraction is not None and (mark.counted or 0) < 1
    return asked_kind in _TYPED and short and not mark.dropped and not claimed


def _refuse(asked: AttemptQuestion) -> None:
    kind = question_from_dict(asked.body).kind
    if not may_claim(kind, asked.mark, claimed=False):
        raise ConflictError(
            "Only of an answer that was typed and is short of the whole mark can that be said."
        )


def _get_question(session: Session, attempt_id: AttemptId, position: int) -> AttemptQuestion:
    questions = list_questions(session, attempt_id)
    if not 0 <= position < len(questions):
        raise NotFoundError("There is no such question in this attempt.")
    return questions[position]
