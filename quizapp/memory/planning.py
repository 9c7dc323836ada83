"""The way to an exam: fewer reviews in the term, then a polish of what would be forgotten.

In the term facts are due at a lower retention than usual. In the last days before the exam, being
due counts no more for its facts: each day some of those that are predicted below a target on the
day of the exam are reviewed, the weakest first, so many that the rest spread evenly over the days
left. A fact due in these days is below the target, too, and so waits only for its turn. Steps of
minutes go on as ever.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import TypeVar

from quizapp.memory.fsrs6 import find_factor
from quizapp.memory.parameters import DEFAULT_PARAMETERS, Parameters
from quizapp.memory.state import Memory

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamPlan:
    """How to study for an exam.

    `retention` is that of the term, `polish_days` the number of study days before that of the exam
    in which it is polished, `target` the recall that each fact should have on it, `daily_cap` the
    most reviews of one of these days, `term_cap` of one before them. Without polish days, facts are
    due at the retention up to the exam.

    With the defaults the simulation in `tests/benchmarks/exam_plan.py` reaches the recall of a
    retention of 0.95 throughout by half of its reviews. The strongest first would take 5 % fewer,
    but leaves the weakest undone when days are missed.

    Raises:
        ValueError: a probability is not between 0 and 1, a number is negative, or a fact that is
            due in the polish would not be below the target.
    """

    retention: float = 0.80
    polish_days: int = 7
    target: float = 0.92
    daily_cap: int = 200
    term_cap: int = 200

    def __post_init__(self) -> None:
        if not (0 < self.retention < 1 and 0 < self.target < 1):
            raise ValueError("retention and target are probabilities between 0 and 1")
        if min(self.polish_days, self.daily_cap, self.term_cap) < 0:
            raise ValueError("neither days nor reviews can be fewer than none")
        if self.polish_days and self.retention >= self.target:
            raise ValueError(f"a polish to {self.target} needs a retention below it in the term")


DEFAULT_PLAN = ExamPlan()


def plan_at(retention: float, *, daily_cap: int = 200, term_cap: int = 200) -> ExamPlan:
    """Return the plan with that retention in the term: with a polish if it is below the target."""
    polish_days = DEFAULT_PLAN.polish_days if retention < DEFAULT_PLAN.target else 0
    return ExamPlan(
        retention=retention, polish_days=polish_days, daily_cap=daily_cap, term_cap=term_cap
    )


def is_polish_day(today: int, exam_day: int, plan: ExamPlan = DEFAULT_PLAN) -> bool:
    """Return whether the study day is one of the last before the exam."""
    return exam_day - plan.polish_days <= today < exam_day


def find_reach(plan: ExamPlan = DEFAULT_PLAN, parameters: Parameters = DEFAULT_PARAMETERS) -> float:
    """Return for how many times its stability a memory stays at the plan's target or above.

    So recall is below the target on a day just if day - last_day > reach * stability, which a
    database can compute. It is 1 for the target 0.90.
    """
    decay = -parameters.weights[20]
    return float((plan.target ** (1 / decay) - 1) / find_factor(decay))


def needs_polish(
    memory: Memory,
    today: int,
    exam_day: int,
    plan: ExamPlan = DEFAULT_PLAN,
    parameters: Parameters = DEFAULT_PARAMETERS,
) -> bool:
    """Return whether the fact waits for the polish today: it is below the target at the exam.

    Not on a day outside of the polish, not once it was reviewed today, and not within a step.
    """
    waits = memory.due_at is None and memory.last_day < today
    if not (waits and is_polish_day(today, exam_day, plan)):
        return False
    return exam_day - memory.last_day > find_reach(plan, parameters) * memory.stability


def list_polish(
    memories: Mapping[Key, Memory],
    *,
    done: int,
    today: int,
    exam_day: int,
    plan: ExamPlan = DEFAULT_PLAN,
    parameters: Parameters = DEFAULT_PARAMETERS,
) -> list[Key]:
    """Return which facts to polish today, the weakest first; `done` were polished today already.

    The weakest is the one with the lowest recall at the exam: the most days for its stability.
    """
    waiting = [
        key
        for key, memory in memories.items()
        if needs_polish(memory, today, exam_day, plan, parameters)
    ]
    waiting.sort(key=lambda key: memories[key].stability / (exam_day - memories[key].last_day))
    count = count_polish(len(waiting), done=done, today=today, exam_day=exam_day, plan=plan)
    return waiting[:count]


def count_polish(
    waiting: int, *, done: int, today: int, exam_day: int, plan: ExamPlan = DEFAULT_PLAN
) -> int:
    """Return how many more facts to polish today when so many wait and `done` were polished today.

    The day's share of all of them if each day until the exam takes as many, up to the daily cap.
    """
    if not is_polish_day(today, exam_day, plan):
        return 0
    share = ceil((waiting + done) / (exam_day - today))
    return max(min(share, plan.daily_cap) - done, 0)
