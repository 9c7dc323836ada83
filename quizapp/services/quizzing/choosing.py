"""Which questions an attempt asks, in which order and for how many points."""

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from quizapp.attempts.drawing import Drawable, Wanted, draw
from quizapp.attempts.order import order_questions
from quizapp.attempts.rules import AssignmentRules
from quizapp.errors import InvalidError
from quizapp.formats.questions_json import question_from_dict
from quizapp.storage.assignments import (
    Assignment,
    VersionQuestion,
    list_picks,
    list_version_questions,
)
from quizapp.storage.corrections import list_dropped
from quizapp.storage.ids import QuestionId
from quizapp.storage.responses import Placed

# A learner grades a flashcard alone, so that it cannot be marked.
_UNMARKED = "flashcard"


def choose_questions(
    session: Session, assignment: Assignment, rules: AssignmentRules, seed: str
) -> tuple[Placed, ...]:
    """Return the questions of an attempt in their order; the seed fixes all chance.

    Questions that the course dropped are left out, unless a draw would have too few without them.
    """
    dropped = list_dropped(session, assignment.course_id)
    points = _find_points(session, assignment, dropped, seed)
    keys = order_questions([str(question_id) for question_id in points], rules, seed)
    return tuple(
        Placed(
            position=position,
            question_id=QuestionId(int(key)),
            points=points[QuestionId(int(key))],
        )
        for position, key in enumerate(keys)
    )


def list_askable(questions: Sequence[VersionQuestion]) -> tuple[VersionQuestion, ...]:
    """Return the questions that can be marked."""
    return tuple(each for each in questions if each.kind != _UNMARKED)


def draw_questions(
    questions: Sequence[VersionQuestion], draws: Sequence[Wanted], seed: str
) -> tuple[QuestionId, ...]:
    """Return questions drawn by their tags, which are their section and their kind.

    Raises:
        InvalidError: there are too few.
    """
    drawn = draw([_to_drawable(each) for each in questions], draws, seed)
    return tuple(QuestionId(int(key)) for key in drawn)


def _find_points(
    session: Session, assignment: Assignment, dropped: Collection[QuestionId], seed: str
) -> dict[QuestionId, float]:
    if assignment.picking == "list":
        picks = list_picks(session, assignment.id)
        return {p.question_id: p.points for p in picks if p.question_id not in dropped}
    askable = list_askable(list_version_questions(session, assignment.version_id))
    kept = [each for each in askable if each.id not in dropped]
    chosen = tuple(each.id for each in kept)
    if assignment.picking == "draw":
        chosen = _draw_if_possible(kept, askable, assignment.draws, seed)
    return dict.fromkeys(chosen, assignment.points)


def _draw_if_possible(
    kept: Sequence[VersionQuestion],
    askable: Sequence[VersionQuestion],
    draws: Sequence[Wanted],
    seed: str,
) -> tuple[QuestionId, ...]:
    try:
        return draw_questions(kept, draws, seed)
    except InvalidError:
        return draw_questions(askable, draws, seed)


def _to_drawable(question: VersionQuestion) -> Drawable:
    read = question_from_dict(question.body)
    return Drawable(
        key=str(question.id),
        tags=frozenset({read.source.section, read.kind}),
        difficulty=read.difficulty,
    )
