"""Classes of learners: their memories as columns, and logs in which their memory is the model's."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np

from quizapp.memory import DEFAULT_PARAMETERS, Grade, Memory, Review, advance, recall
from quizapp.memory.class_forecast import ClassMemories
from quizapp.psychometrics.marks import BoolArray, FloatArray
from tests.factories.reviews import FIRST_DAY, make_memory, make_review

Grid = Sequence[Sequence[Memory | None]]
_PARAMETERS = replace(DEFAULT_PARAMETERS, fuzz=False)
_REGISTRY = {_PARAMETERS.version: _PARAMETERS}


def draw_grid(learners: int, facts: int, seed: int = 3) -> list[list[Memory | None]]:
    """Draw memories reviewed up to 60 days before the first day; a quarter are not met."""
    rng, plain = Random(seed), make_memory()

    def draw() -> Memory | None:
        if rng.random() < 0.25:
            return None
        return replace(
            plain,
            stability=10 ** rng.uniform(-1, 3),
            difficulty=rng.uniform(1, 10),
            last_day=FIRST_DAY - rng.randint(0, 60),
            due_day=FIRST_DAY + rng.randint(-30, 60),
        )

    return [[draw() for _ in range(facts)] for _ in range(learners)]


def to_class(grid: Grid, targets: Sequence[float], today: int = FIRST_DAY) -> ClassMemories:
    """Return memories as the columns of a class whose learners all have the same today."""

    def column(name: str, missing: float) -> FloatArray:
        values = [[missing if m is None else getattr(m, name) for m in row] for row in grid]
        return np.array(values, dtype=np.float64).reshape(len(grid), len(grid[0]) if grid else 0)

    return ClassMemories(
        stabilities=column("stability", np.nan),
        difficulties=column("difficulty", np.nan),
        last_days=column("last_day", today).astype(np.int64) - today,
        due_days=column("due_day", today).astype(np.int64) - today,
        targets=np.array(targets, dtype=np.float64),
    )


def simulate_answers(
    learners: int, facts: int, reviews: int, *, seed: int, guess: float = 0.25
) -> tuple[FloatArray, BoolArray]:
    """Let learners whose true memory is the model's answer, and return predictions and answers.

    Each reviews every fact after gaps of up to 40 days; half of the answers may be guesses. The
    first answer to a fact has no prediction.
    """
    rng = Random(seed)
    told: list[tuple[float, bool]] = []
    for number in range(learners * facts):
        memory, day = None, number % 7
        for _ in range(reviews):
            chance = guess if rng.random() < 0.5 else 0.0
            known = 0.5 if memory is None else recall(memory, FIRST_DAY + day, _PARAMETERS)
            expected = chance + (1 - chance) * known
            right = rng.random() < expected
            if memory is not None:
                told.append((expected, right))
            memory = advance(memory, _review(day, chance, right=right), seed="", registry=_REGISTRY)
            day += rng.choice((1, 2, 4, 9, 20, 40))
    return np.array([each[0] for each in told]), np.array([each[1] for each in told])


def _review(day: int, guess: float, *, right: bool) -> Review:
    grade = Grade.GOOD if right else Grade.AGAIN
    return make_review(day, grade, guess=guess, parameters=_PARAMETERS.version)
