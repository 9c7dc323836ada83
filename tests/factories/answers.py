"""Right and wrong answers to a question of any kind, as a form sends them in `answer`."""

from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.dates import parse_dates
from quizapp.kinds.question import Question
from quizapp.services.demo.answers import write_right
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId
from quizapp.storage.responses import list_questions
from quizapp.storage.tables import QuestionRow

_WRONG_DATES = {"day": "1 January 1066", "month": "January 1066", "year": "1066"}


def right_answer(question: Question) -> str:
    """Return what somebody sends who knows."""
    return write_right(question)


def wrong_answer(question: Question) -> str:
    """Return what somebody sends who does not know, and who gets no mark for it."""
    if question.kind in {"choice", "select_all"}:
        return str(next(n for n, option in enumerate(question.options) if not option.correct))
    if question.kind == "true_false":
        return "false" if question.answer == "true" else "true"
    if question.kind == "date":
        return _WRONG_DATES[parse_dates(question.answer)[0].grain]
    if question.kind == "ordering":
        return " ".join(reversed(right_answer(question).split()))
    if question.kind == "matching":
        first, *rest = right_answer(question).split()
        return " ".join((*rest, first))
    return {"flashcard": "1", "numeric": "987654321"}.get(question.kind, "nothing of the kind")


def load_asked(database: Database, attempt_id: int) -> tuple[Question, ...]:
    """Return the questions of an attempt in their order, with their keys."""
    with database.reading() as session:
        asked = list_questions(session, AttemptId(attempt_id))
        return tuple(question_from_dict(each.body) for each in asked)


def load_question(database: Database, question_id: int) -> Question:
    """Return a stored question."""
    with database.reading() as session:
        row = session.get_one(QuestionRow, question_id)
        return question_from_dict(row.body)
