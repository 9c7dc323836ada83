"""The arguments of a statement, found in its quote and read by the readers of the rules.

Each function returns what it found with its place in the sentence, or raises with the reason why
the statement is no proposal.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.errors import InvalidError
from quizapp.extraction.clues import TITLES
from quizapp.extraction.dates import find_dates, read_date_words
from quizapp.extraction.names import find_names, strip_article
from quizapp.extraction.proposals import Draft, Named
from quizapp.extraction.quantities import QUANTITY, read_quantity
from quizapp.extraction.subjects import Scene, Subject
from quizapp.facts.folding import fold
from quizapp.facts.model import Predicate
from quizapp.facts.values import Words

_QUANTITY = re.compile(QUANTITY)
_AFTER = re.compile(
    r",? (?:or (?:so|more|fewer|less|thereabouts|\d+)|at (?:least|most|the most)|and more)\b|\+"
)
_PRONOUN = re.compile(
    r"(?:he|she|it|they|him|hers?|them|his|its|theirs?|this|that|these|those|who|whose|which|we|us"
    r"|ours?|i|me|you|one|(?:him|her|it|them)(?:self|selves)|there|what|some(?:one|body)|others)\b"
)
_COMMON = frozenset({"thing", "term", "entity", "role", "text"})
"""Types whose names may be common nouns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The sentence in which a quote stands, and the places of the quote in it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An argument at its place in the sentence, with what must be confirmed of it."""

    value: Draft
    start: int
    end: int
    review: tuple[str, ...] = ()


def find_value(
    values: tuple[str, ...], predicate: Predicate, quoted: Quoted, scene: Scene, *, several: bool
) -> Found:
    """Return the value of a statement by the range of its predicate.

    Raises:
        InvalidError: it is not in the quote, is changed, or is no value of that sort.
    """
    kinds = set(predicate.range)
    if not several and "date" in kinds:
        return find_date(values[0], quoted)
    if not several and "quantity" in kinds:
        return _find_quantity(values[0], quoted)
    if not several and "text" in kinds:
        start, end = _find_once(values[0], quoted)
        return Found(value=Words(text=quoted.text[start:end]), start=start, end=end)
    if kinds <= {"date", "quantity", "text"}:
        raise InvalidError(f"{predicate.name} takes one value, not a list")
    found = [find_name(value, predicate.range, quoted, scene) for value in values]
    return _join(found) if several else found[0]


def find_date(words: str, quoted: Quoted) -> Found:
    """Return a date that the quote gives exactly so, in whatever order.

    Raises:
        InvalidError: the quote has no such date, or is not sure of it.
    """
    value = read_date_words(words)
    if value is None:
        raise InvalidError(f"\u201c{words}\u201d is no date that is understood")
    dates = [one for one in find_dates(quoted.text) if _is_in(one.start, one.end, quoted)]
    same = [one for one in dates if one.value == value]
    if not same:
        told = ", ".join(one.value.iso for one in dates) or "none with its year"
        raise InvalidError(f"the date {value.iso} is not in the quote, which has {told}")
    if same[0].hedged:
        raise InvalidError("the words around the date leave it open, which the fact would not")
    return Found(value=value, start=same[0].start, end=same[0].end)


def find_name(words: str, allowed: tuple[str, ...], quoted: Quoted, scene: Scene) -> Found:
    """Return the name, in full, of somebody or something that the quote names.

    Raises:
        InvalidError: the quote does not name it; a pronoun is no name.
    """
    bare = strip_article(words.strip())
    if _PRONOUN.match(fold(bare)):
        raise InvalidError(f"\u201c{words}\u201d is a pronoun and names nobody")
    if not set(allowed) & _COMMON and not any(True for _ in find_names(bare)):
        raise InvalidError(f"\u201c{words}\u201d is no name")
    places = list(_list_places(bare, quoted))
    if places:
        start, end = next((one for one in places if _is_whole(*one, quoted.text)), (-1, -1))
        if start < 0:
            raise InvalidError(f"\u201c{words}\u201d stands there only as a part of another name")
        return _make(scene.name_of(bare), bare, start, end)
    return _find_alias(bare, quoted, scene)


def is_named(name: str, words: str) -> bool:
    """Return whether the words hold the name, be it with a small letter at its head."""
    return any(True for _ in _list_places(name, Quoted(text=words, start=0, end=len(words))))


def _find_alias(name: str, quoted: Quoted, scene: Scene) -> Found:
    """A short form that the article explains, or that can only be short for this name."""
    shorts = [short for short, full in scene.sure.items() if fold(full) == fold(name)]
    shorts += [one.short for one in scene.suggestions if fold(one.name) == fold(name)]
    for short in dict.fromkeys(shorts):
        subject = scene.name_of(short)
        for start, end in _list_places(short, quoted):
            if fold(subject.name or "") == fold(name) and _is_whole(start, end, quoted.text):
                return _make(subject, name, start, end)
    raise InvalidError(f"the quote does not name \u201c{name}\u201d; a pronoun is no name")


def _make(subject: Subject, name: str, start: int, end: int) -> Found:
    value = Named(name=subject.name or name)
    return Found(value=value, start=start, end=end, review=subject.review)


def _join(found: list[Found]) -> Found:
    names = tuple(one.value for one in found if isinstance(one.value, Named))
    if len({fold(one.name) for one in names}) < len(names):
        raise InvalidError("a name stands twice in its list")
    return Found(
        value=names,
        start=min(one.start for one in found),
        end=max(one.end for one in found),
        review=tuple(reason for one in found for reason in one.review),
    )


def _find_quantity(words: str, quoted: Quoted) -> Found:
    start, end = _find_once(words, quoted)
    text = quoted.text
    matches = [one for one in _QUANTITY.finditer(text) if one.start() < end and start < one.end()]
    if len(matches) != 1:
        raise InvalidError(f"\u201c{words}\u201d is not one number that is understood")
    match = matches[0]
    after = _AFTER.match(text, end)
    if after is not None:
        raise InvalidError(f"\u201c{after.group(0).strip(' ,')}\u201d follows and would be lost")
    ahead, unit = text[start : match.start()].strip(), text[match.end() : end].strip(" .,")
    value = None if ahead else read_quantity(match.group(0), unit, text[: match.start()])
    if value is None:
        raise InvalidError(f"the words around \u201c{match.group(0)}\u201d are not understood")
    given = text[max(start, match.start()) : min(end, match.end())]
    if read_quantity(given, unit) != value:
        raise InvalidError(f"the quote says \u201c{match.group(0)}\u201d, of which words are lost")
    review = () if unit else ("it does not say of what; add the unit",)
    return Found(value=value, start=start, end=end, review=review)


def _find_once(words: str, quoted: Quoted) -> tuple[int, int]:
    places = list(_list_places(words.strip().rstrip("."), quoted))
    if not places:
        raise InvalidError(f"\u201c{words}\u201d is not in the quote")
    if len(places) > 1:
        raise InvalidError(f"\u201c{words}\u201d stands more than once in the quote")
    return places[0]


def _list_places(words: str, quoted: Quoted) -> Iterator[tuple[int, int]]:
    """Where the words stand in the quote as whole words; the case of the first letter is free."""
    if not words:
        return
    head = re.escape(words[0])
    pattern = rf"(?<![\w])(?:{head}|{head.swapcase()}){re.escape(words[1:])}(?![\w]|[.,]\d)"
    for match in re.finditer(pattern, quoted.text):
        if _is_in(match.start(), match.end(), quoted):
            yield match.span()


def _is_in(start: int, end: int, quoted: Quoted) -> bool:
    return quoted.start <= start and end <= quoted.end


def _is_whole(start: int, end: int, text: str) -> bool:
    """Whether a name is not a part of a longer one, a title before it aside."""
    for name, low, high in find_names(text):
        if low < end and start < high and (start, end) != (low, high):
            inside = low <= start and end <= high
            bare = TITLES.sub("", name)
            if inside and fold(bare) != fold(text[start:end]):
                return False
    return True
