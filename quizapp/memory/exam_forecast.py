"""What a plan would lead to: the days until the exam, played through with drawn answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import numpy as np

from quizapp.memory import fsrs6_arrays
from quizapp.memory.fsrs6 import find_days
from quizapp.memory.fsrs6_arrays import BoolArray, FloatArray, IntArray
from quizapp.memory.grades import Grade
from quizapp.memory.parameters import DEFAULT_PARAMETERS, Parameters
from quizapp.memory.planning import DEFAULT_PLAN, ExamPlan, count_polish, find_reach, is_polish_day
from quizapp.memory.scheduling import preview
from quizapp.memory.state import Memory
from quizapp.memory.strength import FIRST_RECALL

# Means of many plays are smooth; with as many facts as this, one play is.
_CELLS, _MOST_COPIES = 6000, 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What to expect of a plan.

    `recall` is the mean, 0 to 1, on the day of the exam over all facts; one not yet introduced by
    then counts as 0. `reviews` and `introduced` are the expected reviews of known facts and the
    new facts of each study day from today to the eve of the exam; repeats on one day, the steps,
    come on top.
    """

    recall: float
    reviews: tuple[float, ...]
    introduced: tuple[int, ...]


def expect(
    memories: Sequence[Memory],
    *,
    new_facts: int,
    new_per_day: int,
    today: int,
    exam_day: int,
    plan: ExamPlan = DEFAULT_PLAN,
    parameters: Parameters = DEFAULT_PARAMETERS,
    seed: int = 0,
) -> Expectation:
    """Return what to expect if, from `today` on, the plan is followed every day.

    Answers are drawn from the predicted recall, without guesses; a new fact is known at even odds.
    Intervals are not fuzzed, which moves the reviews of a day and hardly their sum. One seed gives
    plans the same luck, so that they can be compared.

    Raises:
        ValueError: there are no facts, or the exam is before today.
    """
    facts = len(memories) + new_facts
    if not facts or exam_day < today:
        raise ValueError("a plan needs a fact to learn and an exam that is not over")
    play = _Play(memories, new_facts, exam_day, plan, parameters, seed)
    introduced: list[int] = []
    reviews: list[float] = []
    for day in range(today, exam_day):
        introduced.append(play.introduce(day, new_per_day))
        reviews.append(play.review(day))
    return Expectation(
        recall=play.count_recalled() / facts, reviews=tuple(reviews), introduced=tuple(introduced)
    )


class _Play:
    """Some copies of one learner, who answer each by their own luck.

    All arrays have the shape (copies, facts), the new facts last. One not yet introduced has the
    day of the exam as its last and its due day, and so neither is due nor needs a polish.
    """

    def __init__(
        self,
        memories: Sequence[Memory],
        new_facts: int,
        exam_day: int,
        plan: ExamPlan,
        parameters: Parameters,
        seed: int,
    ) -> None:
        self._plan, self._parameters, self._exam_day = plan, parameters, exam_day
        self._reach = find_reach(plan, parameters)
        self._span = find_days(1.0, plan.retention, parameters.weights)
        self._start = tuple(meet(grade, parameters) for grade in (Grade.GOOD, Grade.AGAIN))
        self._random = np.random.default_rng(seed)
        self._known = len(memories)
        facts = self._known + new_facts
        copies = min(max(_CELLS // facts, 1), _MOST_COPIES)
        self._stability = np.ones((copies, facts))
        self._difficulty = np.ones((copies, facts))
        self._last_day = np.full((copies, facts), exam_day)
        self._due_day = np.full((copies, facts), exam_day)
        self._stability[:, : self._known] = [each.stability for each in memories]
        self._difficulty[:, : self._known] = [each.difficulty for each in memories]
        self._last_day[:, : self._known] = [each.last_day for each in memories]
        self._due_day[:, : self._known] = [each.due_day for each in memories]

    def introduce(self, day: int, most: int) -> int:
        """Give a first review to the next new facts and return to how many."""
        copies, facts = self._stability.shape
        count = min(most, facts - self._known)
        new = slice(self._known, self._known + count)
        right = self._random.random((copies, count)) < FIRST_RECALL
        good, bad = self._start
        self._stability[:, new] = np.where(right, good.stability, bad.stability)
        self._difficulty[:, new] = np.where(right, good.difficulty, bad.difficulty)
        self._last_day[:, new] = day
        self._due_day[:, new] = day + self._find_intervals(self._stability[:, new])
        self._known += count
        return count

    def review(self, day: int) -> float:
        """Answer what the plan picks for the day and return how many facts that is, on average."""
        luck = self._random.random(self._stability.shape)
        picked = self._pick(day)
        stability, difficulty = self._stability[picked], self._difficulty[picked]
        elapsed, weights = day - self._last_day[picked], self._parameters.weights
        right = luck[picked] < fsrs6_arrays.predict_recall(stability, elapsed, weights)
        stability, difficulty = fsrs6_arrays.update(stability, difficulty, elapsed, right, weights)
        for _ in self._parameters.relearning_steps:
            again = fsrs6_arrays.relearn(stability, difficulty, weights)
            stability = np.where(right, stability, again[0])
            difficulty = np.where(right, difficulty, again[1])
        self._stability[picked], self._difficulty[picked] = stability, difficulty
        self._last_day[picked] = day
        self._due_day[picked] = day + self._find_intervals(stability)
        return float(np.count_nonzero(picked)) / len(picked)

    def count_recalled(self) -> float:
        """Return the number of facts recalled on the day of the exam, on average."""
        met = (slice(None), slice(self._known))
        elapsed = np.maximum(self._exam_day - self._last_day[met], 0)
        recalls = fsrs6_arrays.predict_recall(
            self._stability[met], elapsed, self._parameters.weights
        )
        return float(recalls.sum(axis=1).mean())

    def _find_intervals(self, stability: FloatArray) -> IntArray:
        days = np.rint(stability * self._span)
        return np.clip(days, 1, self._parameters.maximum_interval).astype(np.int64)

    def _pick(self, day: int) -> BoolArray:
        waiting = self._last_day < day
        if not is_polish_day(day, self._exam_day, self._plan):
            due = waiting & (self._due_day <= day)
            most = np.full(len(due), self._plan.term_cap)
            return self._keep_weakest(due, day, most)
        ages = self._exam_day - self._last_day
        weak = waiting & (ages > self._reach * self._stability)
        counts = [
            count_polish(int(count), done=0, today=day, exam_day=self._exam_day, plan=self._plan)
            for count in np.count_nonzero(weak, axis=1)
        ]
        return self._keep_weakest(weak, self._exam_day, np.array(counts))

    def _keep_weakest(self, wanted: BoolArray, day: int, most: IntArray) -> BoolArray:
        """Keep in each copy the `most` facts whose recall on the day is the lowest."""
        if np.all(np.count_nonzero(wanted, axis=1) <= most):
            return wanted
        weakness = np.where(wanted, (day - self._last_day) / self._stability, -1.0)
        order = np.argsort(-weakness, axis=1, kind="stable")
        ranks = np.empty_like(order)
        np.put_along_axis(ranks, order, np.arange(order.shape[1])[np.newaxis, :], axis=1)
        return wanted & (ranks < most[:, np.newaxis])


def meet(grade: Grade, parameters: Parameters) -> Memory:
    """Return the memory after a first answer and the right ones with which its steps end."""
    at = datetime(2000, 1, 1, tzinfo=UTC)
    answer = partial(
        preview, at=at, study_day=at.toordinal(), guess=0, parameters=parameters, seed=""
    )
    memory = answer(None)[grade]
    while memory.due_at is not None:
        memory = answer(memory)[Grade.GOOD]
    return memory
