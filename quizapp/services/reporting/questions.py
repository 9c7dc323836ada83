"""The questions of a report: each with its findings, its commonest wrong answer, its time."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.marking import Response
from quizapp.kinds.question import Question
from quizapp.kinds.writing import write_answer, write_key
from quizapp.psychometrics.findings import ItemFindings
from quizapp.psychometrics.marks import FloatArray, IntArray
from quizapp.services.quizzing.marking import read_response
from quizapp.services.reporting.analysing import Asked
from quizapp.services.reporting.checks import TITLES, check_item
from quizapp.services.reporting.columns import Columns
from quizapp.services.reporting.values import Check, CommonAnswer, QuestionLine, TimeSpent
from quizapp.storage.ids import QuestionId
from quizapp.storage.responses import Answer
from quizapp.storage.score_reports import ReportedQuestion


def read_asked(questions: Sequence[ReportedQuestion], points: float) -> tuple[Asked, ...]:
    """Return the questions as their course marks them now; `points` are those of each.

    Those of a fixed list have points of their own.
    """
    return tuple(
        Asked(
            id=each.id,
            item=each.key,
            question=question_from_dict(each.corrected_body or each.body),
            points=points if each.points is None else each.points,
            corrected=each.corrected_body is not None,
            dropped=each.correction_id is not None and each.corrected_body is None,
        )
        for each in questions
    )


def describe_questions(
    columns: Columns, asked: Sequence[Asked], findings: Sequence[ItemFindings]
) -> tuple[QuestionLine, ...]:
    """Return a line for each question, in their order."""
    by_item = {each.item: each for each in findings}
    rows = _list_rows(columns)
    return tuple(
        _describe(number, each, by_item.get(each.item), columns, rows.get(each.id))
        for number, each in enumerate(asked, 1)
    )


def read_answer(question: Question, response: str | None) -> Response:
    """Return a stored answer as the kind reads it, not given where it is none."""
    answer = Answer(
        response=response or "", given=response is not None, saves=1, saved_at=None, flagged=False
    )
    return read_response(question, answer)


def measure_time(seconds: FloatArray) -> TimeSpent:
    """Return the median of what was measured; NaN was not."""
    known = seconds[~np.isnan(seconds)]
    return TimeSpent(seconds=float(np.median(known)) if len(known) else None, n=len(known))


def _list_rows(columns: Columns) -> Mapping[QuestionId, IntArray]:
    """The rows of each question."""
    order = np.argsort(columns.question, kind="stable")
    ends = np.cumsum(np.bincount(columns.question, minlength=len(columns.question_ids)))
    parts = np.split(order, ends[:-1]) if len(ends) else []
    return dict(zip(columns.question_ids, parts, strict=True))


def _describe(
    number: int,
    asked: Asked,
    found: ItemFindings | None,
    columns: Columns,
    rows: IntArray | None,
) -> QuestionLine:
    question = asked.question
    return QuestionLine(
        question_id=asked.id,
        number=number,
        item=asked.item,
        kind=question.kind,
        stem=question.stem,
        answer=write_key(question),
        section=question.source.section,
        paragraph=question.source.paragraph,
        points=asked.points,
        corrected=asked.corrected,
        dropped=asked.dropped,
        findings=found,
        wrong=None if found is None or rows is None else _find_wrong(question, columns, rows),
        time=TimeSpent(seconds=None, n=0) if rows is None else measure_time(columns.seconds[rows]),
        checks=() if found is None else _list_checks(number, asked, found),
    )


def _find_wrong(question: Question, columns: Columns, rows: IntArray) -> CommonAnswer | None:
    """The answer that most of those gave who did not earn the whole mark."""
    rows = rows[~columns.dropped[rows]]
    short = rows[(columns.fraction[rows] < 1) & (columns.code[rows] > 0)]
    counts = np.bincount(columns.code[short])
    words: Counter[str] = Counter()
    for code in np.flatnonzero(counts):
        response = read_answer(question, columns.responses[code])
        if response.given:
            words[write_answer(question, response)] += int(counts[code])
    text, count = min(words.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return CommonAnswer(text=text, count=count, n=len(rows)) if count else None


def _list_checks(number: int, asked: Asked, found: ItemFindings) -> tuple[Check, ...]:
    return tuple(
        Check(
            question_id=asked.id,
            number=number,
            stem=asked.question.stem,
            code=each.code,
            title=TITLES[each.code],
            text=each.text,
            sure=each.sure,
            source=each.source,
        )
        for each in check_item(found)
    )
