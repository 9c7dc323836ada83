"""The formulas of `fsrs6` on NumPy arrays, to compute many memories at once.

Shapes follow NumPy's broadcasting; units and `weights` are those of `fsrs6`, each one number for
all or an array, and that both agree to 1e-9 is tested. Answers are those to marked questions: Again
for wrong, Good for right.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from quizapp.memory import fsrs6
from quizapp.memory.grades import Grade

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Weights: TypeAlias = Sequence[float] | FloatArray


def predict_recall(stability: FloatArray, elapsed: IntArray, weights: Weights) -> FloatArray:
    """Return the probability of recall `elapsed` days after the last review.

    The power is made of a logarithm and an exponential, in one array: three times as fast.
    """
    decay = -weights[20]
    recall = np.asarray(elapsed / stability)
    recall *= 0.9 ** (1 / decay) - 1
    recall += 1
    np.log(recall, out=recall)
    recall *= decay
    return np.exp(recall, out=recall)


def update(
    stability: FloatArray,
    difficulty: FloatArray,
    elapsed: IntArray,
    right: BoolArray,
    weights: Weights,
) -> tuple[FloatArray, FloatArray]:
    """Return stability and difficulty after answers at least one study day after the last ones."""
    forgotten = 1 - predict_recall(stability, elapsed, weights)
    grown = _grow(stability, difficulty, forgotten, weights)
    lapsed = _lapse(stability, difficulty, forgotten, weights)
    harder = difficulty + np.where(right, 0, 2 * weights[6] * (10 - difficulty) / 9)
    return _keep_least(np.where(right, grown, lapsed)), _revert(harder, weights)


def relearn(
    stability: FloatArray, difficulty: FloatArray, weights: Weights
) -> tuple[FloatArray, FloatArray]:
    """Return stability and difficulty after one more right answer on the day of the last one."""
    increase = np.exp(weights[17] * weights[18]) * stability ** -weights[19]
    return _keep_least(stability * np.maximum(increase, 1)), _revert(difficulty, weights)


def _keep_least(stability: FloatArray) -> FloatArray:
    return np.maximum(stability, fsrs6.LEAST_STABILITY)


def _revert(difficulty: FloatArray, weights: Weights) -> FloatArray:
    easiest = weights[4] - np.exp(weights[5] * (Grade.EASY - 1)) + 1
    reverted: FloatArray = weights[7] * easiest + (1 - weights[7]) * difficulty
    return np.clip(reverted, fsrs6.LEAST_DIFFICULTY, fsrs6.MOST_DIFFICULTY)


def _grow(
    stability: FloatArray, difficulty: FloatArray, forgotten: FloatArray, weights: Weights
) -> FloatArray:
    increase: FloatArray = (
        np.exp(weights[8])
        * (11 - difficulty)
        * stability ** -weights[9]
        * np.expm1(forgotten * weights[10])
    )
    return stability * (1 + increase)


def _lapse(
    stability: FloatArray, difficulty: FloatArray, forgotten: FloatArray, weights: Weights
) -> FloatArray:
    by_time: FloatArray = (
        weights[11]
        * difficulty ** -weights[12]
        * ((stability + 1) ** weights[13] - 1)
        * np.exp(forgotten * weights[14])
    )
    most: FloatArray = stability / np.exp(weights[17] * weights[18])
    return np.minimum(by_time, most)
