"""The distribution of the totals: moments as Moodle reckons them, and a histogram of shares."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from quizapp.psychometrics.columns import find_noise
from quizapp.psychometrics.findings import Bin
from quizapp.psychometrics.marks import FloatArray

BINS = 10
_FEWEST_FOR_SKEWNESS, _FEWEST_FOR_KURTOSIS = 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """Mean, median, standard deviation (dividing by n - 1), skewness and kurtosis of some values.

    Each is None if the values are too few or do not vary; of the normal distribution skewness and
    kurtosis are 0.
    """

    mean: float | None
    median: float | None
    sd: float | None
    skewness: float | None
    kurtosis: float | None


def find_moments(values: FloatArray) -> Moments:
    """Return the moments of values of shape (attempts,)."""
    n = len(values)
    if not n:
        return Moments(mean=None, median=None, sd=None, skewness=None, kurtosis=None)
    deviations = values - values.mean()
    if np.ptp(values) <= find_noise(values):
        deviations = np.zeros_like(values)
    # In units of the largest, so that no power of them is too small for a number.
    unit = float(np.abs(deviations).max()) or 1.0
    second, third, fourth = (float(((deviations / unit) ** power).mean()) for power in (2, 3, 4))
    return Moments(
        mean=float(values.mean()),
        median=float(np.median(values)),
        sd=unit * sqrt(n / (n - 1) * second) if n > 1 else None,
        skewness=_find_skewness(n, second, third),
        kurtosis=_find_kurtosis(n, second, fourth),
    )


def count_bins(shares: FloatArray) -> tuple[Bin, ...]:
    """Return how many shares, of shape (attempts,), are in each tenth of 1.

    A bin of negative shares stands before them if there are any.
    """
    tenths_of = np.clip(np.floor(shares * BINS + 1e-9), -1, BINS - 1).astype(np.int64)
    below, *counts = (int(count) for count in np.bincount(tenths_of + 1, minlength=BINS + 1))
    tenths = tuple(
        Bin(low=number / BINS, high=(number + 1) / BINS, count=counts[number])
        for number in range(BINS)
    )
    return (Bin(low=None, high=0.0, count=below), *tenths) if below else tenths


def _find_skewness(n: int, second: float, third: float) -> float | None:
    if n < _FEWEST_FOR_SKEWNESS or not second:
        return None
    k2 = n * second / (n - 1)
    k3 = n**2 * third / ((n - 1) * (n - 2))
    return k3 / (k2 * sqrt(k2))


def _find_kurtosis(n: int, second: float, fourth: float) -> float | None:
    if n < _FEWEST_FOR_KURTOSIS or not second:
        return None
    k2 = n * second / (n - 1)
    top = n**2 * ((n + 1) * fourth - 3 * (n - 1) * second**2)
    return top / ((n - 1) * (n - 2) * (n - 3)) / k2**2
