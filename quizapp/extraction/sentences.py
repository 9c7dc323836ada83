"""The sentences of an article, with their places in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.facts.article import Article, Paragraph

LONGEST = 1_000
"""Longer sentences, in characters, are not looked at: they are lists or debris."""
_END = re.compile(r"[.!?][\"'\u201d\u2019)]*\s+(?=[\"'\u201c\u2018(]?[^\W_])")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Capt|Lt|Sgt|Rev|Hon|Jr|Sr|No|Nos|vs|etc|e\.g|i\.e|c|ca"
    r"|cf|ed|vol|pp|p|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[^\W\d_])\.$"
)
_LONGEST_SHORT = 10
"""More letters than any of these has: a paragraph of nothing but them is read once."""
_ITEM = re.compile(r"(?:^|\n)[-*] ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence or an item of a list: `start` counts from the beginning of the paragraph.

    `offset` is the same place in the article's text.
    """

    text: str
    section: str
    paragraph: int
    start: int
    offset: int
    item: bool = False


def list_sentences(article: Article, text: str) -> tuple[Sentence, ...]:
    """Return the sentences of the article whose Markdown is `text`, in order."""
    return tuple(
        Sentence(
            text=words,
            section=section.title,
            paragraph=paragraph.number,
            start=start,
            offset=paragraph.start + start,
            item=item,
        )
        for section in article.sections
        for paragraph in section.paragraphs
        for words, start, item in _split_paragraph(text[paragraph.start : paragraph.end], paragraph)
    )


def _split_paragraph(source: str, paragraph: Paragraph) -> Iterator[tuple[str, int, bool]]:
    marks = list(_ITEM.finditer(source)) if _ITEM.match(source) else []
    if not marks:
        for words, start in split_sentences(paragraph.text):
            yield words, start, False
    ends = [mark.start() for mark in marks[1:]] + [len(source)]
    for mark, end in zip(marks, ends, strict=True) if marks else ():
        yield source[mark.end() : end], mark.end(), True


def split_sentences(text: str) -> Iterator[tuple[str, int]]:
    """Yield each sentence of a paragraph and where it starts; an abbreviation ends none."""
    start = 0
    for match in _END.finditer(text):
        head = text[max(start, match.start() - _LONGEST_SHORT) : match.start() + 1]
        follows = text[match.end() : match.end() + 1]
        if (match.group(0)[0] == "." and _SHORT.search(head)) or follows.islower():
            continue
        yield text[start : match.end()].rstrip(), start
        start = match.end()
    if start < len(text):
        yield text[start:], start
