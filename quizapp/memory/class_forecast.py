"""What a class remembers: learners by facts, each learner on their own study days."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from quizapp.memory.fsrs6_arrays import BoolArray, FloatArray, IntArray, predict_recall
from quizapp.memory.parameters import DEFAULT_PARAMETERS, Parameters

# A fact is forgotten next if recall falls below the target within so many days.
SOON = 7
# Of so many learners the exact distribution still takes milliseconds.
_MOST_EXACT = 200
_TAIL, _DEVIATIONS = 0.025, 1.959964


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClassMemories:
    """The memories of a class, all of the shape (learners, facts) but the targets (learners).

    `stabilities` (days) and `difficulties` are NaN where a learner has not met a fact; the days
    there mean nothing. `last_days` and `due_days` are study days counted from each learner's own
    today, which is 0, so that learners in different time zones stand side by side. `targets` is
    the recall below which a fact is due for a learner, `parameters` hold the weights for all but
    the learners in `own`, by their rows, who have others.
    """

    stabilities: FloatArray
    difficulties: FloatArray
    last_days: IntArray
    due_days: IntArray
    targets: FloatArray
    parameters: Parameters = DEFAULT_PARAMETERS
    own: Mapping[int, Parameters] = field(default_factory=dict)

    @property
    def weights(self) -> FloatArray:
        """The weights of each learner, of shape (21, learners, 1)."""
        weights = np.tile(np.array(self.parameters.weights)[:, np.newaxis], len(self.targets))
        for row, parameters in self.own.items():
            weights[:, row] = parameters.weights
        return weights[:, :, np.newaxis]

    @property
    def met(self) -> BoolArray:
        """Which learner has met which fact."""
        return ~np.isnan(self.stabilities)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Falling:
    """For each fact, the learners at their target today who will be below it, and those below."""

    falling: IntArray
    below: IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Knowing:
    """For each fact, how many learners would recall it: the expected number, and its band.

    The number lies from `low` to `high` in 95 of 100 classes or more, if each learner recalls with
    the predicted probability and independently of the others.
    """

    expected: FloatArray
    low: IntArray
    high: IntArray


def recall_ahead(memories: ClassMemories, ahead: ArrayLike) -> FloatArray:
    """Return the predicted recall of shape (learners, facts) so many study days after today.

    `ahead` is one number, or one for each learner. Where a fact was not met, recall is NaN.
    """
    days = np.broadcast_to(np.asarray(ahead, dtype=np.int64), memories.targets.shape)
    elapsed = np.maximum(days[:, np.newaxis] - memories.last_days, 0)
    return predict_recall(memories.stabilities, elapsed, memories.weights)


def find_falling(memories: ClassMemories, days: int = SOON) -> Falling:
    """Return how many learners fall below their target within so many days, for each fact."""
    targets = memories.targets[:, np.newaxis]
    today, later = recall_ahead(memories, 0), recall_ahead(memories, days)
    falling = (today >= targets) & (later < targets)
    return Falling(
        falling=np.asarray(falling.sum(axis=0), dtype=np.int64),
        below=np.asarray((today < targets).sum(axis=0), dtype=np.int64),
    )


def count_knowing(recalls: FloatArray) -> Knowing:
    """Return how many learners would recall each fact, from recalls (learners, facts).

    One who has not met a fact (NaN) does not know it. The number has a Poisson binomial
    distribution; it is computed exactly for 200 learners or fewer, else by the normal distribution
    with the same mean and variance.
    """
    chances = np.nan_to_num(recalls, nan=0.0)
    bound = _bound_exactly if len(chances) <= _MOST_EXACT else _bound_roughly
    low, high = bound(chances)
    return Knowing(expected=chances.sum(axis=0), low=low, high=high)


def _bound_exactly(chances: FloatArray) -> tuple[IntArray, IntArray]:
    learners, facts = chances.shape
    shares = np.zeros((learners + 1, facts))
    shares[0] = 1
    for count, chance in enumerate(chances, 1):
        shares[1 : count + 1] = shares[1 : count + 1] * (1 - chance) + shares[:count] * chance
        shares[0] *= 1 - chance
    # Rounding must not make the last sum too small to be found.
    upto = np.minimum(np.cumsum(shares, axis=0) + 1e-12, 1)
    return _find_first(upto >= _TAIL), _find_first(upto >= 1 - _TAIL)


def _find_first(reached: BoolArray) -> IntArray:
    return np.asarray(np.argmax(reached, axis=0), dtype=np.int64)


def _bound_roughly(chances: FloatArray) -> tuple[IntArray, IntArray]:
    mean, spread = chances.sum(axis=0), np.sqrt((chances * (1 - chances)).sum(axis=0))
    edges = np.ceil(mean + spread * np.array([[-_DEVIATIONS], [_DEVIATIONS]]) - 0.5)
    low, high = np.clip(edges, 0, len(chances)).astype(np.int64)
    return low, high
