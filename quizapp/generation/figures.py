"""Wrong figures and dates: documented ones first, then rounded steps, never inside the hedge."""

import random
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from quizapp.facts.model import Fact, Pack
from quizapp.facts.values import PartialDate, Period, Quantity, overlap
from quizapp.generation.slots import list_slot_values

_NEAR = Decimal(4)
_ABOUT = Decimal("0.25")
_FACTORS = tuple(map(Decimal, ("0.45", "0.6", "0.8", "1", "1.25", "1.5", "1.9")))
_TEN = Decimal(10)
_FEW = Decimal(2)
_ROUND_FROM = Decimal(20)
_STEPS_EACH_WAY = 3
_DAY_STEP, _MONTH_STEP, _YEAR_STEP = 9, 7, 1
_MONTHS_IN_YEAR = 12


def list_documented_figures(pack: Pack, fact: Fact) -> list[tuple[Quantity, Fact]]:
    """Return figures of the same sort documented elsewhere that are wrong here, nearest first."""
    key = _get_quantity(fact)
    right = _list_right_figures(pack, fact)
    found = []
    for other in pack.facts:
        if not isinstance(other.value, Quantity) or not _is_same_sort(pack, fact, other):
            continue
        if _fits_beside(other.value, key) and not _is_right(other.value, right):
            figure = replace(key, low=other.value.low, high=other.value.high)
            found.append((figure, other))
    found.sort(key=lambda pair: (_measure_gap(pair[0], key), pair[1].order))
    return found


def list_figure_steps(pack: Pack, fact: Fact, rng: random.Random) -> list[Quantity]:
    """Return made-up figures around the right one, in its own precision.

    How many lie below it is left to chance, so that the right one is not always in the middle.
    """
    key = _get_quantity(fact)
    right = _list_right_figures(pack, fact)
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


def list_documented_dates(pack: Pack, fact: Fact) -> list[tuple[PartialDate, Fact]]:
    """Return dates of the same grain documented elsewhere that are wrong here, nearest first."""
    key = _get_date(fact)
    taken = _list_right_dates(pack, fact)
    found = [
        (other.value, other)
        for other in pack.facts
        if isinstance(other.value, PartialDate)
        and other.value.grain == key.grain
        and not any(overlap(other.value, date) for date in taken)
    ]
    found.sort(key=lambda pair: (abs((pair[0].first - key.first).days), pair[1].order))
    return found


def list_date_steps(pack: Pack, fact: Fact, rng: random.Random) -> list[PartialDate]:
    """Return made-up dates around the right one, of its grain, none after the last documented."""
    key = _get_date(fact)
    taken = _list_right_dates(pack, fact)
    newest = max(date.last for date in _list_dates(pack))
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
    if one.is_range != key.is_range or not is_figure_apart(one, key):
        return False
    return _is_near(one.low, key.low) and _is_as_round(one.low, key.low)


def _is_near(one: Decimal, key: Decimal) -> bool:
    return one > 0 and key / _NEAR <= one <= key * _NEAR


def _is_as_round(one: Decimal, key: Decimal) -> bool:
    """Whether both look equally exact: a lone 1,762 among 500, 1,000 and 2,000 would stand out."""
    unit = _find_roundness(key)
    if one % unit:
        return False
    return unit >= _TEN or key < _ROUND_FROM or bool(one % _TEN)


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
    moved = (goal / unit).to_integral_value() * unit
    least = key.low + steps * unit
    low = max(moved, least) if steps > 0 else min(moved, least)
    if not _is_as_round(low, key.low):
        low += unit
    return replace(key, low=low, high=low)


def _measure_gap(one: Quantity, key: Quantity) -> Decimal:
    larger, smaller = max(one.low, key.low), min(one.low, key.low)
    return larger / smaller


def _is_same_sort(pack: Pack, fact: Fact, other: Fact) -> bool:
    measure = pack.predicates[fact.predicate].measure
    if measure is not None and pack.predicates[other.predicate].measure == measure:
        return True
    same = other.predicate == fact.predicate
    return same and _get_quantity(other).unit == _get_quantity(fact).unit


def _list_right_figures(pack: Pack, fact: Fact) -> list[Quantity]:
    values = [other.value for other in list_slot_values(pack, fact)]
    return [value for value in values if isinstance(value, Quantity)]


def _is_right(figure: Quantity, right: list[Quantity]) -> bool:
    return any(not is_figure_apart(figure, value) for value in right)


def _list_right_dates(pack: Pack, fact: Fact) -> list[PartialDate | Period]:
    """Dates of the same subject are never wrong options, whatever they are the dates of."""
    facts = [*list_slot_values(pack, fact), *(f for f in pack.facts if f.subject == fact.subject)]
    return [other.value for other in facts if isinstance(other.value, (PartialDate, Period))]


def _list_dates(pack: Pack) -> list[PartialDate | Period]:
    dates = [fact.as_of for fact in pack.facts if fact.as_of is not None]
    values = [fact.value for fact in pack.facts]
    return [*dates, *(value for value in values if isinstance(value, (PartialDate, Period)))]


def _get_quantity(fact: Fact) -> Quantity:
    assert isinstance(fact.value, Quantity)
    return fact.value


def _get_date(fact: Fact) -> PartialDate:
    assert isinstance(fact.value, PartialDate)
    return fact.value
