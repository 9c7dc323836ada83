"""Names that are probably of one thing, with the reason; a person decides whether they are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from quizapp.extraction.names import Name
from quizapp.facts.folding import fold, split_words

MOST_NAMES = 400
"""The most names that are compared with each other."""
_NEAR = 80.0
"""Of 100, by the share of letters that two words have in common, in order."""
_LITTLE = frozenset({"of", "the", "and", "for", "in", "de", "la", "du", "des", "al", "von", "van"})
_SHORTEST = 5
_FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """`short` is probably another way to write `name`; `reason` says why in words."""

    name: str
    short: str
    reason: str


def suggest_aliases(names: Sequence[Name]) -> tuple[Suggestion, ...]:
    """Return the pairs of names that may be one, the fuller or more frequent name first.

    A short form that fits two names is suggested for both.
    """
    found = []
    for one, other in combinations(names[:MOST_NAMES], 2):
        fuller, short = sorted((one, other), key=lambda name: (-len(name.text), -name.count))
        if one.type and other.type and one.type != other.type:
            continue
        reason = next(_list_reasons(fuller.text, short.text), None)
        if reason is not None:
            found.append(Suggestion(name=fuller.text, short=short.text, reason=reason))
    return tuple(found)


def is_acronym(letters: str, name: str) -> bool:
    """Return whether the letters are the first ones of the name's words, little words aside."""
    words = name.replace("-", " ").split()
    great = "".join(word[0] for word in words if fold(word) not in _LITTLE)
    every = "".join(word[0] for word in words)
    return len(letters) >= _FEWEST_LETTERS and fold(letters) in {fold(great), fold(every)}


def _list_reasons(name: str, short: str) -> Iterator[str]:
    for rule in _RULES:
        reason = rule(name, short)
        if reason is not None:
            yield reason


def _find_same_spelling(name: str, short: str) -> str | None:
    return "they differ in case or accents alone" if fold(name) == fold(short) else None


def _find_acronym(name: str, short: str) -> str | None:
    if short.isupper() and is_acronym(short, name):
        return "it is made of the first letters"
    return None


def _find_last_word(name: str, short: str) -> str | None:
    words, part = split_words(name), split_words(short)
    if len(part) < len(words) and " of " not in name and words[-len(part) :] == part:
        return f"it is how \u201c{name}\u201d ends"
    return None


def _find_first_words(name: str, short: str) -> str | None:
    words, part = split_words(name), split_words(short)
    if name.startswith(f"{short} of ") and len(part) > 1 and len(part) < len(words):
        return f"it is how \u201c{name}\u201d begins"
    return None


def _find_near_spelling(name: str, short: str) -> str | None:
    words, others = split_words(name), split_words(short)
    if len(words) != len(others) or fold(name) == fold(short):
        return None
    pairs = [(one, other) for one, other in zip(words, others, strict=True) if one != other]
    near = all(
        min(len(one), len(other)) >= _SHORTEST
        and one[0] == other[0]
        and fuzz.ratio(one, other) >= _NEAR
        for one, other in pairs
    )
    return "they are spelled nearly alike" if near and pairs else None


_RULES: tuple[Callable[[str, str], str | None], ...] = (
    _find_same_spelling,
    _find_acronym,
    _find_last_word,
    _find_first_words,
    _find_near_spelling,
)
