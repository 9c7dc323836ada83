"""The answers of an assignment as arrays: from the rows of one statement to what is analysed.

Of each array an element is a row: one question in one attempt. Attempts and questions are told by
their positions among the attempts that count and the questions that were asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from quizapp.psychometrics.marks import BoolArray, FloatArray, IntArray
from quizapp.storage.ids import AttemptId, QuestionId
from quizapp.storage.score_reports import MarkTuple

# The database tells an instant to about a ten-thousandth of a second.
_DIGITS = 3


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


def arrange(
    parts: Iterable[Sequence[MarkTuple]], started: Sequence[tuple[AttemptId, float]]
) -> Columns:
    """Return the rows of those attempts alone that `started` names, with seconds since 1970."""
    codes = _Codes({None: 0})
    rows = _join([_to_arrays(part, codes) for part in parts])
    attempt_ids = np.array([each for each, _ in started], dtype=np.int64)
    rows = rows.take(np.isin(rows.attempt, attempt_ids))
    order = np.argsort(attempt_ids)
    attempt = order[np.searchsorted(attempt_ids, rows.attempt, sorter=order)]
    questions, question = np.unique(rows.question, return_inverse=True)
    return Columns(
        attempt_ids=tuple(each for each, _ in started),
        question_ids=tuple(QuestionId(int(each)) for each in questions),
        attempt=attempt,
        question=question.reshape(-1),
        position=rows.position,
        fraction=rows.fraction,
        dropped=rows.dropped,
        code=rows.code,
        responses=tuple(codes),
        seconds=_find_seconds(attempt, rows.saved, np.array([at for _, at in started])),
    )


class _Rows(NamedTuple):
    """The columns of `MarkTuple` in their order."""

    attempt: IntArray
    position: IntArray
    question: IntArray
    fraction: FloatArray
    dropped: BoolArray
    code: IntArray
    saved: FloatArray

    def take(self, kept: BoolArray) -> "_Rows":
        """Return the rows that are kept."""
        return self if kept.all() else _Rows._make(column[kept] for column in self)


class _Codes(dict[str | None, int]):
    """The code of each response: its place among the different ones, in order of first sight."""

    def __missing__(self, response: str | None) -> int:
        self[response] = code = len(self)
        return code


def _to_arrays(part: Sequence[MarkTuple], codes: _Codes) -> _Rows:
    attempt, position, question, fraction, dropped, response, saved = zip(*part, strict=True)
    return _Rows(
        attempt=np.array(attempt, dtype=np.int64),
        position=np.array(position, dtype=np.int64),
        question=np.array(question, dtype=np.int64),
        fraction=np.array(fraction, dtype=np.float64),
        dropped=np.array(dropped, dtype=np.bool_),
        code=np.array(list(map(codes.__getitem__, response)), dtype=np.int64),
        saved=np.array(saved, dtype=np.float64),
    )


def _join(parts: Sequence[_Rows]) -> _Rows:
    if not parts:
        whole, real = np.zeros(0, dtype=np.int64), np.zeros(0)
        return _Rows(whole, whole, whole, real, np.zeros(0, dtype=np.bool_), whole, real)
    return _Rows._make(np.concatenate(columns) for columns in zip(*parts, strict=True))


def _find_seconds(attempt: IntArray, saved: FloatArray, started: FloatArray) -> FloatArray:
    """The time from each answer to the one saved next in its attempt; unsaved ones sort last."""
    if not len(attempt):
        return saved
    since = saved - started[attempt]
    span = np.nanmax(since, initial=0.0) + 1.0
    order = np.argsort(attempt * span + np.nan_to_num(since, nan=span - 0.5), kind="stable")
    owners, times = attempt[order], since[order]
    before = np.zeros_like(times)
    before[1:] = np.where(owners[1:] == owners[:-1], times[:-1], 0.0)
    seconds = np.empty_like(times)
    seconds[order] = np.maximum(np.round(times - before, _DIGITS), 0.0)
    return seconds
