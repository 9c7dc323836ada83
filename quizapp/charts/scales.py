"""From values to places in a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

_ROUND = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Maps values from `low` to `high` evenly to places from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return the place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def pick_ticks(
    low: float, high: float, *, most: int = 5, least_step: float = 0.001
) -> Sequence[float]:
    """Return values for grid lines that enclose low and high, two at least and `most` at most.

    They are apart by 1, 2 or 5 times a power of ten, and by `least_step` at least.
    """
    span = high - low or abs(high) or 1.0
    # The smallest of all numbers becomes 0 when it is parted.
    step = max(_pick_step(max(span / (most - 1), least_step / 10)), least_step)
    # A step that fits the span may not fit where the span lies.
    while ceil(_thin(high / step)) - floor(_thin(low / step)) > most - 1:
        step = _pick_step(step * 1.01)
    first, last = floor(_thin(low / step)), ceil(_thin(high / step))
    if first == last:  # A share of 1 needs a line below it, a count of 0 one above.
        first, last = (first - 1, last) if first > 0 else (first, last + 1)
    return [_thin(number * step) for number in range(first, last + 1)]


def _pick_step(rough: float) -> float:
    """The smallest round step that is not below a rough one."""
    power = 10.0 ** floor(log10(rough))
    return next(_thin(each * power) for each in _ROUND if _thin(each * power) >= _thin(rough))


def _thin(value: float) -> float:
    """Without the noise of binary fractions: 0.3, not 0.30000000000000004."""
    return round(value, 9)
