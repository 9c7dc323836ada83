"""Random marks, reckoned by arrays and by the published formulas one number at a time."""

from random import Random

import numpy as np
import pytest

from quizapp.psychometrics.analysing import analyse
from quizapp.psychometrics.findings import Report
from quizapp.psychometrics.marks import Item, make_marks
from tests.unit.psychometrics import scalar
from tests.unit.psychometrics.scalar import Grid

SEEDS = range(60)


def make_grid(seed: int, *, all_asked: bool) -> tuple[list[Item], Grid]:
    """Marks of all sorts: right or wrong, halves, negative ones, constant items, a maximum of 0."""
    rng = Random(seed)
    attempts, count = rng.randint(1, 14), rng.randint(1, 7)
    maxima = [rng.choice([1.0, 1.0, 3.0, 0.5, 0.0]) for _ in range(count)]
    chances = [rng.choice([0.2, 0.6, 1.0]) for _ in range(count)]
    steps = [rng.choice([1, 1, 4]) for _ in range(count)]

    def draw(item: int) -> float | None:
        if not all_asked and rng.random() < 0.3:
            return None
        if rng.random() < 0.05:
            return -maxima[item] / 4
        done = rng.random() < chances[item]
        return maxima[item] * (rng.randint(1, steps[item]) / steps[item] if done else 0)

    items = [Item(name=f"i{item}", maximum=each) for item, each in enumerate(maxima)]
    return items, [[draw(item) for item in range(count)] for _ in range(attempts)]


def analyse_grid(items: list[Item], grid: Grid) -> Report:
    asked = [[mark is not None for mark in row] for row in grid]
    return analyse(make_marks(items, grid, asked=asked))


def agree(found: float | None, expected: float) -> bool:
    unknown = float("nan") if found is None else found
    return unknown == pytest.approx(expected, rel=1e-9, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("all_asked", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
def test_items_agree(seed: int, *, all_asked: bool) -> None:
    items, grid = make_grid(seed, all_asked=all_asked)
    for position, found in enumerate(analyse_grid(items, grid).items):
        own, _, _ = scalar.pair(grid, position)
        maximum = items[position].maximum
        assert found.n == len(own)
        assert agree(found.facility, scalar.mean(own) / maximum if maximum else np.nan)
        assert agree(found.sd_marks, np.sqrt(scalar.covary(own, own)))
        assert agree(found.discrimination, scalar.discriminate(grid, position))
        assert agree(found.efficiency, scalar.find_efficiency(grid, position))


@pytest.mark.parametrize("seed", SEEDS)
def test_weights_and_alpha_without_each_item_agree(seed: int) -> None:
    items, grid = make_grid(seed, all_asked=True)
    weights = scalar.weigh(grid)
    for position, found in enumerate(analyse_grid(items, grid).items):
        assert agree(found.effective_weight, weights[position])
        assert agree(found.alpha_without, scalar.find_alpha(grid, without=position))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_whole_test_agrees(seed: int) -> None:
    items, grid = make_grid(seed, all_asked=True)
    found = analyse_grid(items, grid).test
    totals = [scalar.total(row) for row in grid]
    alpha = scalar.find_alpha(grid)
    deviation = np.sqrt(scalar.covary(totals, totals))
    assert agree(found.mean, scalar.mean(totals))
    assert agree(found.median, float(np.median(totals)))
    assert agree(found.sd, deviation)
    assert agree(found.skewness, scalar.find_skewness(totals))
    assert agree(found.kurtosis, scalar.find_kurtosis(totals))
    assert agree(found.alpha, alpha)
    assert agree(found.error_ratio, np.sqrt(1 - alpha))
    assert agree(found.sem, np.sqrt(1 - alpha) * deviation)


def test_the_drawn_grids_hold_what_they_should_prove() -> None:
    """No agreement on nothing: enough of the random tests have each figure, and some have not."""
    reports = [analyse_grid(*make_grid(seed, all_asked=True)) for seed in SEEDS]
    items = [item for each in reports for item in each.items]
    for name in ("facility", "discrimination", "efficiency", "effective_weight", "alpha_without"):
        known = sum(getattr(item, name) is not None for item in items)
        assert 0.4 * len(items) < known < len(items)
    alphas = [each.test.alpha for each in reports if each.test.alpha is not None]
    assert min(alphas) < 0 < max(alphas)
