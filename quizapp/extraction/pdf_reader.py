"""PDF -> blocks: lines are joined to paragraphs, and what repeats on the pages is left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from quizapp.extraction.blocks import Losses, Reading, report_damage
from quizapp.extraction.pdf_lines import Line, read_lines
from quizapp.extraction.text_reader import make_blocks

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?", re.IGNORECASE)
_BROKEN_WORD = re.compile(r"(\w)-\n+(?=[a-z])")
_FEWEST_PAGES = 2
_LARGER, _FURTHER = 1.15, 1.4
_LONGEST_HEADING = 120
_WIDE = "the order of the text is a guess; compare it with the document, above all tables"


def read_pdf(content: bytes) -> Reading:
    """Return the blocks of a PDF.

    Raises:
        InvalidError: encrypted, broken, without text, or too large to read within the limits.
    """
    drawn = read_lines(content)
    losses = Losses()
    for _ in range(drawn.pictures):
        losses.add("picture", "picture", "say in words what it shows")
    lines = _drop_repeated(drawn.lines, losses)
    text, joined = _BROKEN_WORD.subn(r"\1", _lay_out(lines))
    damage = [report_damage("read-from-pdf", "the article was read from a PDF", _WIDE)]
    if joined:
        words = f"{joined} words that were parted at the end of a line are joined"
        damage.append(report_damage("joined-word", words, "look whether a hyphen was meant"))
    return Reading(blocks=tuple(make_blocks(text)), damage=(*damage, *losses.list_damage()))


def _drop_repeated(lines: Sequence[Line], losses: Losses) -> list[Line]:
    """Leave out numbers of pages, and lines that stand at the edge of two pages or more."""
    edges = {number for number, line in enumerate(lines) if _is_edge(lines, number, line)}
    shapes = Counter(_NUMBER.sub("#", lines[number][3]) for number in edges)
    kept = []
    for number, line in enumerate(lines):
        repeated = shapes[_NUMBER.sub("#", line[3])] >= _FEWEST_PAGES
        if number in edges and (repeated or _PAGE_NUMBER.fullmatch(line[3])):
            losses.add(
                "page-line", "line at the edge of a page", "nothing to do unless it was text"
            )
        else:
            kept.append(line)
    return kept


def _is_edge(lines: Sequence[Line], number: int, line: Line) -> bool:
    first = number == 0 or lines[number - 1][0] != line[0]
    last = number == len(lines) - 1 or lines[number + 1][0] != line[0]
    return first or last


def _lay_out(lines: Sequence[Line]) -> str:
    """Return the lines as a plain text: a blank line between paragraphs, headings marked."""
    if not lines:
        return ""
    usual = Counter(line[1] for line in lines for _ in range(len(line[3]))).most_common(1)[0][0]
    gaps = [abs(one[2] - two[2]) for one, two in pairwise(lines) if one[0] == two[0]]
    gap = median(gaps) if gaps else 0.0
    return "".join(_write_lines(lines, usual, gap))


def _write_lines(lines: Sequence[Line], usual: float, gap: float) -> Iterator[str]:
    previous: Line | None = None
    largest = max(line[1] for line in lines)
    for line in lines:
        heading = _is_heading(line, usual)
        if previous is not None:
            yield "\n\n" if _is_apart(previous, line, gap) else "\n"
        if heading and (previous is None or not _is_heading(previous, usual)):
            yield "= " if line[1] == largest else "== "
        yield line[3]
        previous = line


def _is_heading(line: Line, usual: float) -> bool:
    return line[1] > usual * _LARGER and len(line[3]) <= _LONGEST_HEADING


def _is_apart(one: Line, two: Line, gap: float) -> bool:
    """A paragraph that runs on to the next page does not end its sentence on the first."""
    if one[1] != two[1]:
        return True
    if one[0] != two[0]:
        return one[3].endswith((".", "!", "?", ":"))
    return abs(one[2] - two[2]) > gap * _FURTHER
