"""Wrong figures and dates: documented ones first, then rounded steps, never inside the hedge."""

import random
from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice

from quizapp.facts.model import Fact
from quizapp.facts.values import PartialDate, Period, Quantity, overlap
from quizapp.generation.base import FactBase
from quizapp.generation.slots import list_own_values, list_slot_values

_NEAR = Decimal(4)
_LOOKED_AT = 60
_ABOUT = Decimal("0.25")
_FACTORS = tuple(map(Decimal, ("0.45", "0.6", "0.8", "1", "1.25", "1.5", "1.9")))
_TEN = Decimal(10)
_FEW = Decimal(2)
_EXACT_FROM = Decimal(20)
_SMALL = Decimal(20)
"""Figures up to it are near any smaller one."""
_STEPS_EACH_WAY = 3
_DAY_STEP, _MONTH_STEP, _YEAR_STEP = 9, 7, 1
_MONTHS_IN_YEAR = 12


def list_documented_figures(base: FactBase, fact: Fact) -> list[tuple[Quantity, Fact]]:
    """Return figures of the same sort documented elsewhere that are wrong here, nearest first."""
    key = _get_quantity(fact)
    right = _list_right_figures(base, fact)
    walked = islice(base.walk_figures(fact, key.low), _LOOKED_AT)
    return [
        (replace(key, low=figure.low, high=figure.high), other)
        for figure, other in walked
        if _fits_beside(figure, key) and not _is_right(figure, right)
    ]


def list_figure_steps(base: FactBase, fact: Fact, rng: random.Random) -> list[Quantity]:
    """Return made-up figures around the right one, in its own precision, none for an exact count.

    How many lie below it is left to chance, so that the right one is not always in the middle.
    """
    key = _get_quantity(fact)
    if key.low >= _EXACT_FROM and key.low % _TEN:
        return []
    right = _list_right_figures(base, fact)
    counts = range(1, _STEPS_EACH_WAY + 1)
    lower, upper = (
        [
            figure
            for figure in (_shift_figure(key, sign * count) for count in counts)
            if figure.low > 0 and is_figure_apart(figure, key) and not _is_right(figure, right)
        ]
        for sign in (-1, 1)
    )
    count = rng.randint(0, len(lower))
    return [*lower[:count], *upper, *lower[count:]]


def list_documented_dates(base: FactBase, fact: Fact) -> list[tuple[PartialDate, Fact]]:
    """Return dates of the same grain documented elsewhere that are wrong here, nearest first."""
    key = _get_date(fact)
    taken = _list_right_dates(base, fact)
    walked = islice(base.walk_dates(key), _LOOKED_AT)
    return [pair for pair in walked if not any(overlap(pair[0], date) for date in taken)]


def list_date_steps(base: FactBase, fact: Fact, rng: random.Random) -> list[PartialDate]:
    """Return made-up dates around the right one, of its grain, none after the last documented."""
    key = _get_date(fact)
    taken = _list_right_dates(base, fact)
    assert base.newest is not None
    newest = base.newest.last
    counts = range(1, _STEPS_EACH_WAY + 1)
    lower, upper = (
        [
            date
            for date in (shift_date(key, sign * count) for count in counts)
            if date.last <= newest and not any(overlap(date, one) for one in taken)
        ]
        for sign in (-1, 1)
    )
    count = rng.randint(0, len(lower))
    return [*lower[:count], *upper, *lower[count:]]


def shift_date(date: PartialDate, count: int) -> PartialDate:
    """Return the date moved by some steps: of 9 days, 7 months or 1 year by its grain."""
    if date.month is None:
        return PartialDate(year=date.year + count * _YEAR_STEP)
    if date.day is None:
        months = date.year * _MONTHS_IN_YEAR + date.month - 1 + count * _MONTH_STEP
        return PartialDate(year=months // _MONTHS_IN_YEAR, month=months % _MONTHS_IN_YEAR + 1)
    moved = date.first + timedelta(days=count * _DAY_STEP)
    return PartialDate(year=moved.year, month=moved.month, day=moved.day)


def is_figure_apart(one: Quantity, key: Quantity) -> bool:
    """Return whether the first figure is wrong where the second is right, hedge and all."""
    if one.is_range or key.is_range:
        return one.high < key.low or key.high < one.low
    margin = key.low * _ABOUT if key.comparison == "~" else Decimal(0)
    return abs(one.low - key.low) > margin


def _fits_beside(one: Quantity, key: Quantity) -> bool:
    """Whether the figure is no finer than the right one, which would stand out beside it."""
    if one.is_range != key.is_range or not is_figure_apart(one, key):
        return False
    return _is_near(one.low, key.low) and not one.low % _find_roundness(key.low)


def _is_near(one: Decimal, key: Decimal) -> bool:
    most = max(key * _NEAR, _SMALL)
    return one > 0 and key / _NEAR <= one <= most


def _find_roundness(number: Decimal) -> Decimal:
    """The unit that the number seems to be rounded to: 10 for 50 and for 100, 100 for 600."""
    unit = _TEN ** Decimal(number.normalize().as_tuple().exponent)
    coarse = unit >= _TEN * _TEN and number / unit <= _FEW
    return unit / _TEN if coarse else unit


def _shift_figure(key: Quantity, steps: int) -> Quantity:
    """The figure some steps away: by factors, so that no even row of options gives the right one.

    A range moves by twice its width, so that none touches the next.
    """
    if key.is_range:
        low = key.low + steps * 2 * (key.high - key.low)
        return replace(key, low=low, high=low + (key.high - key.low))
    unit = _find_roundness(key.low)
    goal = key.low * _FACTORS[_STEPS_EACH_WAY + steps]
    coarse = _TEN ** Decimal(key.low.normalize().as_tuple().exponent)
    moved = (goal / coarse).to_integral_value(ROUND_HALF_UP) * coarse
    if moved == key.low:
        moved += coarse if steps > 0 else -coarse
    if moved == 0:
        moved = (goal / unit).to_integral_value() * unit
    least = key.low + steps * unit
    low = max(moved, least) if steps > 0 else min(moved, least)
    return replace(key, low=low, high=low)


def _list_right_figures(base: FactBase, fact: Fact) -> list[Quantity]:
    values = [other.value for other in list_own_values(base.pack, fact)]
    return [value for value in values if isinstance(value, Quantity)]


def _is_right(figure: Quantity, right: list[Quantity]) -> bool:
    return any(not is_figure_apart(figure, value) for value in right)


def _list_right_dates(base: FactBase, fact: Fact) -> list[PartialDate | Period]:
    """Dates of the same subject are never wrong options, whatever they are the dates of."""
    values = [other.value for other in list_slot_values(base.pack, fact)]
    rivals = [value for value in values if isinstance(value, (PartialDate, Period))]
    return [*rivals, *base.list_dates_of(fact.subject)]


def _get_quantity(fact: Fact) -> Quantity:
    assert isinstance(fact.value, Quantity)
    return fact.value


def _get_date(fact: Fact) -> PartialDate:
    assert isinstance(fact.value, PartialDate)
    return fact.value
