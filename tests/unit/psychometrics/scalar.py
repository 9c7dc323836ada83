"""The formulas once more, one number at a time and as they are published: slow, and easy to check.

Marks are lists of attempts; None is an item that was not in the attempt.
"""

from collections.abc import Sequence
from math import nan, sqrt

Column = Sequence[float]
Grid = Sequence[Sequence[float | None]]


def total(row: Sequence[float | None]) -> float:
    return sum(mark for mark in row if mark is not None)


def pair(grid: Grid, item: int) -> tuple[list[float], list[float], list[float]]:
    """Return the marks on an item, on all others, and the totals, of those who were asked."""
    asked = [(mark, total(row)) for row in grid if (mark := row[item]) is not None]
    own = [mark for mark, _ in asked]
    return own, [whole - mark for mark, whole in asked], [whole for _, whole in asked]


def mean(values: Column) -> float:
    return sum(values) / len(values) if values else nan


def covary(one: Column, other: Column) -> float:
    if len(one) < 2:
        return nan
    middle, centre = mean(one), mean(other)
    products = [(a - middle) * (b - centre) for a, b in zip(one, other, strict=True)]
    return sum(products) / (len(one) - 1)


def discriminate(grid: Grid, item: int) -> float:
    own, others, _ = pair(grid, item)
    return correlate(own, others)


def correlate(one: Column, other: Column) -> float:
    spread = sqrt(max(covary(one, one) * covary(other, other), 0)) if len(one) > 1 else 0
    return covary(one, other) / spread if spread > 1e-9 else nan


def find_efficiency(grid: Grid, item: int) -> float:
    own, others, _ = pair(grid, item)
    most = covary(sorted(own), sorted(others))
    return covary(own, others) / most if most > 1e-9 else nan


def weigh(grid: Grid) -> list[float]:
    """Return the effective weights of items that everybody was asked; NaN where left out."""
    covariances = []
    for item in range(len(grid[0])):
        own, _, totals = pair(grid, item)
        covariances.append(covary(own, totals))
    roots = [sqrt(each) if each > -1e-12 and each >= 0 else nan for each in covariances]
    whole = sum(root for root in roots if root == root)  # noqa: PLR0124
    return [root / whole if whole else nan for root in roots]


def find_alpha(grid: Grid, without: int | None = None) -> float:
    rows = [
        [mark for place, mark in enumerate(row) if place != without and mark is not None]
        for row in grid
    ]
    places = len(rows[0]) if rows else 0
    totals = [sum(row) for row in rows]
    whole = covary(totals, totals)
    if places < 2 or len(rows) < 2 or whole < 1e-9:
        return nan
    parts = sum(covary(column, column) for column in zip(*rows, strict=True))
    return places / (places - 1) * (1 - parts / whole)


def find_skewness(values: Column) -> float:
    n, (second, third, _) = len(values), _moments(values)
    if n < 3 or second < 1e-9:
        return nan
    return n**2 * third / ((n - 1) * (n - 2)) / sqrt(n * second / (n - 1)) ** 3


def find_kurtosis(values: Column) -> float:
    n, (second, _, fourth) = len(values), _moments(values)
    if n < 4 or second < 1e-9:
        return nan
    k4 = n**2 * ((n + 1) * fourth - 3 * (n - 1) * second**2) / ((n - 1) * (n - 2) * (n - 3))
    return k4 / (n * second / (n - 1)) ** 2


def _moments(values: Column) -> tuple[float, float, float]:
    middle = mean(values)
    second, third, fourth = (
        mean([(each - middle) ** power for each in values]) for power in (2, 3, 4)
    )
    return second, third, fourth
