"""An article in Markdown: its sections, and paragraphs that a locator can point into."""

import hashlib
import re
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quizapp.errors import InvalidError, Problem
from quizapp.facts.folding import fold, fold_space

INTRODUCTION = "Introduction"
# Emphasis and links are not read, so there is no need to look for them.
_BLOCKS = MarkdownIt("commonmark").disable("inline")
_LINE_END = re.compile(r"\r\n?|\n")
_NOT_TEXT = frozenset({"hr", "html_block"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where a fact stands: section title, paragraph from 1 within it, its exact words.

    `digest` is the checksum of the paragraph as the author of the fact saw it, None in a draft.
    """

    section: str
    paragraph: int
    quote: str
    digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph or a whole list: `number` from 1 within its section, `text` with folded space.

    `start` and `end` are offsets in characters in the article's file.
    """

    number: int
    text: str
    start: int
    end: int

    @property
    def digest(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of the text, which a locator repeats."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The text from one heading to the next; level 1 is the title's own text, the introduction."""

    title: str
    level: int
    line: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A quote found: its paragraph, and where it starts and ends in that paragraph's text."""

    paragraph: Paragraph
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A document as its sections; sections without text of their own are kept."""

    title: str
    sections: tuple[Section, ...]

    def find_section(self, title: str) -> Section | None:
        """Return the section with this heading, exactly as written."""
        return next((section for section in self.sections if section.title == title), None)

    def find_paragraph(self, section: str, number: int) -> Paragraph | None:
        """Return the paragraph of that number (from 1) in the section of that title."""
        found = self.find_section(section)
        if found is None or not 1 <= number <= len(found.paragraphs):
            return None
        return found.paragraphs[number - 1]

    def locate(self, locator: Locator) -> Span | None:
        """Return where the locator's quote stands, or None if it does not stand there."""
        paragraph = self.find_paragraph(locator.section, locator.paragraph)
        start = -1 if paragraph is None else paragraph.text.find(locator.quote)
        if paragraph is None or start < 0 or not locator.quote:
            return None
        return Span(paragraph=paragraph, start=start, end=start + len(locator.quote))

    def find_quote(self, quote: str) -> tuple[Section, Paragraph] | None:
        """Return the first place in the article where the quote stands."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                if quote in paragraph.text:
                    return section, paragraph
        return None


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of the document's top level: `level` 0 is text, else a heading's."""

    level: int
    title: str
    first: int
    last: int


def read_article(text: str) -> Article:
    """Read an article from its Markdown.

    Raises:
        InvalidError: no title or two, or two headings alike; the problems carry their lines.
    """
    blocks = _list_blocks(_BLOCKS.parse(text))
    problems = _check_headings(blocks)
    if problems:
        raise InvalidError("the article cannot be used", tuple(problems))
    starts = [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]
    sections = _list_sections(blocks, text, starts)
    return Article(title=blocks[0].title, sections=tuple(sections))


def _list_blocks(tokens: list[Token]) -> list[_Block]:
    blocks = []
    for token, following in pairwise([*tokens, Token("end", "", 0)]):
        if token.level or token.map is None or token.nesting < 0 or token.type in _NOT_TEXT:
            continue
        heading = token.type == "heading_open"
        level = int(token.tag[1]) if heading else 0
        title = fold_space(following.content) if heading else ""
        blocks.append(_Block(level, title, token.map[0], token.map[1]))
    return blocks


def _check_headings(blocks: list[_Block]) -> list[Problem]:
    if not blocks or blocks[0].level != 1:
        text = "the article has no title at its head; begin it with a line `# Title`"
        return [Problem(line=1, column=1, text=text)]
    headings = [block for block in blocks if block.level]
    titles = [block for block in headings if block.level == 1]
    problems = [
        _problem_at(block, f"a second title {block.title!r}; use `##` for a section")
        for block in titles[1:]
    ]
    seen = {fold(INTRODUCTION): titles[0]}
    for block in headings[1:]:
        earlier = seen.setdefault(fold(block.title), block)
        if not block.title:
            problems.append(_problem_at(block, "a heading without words; write its title"))
        elif earlier is not block:
            text = f"the heading {block.title!r} is the same as the one of line {earlier.first + 1}"
            problems.append(_problem_at(block, f"{text}; name one of them differently"))
    return problems


def _problem_at(block: _Block, text: str) -> Problem:
    return Problem(line=block.first + 1, column=1, text=text)


def _list_sections(blocks: list[_Block], text: str, starts: list[int]) -> list[Section]:
    heads = [position for position, block in enumerate(blocks) if block.level]
    sections = []
    for head, following in pairwise([*heads, len(blocks)]):
        block = blocks[head]
        paragraphs = [
            _read_paragraph(number, text, starts[part.first], starts[part.last])
            for number, part in enumerate(blocks[head + 1 : following], start=1)
        ]
        section = Section(
            title=INTRODUCTION if block.level == 1 else block.title,
            level=block.level,
            line=block.first + 1,
            paragraphs=tuple(paragraphs),
        )
        sections.append(section)
    return [section for section in sections if section.level > 1 or section.paragraphs]


def _read_paragraph(number: int, text: str, start: int, end: int) -> Paragraph:
    source = text[start:end].rstrip()
    return Paragraph(number=number, text=fold_space(source), start=start, end=start + len(source))
