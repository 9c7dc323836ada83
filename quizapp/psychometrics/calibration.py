"""How well predicted probabilities of right answers fit the answers that came."""

from dataclasses import dataclass

import numpy as np

from quizapp.psychometrics.intervals import Interval, find_share_interval
from quizapp.psychometrics.marks import BoolArray, FloatArray

BINS = 10
_DEVIATIONS = 1.959964
_EDGE = 1e-6  # a probability of 0 or 1 has no logit
_STEPS, _CLOSE, _FAR = 50, 1e-9, 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityBin:
    """The predictions from `low` to below `high` (the last one to 1), and how they came out.

    `predicted` is their mean, `right` the share of right answers, `interval` where it may lie at
    95 % (Wilson); all None without predictions.
    """

    low: float
    high: float
    n: int
    predicted: float | None
    right: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Predictions beside their outcomes; figures that `n` answers do not tell are None.

    `brier` is the mean squared difference, `brier_constant` what predicting the share of right
    answers each time would have got. `slope` and `intercept` are those of `find_slope`, each with
    its 95 % interval.
    """

    n: int
    predicted: float | None
    right: float | None
    interval: Interval | None
    brier: float | None
    brier_constant: float | None
    slope: float | None
    slope_interval: Interval | None
    intercept: float | None
    bins: tuple[ReliabilityBin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """The line of the logits and the 95 % interval of its slope."""

    slope: float
    intercept: float
    interval: Interval


def calibrate(predicted: FloatArray, right: BoolArray) -> Calibration:
    """Return how predictions, probabilities from 0 to 1, fit the answers, right or wrong.

    G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather
    Review 78 (1950); D. R. Cox, "Two further applications of a model for binary regression",
    Biometrika 45 (1958), for slope and intercept.
    """
    n, line = len(predicted), find_slope(predicted, right)
    share = float(right.mean()) if n else None
    return Calibration(
        n=n,
        predicted=float(predicted.mean()) if n else None,
        right=share,
        interval=None if share is None else find_share_interval(share * n, n),
        brier=float(np.mean((predicted - right) ** 2)) if n else None,
        brier_constant=None if share is None else share * (1 - share),
        slope=line.slope if line else None,
        slope_interval=line.interval if line else None,
        intercept=line.intercept if line else None,
        bins=_list_bins(predicted, right),
    )


def find_slope(predicted: FloatArray, right: BoolArray) -> Slope | None:
    """Return the line by which the logit of a right answer rises with that of its prediction.

    A slope of 1 and an intercept of 0 are a perfect fit; below 1 predictions are too extreme, above
    1 too timid. It is the logistic regression of the answers on the logits, by Newton's method. It
    is None where the answers do not tell it: all alike, all predicted alike, or parted by the
    predictions.
    """
    chances = np.clip(predicted, _EDGE, 1 - _EDGE)
    logits = np.log(chances / (1 - chances))
    if len(logits) < BINS or np.ptp(logits) < _CLOSE or right.all() or not right.any():
        return None
    terms = np.column_stack((np.ones_like(logits), logits))
    line = np.array([0.0, 1.0])
    for _ in range(_STEPS):
        fitted = 1 / (1 + np.exp(-np.clip(terms @ line, -_FAR, _FAR)))
        information = terms.T @ (terms * (fitted * (1 - fitted))[:, np.newaxis])
        if np.linalg.cond(information) > 1 / _CLOSE:
            return None
        step = np.linalg.solve(information, terms.T @ (right - fitted))
        line = line + step
        if np.abs(step).max() < _CLOSE:
            return _read_slope(line, information)
    return None


def _read_slope(line: FloatArray, information: FloatArray) -> Slope:
    intercept, slope = (float(value) for value in line)
    half = _DEVIATIONS * float(np.sqrt(np.linalg.inv(information)[1, 1]))
    return Slope(slope=slope, intercept=intercept, interval=(slope - half, slope + half))


def _list_bins(predicted: FloatArray, right: BoolArray) -> tuple[ReliabilityBin, ...]:
    places = np.minimum((predicted * BINS).astype(np.int64), BINS - 1)
    counts = np.bincount(places, minlength=BINS).tolist()
    means = np.bincount(places, weights=predicted, minlength=BINS).tolist()
    rights = np.bincount(places, weights=right, minlength=BINS).tolist()
    return tuple(
        ReliabilityBin(
            low=place / BINS,
            high=(place + 1) / BINS,
            n=count,
            predicted=means[place] / count if count else None,
            right=rights[place] / count if count else None,
            interval=find_share_interval(rights[place], count) if count else None,
        )
        for place, count in enumerate(counts)
    )
