"""Reads a log of reviews from CSV: columns learner, fact, time, grade and, if wished, g."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from quizapp.errors import InvalidError, Problem
from quizapp.memory.grades import Grade

_REQUIRED = ("learner", "fact", "time", "grade")
_GRADES = {str(grade.value): grade for grade in Grade}
_FIRST_YEAR, _LAST_YEAR = 1970, 2999  # dates stay computable however long the intervals
_MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One review of the file; `time` is its time as it is written there, `at` the instant."""

    learner: str
    fact: str
    time: str
    at: datetime
    grade: Grade
    guess: float


def read_rows(lines: Iterable[bytes]) -> Iterator[Row]:
    """Yield the reviews of a CSV file in UTF-8 whose first line names the columns.

    A time without an offset is in UTC; a missing or empty g is 0; columns with other names are left
    alone. The rows must be sorted by time.

    Raises:
        InvalidError: after the rows before the first problem; it carries every problem up to 100.
    """
    problems: list[Problem] = []
    before = None
    for item in _read_items(lines):
        if isinstance(item, Problem):
            problems.append(item)
            if len(problems) == _MOST_PROBLEMS:
                break
            continue
        line, row = item
        if before is not None and row.at < before:
            text = f"the time {row.time} is before that of the row above; sort the rows by time"
            problems.append(Problem(line=line, text=text))
        before = row.at
        if not problems:
            yield row
    if problems:
        raise InvalidError("the log cannot be read", tuple(problems))


def _read_items(lines: Iterable[bytes]) -> Iterator[tuple[int, Row] | Problem]:
    reader = csv.reader(_decode(lines), strict=True)
    line = 1
    try:
        columns = _read_heading(next(reader, []))
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                yield _read_row(line, cells, columns)
            line = reader.line_num + 1
    except UnicodeDecodeError:
        yield Problem(
            line=reader.line_num + 1, text="the line is not UTF-8; save the file as UTF-8"
        )
    except csv.Error as error:
        yield Problem(line=line, text=f"the line is no CSV ({error}); mend its quotation marks")
    except _FieldError as error:
        yield Problem(line=line, text=str(error))


def _decode(lines: Iterable[bytes]) -> Iterator[str]:
    encoding = "utf-8-sig"
    for line in lines:
        yield line.decode(encoding)
        encoding = "utf-8"


class _FieldError(Exception):
    """What is wrong with a field, and what to do."""


def _read_heading(cells: list[str]) -> Mapping[str, int]:
    names = [cell.strip() for cell in cells]
    missing = [name for name in _REQUIRED if name not in names]
    if missing:
        raise _FieldError(
            f"the first line names no column {', '.join(missing)}; "
            "begin the file with learner,fact,time,grade or learner,fact,time,grade,g"
        )
    twice = [name for name in (*_REQUIRED, "g") if names.count(name) > 1]
    if twice:
        raise _FieldError(f"the column {twice[0]} stands twice; remove one of them")
    return {name: position for position, name in enumerate(names)}


def _read_row(line: int, cells: list[str], columns: Mapping[str, int]) -> tuple[int, Row] | Problem:
    try:
        return line, _read_cells(cells, columns)
    except _FieldError as error:
        return Problem(line=line, text=str(error))


def _read_cells(cells: list[str], columns: Mapping[str, int]) -> Row:
    if len(cells) != len(columns):
        raise _FieldError(
            f"the row has {len(cells)} fields, but the first line {len(columns)}; "
            "give each column one field"
        )
    time = cells[columns["time"]].strip()
    return Row(
        learner=_read_name("learner", cells[columns["learner"]]),
        fact=_read_name("fact", cells[columns["fact"]]),
        time=time,
        at=_read_time(time),
        grade=_read_grade(cells[columns["grade"]].strip()),
        guess=_read_guess(cells[columns["g"]].strip()) if "g" in columns else 0.0,
    )


def _read_name(column: str, text: str) -> str:
    if not text.strip():
        raise _FieldError(f"the {column} is empty; write who or what the review was about")
    return text


def _read_time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise _FieldError(
            f"the time {text!r} is not ISO 8601; write it like 2025-01-31T18:30:00+01:00"
        ) from None
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise _FieldError(
            f"the time {text} is not in the years {_FIRST_YEAR} to {_LAST_YEAR}; correct the year"
        )
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _read_grade(text: str) -> Grade:
    grade = _GRADES.get(text)
    if grade is None:
        raise _FieldError(
            f"the grade {text!r} is unknown; write 1 (Again), 2 (Hard), 3 (Good) or 4 (Easy)"
        )
    return grade


def _read_guess(text: str) -> float:
    try:
        guess = float(text or 0)
    except ValueError:
        guess = -1.0
    if not 0 <= guess <= 1:
        raise _FieldError(
            f"the guess probability {text!r} is no number from 0 to 1; write it like 0.25"
        )
    return guess
