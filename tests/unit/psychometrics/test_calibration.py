"""Predictions beside outcomes: Brier score, slope, the table of ten bins."""

from math import log

import numpy as np
import pytest

from quizapp.psychometrics.calibration import calibrate, find_slope
from tests.factories.classes import simulate_answers


def test_a_class_whose_memory_is_the_model_is_predicted_with_a_slope_of_one() -> None:
    found = calibrate(*simulate_answers(learners=20, facts=25, reviews=10, seed=11))
    assert found.n == 4500
    assert found.slope is not None
    assert 0.9 < found.slope < 1.1
    assert found.slope_interval is not None
    assert found.slope_interval[0] < 1 < found.slope_interval[1]
    assert found.predicted == pytest.approx(found.right, abs=0.02)
    fitting = [
        each.interval[0] <= each.predicted <= each.interval[1]
        for each in found.bins
        if each.interval is not None and each.predicted is not None
    ]
    assert len(fitting) >= 7
    assert sum(fitting) >= len(fitting) - 1


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_large_class_is_predicted_with_a_slope_of_one(seed: int) -> None:
    found = calibrate(*simulate_answers(learners=100, facts=40, reviews=12, seed=seed))
    assert found.n == 44_000
    assert found.slope is not None
    assert 0.95 < found.slope < 1.05


@pytest.mark.parametrize("true", [0.5, 2.0])
def test_a_slope_tells_predictions_too_extreme_from_those_too_timid(true: float) -> None:
    random = np.random.default_rng(3)
    logits = random.normal(0.5, 1.5, size=8000)
    right = random.random(8000) < 1 / (1 + np.exp(-(0.3 + true * logits)))
    found = find_slope(1 / (1 + np.exp(-logits)), right)
    assert found is not None
    assert found.slope == pytest.approx(true, abs=0.1)
    assert found.intercept == pytest.approx(0.3, abs=0.1)
    assert found.interval[0] < true < found.interval[1]


def test_a_slope_by_hand() -> None:
    # Two groups: the fitted line goes through the logits of their shares, 3 of 4 and 18 of 20.
    predicted = np.array([0.6] * 4 + [0.8] * 20)
    right = np.array([True] * 3 + [False] + [True] * 18 + [False] * 2)
    found = find_slope(predicted, right)
    assert found is not None
    logits, shares = (log(0.6 / 0.4), log(0.8 / 0.2)), (log(3), log(9))
    slope = (shares[1] - shares[0]) / (logits[1] - logits[0])
    assert found.slope == pytest.approx(slope, rel=1e-9)
    assert found.intercept == pytest.approx(shares[0] - slope * logits[0], rel=1e-9)
    spread = 1 / (4 * 0.75 * 0.25) + 1 / (20 * 0.9 * 0.1)
    half = 1.959964 * spread**0.5 / (logits[1] - logits[0])
    assert found.interval == pytest.approx((slope - half, slope + half), rel=1e-9)


def test_a_brier_score_by_hand() -> None:
    found = calibrate(np.array([0.9, 0.8, 0.3, 1.0]), np.array([True, False, False, True]))
    assert found.brier == pytest.approx((0.01 + 0.64 + 0.09 + 0) / 4)
    assert found.brier_constant == pytest.approx(0.25)
    assert found.slope is None  # four answers tell no line
    assert [each.n for each in found.bins] == [0, 0, 0, 1, 0, 0, 0, 0, 1, 2]
    last = found.bins[-1]
    assert (last.low, last.high, last.right) == (0.9, 1.0, 1.0)
    assert last.predicted == pytest.approx(0.95)


@pytest.mark.parametrize(
    ("predicted", "right"),
    [
        ([0.7] * 20, [True, False] * 10),
        ([0.5 + number / 50 for number in range(20)], [True] * 20),
        ([0.5 + number / 50 for number in range(20)], [False] * 10 + [True] * 10),
        ([1.0] * 20, [True] * 19 + [False]),
    ],
)
def test_answers_that_tell_no_slope_have_none(predicted: list[float], right: list[bool]) -> None:
    assert find_slope(np.array(predicted), np.array(right)) is None


def test_no_answers_are_no_figures() -> None:
    found = calibrate(np.empty(0), np.empty(0, dtype=bool))
    assert (found.n, found.brier, found.right, found.slope, found.interval) == (0, *[None] * 4)
    assert len(found.bins) == 10
