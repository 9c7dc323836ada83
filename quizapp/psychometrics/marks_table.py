"""Marks as they are gathered row by row from a table, and what they make together."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from quizapp.errors import Problem
from quizapp.psychometrics.marks import BoolArray, Item, Marks, Option, make_marks

MOST_CELLS: Final = 2_000_000  # attempts times items
MOST_NAMES: Final = 2_000  # items, and facts
MOST_OPTIONS: Final = 20  # of an item: what was typed may differ in every attempt
OTHER_OPTIONS: Final = "(all others)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One row: what one item brought in one attempt; the option is empty if none is named."""

    line: int
    mark: float | None
    option: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCells:
    """What the first row of an item says of it: its cells by their column, and what they mean."""

    line: int
    cells: Mapping[str, str]
    maximum: float
    guess: float | None
    facts: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class MarksTable:
    """What has been read: attempts and items in the order in which they were met."""

    attempts: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    cells: dict[str, ItemCells] = field(default_factory=dict)
    answers: dict[tuple[int, int], Answer] = field(default_factory=dict)

    def find_excess(self) -> str | None:
        """Return what there is too much of, None while the table is not too large."""
        if len(self.items) > MOST_NAMES:
            return f"more than {MOST_NAMES:,} items"
        if len(self.attempts) * len(self.items) > MOST_CELLS:
            return f"attempts times items that are over {MOST_CELLS:,}"
        return None


def check_items(table: MarksTable) -> Iterator[Problem]:
    """Yield what is wrong with items that are each right by themselves."""
    first: dict[str, ItemCells] = {}
    facts = {fact for item in table.cells.values() for fact in item.facts}
    if len(facts) > MOST_NAMES:
        yield Problem(text=f"there are more than {MOST_NAMES:,} facts; divide the file")
    for item in table.cells.values():
        slot = item.cells.get("slot")
        if slot and first.setdefault(slot, item).maximum != item.maximum:
            text = f"the items of slot {slot[:40]!r} have different maxima; give all the same"
            yield Problem(line=item.line, text=text)


def build_marks(table: MarksTable) -> Marks:
    """Return the marks of a table in which nothing is wrong."""
    shape = (len(table.attempts), len(table.items))
    marks, asked = np.full(shape, np.nan), np.zeros(shape, dtype=np.bool_)
    chosen: dict[int, list[tuple[int, Answer]]] = {}
    for (attempt, column), answer in table.answers.items():
        asked[attempt, column] = True
        if answer.mark is not None:
            marks[attempt, column] = answer.mark
        if answer.option:
            chosen.setdefault(column, []).append((attempt, answer))
    items, choices = [], {}
    for name, column in table.items.items():
        given = chosen.get(column, [])
        item = _make_item(name, table.cells[name], [answer for _, answer in given])
        items.append(item)
        if given:
            choices[column] = _place_choices(given, item.options, len(marks))
    return make_marks(items, marks, asked=asked, choices=choices)


def _make_item(name: str, item: ItemCells, answers: Sequence[Answer]) -> Item:
    return Item(
        name=name,
        maximum=item.maximum,
        guess=item.guess,
        slot=item.cells.get("slot") or None,
        facts=item.facts,
        template=item.cells.get("template") or None,
        options=_list_options(answers, item.maximum),
    )


def _list_options(answers: Sequence[Answer], maximum: float) -> tuple[Option, ...]:
    """The options by their texts; of very many the commonest, and the others as one."""
    texts = Counter(answer.option for answer in answers)
    full = Counter(answer.option for answer in answers if answer.mark == maximum > 0)
    common = sorted(sorted(texts), key=texts.__getitem__, reverse=True)[:MOST_OPTIONS]
    options = [Option(text=text, correct=2 * full[text] > texts[text]) for text in sorted(common)]
    if len(texts) > len(common):
        others = texts.total() - sum(texts[text] for text in common)
        right = full.total() - sum(full[text] for text in common)
        options.append(Option(text=OTHER_OPTIONS, correct=2 * right > others))
    return tuple(options)


def _place_choices(
    given: Sequence[tuple[int, Answer]], options: Sequence[Option], attempts: int
) -> BoolArray:
    columns = {option.text: column for column, option in enumerate(options)}
    placed = np.zeros((attempts, len(options)), dtype=np.bool_)
    for attempt, answer in given:
        placed[attempt, columns.get(answer.option, len(options) - 1)] = True
    return placed
