"""The memories of a class: recall, what is forgotten next, and how many know a fact."""

from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest

from quizapp.memory import DEFAULT_PARAMETERS, Parameters, recall
from quizapp.memory.class_forecast import (
    SOON,
    count_knowing,
    find_falling,
    recall_ahead,
)
from tests.factories import simulated_logs
from tests.factories.classes import draw_grid, to_class
from tests.factories.reviews import FIRST_DAY

LEARNERS, FACTS = 9, 50
GRID = draw_grid(LEARNERS, FACTS)
TARGETS = [0.80 + 0.02 * number for number in range(LEARNERS)]
CLASS = to_class(GRID, TARGETS)
STEEP = Parameters(version="steep", weights=simulated_logs.STEEP)


@pytest.mark.parametrize("ahead", [0, 1, 7, 30, 400])
def test_recall_of_a_class_is_that_of_each_memory(ahead: int) -> None:
    forecast = recall_ahead(CLASS, ahead)
    for learner, fact in product(range(LEARNERS), range(FACTS)):
        memory = GRID[learner][fact]
        if memory is None:
            assert np.isnan(forecast[learner, fact])
        else:
            expected = recall(memory, FIRST_DAY + ahead, DEFAULT_PARAMETERS)
            assert forecast[learner, fact] == pytest.approx(expected, rel=1e-9)


def test_a_learner_may_have_weights_of_their_own() -> None:
    forecast = recall_ahead(replace(CLASS, own={4: STEEP}), 30)
    for learner in range(LEARNERS):
        for fact in range(FACTS):
            memory, parameters = GRID[learner][fact], STEEP if learner == 4 else DEFAULT_PARAMETERS
            if memory is not None:
                expected = recall(memory, FIRST_DAY + 30, parameters)
                assert forecast[learner, fact] == pytest.approx(expected, rel=1e-9)


def test_each_learner_may_have_days_of_their_own() -> None:
    ahead = np.arange(LEARNERS)
    forecast = recall_ahead(CLASS, ahead)
    for learner in range(LEARNERS):
        np.testing.assert_array_equal(forecast[learner], recall_ahead(CLASS, learner)[learner])


def test_what_is_forgotten_next_is_found_as_by_asking_every_memory() -> None:
    found = find_falling(CLASS)
    for fact in range(FACTS):
        falling = below = 0
        for row, target in zip(GRID, TARGETS, strict=True):
            memory = row[fact]
            if memory is None:
                continue
            today, later = (
                recall(memory, FIRST_DAY + day, DEFAULT_PARAMETERS) for day in (0, SOON)
            )
            falling += today >= target > later
            below += today < target
        assert (found.falling[fact], found.below[fact]) == (falling, below)
    assert found.falling.sum() > FACTS / 5
    assert found.below.sum() > FACTS


def test_more_fall_in_more_days() -> None:
    week, month = find_falling(CLASS), find_falling(CLASS, days=30)
    assert (month.falling >= week.falling).all()
    assert month.falling.sum() > week.falling.sum()


def list_chances(chances: list[float]) -> list[float]:
    """The probability of each number of learners, by going through who knows and who does not."""
    counts = [0.0] * (len(chances) + 1)
    for known in product((True, False), repeat=len(chances)):
        pairs = zip(chances, known, strict=True)
        counts[sum(known)] += float(np.prod([p if knows else 1 - p for p, knows in pairs]))
    return counts


@pytest.mark.parametrize("seed", range(4))
def test_the_band_of_a_small_class_is_that_of_all_its_outcomes(seed: int) -> None:
    rng = Random(seed)
    chances = [rng.random() for _ in range(8)]
    knowing = count_knowing(np.array(chances)[:, np.newaxis])
    upto = np.cumsum(list_chances(chances))
    assert knowing.expected[0] == pytest.approx(sum(chances), rel=1e-12)
    assert knowing.low[0] == np.argmax(upto >= 0.025)
    assert knowing.high[0] == np.argmax(upto >= 0.975)


def test_a_fact_not_met_is_not_known_and_a_certain_one_has_no_band() -> None:
    recalls = np.array([[np.nan, 1.0, 0.5], [np.nan, 1.0, 0.5]])
    knowing = count_knowing(recalls)
    assert knowing.expected.tolist() == [0, 2, 1]
    assert knowing.low.tolist() == [0, 2, 0]
    assert knowing.high.tolist() == [0, 2, 2]


def test_a_large_class_has_the_band_of_a_small_one_to_a_learner() -> None:
    random = np.random.default_rng(1)
    chances = random.random((200, 40))
    exact, rough = count_knowing(chances), count_knowing(np.vstack([chances, np.zeros((1, 40))]))
    assert np.abs(exact.low - rough.low).max() <= 1
    assert np.abs(exact.high - rough.high).max() <= 1


def test_a_class_without_learners_or_facts_knows_nothing() -> None:
    nobody = to_class([], [])
    assert recall_ahead(nobody, 3).size == 0
    assert count_knowing(np.empty((0, 4))).high.tolist() == [0, 0, 0, 0]
    assert count_knowing(np.empty((4, 0))).high.tolist() == []
