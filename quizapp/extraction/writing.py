"""Blocks -> the article's own Markdown, in which every offset is counted."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quizapp.extraction.blocks import Block, report_damage
from quizapp.facts.article import INTRODUCTION, Article, read_article
from quizapp.facts.checking.problems import PackProblem
from quizapp.facts.folding import fold

# What would begin something else than a paragraph, if a line of plain words began with it.
_MARKUP = re.compile(
    r"(?:#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|```|~~~|(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+)$"
    r"|<[A-Za-z/!?]|\[[^\]]*\]:)"
)
_NUMBERED = re.compile(r"(\d{1,9})([.)](?:\s|$))")
_CLOSING = re.compile(r"\s+#+$|^#+$")
_DEEPEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as it was read: `text` is its Markdown, into which its offsets point.

    A paragraph is one line of `text`, and an item of a list too, so that a quote of either is a
    slice of it.
    """

    text: str
    article: Article
    damage: tuple[PackProblem, ...]


def write_document(
    blocks: Sequence[Block], name: str, damage: Sequence[PackProblem] = ()
) -> Document:
    """Return the article of these cleaned blocks; `name` is its title if they have none."""
    found = list(damage)
    ordered = _put_title_first(list(blocks), name, found)
    chunks = list(_write_chunks(_name_apart(ordered, found)))
    text = "\n\n".join(chunks) + "\n"
    return Document(text=text, article=read_article(text), damage=tuple(found))


def _put_title_first(blocks: list[Block], name: str, found: list[PackProblem]) -> list[Block]:
    first = next((number for number, block in enumerate(blocks) if block.level == 1), None)
    if first is None:
        text = f"the article has no title; it is called {name!r} after its file"
        found.append(report_damage("no-title", text, "begin the article with its title"))
        return [Block(text=name, level=1), *blocks]
    if first:
        text = "there is text before the title; it stands in the introduction"
        found.append(report_damage("text-before-title", text, "look whether it belongs there"))
    return [blocks[first], *blocks[:first], *blocks[first + 1 :]]


def _name_apart(blocks: Sequence[Block], found: list[PackProblem]) -> Iterator[Block]:
    """Headings are unique in an article, so a second one of a name is numbered."""
    counts = Counter([fold(INTRODUCTION)])
    for number, block in enumerate(blocks):
        if not block.level:
            yield block
            continue
        title = _CLOSING.sub("", block.text) or "Untitled"
        text, base = title, fold(title)
        while number and counts[fold(text)]:
            counts[base] += 1
            text = f"{title} ({counts[base]})"
        if text != block.text:
            words = f"the heading {block.text!r} is written {text!r}, since it must be its own"
            found.append(report_damage("same-heading", words, "give it a name of its own"))
        if number:
            counts[fold(text)] += 1
        level = min(max(block.level, 2), _DEEPEST) if number else 1
        yield replace(block, text=text, level=level)


def _write_chunks(blocks: Iterator[Block]) -> Iterator[str]:
    bullet = "*"
    for block in blocks:
        if block.level:
            yield f"{'#' * block.level} {block.text}"
        elif block.items:
            # Two lists with one bullet would be one list.
            bullet = "*" if bullet == "-" else "-"
            yield "\n".join(f"{bullet} {_protect(item)}" for item in block.items)
        else:
            yield _protect(block.text)


def _protect(line: str) -> str:
    """Return plain words so that Markdown takes them for words."""
    if _MARKUP.match(line):
        return f"\\{line}"
    return _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line
