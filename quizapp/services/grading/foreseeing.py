"""Whose marks a correction would change, before it is made; nothing is stored."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from quizapp.attempts.scores import Score
from quizapp.kinds.question import Question
from quizapp.kinds.registry import get_kind
from quizapp.services.courses.access import get_led, refuse_archived
from quizapp.services.grading.correcting import KeyChange, get_key, get_published, plan_key
from quizapp.services.quizzing.marking import read_response
from quizapp.storage.accounts import Account
from quizapp.storage.affected import MarkedUse, list_marked_uses
from quizapp.storage.courses import CourseDetails
from quizapp.storage.ids import AttemptId, CourseId, QuestionId
from quizapp.storage.responses import StoredMark


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDesk:
    """A question whose key may be corrected: as published, and as it is marked (None: dropped)."""

    course: CourseDetails
    published: Question
    key: Question | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """How one attempt would change: the mark of the question, and the score with it."""

    attempt_id: AttemptId
    number: int
    learner_name: str
    assignment_title: str
    old: Score
    new: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """What a correction would do: `marked` attempts hold the question, `changes` of them change."""

    marked: int
    changes: tuple[Foreseen, ...]


def open_key(
    session: Session, instructor: Account, course_id: CourseId, question_id: QuestionId
) -> KeyDesk:
    """Return a question whose key may be corrected: four statements.

    Raises:
        NotFoundError: no such course for this person, or no assignment of it asks the question.
        ForbiddenError: they assist in the course.
        ConflictError: the course is archived.
    """
    course = refuse_archived(get_led(session, instructor, course_id))
    published = get_published(session, course_id, question_id)
    return KeyDesk(course=course, published=published, key=get_key(session, course_id, question_id))


def foresee(
    session: Session, course_id: CourseId, question_id: QuestionId, change: KeyChange | None
) -> Foresight:
    """Return whose marks a correction would change; the caller knows that it may (`open_key`).

    Raises:
        NotFoundError, ConflictError, InvalidError: as `plan_key`.
    """
    key = plan_key(session, course_id, question_id, change)
    uses = list_marked_uses(session, course_id, question_id)
    foreseen = ((use, _mark_by(key, use)) for use in uses)
    return Foresight(
        marked=len(uses),
        changes=tuple(
            Foreseen(
                attempt_id=use.attempt_id,
                number=use.number,
                learner_name=use.learner_name,
                assignment_title=use.assignment_title,
                old=use.score,
                new=_change_score(use, mark),
            )
            for use, mark in foreseen
            if (mark.counted, mark.dropped) != (use.mark.counted, use.mark.dropped)
        ),
    )


def _mark_by(key: Question | None, use: MarkedUse) -> StoredMark:
    """The mark by another key; a question that is dropped keeps its fraction and counts not."""
    if key is None:
        return replace(use.mark, dropped=True)
    fraction = None
    if use.answer.saves:
        fraction = get_kind(key.kind).mark(key, read_response(key, use.answer)).fraction
    return replace(use.mark, fraction=fraction, dropped=False)


def _change_score(use: MarkedUse, new: StoredMark) -> Score:
    """The score without the old mark of the question and with the new one."""
    old_points, old_maximum = _weigh(use.mark, use.points)
    new_points, new_maximum = _weigh(new, use.points)
    return replace(
        use.score,
        points=use.score.points - old_points + new_points,
        maximum=use.score.maximum - old_maximum + new_maximum,
    )


def _weigh(mark: StoredMark, points: float) -> tuple[float, float]:
    return (0.0, 0.0) if mark.dropped else ((mark.counted or 0.0) * points, points)
