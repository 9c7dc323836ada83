"""The days to come of a class, played through with drawn answers, with the reviews as planned."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from quizapp.memory import fsrs6_arrays
from quizapp.memory.class_forecast import ClassMemories
from quizapp.memory.exam_forecast import meet
from quizapp.memory.fsrs6 import find_days
from quizapp.memory.fsrs6_arrays import BoolArray, FloatArray, IntArray
from quizapp.memory.grades import Grade
from quizapp.memory.parameters import Parameters
from quizapp.memory.strength import FIRST_RECALL

# Means over many cells are smooth; small classes are played several times.
_CELLS, _MOST_COPIES = 40_000, 32


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pace:
    """The most reviews and the most new facts of a day, for each learner."""

    reviews: IntArray
    new: IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Played:
    """What a class would recall on the days asked for, each before the reviews of that day.

    Both arrays have the shape (days, learners): `recall` is the mean over the facts that a learner
    has met today, NaN without any, `known` the share of all facts, one not met counting as 0.
    `reviews` is the expected number of the whole class on every day from today on.
    """

    recall: FloatArray
    known: FloatArray
    reviews: FloatArray


def play_class(
    memories: ClassMemories, pace: Pace, days: Collection[int], *, seed: int = 0
) -> Played:
    """Return what to expect if every learner does every day what is due, and meets new facts.

    `days` count from today, 0, in ascending order. Answers are drawn from the predicted recall,
    without guesses; a new fact is known at even odds, as in `exam_forecast`. Intervals are not
    fuzzed, and there is no polish before an exam.
    """
    learners, facts = memories.stabilities.shape
    copies = min(max(_CELLS // max(learners * facts, 1), 1), _MOST_COPIES)
    play = _Play(_repeat(memories, copies), _repeat_pace(pace, copies), seed)
    means: list[tuple[FloatArray, FloatArray]] = []
    reviews: list[float] = []
    for day in range(max(days, default=-1) + 1):
        if day in days:
            means.append(play.recall(day))
        reviews.append(play.review(day) / copies)
        play.introduce(day)
    shape = (len(means), copies, learners)
    recall, known = (
        np.array([mean[part] for mean in means]).reshape(shape).mean(axis=1) for part in (0, 1)
    )
    return Played(recall=recall, known=known, reviews=np.array(reviews))


def _repeat(memories: ClassMemories, copies: int) -> ClassMemories:
    """The class several times, one below the other; a fact not met has no due day to come to."""

    def tile(cells: FloatArray) -> FloatArray:
        return np.tile(cells, (copies, 1))

    def tile_days(cells: IntArray) -> IntArray:
        return np.tile(np.where(memories.met, cells, 0), (copies, 1))

    return ClassMemories(
        stabilities=tile(memories.stabilities),
        difficulties=tile(memories.difficulties),
        last_days=tile_days(memories.last_days),
        due_days=tile_days(memories.due_days),
        targets=np.tile(memories.targets, copies),
        parameters=memories.parameters,
        own={
            copy * len(memories.targets) + row: parameters
            for copy in range(copies)
            for row, parameters in memories.own.items()
        },
    )


def _repeat_pace(pace: Pace, copies: int) -> Pace:
    return Pace(reviews=np.tile(pace.reviews, copies), new=np.tile(pace.new, copies))


class _Play:
    """A class, whose arrays of the shape (learners, facts) change from day to day."""

    def __init__(self, memories: ClassMemories, pace: Pace, seed: int) -> None:
        self._stability, self._difficulty = memories.stabilities, memories.difficulties
        self._last, self._due = memories.last_days, memories.due_days
        self._met, self._first = memories.met, memories.met
        self._pace, self._parameters = pace, memories.parameters
        self._weights = memories.weights
        each = [memories.own.get(row, self._parameters) for row in range(len(memories.targets))]
        self._spans = np.array(
            [
                find_days(1.0, target, parameters.weights)
                for target, parameters in zip(memories.targets.tolist(), each, strict=True)
            ]
        )
        self._good, self._bad = _meet_all(each, Grade.GOOD), _meet_all(each, Grade.AGAIN)
        self._random = np.random.default_rng(seed)

    def recall(self, day: int) -> tuple[FloatArray, FloatArray]:
        """Return each learner's mean over the facts met at the start, and over all facts."""
        elapsed = np.maximum(day - self._last, 0)
        recalls = fsrs6_arrays.predict_recall(self._stability, elapsed, self._weights)
        first = np.where(self._first, recalls, 0).sum(axis=1)
        count = self._first.sum(axis=1)
        whole = np.nansum(recalls, axis=1) / max(recalls.shape[1], 1)
        return first / np.where(count, count, np.nan), whole

    def review(self, day: int) -> int:
        """Answer what is due, the weakest first up to the pace, and return how many that were."""
        due = self._keep_weakest(self._met & (self._due <= day) & (self._last < day), day)
        stability, difficulty = self._stability[due], self._difficulty[due]
        elapsed, weights = day - self._last[due], self._weights[:, np.nonzero(due)[0], 0]
        recalls = fsrs6_arrays.predict_recall(stability, elapsed, weights)
        right = self._random.random(recalls.shape) < recalls
        stability, difficulty = fsrs6_arrays.update(stability, difficulty, elapsed, right, weights)
        for _ in self._parameters.relearning_steps:
            again = fsrs6_arrays.relearn(stability, difficulty, weights)
            stability = np.where(right, stability, again[0])
            difficulty = np.where(right, difficulty, again[1])
        self._store(due, day, stability, difficulty)
        return int(np.count_nonzero(due))

    def introduce(self, day: int) -> None:
        """Let each learner meet the next new facts, in the order in which they are taught."""
        place = np.cumsum(~self._met, axis=1)
        new = ~self._met & (place <= self._pace.new[:, np.newaxis])
        right = self._random.random(np.count_nonzero(new)) < FIRST_RECALL
        self._met = self._met | new
        good, bad = (first[:, np.nonzero(new)[0]] for first in (self._good, self._bad))
        self._store(new, day, *np.where(right, good, bad))

    def _store(
        self, cells: BoolArray, day: int, stability: FloatArray, difficulty: FloatArray
    ) -> None:
        intervals = np.rint(stability * self._spans[np.nonzero(cells)[0]])
        most = self._parameters.maximum_interval
        self._stability[cells], self._difficulty[cells] = stability, difficulty
        self._last[cells] = day
        self._due[cells] = day + np.clip(intervals, 1, most).astype(np.int64)

    def _keep_weakest(self, due: BoolArray, day: int) -> BoolArray:
        """Keep of each learner as many facts as a day may have, those with the lowest recall."""
        crowded = np.flatnonzero(due.sum(axis=1) > self._pace.reviews)
        for learner in crowded.tolist():
            facts = np.flatnonzero(due[learner])
            ages = (day - self._last[learner, facts]) / self._stability[learner, facts]
            most = int(self._pace.reviews[learner])
            due[learner, facts[np.argsort(-ages, kind="stable")[most:]]] = False
        return due


def _meet_all(each: Sequence[Parameters], grade: Grade) -> FloatArray:
    """Return stability and difficulty after a first answer, of shape (2, learners)."""
    first = {parameters: meet(grade, parameters) for parameters in set(each)}
    memories = [first[parameters] for parameters in each]
    return np.array([[one.stability, one.difficulty] for one in memories]).reshape(-1, 2).T
