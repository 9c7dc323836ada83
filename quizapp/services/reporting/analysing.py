"""From the answers of an assignment to their analysis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from quizapp.kinds.matching import list_matches
from quizapp.kinds.question import Question
from quizapp.psychometrics.analysing import analyse
from quizapp.psychometrics.findings import Report
from quizapp.psychometrics.marks import (
    BoolArray,
    FloatArray,
    IntArray,
    Item,
    Marks,
    Option,
    make_marks,
)
from quizapp.services.reporting.columns import Columns
from quizapp.storage.ids import QuestionId

_TRUTHS = ("true", "false")
_DRAWN = (
    "questions are drawn at random: the figures of the test are by place in the attempt, each of "
    "them filled by whichever question was drawn"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that was asked, as its course marks it now, with its item's name and points."""

    id: QuestionId
    item: str
    question: Question
    points: float
    corrected: bool
    dropped: bool


def analyse_columns(columns: Columns, asked: Sequence[Asked], *, drawn: bool) -> Report:
    """Return the analysis of the attempts; `asked` are the questions of `columns`, in any order.

    A question that was dropped from all attempts is no item. Where questions are drawn, what is
    said of the test and its reliability is of places, since no attempt has all the items.
    """
    marks = make_item_marks(columns, [each for each in asked if not each.dropped])
    report = analyse(marks)
    if not drawn:
        return report
    by_place = analyse(_make_place_marks(columns, asked))
    test = replace(by_place.test, notes=(_DRAWN, *by_place.test.notes))
    items = tuple(
        replace(
            each,
            intended_weight=None,
            effective_weight=None,
            negative_covariance=False,
            alpha_without=None,
        )
        for each in report.items
    )
    return replace(report, test=test, items=items, slots=by_place.items)


def make_item_marks(columns: Columns, asked: Sequence[Asked]) -> Marks:
    """Return the marks of shape (attempts, items); what was dropped from an attempt is not in it.

    The choices are those of kinds whose answer is one or more of a few options.
    """
    column = _find_columns(columns, {each.id: place for place, each in enumerate(asked)})
    kept = (column >= 0) & ~columns.dropped
    points = np.array([each.points for each in asked])
    shape = (len(columns.attempt_ids), len(asked))
    where = (columns.attempt[kept], column[kept])
    marks, posed = np.full(shape, np.nan), np.zeros(shape, dtype=np.bool_)
    marks[where] = columns.fraction[kept] * points[column[kept]]
    posed[where] = True
    codes = np.zeros(shape, dtype=np.int64)
    codes[where] = columns.code[kept]
    items = [_make_item(each) for each in asked]
    choices = {
        place: _list_choices(each.question, codes[:, place], columns.responses)
        for place, each in enumerate(asked)
        if items[place].options
    }
    return make_marks(items, marks, asked=posed, choices=choices)


def _find_columns(columns: Columns, places: Mapping[QuestionId, int]) -> IntArray:
    """For each row the place of its question, -1 without one."""
    of_questions = [places.get(each, -1) for each in columns.question_ids]
    return np.array(of_questions, dtype=np.int64)[columns.question]


def _make_item(asked: Asked) -> Item:
    return Item(
        name=asked.item,
        maximum=asked.points,
        guess=_find_guess(asked.question),
        facts=tuple(asked.question.facts),
        template=asked.question.template or None,
        options=_list_options(asked.question),
    )


def _list_options(question: Question) -> tuple[Option, ...]:
    if question.kind == "true_false":
        return tuple(
            Option(text=text.capitalize(), correct=question.answer == text) for text in _TRUTHS
        )
    if question.kind in {"choice", "select_all"}:
        return tuple(Option(text=each.text, correct=each.correct) for each in question.options)
    return ()


def _find_guess(question: Question) -> float | None:
    """The share that a blind guess brings, as Moodle says of each kind."""
    match question.kind:
        case "choice":
            return sum(each.correct for each in question.options) / len(question.options)
        case "true_false":
            return 1 / len(_TRUTHS)
        case "matching":
            return 1 / len(list_matches(question))
        case "cloze" | "numeric" | "date":
            return 0.0
    return None


def _list_choices(
    question: Question, codes: IntArray, responses: Sequence[str | None]
) -> BoolArray:
    """Return which options were chosen, of shape (attempts, options)."""
    used, which = np.unique(codes, return_inverse=True)
    table = [_list_chosen(question, responses[code]) for code in used]
    return np.array(table, dtype=np.bool_)[which.reshape(-1)]


def _list_chosen(question: Question, response: str | None) -> list[bool]:
    words = (response or "").split()
    if question.kind == "true_false":
        return [text in words for text in _TRUTHS]
    return [str(place) in words for place in range(len(question.options))]


def _make_place_marks(columns: Columns, asked: Sequence[Asked]) -> Marks:
    """Return the marks by place in the attempt, a place having whichever question was drawn."""
    points = {each.id: each.points for each in asked}
    of_questions: FloatArray = np.array([points[each] for each in columns.question_ids])
    count = int(columns.position.max(initial=-1)) + 1
    shape = (len(columns.attempt_ids), count)
    marks, posed = np.full(shape, np.nan), np.zeros(shape, dtype=np.bool_)
    kept = ~columns.dropped
    where = (columns.attempt[kept], columns.position[kept])
    marks[where] = columns.fraction[kept] * of_questions[columns.question[kept]]
    posed[where] = True
    highest = float(of_questions.max(initial=0.0))
    items = [Item(name=f"place {place + 1}", maximum=highest) for place in range(count)]
    return make_marks(items, marks, asked=posed)
