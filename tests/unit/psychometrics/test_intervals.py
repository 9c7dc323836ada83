"""Intervals, held to published values and to what they must be by their meaning."""

import subprocess
import sys
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.psychometrics.intervals import (
    find_correlation_interval,
    find_facility_interval,
    find_mean_interval,
    find_share_interval,
)


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_an_interval_is_wilsons(right: int, count: int, low: float, high: float) -> None:
    assert find_share_interval(right, count) == pytest.approx((low, high), abs=5e-5)
    assert find_facility_interval(right / count, count) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("count", [1, 20, 1000])
def test_all_right_mirrors_all_wrong(count: int) -> None:
    low, high = find_share_interval(count, count)
    assert high == pytest.approx(1)
    assert high <= 1
    assert find_share_interval(0, count) == pytest.approx((0, 1 - low))


@given(marks=st.lists(st.floats(0, 1), min_size=30, max_size=60))
def test_for_marks_in_between_it_is_not_narrower_than_the_normal_one(marks: list[float]) -> None:
    """Wilson's half width is nearly 1.96 standard errors of marks at the two ends."""
    n, mean = len(marks), sum(marks) / len(marks)
    error = sqrt(sum((mark - mean) ** 2 for mark in marks) / n / n)
    low, high = find_facility_interval(mean, n)
    assert low <= mean + 1e-9
    assert high >= mean - 1e-9
    assert high - low >= 2 * 1.959964 * error / (1 + 1.959964**2 / n) - 1e-9


def test_negative_marks_widen_the_range_in_which_the_mean_is_looked_for() -> None:
    low, high = find_facility_interval(0.25, 40, lowest=-0.5)
    assert (low, high) == pytest.approx(
        tuple(-0.5 + 1.5 * end for end in find_share_interval(20, 40))
    )


def test_the_interval_of_a_correlation_is_fishers() -> None:
    # r = 0.5 of 28 pairs: z = 0.5493 with a standard error of 1 / 5.
    assert find_correlation_interval(0.5, 28) == pytest.approx((0.1560, 0.7358), abs=5e-5)
    assert find_correlation_interval(-0.5, 28) == pytest.approx((-0.7358, -0.1560), abs=5e-5)


@pytest.mark.parametrize(("r", "n"), [(0.5, 3), (0.0, 0), (1.0, 50), (-1.0, 50)])
def test_too_few_pairs_and_a_perfect_correlation_have_no_interval(r: float, n: int) -> None:
    assert find_correlation_interval(r, n) is None


def test_the_interval_of_a_mean_is_two_standard_errors_wide() -> None:
    assert find_mean_interval(0.6, 0.2, 100) == pytest.approx((0.5608, 0.6392), abs=1e-5)


def test_intervals_alone_do_not_load_numpy() -> None:
    program = "import sys, quizapp.psychometrics.intervals; print('numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "False"
