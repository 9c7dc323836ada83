"""Damage of an article: what copying it has lost or glued together, and dates without a year."""

import re
from collections.abc import Iterator, Mapping

from quizapp.facts.article import Article, Paragraph, Section
from quizapp.facts.checking.problems import PackProblem, find_note, write_place
from quizapp.facts.model import Fact, Pack

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_YEAR = r"\d{3,4}"
_NEXT_DATE = rf"(?:[ ,]*(?:(?:and|or|to|until|\u2013|-)\s*)?(?:\d{{1,2}}\s*)?(?:{_MONTHS})?)"
_LATER_YEAR = rf"{_NEXT_DATE}{{0,3}}[ ,]*{_YEAR}"
_YEARLESS = re.compile(
    r"(?:\b(?i:in|on|by|since|until|from|of|early|late|mid|an?|last|next|each|every) |\b\d{1,2} )"
    rf"(?:{_MONTHS})\b(?!(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?,?\s+{_YEAR})(?!{_LATER_YEAR})",
)
_PATTERNS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "lost-names": (
        re.compile(r"(?:^|[\s:(])[,;|](?:\s*[,;|])*(?=\s)|,\s*,|\(\s*[,;]?\s*\)|;\s*\)"),
        "names are lost here; restore them, or say that the list is incomplete",
    ),
    "glued-debris": (
        re.compile(
            r"\b\d{1,4}px\b|[a-z]{2}[A-Z]{2,}\b|[a-z]{2}[.!?][A-Z][a-z]|\[\[|\]\]|\{\{|\}\}|<[a-z/!]"
            r"|\[(?:\d{1,3}|edit|citation needed)\]|&[a-z]+;|\ufffd"
        ),
        "debris of a copy; part the words or remove it",
    ),
    "stray-mark": (
        re.compile(r"(?<=\S) ?\*(?=\S)|(?<=,) \*|\s\*\s"),
        "a stray mark of a list; write the list out or remove it",
    ),
    "date-without-year": (_YEARLESS, "a date without a year; add it, or say that it is unknown"),
}


def check_article(pack: Pack) -> Iterator[PackProblem]:
    """Yield the damage of every paragraph; a note of a fact read from it explains it."""
    facts: dict[tuple[str, int], list[Fact]] = {}
    for fact in pack.facts:
        facts.setdefault((fact.at.section, fact.at.paragraph), []).append(fact)
    for section, paragraph in _list_paragraphs(pack.article):
        about = facts.get((section.title, paragraph.number), [])
        for rule, words, remedy in find_damage(paragraph.text):
            note = find_note(*about)
            yield PackProblem(
                rule=rule,
                severity="note" if note else "warning",
                where=write_place(section.title, paragraph.number),
                facts=tuple(fact.id for fact in about),
                text=f"\u201c{words}\u201d" + (f" (explained: {note})" if note else ""),
                remedy="nothing to do" if note else remedy,
            )


def find_damage(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield rule, the damaged words with what stands around them, and the remedy."""
    bare = _strip_list_marks(text)
    for rule, (pattern, remedy) in _PATTERNS.items():
        match = pattern.search(bare)
        if match is not None:
            start, end = max(0, match.start() - 20), match.end() + 20
            yield rule, bare[start:end].strip(), remedy


def _strip_list_marks(text: str) -> str:
    """A paragraph that is a list keeps its marks in the folded text; they are no damage there."""
    return re.sub(r"(?:^|(?<=\S) )\* (?=\S)", " ", text) if text.startswith("* ") else text


def _list_paragraphs(article: Article) -> Iterator[tuple[Section, Paragraph]]:
    for section in article.sections:
        for paragraph in section.paragraphs:
            yield section, paragraph
