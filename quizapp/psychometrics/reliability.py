"""How far the places of a test measure one thing: Cronbach's alpha, as a share of 1.

L. J. Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16 (1951).
For marks of 0 and 1 it is KR-20: the same variance, dividing by n - 1, stands above and below.
"""

import numpy as np

from quizapp.psychometrics.bands import FEWEST
from quizapp.psychometrics.columns import NOISE, known, measure, sum_others
from quizapp.psychometrics.intervals import Interval
from quizapp.psychometrics.marks import BoolArray, FloatArray

_RESAMPLES = 1000
_MOST_DRAWN = 2_000_000  # numbers drawn at once
_ENDS = (2.5, 97.5)


def find_alpha(marks: FloatArray) -> float | None:
    """Return alpha of marks of shape (attempts, places).

    None for fewer than two places or attempts, or totals that are all the same. It may be negative.
    """
    places = marks.shape[1]
    if places < 2:  # noqa: PLR2004
        return None
    parts = _find_variances(marks).sum()
    total = _find_variances(marks.sum(axis=1, keepdims=True))[0]
    return _reckon(places, parts, total)


def find_alphas_without(marks: FloatArray) -> list[float | None]:
    """Return, for each place, alpha of the other places; None as in `find_alpha`."""
    places = marks.shape[1]
    if places < 3:  # noqa: PLR2004
        return [None] * places
    variances = _find_variances(marks)
    totals = _find_variances(sum_others(marks))
    parts = sum_others(variances[np.newaxis, :])[0]
    return [_reckon(places - 1, *pair) for pair in zip(parts, totals, strict=True)]


def find_alpha_interval(marks: FloatArray, seed: int) -> Interval | None:
    """Return the 95 % interval of alpha by the bootstrap: the attempts drawn again 1,000 times.

    The percentile method of B. Efron, "Bootstrap methods: another look at the jackknife", The
    Annals of Statistics 7 (1979). The order of the attempts makes no difference. None below ten
    attempts, or if one draw in twenty has no alpha.
    """
    if find_alpha(marks) is None or len(marks) < FEWEST:
        return None
    alphas = _resample(marks[np.lexsort(marks.T)], np.random.default_rng(seed))
    found = alphas[np.isfinite(alphas)]
    if len(found) < 0.95 * _RESAMPLES:
        return None
    low, high = np.percentile(found, _ENDS)
    return float(low), float(high)


def _find_variances(values: FloatArray) -> FloatArray:
    asked: BoolArray = np.ones(values.shape, dtype=np.bool_)
    return measure(values, asked).variance


def _reckon(places: int, parts: float, total: float) -> float | None:
    if not total > 0:
        return None
    alpha = places / (places - 1) * (1 - parts / total)
    return 0.0 if abs(alpha) <= NOISE else known(min(alpha, 1.0))


def _resample(marks: FloatArray, random: np.random.Generator) -> FloatArray:
    """Alpha of each draw, from how often it holds each attempt: no draw is ever laid out.

    The variances of the places are needed in sum alone, so their squares are added up first.
    """
    attempts, places = marks.shape
    values = marks - marks.mean(axis=0)
    totals = values.sum(axis=1)
    squares = np.square(values).sum(axis=1)
    columns = np.column_stack([values, totals, squares, np.square(totals)])
    step = max(_MOST_DRAWN // attempts, 1)
    alphas = []
    for start in range(0, _RESAMPLES, step):
        count = min(step, _RESAMPLES - start)
        means = _count_drawn(random, count, attempts) @ columns / attempts
        parts = means[:, places + 1] - np.square(means[:, :places]).sum(axis=1)
        total = means[:, places + 2] - np.square(means[:, places])
        total = np.where(total > 1e-12 * np.square(totals).max(), total, np.nan)
        alphas.append(places / (places - 1) * (1 - parts / total))
    return np.concatenate(alphas)


def _count_drawn(random: np.random.Generator, draws: int, attempts: int) -> FloatArray:
    """Return how often each of `draws` draws holds each attempt, of shape (draws, attempts)."""
    drawn = random.integers(0, attempts, size=(draws, attempts))
    drawn += attempts * np.arange(draws)[:, np.newaxis]
    counts = np.bincount(drawn.ravel(), minlength=draws * attempts)
    return counts.reshape(draws, attempts).astype(np.float64)
