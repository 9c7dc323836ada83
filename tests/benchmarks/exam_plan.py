"""Simulated learners on their way to an exam: what is recalled on the day, after how many reviews.

The true memory of a learner is FSRS-6 with weights that differ from learner to learner and from
fact to fact. No plan knows them: those of the product use its default weights, SM-2 none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import ceil, exp
from random import Random
from statistics import fmean
from typing import Protocol

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from quizapp.memory import (
    DEFAULT_PARAMETERS,
    DEFAULT_PLAN,
    ExamPlan,
    Grade,
    Memory,
    Review,
    advance,
    is_polish_day,
    list_polish,
    name_version,
)
from quizapp.memory.fsrs6 import predict_recall, start, update
from tests.benchmarks.measuring import Sizes

FACTS, NEW_PER_DAY, EXAM_DAY = 300, 10, 60
# Of a first answer, as the model has it.
_FIRST_RECALL = 0.5
# Standard deviations of the logarithm of each weight.
_LEARNERS_DIFFER, _FACTS_DIFFER = 0.1, 0.1
_EASE = 2.5
# The 27th of November 2023, a date for the study day 0.
_START = datetime(2023, 11, 27, 12, tzinfo=UTC)


class Schedule(Protocol):
    """Says what to review, and is told each answer."""

    def pick(self, day: int) -> Sequence[int]:
        """Return the facts to review on the day, none of them new."""

    def note(self, fact: int, day: int, grade: Grade) -> bool:
        """Take an answer and return whether the fact is asked once more on the same day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Means over learners.

    `recall` is the true one on the day of the exam; `reviews` count each later day on which a fact
    is asked, `answers` those on the first day and all repeats on one day, too; `most` is the
    largest number of reviews on one day.
    """

    recall: float
    reviews: float
    answers: float
    most: float
    learners: int


class Planned:
    """The product's schedule: an exam plan, or with no days of polish just its retention."""

    def __init__(self, plan: ExamPlan, seed: str) -> None:
        self._plan, self._seed = plan, seed
        self._version = name_version(plan.retention)
        self._memories: dict[int, Memory] = {}

    def pick(self, day: int) -> Sequence[int]:
        today = _START.toordinal() + day
        exam_day = _START.toordinal() + EXAM_DAY
        if is_polish_day(today, exam_day, self._plan):
            return list_polish(
                self._memories, done=0, today=today, exam_day=exam_day, plan=self._plan
            )
        return [fact for fact, memory in self._memories.items() if memory.due_day <= today]

    def note(self, fact: int, day: int, grade: Grade) -> bool:
        before = self._memories.get(fact)
        at = (before and before.due_at) or _START + timedelta(days=day)
        review = Review(
            number=0,
            at=at,
            arrived=at,
            study_day=at.toordinal(),
            grade=grade,
            guess=0,
            parameters=self._version,
        )
        after = advance(before, review, seed=f"{self._seed}:{fact}")
        self._memories[fact] = after
        return after.due_at is not None


@dataclass(slots=True)
class Card:
    """What SM-2 keeps of a fact."""

    due: int
    interval: int = 0
    successes: int = 0


class SM2:
    """SM-2 as Wozniak published it in 1990: 1 day, 6 days, then times the ease.

    A right answer has the quality 4, which leaves the ease as it is; a wrong one leaves it too, and
    begins anew. What was wrong is asked again on the same day, which changes nothing else.
    """

    def __init__(self) -> None:
        self._cards: dict[int, Card] = {}
        self._again: set[int] = set()

    def pick(self, day: int) -> Sequence[int]:
        return [fact for fact, card in self._cards.items() if card.due <= day]

    def note(self, fact: int, day: int, grade: Grade) -> bool:
        if fact in self._again:
            self._again.discard(fact)
            return False
        card = self._cards.setdefault(fact, Card(due=day))
        if grade == Grade.AGAIN:
            card.successes, card.interval = 0, 1
            self._again.add(fact)
        else:
            card.interval = {0: 1, 1: 6}.get(card.successes, ceil(card.interval * _EASE))
            card.successes += 1
        card.due = day + card.interval
        return grade == Grade.AGAIN


class Learner:
    """A learner whose facts are each forgotten in their own way."""

    def __init__(self, seed: str) -> None:
        rng = Random(seed)
        own = _vary(DEFAULT_PARAMETERS.weights, _LEARNERS_DIFFER, rng)
        self._weights = [_vary(own, _FACTS_DIFFER, rng) for _ in range(FACTS)]
        # One for each fact, so that all schedules meet the same luck.
        self._luck = [Random(f"{seed}:{fact}") for fact in range(FACTS)]
        self._states: dict[int, tuple[float, float, int]] = {}

    def recall(self, fact: int, day: int) -> float:
        """Return the true probability that the learner knows the fact, 0 before it was met."""
        if fact not in self._states:
            return 0.0
        stability, _, last = self._states[fact]
        return predict_recall(stability, day - last, self._weights[fact])

    def answer(self, fact: int, day: int) -> Grade:
        """Return the grade of an answer, from which the learner also learns."""
        known = self.recall(fact, day) if fact in self._states else _FIRST_RECALL
        grade = Grade.GOOD if self._luck[fact].random() < known else Grade.AGAIN
        weights = self._weights[fact]
        if fact in self._states:
            stability, difficulty, last = self._states[fact]
            after = update(stability, difficulty, day - last, grade, weights)
        else:
            after = start(grade, weights)
        self._states[fact] = (*after, day)
        return grade


def measure_exam_plan(sizes: Sizes) -> dict[str, Outcome]:
    """Let the same learners study by the exam plan, at two retentions without one, and by SM-2."""
    return {
        name: simulate(name, [str(number) for number in range(sizes.learners)])
        for name in ("exam_plan", "retention_0.90", "retention_0.95", "sm2")
    }


def simulate(name: str, seeds: Iterable[str]) -> Outcome:
    """Return what comes of a schedule for one learner a seed."""
    outcomes = [_study(Learner(seed), _make_schedule(name, seed)) for seed in seeds]
    return Outcome(
        recall=round(fmean(each.recall for each in outcomes), 4),
        reviews=round(fmean(each.reviews for each in outcomes), 1),
        answers=round(fmean(each.answers for each in outcomes), 1),
        most=round(fmean(each.most for each in outcomes), 1),
        learners=len(outcomes),
    )


def _make_schedule(name: str, seed: str) -> Schedule:
    if name == "sm2":
        return SM2()
    if name == "exam_plan":
        return Planned(DEFAULT_PLAN, seed)
    retention = float(name.removeprefix("retention_"))
    return Planned(replace(DEFAULT_PLAN, retention=retention, polish_days=0), seed)


def _study(learner: Learner, schedule: Schedule) -> Outcome:
    reviews: list[int] = []
    answers = 0
    for day in range(EXAM_DAY):
        picked = schedule.pick(day)
        reviews.append(len(picked))
        new = range(day * NEW_PER_DAY, min((day + 1) * NEW_PER_DAY, FACTS))
        answers += sum(_ask(learner, schedule, fact, day) for fact in (*picked, *new))
    return Outcome(
        recall=fmean(learner.recall(fact, EXAM_DAY) for fact in range(FACTS)),
        reviews=sum(reviews),
        answers=answers,
        most=max(reviews),
        learners=1,
    )


def _ask(learner: Learner, schedule: Schedule, fact: int, day: int) -> int:
    """Ask a fact until the schedule lets it rest and return how often that was."""
    asked = 1
    while schedule.note(fact, day, learner.answer(fact, day)):
        asked += 1
    return asked


def _vary(weights: Sequence[float], spread: float, rng: Random) -> tuple[float, ...]:
    bounds = zip(weights, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return tuple(
        min(max(weight * exp(rng.gauss(0, spread)), low), high) for weight, low, high in bounds
    )
