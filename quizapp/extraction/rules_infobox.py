"""Rules for lists like an infobox, "Founded: 3 May 1900": the label is the predicate."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quizapp.extraction.dates import find_dates, read_date_words
from quizapp.extraction.names import is_name, strip_article
from quizapp.extraction.proposals import Draft, Named, Proposal
from quizapp.extraction.quantities import QUANTITY, read_quantity
from quizapp.extraction.sentences import Sentence
from quizapp.extraction.subjects import Scene
from quizapp.facts.article import INTRODUCTION
from quizapp.facts.folding import fold
from quizapp.facts.model import Status
from quizapp.facts.values import PartialDate, Words

_DATE, _NAME, _NAMES, _WORDS, _SIZE = "date", "name", "names", "words", "size"
LABELS: Mapping[str, tuple[str, str]] = {
    "date": ("date", _DATE),
    "founded": ("founded_on", _DATE),
    "formed": ("founded_on", _DATE),
    "established": ("founded_on", _DATE),
    "born": ("born_on", _DATE),
    "date of birth": ("born_on", _DATE),
    "died": ("died_on", _DATE),
    "date of death": ("died_on", _DATE),
    "place of birth": ("born_in", _NAME),
    "birthplace": ("born_in", _NAME),
    "place of death": ("died_in", _NAME),
    "dissolved": ("dissolved_on", _DATE),
    "published": ("published_on", _DATE),
    "discovered": ("discovered_on", _DATE),
    "built": ("built_on", _DATE),
    "opened": ("opened_on", _DATE),
    "closed": ("closed_on", _DATE),
    "discovered by": ("discovered_by", _NAME),
    "location": ("place", _NAME),
    "place": ("place", _NAME),
    "result": ("result", _WORDS),
    "leader": ("leader", _NAME),
    "founder": ("founder", _NAMES),
    "founders": ("founder", _NAMES),
    "founded by": ("founder", _NAMES),
    "headquarters": ("headquarters", _NAME),
    "ideology": ("ideology", _NAME),
    "part of": ("part_of", _NAME),
    "partof": ("part_of", _NAME),
    "size": ("size", _SIZE),
    "members": ("size", _SIZE),
    "allies": ("ally", _NAMES),
    "opponents": ("opponent", _NAMES),
    "predecessor": ("predecessor", _NAMES),
    "allegiance": ("allegiance", _NAMES),
    "acronym": ("acronym", _WORDS),
    "abbreviation": ("acronym", _WORDS),
}
"""Label -> predicate and how its value is read."""
_LINE = re.compile(r"(?P<label>[^\W\d_][\w ]{1,30}?)\s*:\s+(?P<v>\S.*)")
_SIZED = re.compile(
    rf"(?P<q>{QUANTITY})(?: (?P<unit>[a-z]+))?(?: \((?:as of )?(?P<year>\d{{4}})(?P<estimate> "
    rf"estimate)?\))?"
)

_LOST = re.compile(r"(?:^|,)\s*(?=,|$)|^\W|\d+px|[a-z][A-Z]{2,}|\||\*")
_FEWEST = 2


def propose_infobox(sentences: Sequence[Sentence], scene: Scene) -> Iterator[Proposal]:
    """Yield a proposal for each line of the article's lists that has a label known here.

    A list is read only if two of its items or more have a label, and most of them.
    """
    lists: dict[tuple[str, int], list[Sentence]] = {}
    for sentence in sentences:
        if sentence.item:
            lists.setdefault((sentence.section, sentence.paragraph), []).append(sentence)
    for (section, _), items in lists.items():
        lines = [(item, match) for item in items if (match := _LINE.fullmatch(item.text))]
        if len(lines) < _FEWEST or len(lines) * 2 < len(items):
            continue
        review = () if section == INTRODUCTION else ("whom the list is about is not certain",)
        for item, match in lines:
            yield from _propose_line(item, match, scene, review)


def _propose_line(
    item: Sentence, match: re.Match[str], scene: Scene, review: tuple[str, ...]
) -> Iterator[Proposal]:
    known = LABELS.get(fold(match.group("label")))
    if known is None:
        return
    predicate, sort = known
    for read in _read_values(match.group("v").strip(), sort):
        yield Proposal(
            rule="infobox",
            sentence=item,
            start=match.start(),
            end=match.end(),
            subject=scene.title,
            predicate=predicate,
            value=read.value,
            as_of=read.as_of,
            status=read.status,
            closed=False if read.lost else None,
            review=(*review, *read.review),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A value of a line; `lost` tells that names are missing from it."""

    value: Draft
    as_of: PartialDate | None = None
    status: Status = "stated"
    lost: bool = False
    review: tuple[str, ...] = ()


def _read_values(words: str, sort: str) -> Iterator[_Read]:
    if sort == _DATE:
        yield from _read_date(words)
    elif sort == _SIZE:
        yield from _read_sizes(words)
    elif sort == _WORDS:
        yield _Read(value=Words(text=words))
    elif sort == _NAMES:
        yield from _read_names(words)
    else:
        parts = [strip_article(part.strip()) for part in words.split(",")]
        more = ("the line says more than the name; look at it",) * (len(parts) > 1)
        if all(is_name(part) for part in parts):
            yield _Read(value=Named(name=parts[0]), review=more)


def _read_date(words: str) -> Iterator[_Read]:
    whole = read_date_words(words)
    if whole is not None:
        yield _Read(value=whole)
        return
    found = list(find_dates(f"on {words}"))
    if len(found) == 1 and not found[0].hedged and found[0].start == len("on "):
        review = ("the line says more than the date; look at it",)
        yield _Read(value=found[0].value, review=review)


def _read_sizes(words: str) -> Iterator[_Read]:
    for part in re.split(r"(?<=\)), ", words):
        match = _SIZED.fullmatch(part)
        value = match and read_quantity(match.group("q"), match.group("unit") or "members")
        if match is None or value is None:
            return
        year = read_date_words(match.group("year")) if match.group("year") else None
        yield _Read(
            value=value,
            as_of=year,
            status="estimate" if match.group("estimate") else "stated",
            review=() if year else ("no date is told; add `as_of`",),
        )


def _read_names(words: str) -> Iterator[_Read]:
    lost = _LOST.search(words) is not None
    parts = [part.strip() for part in re.split(r",|;| and ", words)]
    names = tuple(Named(name=part) for part in parts if is_name(part))
    review = ("names in the list are lost or glued together; mend them",) * lost
    if len(names) < sum(bool(part) for part in parts):
        review += ("parts of the list are no names, and are left out here; look at them",)
    if names:
        yield _Read(value=names, lost=lost, review=review)
