"""How sure a figure is that was counted on few answers: 95 % intervals."""

from math import atanh, sqrt, tanh
from typing import TypeAlias

Interval: TypeAlias = tuple[float, float]

# The standard normal distribution has 95 % of its mass within so many deviations of its middle.
_DEVIATIONS = 1.959964
_FEWEST_PAIRS = 4
_PERFECT = 1 - 1e-12


def find_share_interval(right: float, count: int) -> Interval:
    """Return the 95 % interval of a share of 1, `right` of `count`; `count` is 1 or more.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22 (1927).
    """
    square = _DEVIATIONS**2
    share = right / count
    middle = (share + square / (2 * count)) / (1 + square / count)
    spread = sqrt(share * (1 - share) / count + square / (4 * count**2))
    half = _DEVIATIONS * spread / (1 + square / count)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def find_facility_interval(facility: float, count: int, lowest: float = 0.0) -> Interval:
    """Return the 95 % interval of a mean of `count` marks between `lowest` and 1.

    For marks of 0 and 1 it is Wilson's. Marks in between vary less than marks at the two ends with
    the same mean, so for them it is Wilson's, too, and rather too wide than too narrow.
    """
    span = 1 - lowest
    share = min(max((facility - lowest) / span, 0.0), 1.0)
    low, high = find_share_interval(share * count, count)
    return lowest + span * low, lowest + span * high


def find_correlation_interval(correlation: float, count: int) -> Interval | None:
    """Return the 95 % interval of a correlation of `count` pairs, None below four or at +-1.

    R. A. Fisher, "On the 'probable error' of a coefficient of correlation deduced from a small
    sample", Metron 1 (1921).
    """
    if count < _FEWEST_PAIRS or abs(correlation) > _PERFECT:
        return None
    half = _DEVIATIONS / sqrt(count - 3)
    return tanh(atanh(correlation) - half), tanh(atanh(correlation) + half)


def find_mean_interval(mean: float, deviation: float, count: int) -> Interval:
    """Return the 95 % interval of a mean of `count` values by the normal distribution."""
    half = _DEVIATIONS * deviation / sqrt(count)
    return mean - half, mean + half
