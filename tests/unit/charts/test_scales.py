"""The figures beside a chart are round, few, and enclose what is drawn."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.charts.scales import Scale, pick_ticks


@pytest.mark.parametrize(
    ("low", "high", "least_step", "ticks"),
    [
        (0, 7, 1, [0, 2, 4, 6, 8]),
        (0, 37, 1, [0, 10, 20, 30, 40]),
        (0, 1234, 1, [0, 500, 1000, 1500]),
        (0, 1, 1, [0, 1]),
        (0, 0, 1, [0, 1]),
        (0.83, 0.97, 0.001, [0.8, 0.85, 0.9, 0.95, 1.0]),
        (0.899, 0.901, 0.05, [0.85, 0.9, 0.95]),
        (1, 1, 0.001, [0.5, 1.0]),
        (0, 0, 0.001, [0, 0.5]),
    ],
)
def test_ticks_are_round(low: float, high: float, least_step: float, ticks: list[float]) -> None:
    assert pick_ticks(low, high, least_step=least_step) == ticks


@given(
    st.floats(min_value=0, max_value=1e6),
    st.floats(min_value=0, max_value=1e6),
    st.sampled_from((0.001, 0.05, 1.0)),
)
def test_ticks_enclose_the_values_and_are_few(one: float, other: float, least_step: float) -> None:
    low, high = sorted((one, other))
    ticks = pick_ticks(low, high, least_step=least_step)
    steps = [after - before for before, after in pairwise(ticks)]
    slack = 1e-6 * max(high, 1)
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack
    assert 2 <= len(ticks) <= 5
    assert min(steps) >= least_step - slack
    assert max(steps) - min(steps) <= slack


def test_a_scale_places_values_evenly_and_may_run_backwards() -> None:
    scale = Scale(low=10, high=20, start=200, end=100)
    assert [scale.place(value) for value in (10, 15, 20)] == [200, 150, 100]
