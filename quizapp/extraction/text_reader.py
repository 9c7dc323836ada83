"""Plain text -> blocks: blank lines part paragraphs; a short line alone is a heading."""

import re
from collections.abc import Iterator

from quizapp.extraction.blocks import Block, Reading
from quizapp.extraction.decoding import decode

_MARKED = re.compile(r"(={1,6}|#{1,6})\s*(\S.*?)\s*(?:=*|#*)")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,}|~{3,})")
_ITEM = re.compile(r"\s*(?:[-*+\u2022\u2013]|\d{1,3}[.)])\s+(\S.*)")
_SENTENCE_END = tuple(".!?:;,")
_LONGEST_HEADING = 80
_FEWEST_ITEMS = 2


def read_text(content: bytes) -> Reading:
    """Return the blocks of a plain text.

    Raises:
        InvalidError: the bytes are no text, or too many.
    """
    return Reading(blocks=tuple(make_blocks(decode(content))))


def make_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text; a paragraph's lines are joined."""
    first = True
    for lines in _split_chunks(text.split("\n")):
        for block in _read_chunk(lines, first=first):
            yield block
            first = False


def _split_chunks(lines: list[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            chunk.append(line)
        elif chunk:
            yield chunk
            chunk = []


def _read_chunk(lines: list[str], *, first: bool) -> Iterator[Block]:
    marked = _MARKED.fullmatch(lines[0].strip())
    underlined = len(lines) > 1 and _UNDERLINE.fullmatch(lines[1].strip())
    if marked is not None:
        yield Block(text=marked.group(2), level=len(marked.group(1)))
        lines = lines[1:]
    elif underlined:
        yield Block(text=lines[0], level=1 if lines[1].strip().startswith("=") else 2)
        lines = lines[2:]
    elif len(lines) == 1 and _is_heading(lines[0]):
        yield Block(text=lines[0], level=1 if first else 2)
        return
    yield from _read_lines(lines)


def _is_heading(line: str) -> bool:
    bare = line.strip()
    return (
        len(bare) <= _LONGEST_HEADING
        and not bare.endswith(_SENTENCE_END)
        and _ITEM.fullmatch(bare) is None
        and not bare[:1].islower()
        and any(letter.isalpha() for letter in bare)
    )


def _read_lines(lines: list[str]) -> Iterator[Block]:
    """A chunk may be a paragraph, a list, or a paragraph and then its list."""
    starts = [number for number, line in enumerate(lines) if _ITEM.fullmatch(line)]
    if len(starts) < _FEWEST_ITEMS:
        if lines:
            yield Block(text=" ".join(lines))
        return
    if starts[0]:
        yield Block(text=" ".join(lines[: starts[0]]))
    items = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        match = _ITEM.fullmatch(lines[start])
        assert match is not None
        items.append(" ".join([match.group(1), *lines[start + 1 : end]]))
    yield Block(items=tuple(items))
