"""One row of a table as the parts of a question that belong to its kind, with what is wrong."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from quizapp.facts.folding import fold
from quizapp.facts.table_reader import Row
from quizapp.formats.table_columns import WHY, WRONG
from quizapp.kinds.cloze import BLANK
from quizapp.kinds.dates import parse_dates
from quizapp.kinds.numbers import parse_number
from quizapp.kinds.question import KindName, Option
from quizapp.kinds.writing import write_date

MOST_PARTS = 8
"""The most options of a question, the most items to order, the most pairs."""
LONGEST_PART = 300
"""The longest answer, option or item, in characters."""
_FEWEST = 2
_PARTING = re.compile(r"[|\n]")
_EQUALS = re.compile(r"\s*=>?\s*")
_TRUE, _FALSE = ("true", "t", "yes"), ("false", "f", "no")

Report = Callable[[str, str], None]
"""Keeps a problem: the name of its column, and what is wrong with a remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a question has by its kind; fields as in `Question`, `told` is the answer in words."""

    answer: str
    told: str
    guess: float
    options: tuple[Option, ...] = ()
    accept: tuple[str, ...] = ()
    unit: str | None = None
    tolerance: str | None = None
    pairs: tuple[tuple[str, str], ...] | None = None
    order: tuple[str, ...] | None = None


def read_parts(kind: KindName, row: Row, report: Report) -> Parts | None:
    """Return the parts of a row's question; None if it has none that can be read."""
    return _READERS[kind](_Cells(row, report))


def split_cell(text: str) -> tuple[str, ...]:
    """Return the parts of a cell: between upright strokes and line ends, else between semicolons.

    So an item may hold a semicolon where the items are parted otherwise.
    """
    parts = _PARTING.split(text) if _PARTING.search(text) else text.split(";")
    return tuple(part.strip() for part in parts if part.strip())


class _Cells:
    """The cells of a row, read by their column; what is wrong is reported."""

    def __init__(self, row: Row, report: Report) -> None:
        self.row = row
        self.report = report

    def text(self, column: str) -> str:
        """Return what a cell says, in one line; empty if it is blank."""
        cell = self.row.cells.get(column)
        text = "" if cell is None else " ".join(cell.text.split())
        if len(text) > LONGEST_PART:
            self.report(column, f"more than {LONGEST_PART} characters; shorten it")
        return text

    def answer(self) -> str:
        """Return the answer, which has to be there."""
        text = self.text("answer")
        if not text:
            self.report("answer", "empty; write the right answer")
        return text

    def parts(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell, all different and short enough."""
        cell = self.row.cells.get(column)
        found = () if cell is None else split_cell(cell.text)
        self.check_different([(column, part) for part in found])
        if len(found) > MOST_PARTS:
            self.report(column, f"{len(found)} parts; at most {MOST_PARTS} are allowed")
        if any(len(part) > LONGEST_PART for part in found):
            self.report(column, f"a part of more than {LONGEST_PART} characters; shorten it")
        return found

    def wrong(self) -> list[Option]:
        """Return the wrong options with the reasons why they are."""
        found = [(name, why, self.text(name)) for name, why in zip(WRONG, WHY, strict=True)]
        for name, why, text in found:
            if not text and self.text(why):
                self.report(why, f"a reason, but {name} is empty; write the option or remove it")
        return [
            Option(text=text, correct=False, feedback=self.text(why) or None)
            for _, why, text in found
            if text
        ]

    def check_different(self, cells: list[tuple[str, str]]) -> None:
        """Report texts, each with its column, that are the same as one before them."""
        seen: dict[str, str] = {}
        for column, text in cells:
            if fold(text) in seen:
                self.report(column, f"“{text[:60]}” stands there twice; change or remove one")
            seen.setdefault(fold(text), column)


def _read_choice(cells: _Cells) -> Parts | None:
    answer = cells.answer()
    options = _read_options(cells, (answer,) if answer else ())
    if not answer or options is None:
        return None
    return Parts(answer=answer, told=answer, options=options, guess=1 / len(options))


def _read_select_all(cells: _Cells) -> Parts | None:
    right = cells.parts("answer")
    if not right:
        cells.report("answer", "empty; write the right options, parted by “|”")
    options = _read_options(cells, right)
    if not right or options is None:
        return None
    answer = "; ".join(right)
    return Parts(answer=answer, told=answer, options=options, guess=0.5 ** len(options))


def _read_options(cells: _Cells, right: tuple[str, ...]) -> tuple[Option, ...] | None:
    wrong = cells.wrong()
    named = [("answer", text) for text in right]
    named += [(name, text) for name in WRONG if (text := cells.text(name))]
    cells.check_different(named)
    if not wrong:
        cells.report("wrong 1", "no wrong option; write one or more")
        return None
    if len(named) > MOST_PARTS:
        cells.report("wrong 1", f"{len(named)} options; at most {MOST_PARTS} are allowed")
    options = [Option(text=text, correct=True) for text in right] + wrong
    return _sort_options(options)


def _sort_options(options: list[Option]) -> tuple[Option, ...]:
    """Dates and numbers by their size, words by the alphabet: where one stands tells nothing."""
    dates = [parse_dates(option.text) for option in options]
    numbers = [parse_number(option.text) for option in options]
    sizes: list[Decimal | None] = [None] * len(options)
    if all(dates):
        sizes = [Decimal(found[0].first.toordinal()) for found in dates]
    elif None not in numbers:
        sizes = numbers
    keyed = zip(sizes, options, strict=True)
    ordered = sorted(keyed, key=lambda pair: (pair[0] or Decimal(0), fold(pair[1].text)))
    return tuple(option for _, option in ordered)


def _read_true_false(cells: _Cells) -> Parts | None:
    text = fold(cells.answer())
    if text and text not in (*_TRUE, *_FALSE):
        cells.report("answer", f"“{text[:60]}” is neither; write true or false")
    answer = "true" if text in _TRUE else "false"
    told = f"The statement is {answer}."
    return Parts(answer=answer, told=told, guess=0.5) if text in (*_TRUE, *_FALSE) else None


def _read_cloze(cells: _Cells) -> Parts | None:
    answer = cells.answer()
    stem = cells.row.cells.get("question")
    count = 0 if stem is None else mend_blanks(stem.text).count(BLANK)
    if stem is not None and count != 1:
        words = f"{count} blanks" if count else "no blank"
        cells.report("question", f"{words}; write {BLANK} once, where the answer belongs")
    if not answer:
        return None
    return Parts(
        answer=answer,
        told=answer,
        accept=cells.parts("accept"),
        unit=cells.text("unit") or None,
        guess=0.0,
    )


def mend_blanks(text: str) -> str:
    """Return the text with every run of three or more underscores as the blank of a cloze."""
    return re.sub(r"_{3,}", BLANK, text)


def _read_numeric(cells: _Cells) -> Parts | None:
    text, unit = cells.answer(), cells.text("unit")
    number = parse_number(text, unit)
    tolerance = cells.text("tolerance").removesuffix(unit).strip()
    allowed = parse_number(tolerance or "0")
    if text and number is None:
        remedy = "write a number from 0 up with a point for decimals, such as 1500 or 2.5"
        cells.report("answer", f"“{text[:60]}” is no number that can be read; {remedy}")
    if allowed is None:
        cells.report("tolerance", f"“{tolerance[:60]}” is no number from 0 up; write one such as 5")
    if number is None or allowed is None:
        return None
    answer = text if parse_number(text) is not None else f"{number:,f}"
    return Parts(
        answer=answer,
        told=f"{answer} {unit}".strip(),
        unit=unit or None,
        tolerance=f"{allowed:f}",
        guess=0.0,
    )


def _read_date(cells: _Cells) -> Parts | None:
    text = cells.answer()
    dates = parse_dates(text)
    if len(dates) > 1:
        one, other = (write_date(each) for each in dates[:2])
        cells.report("answer", f"may be {one} or {other}; write {dates[0].iso} or {dates[1].iso}")
    elif text and not dates:
        remedy = "write one such as 2 March 2017, March 2017, 2017-03-02 or 2017"
        cells.report("answer", f"“{text[:60]}” is no date; {remedy}")
    if len(dates) != 1:
        return None
    return Parts(answer=write_date(dates[0]), told=write_date(dates[0]), guess=0.0)


def _read_ordering(cells: _Cells) -> Parts | None:
    order = cells.parts("order")
    if len(order) < _FEWEST:
        cells.report("order", "fewer than two items; write them in the right order, parted by “|”")
        return None
    return Parts(answer="; ".join(order), told="; ".join(order), order=order, guess=0.0)


def _read_matching(cells: _Cells) -> Parts | None:
    found = [_EQUALS.split(part, maxsplit=1) for part in cells.parts("pairs")]
    bad = [part[0] for part in found if len(part) < _FEWEST or not all(part)]
    if bad:
        cells.report("pairs", f"“{bad[0][:60]}” is no pair; write item = match, parted by “|”")
        return None
    if len(found) < _FEWEST:
        cells.report("pairs", "fewer than two pairs; write item = match, parted by “|”")
        return None
    pairs = tuple((prompt, match) for prompt, match in found)
    wrong = tuple(cells.wrong())
    cells.check_different([("pairs", prompt) for prompt, _ in pairs])
    matches = [("pairs", match) for _, match in pairs]
    cells.check_different([*matches, *(("wrong 1", option.text) for option in wrong)])
    answer = "; ".join(f"{prompt}: {match}" for prompt, match in pairs)
    guess = 1 / (len(pairs) + len(wrong))
    return Parts(answer=answer, told=answer, pairs=pairs, options=wrong, guess=guess)


def _read_flashcard(cells: _Cells) -> Parts | None:
    answer = cells.answer()
    return Parts(answer=answer, told=answer, guess=0.0) if answer else None


_READERS: Mapping[KindName, Callable[[_Cells], Parts | None]] = {
    "choice": _read_choice,
    "select_all": _read_select_all,
    "true_false": _read_true_false,
    "cloze": _read_cloze,
    "numeric": _read_numeric,
    "date": _read_date,
    "ordering": _read_ordering,
    "matching": _read_matching,
    "flashcard": _read_flashcard,
}
