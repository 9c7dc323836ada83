"""The answers of an assignment as arrays: from the rows of one statement to what is analysed.

Of each array an element is a row: one question in one attempt. Attempts and questions are told by
their positions among the attempts that count and the questions that were asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quizapp.psychometrics.marks import BoolArray, FloatArray, IntArray
from quizapp.storage.ids import AttemptId, QuestionId
from quizapp.storage.score_reports import MarkTuple


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """Rows of attempts that count.

    `fraction` is NaN where nothing was answered. `code` is the position in `responses` of what was
    given, of which the first is nothing ("I don't know", or no answer). `seconds` are those from
    the answer saved before it in the attempt, or from its beginning; NaN where there is no answer.
    """

    attempt_ids: tuple[AttemptId, ...]
    question_ids: tuple[QuestionId, ...]
    attempt: IntArray
    question: IntArray
    position: IntArray
    fraction: FloatArray
    dropped: BoolArray
    code: IntArray
    responses: tuple[str | None, ...]
    seconds: FloatArray


def arrange(rows: Sequence[MarkTuple], started: Sequence[tuple[AttemptId, float]]) -> Columns:
    """Return the rows of those attempts alone that `started` names, with seconds since 1970."""
    attempt_ids = np.array([each for each, _ in started], dtype=np.int64)
    order = np.argsort(attempt_ids)
    columns = tuple(zip(*rows, strict=True)) or ((),) * 7
    attempts = np.array(columns[0], dtype=np.int64)
    kept = np.isin(attempts, attempt_ids)
    questions, question = np.unique(np.array(columns[2], np.int64)[kept], return_inverse=True)
    codes: dict[str | None, int] = {None: 0}
    code = np.array([codes.setdefault(each, len(codes)) for each in columns[5]], dtype=np.int64)
    attempt = order[np.searchsorted(attempt_ids, attempts[kept], sorter=order)]
    saved = np.array(columns[6], dtype=np.float64)[kept]
    return Columns(
        attempt_ids=tuple(each for each, _ in started),
        question_ids=tuple(QuestionId(int(each)) for each in questions),
        attempt=attempt,
        question=question.reshape(-1),
        position=np.array(columns[1], dtype=np.int64)[kept],
        fraction=np.array(columns[3], dtype=np.float64)[kept],
        dropped=np.array(columns[4], dtype=np.bool_)[kept],
        code=code[kept],
        responses=tuple(codes),
        seconds=_find_seconds(attempt, saved, np.array([at for _, at in started])),
    )


def _find_seconds(attempt: IntArray, saved: FloatArray, started: FloatArray) -> FloatArray:
    """The time from each answer to the one saved next in its attempt; unsaved ones sort last."""
    order = np.lexsort((saved, attempt))
    owners, times = attempt[order], saved[order]
    before = np.empty_like(times)
    before[1:] = times[:-1]
    first = np.ones(len(owners), dtype=np.bool_)
    first[1:] = owners[1:] != owners[:-1]
    before[first] = started[owners[first]] if len(owners) else 0.0
    seconds = np.empty_like(times)
    seconds[order] = np.maximum(times - before, 0.0)
    return seconds
