"""Tests so small that each figure can be reckoned by hand."""

from math import sqrt

import numpy as np
import pytest

from quizapp.psychometrics.analysing import analyse
from quizapp.psychometrics.findings import Bin
from quizapp.psychometrics.marks import Item, make_marks
from quizapp.psychometrics.totals import count_bins
from tests.unit.psychometrics.making import get_item, report


def test_four_attempts_at_three_items() -> None:
    found = report([[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]])
    test = found.test
    assert (test.mean, test.median) == (1.5, 1.5)
    assert test.sd == pytest.approx(sqrt(5 / 3))
    assert test.skewness == pytest.approx(0)
    # m2 = 5/4, m4 = 41/16; k4 = 16 (5 m4 - 9 m2^2) / 6, k2 = 5/3.
    assert test.kurtosis == pytest.approx(16 * (5 * 41 / 16 - 9 * 25 / 16) / 6 / (25 / 9))
    # Variances 1/4, 1/3, 1/4 against 5/3.
    assert test.alpha == pytest.approx(1.5 * (1 - (5 / 6) / (5 / 3)))
    assert test.error_ratio == pytest.approx(0.5)
    assert test.sem == pytest.approx(0.5 * sqrt(5 / 3))
    first = found.items[0]
    assert first.facility == 0.75
    # x: 1 1 1 0 and the rest: 2 1 0 0. C = 1/4, V(x) = 1/4, V(rest) = 11/12.
    assert first.discrimination == pytest.approx(0.25 / sqrt(0.25 * 11 / 12))
    assert first.efficiency == pytest.approx(1)
    assert first.intended_weight == pytest.approx(1 / 3)


def test_efficiency_is_the_share_of_the_covariance_that_could_be() -> None:
    # x: 0 1 0 1 against 1 2 3 4: C = 1/3; sorted, 0 0 1 1 against 1 2 3 4, it is 2/3.
    item = report([[0, 1], [1, 2], [0, 3], [1, 4]], 1, 4).items[0]
    assert item.efficiency == pytest.approx(0.5)


def test_an_item_s_deviation_is_told_in_marks_and_as_a_share_of_the_maximum() -> None:
    item = report([[0, 1], [4, 0]], 4, 1).items[0]
    assert item.sd_marks == pytest.approx(sqrt(8))
    assert item.sd == pytest.approx(sqrt(8) / 4)
    assert item.facility == 0.5


def test_effective_weights_are_roots_of_covariances_with_the_total() -> None:
    # Totals 5, 4, 0: C with the total is 5/2 for x = 1 1 0 and 9/2 for x = 4 3 0.
    first, second = report([[1, 4], [1, 3], [0, 0]], 1, 4).items
    assert (first.intended_weight, second.intended_weight) == (0.2, 0.8)
    roots = sqrt(1.5), sqrt(5.5)
    assert first.effective_weight == pytest.approx(roots[0] / sum(roots))
    assert second.effective_weight == pytest.approx(roots[1] / sum(roots))


def test_an_item_with_a_negative_covariance_has_no_weight_and_the_others_add_to_one() -> None:
    found = report([[0, 1, 3], [0, 1, 2], [1, 0, 1], [1, 0, 0]], 1, 1, 3)
    against, *others = found.items
    assert against.negative_covariance
    assert against.effective_weight is None
    assert any("negative covariance" in note for note in against.notes)
    assert sum(item.effective_weight or 0 for item in others) == pytest.approx(1)
    assert not any(item.negative_covariance for item in others)


def test_the_item_is_left_out_of_what_it_is_compared_with() -> None:
    """Against the total this item would seem to discriminate."""
    item = report([[1, 0], [1, 0], [0, 1], [0, 0]], 1, 1).items[0]
    assert item.discrimination == pytest.approx(-1 / sqrt(3))


def test_a_blank_counts_as_nothing_and_is_told() -> None:
    found = report([[1, 1], [None, 1], [0, 0]])
    assert found.items[0].facility == pytest.approx(1 / 3)
    assert (found.items[0].n, found.items[0].blank) == (3, 1)
    assert found.items[0].notes == ("without an answer, counted as 0: 1 of 3 attempts",)
    assert found.test.mean == pytest.approx(1)


def test_an_attempt_that_was_not_asked_counts_for_the_test_alone() -> None:
    items = [Item(name=name, maximum=2) for name in ("drawn", "other")]
    marks = [[2, 2], [0, 0], [0, 2], [0, 1]]
    asked = [[True, True], [True, True], [False, True], [False, True]]
    found = analyse(make_marks(items, marks, asked=asked))
    drawn, other = found.items
    assert (drawn.n, drawn.facility) == (2, 0.5)
    assert (other.n, other.facility) == (4, 0.625)
    assert drawn.discrimination == pytest.approx(1)
    assert any("2 of 4 attempts" in note for note in drawn.notes)
    assert found.test.alpha_attempts == 2
    assert found.test.alpha == pytest.approx(1)
    # Totals 4, 0, 2, 1 of 4, 4, 2, 2.
    assert found.test.mean_share == pytest.approx((1 + 0 + 1 + 0.5) / 4)


def test_negative_marks_count_as_they_are_and_are_told() -> None:
    found = report([[-0.25, 0], [1, 1], [1, 0]])
    assert found.items[0].facility == pytest.approx(1.75 / 3)
    assert found.items[0].notes == ("negative marks, counted as they are: 1",)
    assert found.test.distribution[0] == Bin(low=None, high=0, count=1)
    assert sum(each.count for each in found.test.distribution) == 3


def test_shares_on_the_edge_of_a_bin_are_in_the_upper_one() -> None:
    found = report([[0.1, 0.2], [0.7, 0.0], [1, 0]], 0.5, 0.5)
    counts = {round(each.low or 0, 1): each.count for each in found.test.distribution}
    assert (counts[0.3], counts[0.7], counts[0.9]) == (1, 1, 1)
    assert sum(counts.values()) == 3
    eight_tenths_added_up = sum([0.1] * 8)
    assert eight_tenths_added_up < 0.8
    assert count_bins(np.array([eight_tenths_added_up]))[8].count == 1


def test_halves_say_that_their_interval_is_wide_and_wholes_that_it_is_wilsons() -> None:
    whole, half = report([[1, 0.5], [0, 1], [1, 0]]).items
    assert whole.facility_method == "Wilson"
    assert half.facility_method == "Wilson, rather too wide for marks between 0 and the maximum"
    assert get_item(report([[0.5]]), "i1").facility_interval is not None
