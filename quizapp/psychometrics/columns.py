"""Means, spreads and correlations of many columns at once, each over the attempts it belongs to.

Arrays are of shape (attempts, columns), results of shape (columns,); NaN is what cannot be known.
"""

from dataclasses import dataclass

import numpy as np

from quizapp.psychometrics.marks import BoolArray, FloatArray, IntArray

# Relative to the values: differences below it come from adding up in another order.
NOISE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measured:
    """Columns with their means; `deviations` are 0 outside `asked` and in a column of one value.

    `variance` divides by n - 1 and is NaN below two attempts.
    """

    asked: BoolArray
    n: IntArray
    mean: FloatArray
    deviations: FloatArray
    variance: FloatArray


def measure(values: FloatArray, asked: BoolArray) -> Measured:
    """Measure each column over the attempts that were asked."""
    n = np.asarray(asked.sum(axis=0), dtype=np.int64)
    kept = np.where(asked, values, 0.0)
    mean = kept.sum(axis=0) / _or_nan(n)
    deviations = np.where(asked & _vary(values, asked, n), values - mean, 0.0)
    variance = np.square(deviations).sum(axis=0) / _or_nan(n - 1)
    return Measured(asked=asked, n=n, mean=mean, deviations=deviations, variance=variance)


def covary(one: Measured, other: Measured) -> FloatArray:
    """Return the covariance of each column with its fellow, dividing by n - 1."""
    covariance = (one.deviations * other.deviations).sum(axis=0) / _or_nan(one.n - 1)
    noise = NOISE * np.sqrt(one.variance) * np.sqrt(other.variance)
    return np.where(np.abs(covariance) <= noise, 0.0, covariance)


def correlate(one: Measured, other: Measured) -> FloatArray:
    """Return the correlation of each column with its fellow; NaN if one of them does not vary."""
    spread = np.sqrt(one.variance) * np.sqrt(other.variance)
    return np.clip(covary(one, other) / _or_nan(spread), -1.0, 1.0)


def find_efficiency(one: Measured, other: Measured) -> FloatArray:
    """Return the covariance over the largest that the same values could have, both sorted."""
    pairs = _sort(one) * _sort(other)
    most = pairs.sum(axis=0) / _or_nan(one.n - 1)
    return np.clip(covary(one, other) / _or_nan(most), -np.inf, 1.0)


def sum_others(marks: FloatArray) -> FloatArray:
    """Return, for each mark, the sum of the other marks of its attempt.

    Added up from both sides and not taken from the total, so that a large mark beside them costs
    the small ones no digits.
    """
    others = np.zeros_like(marks)
    others[:, 1:] = np.cumsum(marks, axis=1)[:, :-1]
    others[:, :-1] += np.cumsum(marks[:, ::-1], axis=1)[:, ::-1][:, 1:]
    return others


def find_noise(values: FloatArray) -> float:
    """Return the difference below which two sums of these sizes count as one."""
    return float(NOISE * np.abs(values).max(initial=0.0))


def known(value: float) -> float | None:
    """Return a figure as a plain number, None where it cannot be known."""
    return float(value) if np.isfinite(value) else None


def _vary(values: FloatArray, asked: BoolArray, n: IntArray) -> BoolArray:
    highest = np.max(values, axis=0, where=asked, initial=-np.inf)
    lowest = np.min(values, axis=0, where=asked, initial=np.inf)
    size = np.maximum(np.abs(highest), np.abs(lowest))
    spread = np.where(n > 1, highest, 0.0) - np.where(n > 1, lowest, 0.0)
    return np.asarray(spread > NOISE * np.where(n > 1, size, 0.0))


def _sort(one: Measured) -> FloatArray:
    """The deviations in ascending order, and after them 0 for each attempt that was not asked."""
    ordered = np.sort(np.where(one.asked, one.deviations, np.inf), axis=0)
    return np.where(np.isfinite(ordered), ordered, 0.0)


def _or_nan(divisor: FloatArray | IntArray) -> FloatArray:
    return np.where(divisor > 0, divisor, np.nan)
