"""Quantities in prose, with their hedges: "at least 40", "between 300 and 400", "some 1.5 million".

A number whose hedge is not understood ("another 12", "dozens") is no quantity here.
"""

import re
from decimal import Decimal

from quizapp.facts.values import Comparison, Quantity
from quizapp.kinds.numbers import NUMBER_WORDS

_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_HEDGES: dict[str, Comparison] = {
    "at least": ">=",
    "no fewer than": ">=",
    "no less than": ">=",
    "not less than": ">=",
    "not fewer than": ">=",
    "a minimum of": ">=",
    "more than": ">",
    "over": ">",
    "above": ">",
    "upwards of": ">",
    "greater than": ">",
    "exceeding": ">",
    "at most": "<=",
    "up to": "<=",
    "as many as": "<=",
    "no more than": "<=",
    "not more than": "<=",
    "a maximum of": "<=",
    "fewer than": "<",
    "less than": "<",
    "under": "<",
    "below": "<",
    "about": "~",
    "around": "~",
    "some": "~",
    "approximately": "~",
    "roughly": "~",
    "nearly": "~",
    "almost": "~",
    "circa": "~",
    "c.": "~",
    "ca.": "~",
    "close to": "~",
    "an estimated": "~",
    "estimated at": "~",
}
_EXACT = ("exactly", "a total of", "only", "just", "the", "all", "all of", "")
_AFTER: dict[str, Comparison] = {"or more": ">=", "or so": "~", "or fewer": "<=", "or less": "<="}
_NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,6}})?|\d{{1,12}}(?:\.\d{{1,6}})?|{'|'.join(NUMBER_WORDS)})"
    rf"(?:[ -](?:{'|'.join(_SCALES)}))?(?![\w%]|[.,]\d)"
)
_BEFORE = "|".join(sorted((re.escape(word) for word in (*_HEDGES, *_EXACT) if word), reverse=True))
QUANTITY = (
    rf"(?i:(?:(?:{_BEFORE}) )?(?:between {_NUMBER} and {_NUMBER}|(?<![\w.,-]){_NUMBER}"
    rf"(?:\s?(?:\u2013|-|to)\s?{_NUMBER})?)(?: (?:{'|'.join(_AFTER)}))?)"
)
"""A quantity without its unit, to be put into a larger pattern; it holds no groups."""
_PARTS = re.compile(
    rf"(?:(?P<hedge>{_BEFORE}) )?(?:(?P<between>between )?(?P<low>{_NUMBER})"
    rf"(?:\s?(?:\u2013|-|to|and)\s?(?P<high>{_NUMBER}))?)(?: (?P<after>{'|'.join(_AFTER)}))?",
    re.IGNORECASE,
)
_UNKNOWN_HEDGE = re.compile(
    r"\b(?:another|further|additional|other|remaining|first|last|next|each|every|per|nor|or|and"
    r"|than|least|most|over|under|about|not|no|half|some|twice|times|plus|minus|by|in)\s*$"
    r"|[-\u2013$\u20ac\u00a3/.]\s?$",
    re.IGNORECASE,
)
_NEVER_BEFORE = re.compile(r"\b(?:or|nor|not|of|half|most|than|every)\s*$", re.IGNORECASE)


def read_quantity(words: str, unit: str, before: str = "") -> Quantity | None:
    """Return the quantity, None if its hedge is not understood; `before` is what stands ahead."""
    match = _PARTS.fullmatch(words.strip())
    if match is None or (not match.group("hedge") and _UNKNOWN_HEDGE.search(before)):
        return None
    if _NEVER_BEFORE.search(before):
        return None
    low, high = _read_number(match.group("low")), _read_number(match.group("high"))
    comparison = _HEDGES.get((match.group("hedge") or "").lower(), "=")
    after = _AFTER.get((match.group("after") or "").lower())
    if after is not None and comparison not in ("=", after):
        return None
    if high is not None and (comparison not in ("=", "~") or low is None or low >= high):
        return None
    if low is None:
        return None
    return Quantity(low=low, high=high or low, comparison=after or comparison, unit=unit)


def _read_number(words: str | None) -> Decimal | None:
    if words is None:
        return None
    head, _, scale = words.lower().replace(",", "").replace("-", " ").partition(" ")
    number = Decimal(NUMBER_WORDS[head]) if head in NUMBER_WORDS else Decimal(head)
    return number * _SCALES.get(scale, 1)
