"""What will be recalled of many memories on many days.

NumPy takes a tenth of a second to import, and no answer needs it: so the package `memory` does not
import this module, and who uses it does.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from quizapp.memory.fsrs6_arrays import FloatArray, IntArray, predict_recall
from quizapp.memory.parameters import DEFAULT_PARAMETERS, Parameters
from quizapp.memory.state import Memory


def forecast_recall(
    memories: Sequence[Memory], days: ArrayLike, parameters: Parameters = DEFAULT_PARAMETERS
) -> FloatArray:
    """Return the predicted recall, 0 to 1, of shape (memories, days), on study days."""
    stabilities = np.array([memory.stability for memory in memories], dtype=np.float64)
    last_days = np.array([memory.last_day for memory in memories], dtype=np.int64)
    return forecast_grid(stabilities, last_days, days, parameters)


def forecast_grid(
    stabilities: FloatArray,
    last_days: IntArray,
    days: ArrayLike,
    parameters: Parameters = DEFAULT_PARAMETERS,
) -> FloatArray:
    """Return the predicted recall of shape (*memories, days) from columns, not from objects.

    `stabilities`, in days, and `last_days` have one shape, such as (learners, facts); `days` is a
    list of study days. Where the stability is NaN, as for a fact never asked, so is the recall.
    """
    elapsed = np.maximum(np.asarray(days, dtype=np.int64) - last_days[..., np.newaxis], 0)
    return predict_recall(stabilities[..., np.newaxis], elapsed, parameters.weights)


def expect_right(recalls: FloatArray, guess: ArrayLike) -> FloatArray:
    """Return the probability of a right answer, g + (1 - g) R, from recalls and guesses."""
    chance = np.asarray(guess, dtype=np.float64)
    return chance + (1 - chance) * recalls


def count_below(recalls: FloatArray, threshold: float, axis: int = 0) -> IntArray:
    """Return how many recalls along an axis are below the threshold; NaN counts for nothing."""
    return np.asarray(np.sum(recalls < threshold, axis=axis), dtype=np.int64)


def share_below(recalls: FloatArray, threshold: float, axis: int = 0) -> FloatArray:
    """Return the share of the recalls along an axis that is below the threshold.

    NaN counts neither as below nor as a recall; the share of nothing is NaN.
    """
    known = np.asarray(np.sum(~np.isnan(recalls), axis=axis))
    return count_below(recalls, threshold, axis) / np.where(known, known, np.nan)
