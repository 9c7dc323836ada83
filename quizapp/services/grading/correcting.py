"""A key is corrected, or a question dropped; the published version itself never changes."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError, NotFoundError
from quizapp.formats.questions_json import question_from_dict, question_to_dict
from quizapp.jobs import enqueue
from quizapp.kinds.dates import parse_dates
from quizapp.kinds.numbers import parse_number
from quizapp.kinds.question import Question
from quizapp.kinds.true_false import ANSWERS
from quizapp.services.courses.access import lock_changeable
from quizapp.services.grading.remarking import BATCH, REMARK_JOB, remark_batch
from quizapp.services.quizzing.showing import mask_question
from quizapp.storage.accounts import Account
from quizapp.storage.corrections import (
    add_correction,
    find_asked_question,
    get_correction,
    list_corrections,
)
from quizapp.storage.ids import CorrectionId, CourseId, JobId, QuestionId


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """What is to be right instead; what does not apply to the kind stays None.

    `right` are the stored positions of the right options; a choice may have several, each of which
    then earns the whole mark.
    """

    right: frozenset[int] | None = None
    answer: str | None = None
    accept: tuple[str, ...] | None = None
    tolerance: str | None = None
    pairs: tuple[tuple[str, str], ...] | None = None
    order: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A correction that was made; `job_id` marks the attempts, None where that is done."""

    correction_id: CorrectionId
    job_id: JobId | None


def apply_change(question: Question, change: KeyChange) -> Question:
    """Return the question with another key."""
    options = question.options
    if change.right is not None:
        options = tuple(
            replace(
                option,
                correct=place in change.right,
                refuted_by=None if place in change.right else option.refuted_by,
            )
            for place, option in enumerate(question.options)
        )
    return replace(
        question,
        options=options,
        answer=question.answer if change.answer is None else change.answer.strip(),
        accept=question.accept if change.accept is None else change.accept,
        tolerance=question.tolerance if change.tolerance is None else change.tolerance,
        pairs=question.pairs if change.pairs is None else change.pairs,
        order=question.order if change.order is None else change.order,
    )


def correct_question(
    session: Session,
    instructor: Account,
    course_id: CourseId,
    question_id: QuestionId,
    change: KeyChange | None,
    reason: str,
    now: datetime,
) -> Corrected:
    """Correct the key of a question for a course, or drop the question; attempts are marked anew.

    `change` is applied to the key that holds now, and to the published one if the question was
    dropped; None drops the question. Attempts that go on are marked by it when they are submitted.

    Raises:
        NotFoundError: no such course for this person, or no assignment of it asks the question.
        ForbiddenError: they assist in the course.
        ConflictError: the course is archived, or nothing would change.
        InvalidError: there is no reason, or the key cannot be one of this question.
    """
    lock_changeable(session, instructor, course_id)
    if not reason.strip():
        raise InvalidError("Say why: the students whose marks change will read it.")
    key = plan_key(session, course_id, question_id, change)
    correction_id = add_correction(
        session,
        course_id=course_id,
        question_id=question_id,
        body=None if key is None else {**question_to_dict(key)},
        reason=reason.strip(),
        made_by=instructor.id,
        now=now,
    )
    return _remark(session, correction_id, now)


def plan_key(
    session: Session, course_id: CourseId, question_id: QuestionId, change: KeyChange | None
) -> Question | None:
    """Return the key that a change leads to, None if it drops the question; nothing is stored.

    Raises:
        NotFoundError: no assignment of the course asks the question.
        ConflictError: nothing would change.
        InvalidError: the key cannot be one of this question.
    """
    former = get_key(session, course_id, question_id)
    key = None if change is None else _change_key(session, course_id, question_id, former, change)
    if key == former:
        raise ConflictError("That is the key already; nothing was changed.")
    return key


def get_key(session: Session, course_id: CourseId, question_id: QuestionId) -> Question | None:
    """Return a question as the course marks it now, None if it dropped it.

    Raises:
        NotFoundError: no assignment of the course is of the question's version.
    """
    published = get_published(session, course_id, question_id)
    made = [
        each for each in list_corrections(session, course_id) if each.question_id == question_id
    ]
    if not made:
        return published
    return None if made[-1].body is None else question_from_dict(made[-1].body)


def get_published(session: Session, course_id: CourseId, question_id: QuestionId) -> Question:
    """Return a question as it was published.

    Raises:
        NotFoundError: no assignment of the course asks it.
    """
    body = find_asked_question(session, course_id, question_id)
    if body is None:
        raise NotFoundError("No assignment of this course asks such a question.")
    return question_from_dict(body)


def _change_key(
    session: Session,
    course_id: CourseId,
    question_id: QuestionId,
    former: Question | None,
    change: KeyChange,
) -> Question:
    published = get_published(session, course_id, question_id)
    key = apply_change(former or published, change)
    if not _is_key(key) or mask_question(key) != mask_question(published):
        raise InvalidError(
            "That cannot be the key of this question: students were asked and shown something else."
            " Give an answer of the same kind, or drop the question."
        )
    return key


def _is_key(question: Question) -> bool:
    """Tell whether the key is one that its kind can mark by."""
    if question.kind in {"choice", "select_all"}:
        return any(option.correct for option in question.options)
    if question.kind == "true_false":
        return question.answer in ANSWERS
    if question.kind == "date":
        return len(parse_dates(question.answer)) == 1
    if question.kind == "numeric":
        return parse_number(question.answer) is not None and _is_tolerance(question.tolerance)
    return bool(question.answer)


def _is_tolerance(text: str | None) -> bool:
    try:
        return text is None or (Decimal(text).is_finite() and Decimal(text) >= 0)
    except InvalidOperation:
        return False


def _remark(session: Session, correction_id: CorrectionId, now: datetime) -> Corrected:
    """Mark few attempts at once; leave what is left to a job."""
    correction = get_correction(session, correction_id)
    assert correction is not None
    if remark_batch(session, correction, now) < BATCH:
        return Corrected(correction_id=correction_id, job_id=None)
    job_id = enqueue(
        session,
        REMARK_JOB,
        {"correction": correction_id},
        now,
        key=f"{REMARK_JOB} by correction {correction_id}",
    )
    return Corrected(correction_id=correction_id, job_id=job_id)
