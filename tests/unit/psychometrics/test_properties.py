"""What must hold of the figures whatever the marks are."""

import json
from dataclasses import replace
from math import isfinite
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quizapp.psychometrics.analysing import analyse
from quizapp.psychometrics.document import describe
from quizapp.psychometrics.findings import Report
from quizapp.psychometrics.marks import FloatArray, Item, make_marks
from quizapp.psychometrics.reliability import find_alpha
from tests.unit.psychometrics.making import make_items

sizes = st.tuples(st.integers(1, 25), st.integers(1, 6))
quarters = st.integers(-1, 4).map(lambda number: number / 4)
grids = sizes.flatmap(lambda shape: arrays(np.float64, shape, elements=quarters))
wild = st.one_of(
    st.sampled_from([0.0, 1.0, 1e-300, 1e6, -1e6, 0.1]), st.floats(-1e6, 1e6), st.just(np.nan)
)
wild_grids = sizes.flatmap(lambda shape: arrays(np.float64, shape, elements=wild))
FEW = settings(max_examples=60, deadline=None)


def analyse_array(marks: FloatArray, maximum: float = 1) -> Report:
    return analyse(make_marks(make_items(*[maximum] * marks.shape[1]), marks))


def flatten(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in flatten(each)]
    if isinstance(value, tuple | list):
        return [leaf for each in value for leaf in flatten(each)]
    return [value]


def assert_same(one: Report, other: Report) -> None:
    left, right = flatten(describe(one)), flatten(describe(other))
    assert len(left) == len(right)
    for a, b in zip(left, right, strict=True):
        if isinstance(a, float) and isinstance(b, float | int):
            assert a == pytest.approx(b, rel=1e-7, abs=1e-7)
        else:
            assert a == b


@FEW
@given(grid=grids, seed=st.integers(0, 1000))
def test_the_order_of_the_attempts_makes_no_difference(grid: FloatArray, seed: int) -> None:
    order = list(range(len(grid)))
    Random(seed).shuffle(order)
    assert_same(analyse_array(grid), analyse_array(grid[order]))


@FEW
@given(grid=grids, factor=st.sampled_from([0.001, 0.5, 3.0, 1000.0]))
def test_marks_and_maxima_in_another_unit_change_what_is_told_in_marks_alone(
    grid: FloatArray, factor: float
) -> None:
    plain, scaled = analyse_array(grid), analyse_array(grid * factor, factor)
    in_marks = {"maximum", "mean", "median", "sd", "sem"}
    test = replace(scaled.test, **{name: getattr(plain.test, name) for name in in_marks})
    items = tuple(
        replace(item, maximum=1.0, sd_marks=fellow.sd_marks)
        for item, fellow in zip(scaled.items, plain.items, strict=True)
    )
    assert_same(plain, replace(scaled, test=test, items=items))
    if plain.test.sd is not None:
        assert scaled.test.sd == pytest.approx(plain.test.sd * factor)


@FEW
@given(
    column=st.lists(quarters, min_size=2, max_size=30).filter(lambda each: len(set(each)) > 1),
    count=st.integers(2, 6),
)
def test_items_that_agree_wholly_have_an_alpha_of_one(column: list[float], count: int) -> None:
    found = analyse_array(np.array([column] * count).T)
    assert found.test.alpha == pytest.approx(1)
    assert found.test.sem == pytest.approx(0, abs=1e-6)
    assert all(item.discrimination == pytest.approx(1) for item in found.items)
    assert all(item.efficiency == pytest.approx(1) for item in found.items)


@pytest.mark.parametrize("count", [2, 5, 20])
def test_alpha_of_parallel_items_is_what_spearman_and_brown_say(count: int) -> None:
    random = np.random.default_rng(count)
    true = random.normal(size=(200_000, 1))
    marks = true + random.normal(scale=1.5, size=(200_000, count))
    one = 1 / (1 + 1.5**2)
    assert find_alpha(marks) == pytest.approx(count * one / (1 + (count - 1) * one), abs=0.005)


@FEW
@given(grid=grids)
def test_shares_are_shares_and_correlations_are_correlations(grid: FloatArray) -> None:
    found = analyse_array(grid)
    for item in found.items:
        for r in (item.discrimination, *(item.discrimination_interval or ())):
            assert r is None or -1 <= r <= 1
        if item.discrimination is not None and item.discrimination_interval is not None:
            low, high = item.discrimination_interval
            assert low <= item.discrimination <= high
        assert item.efficiency is None or item.efficiency <= 1
        assert item.facility is not None
        assert item.facility_interval is not None
        low, high = item.facility_interval
        assert low - 1e-9 <= item.facility <= high + 1e-9
    assert found.test.alpha is None or found.test.alpha <= 1 + 1e-12
    weights = [item.effective_weight for item in found.items if item.effective_weight is not None]
    assert not weights or sum(weights) == pytest.approx(1)


@settings(max_examples=120, deadline=None)
@given(grid=wild_grids, maximum=st.sampled_from([0.0, 1.0, 1e6]), seed=st.integers(0, 99))
def test_no_marks_make_it_fail_or_give_what_is_no_number(
    grid: FloatArray, maximum: float, seed: int
) -> None:
    asked = np.random.default_rng(seed).random(grid.shape) < 0.7
    items = [
        Item(name=f"i{column}", maximum=maximum, facts=("f",), template="t", slot=slot)
        for column, slot in zip(range(grid.shape[1]), ["s", "s", *[None] * 4], strict=False)
    ]
    found = describe(analyse(make_marks(items, grid, asked=asked)))
    json.dumps(found, allow_nan=False)
    assert all(isfinite(leaf) for leaf in flatten(found) if isinstance(leaf, float))
