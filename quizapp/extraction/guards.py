"""What stands around a statement and changes it: hedges, negations, conditions, claimants, quotes.

Each guard either finds a field of the fact in which the word survives, asks for a person, or drops
the proposal. Nothing that would become more certain than its sentence gets through.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.extraction.attribution import Attribution, find_attribution
from quizapp.facts.model import Status
from quizapp.facts.values import PartialDate

_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|denie[sd]|deny|refuse[sd]?"
    r"|failed to|fails to|refute[sd]?|untrue|false|falsely|wrongly|hardly|rarely|scarcely|barely"
    r"|instead of|rather than|except|wrong|mistaken(?:ly)?|incorrect(?:ly)?|in error)\b"
    r"|n['\u2019]t\b",
    re.IGNORECASE,
)
_DISPUTE = re.compile(
    r"\b(?:disputed?|disputes|doubt(?:s|ed|ful)?|contested|unclear|unknown|uncertain|unproven"
    r"|myths?"
    r"|legend(?:s|ary)?|ha[sd] it(?: that)?|tradition|folklore|fictional)\b",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\b(?:each|every|per|annually|yearly|daily|monthly|a (?:year|month|week|day)|on average"
    r"|average)\b"
)
_CONDITION = re.compile(
    r"\b(?:if|unless|would|could|should|in case|provided that|whether|suppose|imagine)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|shall|plan(?:s|ned)? (?:to|for|by)|planned|planning to|intend(?:s|ed)? to"
    r"|hope[sd]? to"
    r"|want(?:s|ed)? to|expected to|scheduled|proposed|due to (?:be|open|begin|start)|is to be"
    r"|are to be|was to be|were to be|tried to|attempt(?:s|ed)? to|threatened to|next year)\b"
)
_HEDGES: tuple[tuple[Status, re.Pattern[str]], ...] = (
    (
        "reported",
        re.compile(r"\b(?:reportedly|allegedly|supposedly|purportedly|rumou?red)\b", re.IGNORECASE),
    ),
    (
        "considered",
        re.compile(
            r"\b(?:(?<![A-Z])may|might|perhaps|possibly|probably|likely|apparently|seemingly"
            r"|seems?|seemed"
            r"|appears? to|appeared to|presumably|maybe|suspected|so-called|generally|usually|often"
            r"|sometimes|mostly|mainly|traditionally|arguably|in part|partly)\b"
        ),
    ),
    ("initial", re.compile(r"\b(?:initially|at first|first reported|originally)\b", re.IGNORECASE)),
    ("unofficial", re.compile(r"\bunofficial(?:ly)?\b", re.IGNORECASE)),
)
_OPEN = re.compile(
    r"\b(?:including|includes?|included|such as|among (?:them|others|whom|these)|for example"
    r"|for instance|e\.g\.|etc"
    r"|notably|especially|as well as|and others)\b",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?:no longer|used to|formerly|previously|until|at (?:the|that) time|then)\b"
)
_AROUND = (
    (_NEGATION, "something else in the sentence is denied"),
    (_CONDITION, "something in the sentence hangs on a condition"),
    (_FUTURE, "something in the sentence is planned or to come"),
    (_FORMER, "it may hold for a part of the time only"),
)
_WITHIN = (
    (_NEGATION, "something in the sentence is denied"),
    *_AROUND[1:],
    (_DISPUTE, "something in the sentence is disputed"),
    (_RATE, "it may be a rate or an average"),
    (_OPEN, "it may stand in an open list"),
)
_BOUNDARY = re.compile(
    r"[;:]|,? \bbut\b|, (?:although|though|while|whereas|which|who|whose|where|as|and|because|since"
    r"|so|until|when)\b| \((?=\w)"
)
_QUOTED = re.compile(
    r"\u201c[^\u201d]*(?:\u201d|$)|(?<!\w)\"[^\"]*(?:\"|$)|\u00ab[^\u00bb]*\u00bb"
    r"|(?<!\w)\u2018[^\u2019]{3,}\u2019(?!\w)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the guards say: `dropped` is why there is no proposal, None if there may be one."""

    dropped: str | None = None
    said: tuple[str, ...] = ()
    status: Status = "stated"
    as_of: PartialDate | None = None
    review: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def judge(
    text: str, start: int, end: int, *, aside: bool = False, unread: str = "\u2026"
) -> Verdict:
    """Return what the sentence around the words from `start` to `end` does to what they state.

    The words themselves are not looked at: their rule has understood them. `unread` are those
    among them that nobody has understood, which count as words around them. An `aside` is set
    between commas or in brackets, so that what the sentence itself tells is not said of it.
    """
    if any(one.start() < end and start < one.end() for one in _QUOTED.finditer(text)):
        return Verdict(dropped="it is quoted speech")
    text = _QUOTED.sub(lambda one: "\u2026" * len(one.group(0)), text)
    low, high = _find_clause(text, start, end)
    clause = f"{text[low:start]} {unread} {text[end:high]}"
    rest = f"{text[:start]} {unread} {text[end:]}"
    dropped = _find_reason_to_drop(text, clause, clause if aside else rest)
    if dropped is not None:
        return Verdict(dropped=dropped)
    attribution = find_attribution(text, start, end, aside=aside)
    status, reasons = _read_hedge(clause, attribution)
    reasons += _list_reasons(text, start, rest)
    return Verdict(
        said=attribution.said,
        status=status,
        as_of=attribution.as_of,
        review=(*attribution.review, *reasons),
        missing=("said",) if attribution.found and not attribution.said else (),
    )


def look_around(sentence: str) -> Verdict:
    """Return who says a whole sentence, how sure it is, and what in it a person must look at."""
    attribution = find_attribution(sentence, len(sentence), len(sentence))
    status, reasons = _read_hedge(sentence, attribution)
    doubts = _find_words(_WITHIN, sentence)
    return Verdict(
        said=attribution.said, status=status, review=(*attribution.review, *reasons, *doubts)
    )


def _find_reason_to_drop(text: str, clause: str, rest: str) -> str | None:
    if text.rstrip("\"'\u201d\u2019) ").endswith("?"):
        return "it is a question"
    for pattern, reason in (
        (_NEGATION, "it is denied"),
        (_CONDITION, "it hangs on a condition"),
        (_FUTURE, "it is planned or to come"),
        (_RATE, "it is a rate or an average"),
        (_DISPUTE, "it is disputed"),
    ):
        # "..., but the story is a legend" speaks of all that goes before it.
        match = pattern.search(rest if pattern is _DISPUTE else clause)
        if match is not None:
            return f"{reason} (\u201c{match.group(0)}\u201d)"
    return None


def _read_hedge(clause: str, attribution: Attribution) -> tuple[Status, tuple[str, ...]]:
    for status, pattern in _HEDGES:
        match = pattern.search(clause)
        if match is not None:
            words = f"\u201c{match.group(0)}\u201d makes it less than certain; see its status"
            return (attribution.status if attribution.found else status), (words,)
    return attribution.status, ()


def _list_reasons(text: str, start: int, rest: str) -> tuple[str, ...]:
    found = _find_words(_AROUND, rest)
    return (*found, *_find_words([(_OPEN, "it stands in an open list")], text[:start]))


def _find_words(patterns: Iterable[tuple[re.Pattern[str], str]], text: str) -> tuple[str, ...]:
    """Return the reasons whose words stand there, each with the words."""
    found = ((pattern.search(text), reason) for pattern, reason in patterns)
    return tuple(f"{reason} (\u201c{one.group(0)}\u201d)" for one, reason in found if one)


def _find_clause(text: str, start: int, end: int) -> tuple[int, int]:
    low = max((one.end() for one in _BOUNDARY.finditer(text, 0, start)), default=0)
    high = min((one.start() for one in _BOUNDARY.finditer(text, end)), default=len(text))
    return low, high
