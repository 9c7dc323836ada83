"""What marks cannot tell is None and words: never a crash, never what is no number."""

import numpy as np
import pytest

from quizapp.psychometrics.analysing import analyse
from quizapp.psychometrics.marks import Item, Option, make_marks
from tests.unit.psychometrics.making import Rows, make_items, report

SPREAD = ("sd", "discrimination", "efficiency", "effective_weight", "alpha_without")


def test_no_attempt() -> None:
    found = analyse(make_marks(make_items(1, 2), []))
    assert (found.attempts, found.test.n) == (0, 0)
    assert found.test.notes == ("there is no attempt",)
    assert found.test.mean is found.test.sd is found.test.alpha is None
    assert found.test.bands == ()
    for item in found.items:
        assert (item.n, item.facility, item.facility_interval) == (0, None, None)
        assert item.notes == ("no attempt was asked it",)


def test_no_item() -> None:
    found = analyse(make_marks([], [[], []]))
    assert (found.attempts, found.items) == (2, ())
    assert found.test.maximum == 0
    assert found.test.mean_share is None
    assert "reliability needs two items" in found.test.notes


def test_one_attempt() -> None:
    found = report([[1, 0]])
    assert (found.test.mean, found.test.sd, found.test.alpha) == (1, None, None)
    assert found.test.notes == ("one attempt tells nothing of spread and reliability",)
    for item in found.items:
        assert all(getattr(item, name) is None for name in SPREAD)
        assert item.notes == ("one attempt tells nothing of spread and discrimination",)
    assert found.items[0].facility == 1


def test_one_item() -> None:
    found = report([[1], [0], [1]])
    (item,) = found.items
    assert item.facility == pytest.approx(2 / 3)
    assert item.discrimination is None
    assert item.intended_weight == item.effective_weight == 1
    assert item.notes == (
        "the marks on all other items are the same, so there is nothing to compare with",
    )
    assert found.test.alpha is None
    assert found.test.notes == ("reliability needs two items",)


@pytest.mark.parametrize("mark", [0, 1, 0.1])
def test_marks_that_are_all_the_same(mark: float) -> None:
    found = report([[mark, mark, mark]] * 7)
    assert found.test.sd == 0
    assert found.test.alpha is found.test.skewness is found.test.kurtosis is None
    assert found.test.notes == ("every attempt has the same total, so reliability cannot be told",)
    for item in found.items:
        assert item.sd == 0
        assert item.discrimination is item.efficiency is None
        assert item.notes == ("every attempt has the same mark, so it cannot tell attempts apart",)


def test_totals_that_are_the_same_but_for_the_order_of_adding() -> None:
    found = report([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1], [0.2, 0.3, 0.1]])
    assert found.test.sd == 0
    assert found.test.alpha is None


def test_a_negative_discrimination_and_a_negative_alpha() -> None:
    found = report([[1, 0], [0, 1], [1, 0], [0.5, 0]])
    assert found.items[0].discrimination is not None
    assert found.items[0].discrimination < -0.5
    assert found.test.alpha is not None
    assert found.test.alpha < 0
    assert found.test.error_ratio is not None
    assert found.test.error_ratio > 1
    assert "alpha is negative" in found.test.notes[0]


def test_a_maximum_of_nothing_has_no_shares() -> None:
    found = report([[0, 1], [0, 0], [0, 1]], 0, 1)
    none = found.items[0]
    assert none.facility is none.sd is None
    assert none.facility_method is None
    assert (none.sd_marks, none.intended_weight) == (0, 0)
    assert "the maximum is 0, so there are no shares of it" in none.notes
    assert report([[0], [0]], 0).items[0].intended_weight is None


@pytest.mark.parametrize(("attempts", "known"), [(9, False), (10, True)])
def test_the_interval_of_alpha_needs_ten_attempts(attempts: int, *, known: bool) -> None:
    rows: Rows = [[number % 2, number % 3 == 0, number > 4] for number in range(attempts)]
    assert (report(rows).test.alpha_interval is not None) == known


def test_a_seed_fixes_the_interval_of_alpha() -> None:
    marks = make_marks(make_items(1, 1, 1), np.random.default_rng(0).random((40, 3)))
    assert analyse(marks, seed=3) == analyse(marks, seed=3)
    assert analyse(marks, seed=3).test.alpha_interval != analyse(marks, seed=4).test.alpha_interval


def test_a_large_mark_beside_small_ones_costs_them_no_digits() -> None:
    """Taken from totals of a million, millionths would come out with four digits at best."""
    random = np.random.default_rng(1)
    small = random.integers(0, 2, size=(50, 2)) * 1e-6
    large = random.integers(0, 2, size=50) * 1e6
    found = analyse(make_marks(make_items(1e-6, 1e-6, 1e6), np.column_stack([small, large])))
    expected = np.corrcoef(small.sum(axis=1), large)[0, 1]
    assert found.items[2].discrimination == pytest.approx(expected, rel=1e-9)


def test_a_covariance_of_nothing_is_not_negative_by_the_order_of_adding() -> None:
    rows: Rows = [[first, second] for first in (0, 0.7, 1) for second in (0, 0.1, 0.3)]
    for item in report(rows).items:
        assert item.discrimination == 0
        assert "probably invalid" not in {verdict.level for verdict in item.bands}


def test_marks_that_make_no_sense_are_refused() -> None:
    items = make_items(1, 1)
    with pytest.raises(ValueError, match="at most"):
        make_marks(items, [[1, np.inf]])
    with pytest.raises(ValueError, match="at most"):
        make_marks(items, [[1, 1e7]])
    with pytest.raises(ValueError, match="one shape"):
        make_marks(items, [[1, 1]], asked=[[True, True], [True, True]])
    with pytest.raises(ValueError, match="maximum of 'i1'"):
        make_marks(make_items(-1), [[0]])
    option = Item(name="o", maximum=1, options=(Option(text="A", correct=True),))
    with pytest.raises(ValueError, match="attempts x options"):
        make_marks([option], [[1]], choices={0: [[True], [True]]})


def test_the_marks_cannot_be_changed() -> None:
    marks = make_marks(make_items(1, 1), [[1, 0]])
    with pytest.raises(ValueError, match="read-only"):
        marks.marks[0, 0] = 5
