"""Dates in prose, as exact as they are written: a missing year is never completed.

A date in words is taken only if all of it is understood. What makes it less than certain ("about
1700", "late 1931", "1890 or 1891") marks it as hedged, for which facts have no field.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.facts.table_dates import MONTHS
from quizapp.facts.value_reader import parse_date
from quizapp.facts.values import PartialDate

_MONTH = "|".join(month.capitalize() for month in MONTHS)
_YEAR = r"(?:1\d{3}|20\d{2})"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_NOT_MORE = r"(?![\d\u2013/%]|s\b|-\d|[.,]\d)"
FULL_DATE = (
    rf"(?:{_DAY}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH}),? {_YEAR}{_NOT_MORE}"
    rf"|(?:{_MONTH}) {_DAY}(?:st|nd|rd|th)?,? {_YEAR}{_NOT_MORE}"
    rf"|{_YEAR}-\d{{2}}-\d{{2}}(?!\d))"
)
ANY_DATE = rf"(?:{FULL_DATE}|(?:{_MONTH}),?(?: of)? {_YEAR}{_NOT_MORE}|{_YEAR}{_NOT_MORE})"
"""A date with its year, to be put into a larger pattern; it holds no groups."""
_FOUND = re.compile(rf"(?<![\w.,\u2013-]){ANY_DATE}")
_YEARLESS = re.compile(rf"\b(?:{_DAY} (?:{_MONTH})|(?:{_MONTH}) {_DAY})\b(?!,? {_YEAR})")
_HEDGE_BEFORE = re.compile(
    r"(?:\b(?:about|around|circa|ca?\.|approximately|roughly|perhaps|probably|possibly|maybe|before"
    r"|after|by|early|late|later|mid|middle of|beginning of|end of|start of|spring|summer|autumn"
    r"|fall|winter|or|not before|no later than|prior to|some time)(?: in| of)?(?: the)?"
    r"|\bmid-|\b(?:years?|months?|weeks?|days?) (?:before|after)|~) ?$",
    re.IGNORECASE,
)
_HEDGE_AFTER = re.compile(
    rf"\s?(?:\?|\(\?\)|(?:or|and|to)\s(?:the |in )?(?:{ANY_DATE}|{_DAY}\b)|BCE?\b|at the "
    rf"(?:earliest|latest)"
    r"|or (?:so|earlier|later|thereabouts)|/\d)"
)
_A_NOUN = re.compile(
    r"\s(?!(?:in|at|by|on|and|as|but|the|a|an|after|before|for|from|to|of|with|when|where|while"
    r"|which|that|it|he|she|they|its|his|her|their|who|near|under|until|because|is|was|were|are"
    r"|had|has|have|during|against|over|through|between|or|if|although|though|some|there|this"
    r"|not|did|one|two|three|only|most|many|several|all|no)\b)[a-z]"
)
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|of|since|until|till|from|by|during|to|before|after|around|about|year|and|between"
    r"|early|late|mid|circa|or|as of)|ca?\.|mid-|[(\u2013-]|\(born|\(died)\s?$",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"({_MONTH})(?: ({_DAY}))?(?:st|nd|rd|th)?,?(?: of)? ({_YEAR})")
_DAY_FIRST = re.compile(rf"({_DAY})(?:st|nd|rd|th)?(?: of)? ({_MONTH}),? ({_YEAR})")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date in a text; `hedged` tells that the words around it make it uncertain."""

    value: PartialDate
    start: int
    end: int
    hedged: bool


def read_date_words(words: str) -> PartialDate | None:
    """Return a date written in full, in any order that is not ambiguous; None for other words."""
    text = words.strip()
    day_first, month_first = _DAY_FIRST.fullmatch(text), _MONTH_FIRST.fullmatch(text)
    if day_first is not None:
        day, month, year = day_first.groups()
    elif month_first is not None:
        month, day, year = month_first.groups()
    else:
        return parse_date(text)
    number = MONTHS.index(month.lower()) + 1
    iso = f"{year}-{number:02}" if day is None else f"{year}-{number:02}-{int(day):02}"
    return parse_date(iso)


def find_dates(text: str) -> Iterator[FoundDate]:
    """Yield the dates of a sentence that have their year."""
    for match in _FOUND.finditer(text):
        value = read_date_words(match.group(0))
        before, after = text[: match.start()], text[match.end() :]
        bare = len(match.group(0)) == 4  # noqa: PLR2004 - digits of a year
        if value is None or (bare and not _is_year(before, after)):
            continue
        yield FoundDate(
            value=value,
            start=match.start(),
            end=match.end(),
            hedged=is_hedged_date(before, after),
        )


def is_hedged_date(before: str, after: str) -> bool:
    """Return whether the words around a date make it less than it says."""
    return _HEDGE_BEFORE.search(before) is not None or _HEDGE_AFTER.match(after) is not None


def has_yearless_date(text: str) -> bool:
    """Return whether a day is named without its year."""
    return _YEARLESS.search(text) is not None


def _is_year(before: str, after: str) -> bool:
    """Four digits are a year after "in" and the like, unless they count the next word."""
    return _BEFORE_YEAR.search(before) is not None and _A_NOUN.match(after) is None
