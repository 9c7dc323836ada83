"""Forecasts of many memories against the formulas for one."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.memory import DEFAULT_PARAMETERS, Grade, Memory, fsrs6, fsrs6_arrays, recall
from quizapp.memory.forecast import (
    count_below,
    expect_right,
    forecast_grid,
    forecast_recall,
    share_below,
)
from tests.factories.reviews import FIRST_DAY, make_memory

WEIGHTS = DEFAULT_PARAMETERS.weights
stabilities = st.floats(min_value=0.001, max_value=36500)
difficulties = st.floats(min_value=1, max_value=10)


def make_memories(count: int) -> list[Memory]:
    rng, plain = Random(5), make_memory()
    return [
        replace(
            plain,
            stability=10 ** rng.uniform(-3, 4),
            last_day=FIRST_DAY + rng.randint(-400, 30),
        )
        for _ in range(count)
    ]


def test_recall_of_many_on_many_days_is_that_of_each_on_each() -> None:
    memories, days = make_memories(200), range(FIRST_DAY - 30, FIRST_DAY + 400, 13)
    forecast = forecast_recall(memories, days)
    each = [[recall(memory, day, DEFAULT_PARAMETERS) for day in days] for memory in memories]
    assert forecast.shape == (200, len(days))
    np.testing.assert_allclose(forecast, each, rtol=1e-9, atol=0)
    assert forecast.max() == 1.0  # on the day of the review and before


def test_other_weights_forecast_other_recall() -> None:
    slower = replace(DEFAULT_PARAMETERS, version="slow", weights=(*WEIGHTS[:20], 0.1))
    (memory,) = make_memories(1)
    day = memory.last_day + 100
    (forecast,) = forecast_recall([memory], [day], slower)
    assert forecast[0] == pytest.approx(recall(memory, day, slower), rel=1e-9)
    assert forecast[0] != pytest.approx(recall(memory, day, DEFAULT_PARAMETERS), rel=1e-3)


def test_a_class_is_learners_by_facts_by_days() -> None:
    memories, days = make_memories(6), [FIRST_DAY + 40, FIRST_DAY + 50]
    shape = (2, 3)
    grid = forecast_grid(
        np.array([memory.stability for memory in memories]).reshape(shape),
        np.array([memory.last_day for memory in memories]).reshape(shape),
        days,
    )
    assert grid.shape == (2, 3, 2)
    np.testing.assert_array_equal(grid.reshape(6, 2), forecast_recall(memories, days))


def test_no_memories_are_no_forecast() -> None:
    assert forecast_recall([], [FIRST_DAY]).shape == (0, 1)


def test_a_right_answer_comes_from_knowing_or_from_a_guess() -> None:
    recalls = np.array([[0.0, 0.5], [0.8, 1.0]])
    np.testing.assert_allclose(expect_right(recalls, 0.25), [[0.25, 0.625], [0.85, 1.0]])
    np.testing.assert_allclose(expect_right(recalls, [[0.0], [0.5]]), [[0.0, 0.5], [0.9, 1.0]])


def test_what_is_below_a_threshold_is_counted_by_day_or_by_memory() -> None:
    recalls = np.array([[0.95, 0.89], [0.9, 0.5], [np.nan, np.nan]])
    assert count_below(recalls, 0.9).tolist() == [0, 2]
    assert count_below(recalls, 0.9, axis=1).tolist() == [1, 1, 0]
    assert share_below(recalls, 0.9).tolist() == [0, 1]
    np.testing.assert_array_equal(share_below(recalls, 0.9, axis=1), [0.5, 0.5, np.nan])


@settings(max_examples=60, deadline=None)
@given(
    stability=stabilities,
    difficulty=difficulties,
    elapsed=st.integers(1, 2000),
    right=st.booleans(),
)
def test_an_answer_changes_many_memories_as_it_changes_one(
    stability: float, difficulty: float, elapsed: int, right: bool
) -> None:
    grade = Grade.GOOD if right else Grade.AGAIN
    one = fsrs6.update(stability, difficulty, elapsed, grade, WEIGHTS)
    many = fsrs6_arrays.update(
        np.array([stability]),
        np.array([difficulty]),
        np.array([elapsed]),
        np.array([right]),
        WEIGHTS,
    )
    assert flatten(many) == pytest.approx(one, rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(stability=stabilities, difficulty=difficulties)
def test_a_repeat_on_one_day_changes_many_memories_as_it_changes_one(
    stability: float, difficulty: float
) -> None:
    one = fsrs6.update(stability, difficulty, 0, Grade.GOOD, WEIGHTS)
    many = fsrs6_arrays.relearn(np.array([stability]), np.array([difficulty]), WEIGHTS)
    assert flatten(many) == pytest.approx(one, rel=1e-9)


def flatten(arrays: Sequence[fsrs6_arrays.FloatArray]) -> tuple[float, ...]:
    return tuple(float(array[0]) for array in arrays)


def test_the_memory_alone_does_not_load_numpy() -> None:
    program = "import sys, quizapp.memory; print('numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "False"
