"""Marks of tests to be analysed."""

from collections.abc import Sequence

import numpy as np

from quizapp.psychometrics.analysing import analyse
from quizapp.psychometrics.findings import ItemFindings, Report
from quizapp.psychometrics.marks import FloatArray, Item, Marks, Option, make_marks

Rows = Sequence[Sequence[float | None]]
# R. D. Bock and M. Lieberman, "Fitting a response model for n dichotomously scored items",
# Psychometrika 35 (1970): how many of 1,000 people have each pattern, 00000 to 11111.
LSAT6 = (
    *(3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15),
    *(10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298),
)


def make_items(*maxima: float) -> list[Item]:
    return [Item(name=f"i{number}", maximum=each) for number, each in enumerate(maxima, 1)]


def make_lsat6() -> FloatArray:
    patterns = [[int(digit) for digit in f"{pattern:05b}"] for pattern in range(32)]
    return np.repeat(np.array(patterns, dtype=np.float64), LSAT6, axis=0)


def report(rows: Rows, *maxima: float) -> Report:
    """Analyse marks; the maximum of each item is 1 if none are given."""
    width = len(rows[0]) if rows else len(maxima)
    return analyse(make_marks(make_items(*(maxima or [1.0] * width)), rows))


def get_item(found: Report, name: str) -> ItemFindings:
    return next(item for item in found.items if item.item == name)


def make_choices(letters: str, rest: Sequence[float], key: str = "A") -> Marks:
    """One item with the options A, B and C, chosen in turn by `letters`, "-" for no response.

    The marks on a second item, `rest`, are all that its attempts have beside it.
    """
    options = tuple(Option(text=text, correct=text == key) for text in "ABC")
    items = [Item(name="asked", maximum=1.0, options=options), Item(name="rest", maximum=100.0)]
    marks = [
        [None if letter == "-" else float(letter == key), mark]
        for letter, mark in zip(letters, rest, strict=True)
    ]
    chosen = [[letter == option.text for option in options] for letter in letters]
    return make_marks(items, marks, choices={0: chosen})
