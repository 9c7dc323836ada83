"""Dates as people type them into a table, rewritten as `2017-03-02`, `2017-03` or `2017`.

Forms that mean different days in different countries (02/03/2017) are left as they are, so that the
reader of facts refuses them.
"""

import re

from quizapp.facts.yaml_reader import Fields, Scalar

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]+)\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_PERIOD = re.compile(r"(.+?)(?:\s+to\s+|\s*[/\u2013]\s*|\s+-\s+)(.+)")
_SHORTEST = 3


def read_table_date(cell: Scalar) -> Scalar:
    """Return the cell with its date in the form that facts have, or as it is if it is none."""
    return _write(cell, _rewrite(cell.text))


def read_period(cell: Scalar) -> Fields | None:
    """Return a cell like "2017 to 2023" as the two dates of a period, None if it is not two."""
    match = _PERIOD.fullmatch(cell.text)
    if match is None or cell.text.count("/") > 1:
        return None
    start, end = (_write(cell, _rewrite(part)) for part in match.groups())
    return Fields(
        line=cell.line,
        column=cell.column,
        entries={"from": start, "to": end},
        keys={"from": cell, "to": cell},
    )


def _rewrite(text: str) -> str:
    words = text.strip().lower()
    match = _DAY_FIRST.fullmatch(words)
    day, month, year = (None, None, None) if match is None else match.groups()
    if match is None:
        match = _MONTH_FIRST.fullmatch(words)
        month, day, year = (None, None, None) if match is None else match.groups()
    number = None if month is None else _find_month(month)
    if number is None:
        return text.strip()
    return f"{year}-{number:02}" if day is None else f"{year}-{number:02}-{int(day):02}"


def _find_month(word: str) -> int | None:
    fitting = [month for month in MONTHS if len(word) >= _SHORTEST and month.startswith(word)]
    return MONTHS.index(fitting[0]) + 1 if len(fitting) == 1 else None


def _write(cell: Scalar, text: str) -> Scalar:
    return Scalar(line=cell.line, column=cell.column, text=text)
