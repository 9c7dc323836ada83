"""Dates as people type them."""

import re
from datetime import date

from quizapp.facts.folding import fold
from quizapp.facts.values import Grain, PartialDate

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NAME = r"(?P<name>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_PATTERNS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"(?:the )?{_DAY}(?: of)? {_NAME},? {_YEAR}",
        rf"{_NAME} (?:the )?{_DAY},? {_YEAR}",
        rf"{_YEAR},? {_NAME} {_DAY}",
        rf"{_NAME},? (?:of )?{_YEAR}",
        rf"{_YEAR},? {_NAME}",
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?",
        rf"(?P<month>\d{{1,2}})[-/.]{_YEAR}",
        rf"(?P<day>\d{{1,2}})[-/. ](?P<month>\d{{1,2}})[-/. ]{_YEAR}",
        rf"(?P<month>\d{{1,2}})[-/. ](?P<day>\d{{1,2}})[-/. ]{_YEAR}",
        _YEAR,
    )
)
_WORDS: dict[Grain, str] = {
    "day": "the day, month and year",
    "month": "the month and year",
    "year": "the year alone",
}


def parse_dates(text: str) -> tuple[PartialDate, ...]:
    """Return the dates that the text may mean: none, one, or two for 03/02/2017.

    Read are "2 March 2017", "March 2, 2017", "2 Mar 2017", "2017-03-02", "02/03/2017", "March
    2017", "03/2017", "2017-03" and "2017"; "on" and "in" may stand before them.
    """
    plain = re.sub(r"^(?:on|in) ", "", fold(text))
    found = [_read_match(match) for pattern in _PATTERNS if (match := pattern.fullmatch(plain))]
    return tuple(dict.fromkeys(one for one in found if one is not None))


def describe_grain(grain: Grain) -> str:
    """Return what an answer of that grain must give: "the month and year"."""
    return _WORDS[grain]


def _read_match(match: re.Match[str]) -> PartialDate | None:
    parts = match.groupdict()
    month = _find_month(parts["name"]) if "name" in parts else _to_int(parts.get("month"))
    named = "name" in parts or parts.get("month") is not None
    day = _to_int(parts.get("day"))
    if named and month is None:
        return None
    try:
        date(int(parts["year"]), month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year=int(parts["year"]), month=month, day=day)


def _to_int(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _find_month(name: str) -> int | None:
    """The number of a month by its name or the first letters of it, at least three."""
    found = [place for place, month in enumerate(_MONTHS, 1) if month.startswith(name)]
    if name == "sept":
        return 9
    return found[0] if len(found) == 1 else None
