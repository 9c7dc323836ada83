"""What all readers make of a document: headings, paragraphs and lists, and what was left out."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.extraction.limits import MOST_BLOCKS, MOST_CHARACTERS, refuse
from quizapp.facts.checking.problems import PackProblem

_ATTRIBUTE = re.compile(r"(?= (?:of|at|that) )")
THE_FILE = "the file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading (`level` 1 for the title, 2 and more below), a paragraph, or a list of `items`."""

    text: str = ""
    level: int = 0
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The blocks of a document in its order, and the damage that reading it did or found."""

    blocks: tuple[Block, ...]
    damage: tuple[PackProblem, ...] = ()


class Losses:
    """Counts what a reader leaves out, so that each sort is told once."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def add(self, rule: str, noun: str, remedy: str) -> None:
        """Count one thing that was left out: "picture" is told as "3 pictures are left out"."""
        self._counts[rule, noun, remedy] += 1

    def list_damage(self) -> tuple[PackProblem, ...]:
        """Return a problem for each sort of thing."""
        return tuple(
            report_damage(rule, f"{write_count(count, noun)} left out", remedy)
            for (rule, noun, remedy), count in self._counts.items()
        )


def write_count(count: int, noun: str) -> str:
    """Return the count with its noun and verb: "1 mark of a note is", "3 marks of a note are"."""
    if count == 1:
        return f"1 {noun} is"
    head, *rest = _ATTRIBUTE.split(noun, maxsplit=1)
    return f"{count} {head}s{''.join(rest)} are"


def report_damage(rule: str, text: str, remedy: str, *, where: str = THE_FILE) -> PackProblem:
    """Return a piece of damage as facts/checking reports it, without facts."""
    return PackProblem(
        rule=rule, severity="warning", where=where, facts=(), text=text, remedy=remedy
    )


def pair_cells(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the rows of a table as items of a list; two cells read as "label: value"."""
    items = []
    for row in rows:
        cells = [cell for cell in row if cell]
        if len(row) == 2 and len(cells) == 2:  # noqa: PLR2004 - a label and its value
            items.append(f"{cells[0].rstrip(':')}: {cells[1]}")
        elif cells:
            items.append("; ".join(cells))
    return tuple(items)


def check_size(blocks: Sequence[Block]) -> None:
    """Refuse more text than is read.

    Raises:
        InvalidError: too many blocks or characters.
    """
    count = sum(1 + len(block.items) for block in blocks)
    if count > MOST_BLOCKS:
        refuse(f"it has more than {MOST_BLOCKS:,} paragraphs and items of lists; split the article")
    size = sum(len(block.text) + sum(map(len, block.items)) for block in blocks)
    if size > MOST_CHARACTERS:
        refuse(f"it has more than {MOST_CHARACTERS:,} characters of text; split the article")
    if not size:
        refuse("there is no text in it; give a file that holds the article's words")
