"""Words that somebody marked in the article, as the beginning of a new fact."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from quizapp.errors import NotFoundError
from quizapp.extraction.dates import find_dates
from quizapp.extraction.guards import look_around
from quizapp.extraction.names import find_names
from quizapp.extraction.proposing import Extraction, extract
from quizapp.extraction.quantities import QUANTITY, read_quantity
from quizapp.extraction.sentences import Sentence, list_sentences
from quizapp.extraction.writing import Document
from quizapp.facts.article import Article, Section, read_article
from quizapp.facts.folding import fold, fold_space
from quizapp.facts.model import PredicateName
from quizapp.services.authoring.checking_facts import list_predicates
from quizapp.services.authoring.entries import Entry, find_shape, show_entry
from quizapp.services.authoring.naming import NameBook
from quizapp.services.authoring.proposing import propose_parts
from quizapp.storage.drafts import Draft

_NO_UNITS = frozenset(
    {"in", "of", "and", "at", "from", "on", "by", "to", "with", "as", "was", "were", "or", "for"}
)
_FIGURE = re.compile(rf"(?P<q>{QUANTITY})(?P<unit>(?: (?:square|cubic|nautical|metric))? [a-z]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A section of the article as its sentences, each with whether a fact quotes it already."""

    number: int
    title: str
    sentences: tuple[tuple[Sentence, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Words of a paragraph; `section` counts the sections of the article from 0."""

    section: int
    paragraph: int
    quote: str


def list_passages(draft: Draft) -> tuple[Passage, ...]:
    """Return the sections of the article that have text, sentence by sentence."""
    article = read_article(draft.article)
    quoted = {_quote_of(fact.body) for fact in draft.facts if fact.state != "dropped"}
    sentences = _list_sentences(draft.article)
    return tuple(
        Passage(
            number=number,
            title=section.title,
            sentences=tuple(
                (one, one.text in quoted) for one in sentences if one.section == section.title
            ),
        )
        for number, section in enumerate(article.sections)
        if section.paragraphs
    )


def guess_entry(draft: Draft, mark: Mark) -> Entry:
    """Return what can be told of a fact from its words: what the rules read there, or less.

    Raises:
        NotFoundError: the words do not stand in that paragraph of the article.
    """
    article = read_article(draft.article)
    section, quote = _find_place(article, mark)
    place = {"section": section.title, "paragraph": str(mark.paragraph), "quote": quote}
    known = {_say(fact.body) for fact in draft.facts}
    found = next(_read_by_rules(draft, section.title, mark.paragraph, quote, known), None)
    if found is not None:
        return replace(found, **place)
    around = look_around(find_sentence(draft, section.title, mark.paragraph, quote))
    return Entry(
        subject=_guess_subject(article, quote),
        said="; ".join(around.said),
        status=around.status,
        **place,
    )


def list_doubts(draft: Draft, entry: Entry) -> tuple[str, ...]:
    """Return what a person must look at who makes a fact of the entry's words."""
    paragraph = int(entry.paragraph) if entry.paragraph.isdecimal() else 0
    return look_around(find_sentence(draft, entry.section, paragraph, entry.quote)).review


def find_sentence(draft: Draft, section: str, paragraph: int, quote: str) -> str:
    """Return the sentence with these words, or the words themselves, which may be several."""
    here = (section, paragraph)
    return next(
        (
            one.text
            for one in _list_sentences(draft.article)
            if (one.section, one.paragraph) == here and quote in one.text
        ),
        quote,
    )


def fill_value(draft: Draft, entry: Entry) -> Entry:
    """Return the entry with a value guessed from its words, if it has none for its predicate."""
    predicate = list_predicates(draft).get(PredicateName(entry.predicate))
    shape = find_shape(predicate)
    if shape == "date" and not entry.date:
        dates = [one.value.iso for one in find_dates(entry.quote)]
        return replace(entry, date=dates[0] if dates else "")
    if shape == "quantity" and not entry.number:
        filled = _fill_quantity(entry)
        found = list(find_dates(entry.quote))
        # Two are the ends of a time, or dates of two things.
        sure = len(found) == 1 and not found[0].hedged
        return replace(filled, as_of=entry.as_of or (found[0].value.iso if sure else ""))
    if shape == "names" and not entry.names:
        names = [name for name, _, _ in find_names(entry.quote)]
        others = [name for name in names if fold(name) != fold(entry.subject)]
        return replace(entry, names=others[0] if others else "")
    return entry


def _fill_quantity(entry: Entry) -> Entry:
    dates = [(one.start, one.end) for one in find_dates(entry.quote)]
    for match in _FIGURE.finditer(entry.quote):
        word = (match.group("unit") or "").strip()
        unit = "" if word in _NO_UNITS else word
        # People confirm it, so that "a length of 12" may be taken here.
        before = re.sub(r"\bof\s*$", "", entry.quote[: match.start()])
        value = read_quantity(match.group("q"), unit, before)
        if value is None or any(start <= match.start() < end for start, end in dates):
            continue
        figures = f"{value.low:f}" if not value.is_range else f"{value.low:f} to {value.high:f}"
        return replace(entry, number=figures, comparison=value.comparison, unit=entry.unit or unit)
    return entry


def _find_place(article: Article, mark: Mark) -> tuple[Section, str]:
    quote = fold_space(mark.quote)
    if 0 <= mark.section < len(article.sections):
        section = article.sections[mark.section]
        paragraph = article.find_paragraph(section.title, mark.paragraph)
        if paragraph is not None and quote and quote in paragraph.text:
            return section, quote
    raise NotFoundError("These words do not stand in the article.")


def _read_by_rules(
    draft: Draft, section: str, paragraph: int, quote: str, known: set[tuple[str, ...]]
) -> Iterator[Entry]:
    """Facts that the rules read from a sentence with these words, and the draft has not."""
    found = _extract(draft.article)
    _, facts = propose_parts(found)
    book, predicates = NameBook(draft.entities), list_predicates(draft)
    for one, fact in zip(found.proposals, facts, strict=True):
        here = one.sentence.section == section and one.sentence.paragraph == paragraph
        if here and quote in one.sentence.text and _say(fact.body) not in known:
            yield show_entry(fact.body, book, predicates)


@lru_cache(maxsize=8)
def _list_sentences(text: str) -> tuple[Sentence, ...]:
    return tuple(list_sentences(read_article(text), text))


@lru_cache(maxsize=8)
def _extract(text: str) -> Extraction:
    return extract(Document(text=text, article=read_article(text), damage=()))


def _guess_subject(article: Article, quote: str) -> str:
    """The name at the head of the words, else what the article is about if they name its noun."""
    first = next(find_names(quote), None)
    if first is not None and first[1] <= len("The "):
        return first[0]
    head = fold(article.title).split()[-1:]
    return article.title if set(head) & set(re.findall(r"\w+", fold(quote))) else ""


def _say(body: dict[str, object]) -> tuple[str, ...]:
    return (str(body.get("p")), str(body.get("v")), _quote_of(body))


def _quote_of(body: dict[str, object]) -> str:
    at = body.get("at")
    return str(at.get("quote")) if isinstance(at, dict) else ""
