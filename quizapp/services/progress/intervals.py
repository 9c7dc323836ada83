"""How sure a share is that was counted on few answers."""

from math import sqrt

# The standard normal distribution has 95 % of its mass within so many deviations of its middle.
_DEVIATIONS = 1.959964


def find_interval(right: int, count: int) -> tuple[float, float]:
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
