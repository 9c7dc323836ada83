"""Items drawn at random: reported by themselves, and their slot as one place of the test."""

import numpy as np
import pytest

from quizapp.psychometrics.analysing import analyse
from quizapp.psychometrics.findings import Report
from quizapp.psychometrics.marks import Item, make_marks
from tests.unit.psychometrics import scalar

ATTEMPTS = 60


def draw_report() -> tuple[Report, np.ndarray, np.ndarray]:
    """Two items that everybody gets, and one of three drawn for the slot "pool"."""
    random = np.random.default_rng(4)
    strength = random.normal(size=(ATTEMPTS, 1))
    marks = (strength + random.normal(size=(ATTEMPTS, 5)) > 0).astype(np.float64)
    drawn = random.integers(0, 3, size=ATTEMPTS)
    asked = np.ones((ATTEMPTS, 5), dtype=np.bool_)
    asked[:, 2:] = drawn[:, np.newaxis] == np.arange(3)
    items = [Item(name="a", maximum=1), Item(name="b", maximum=1)]
    items += [Item(name=name, maximum=1, slot="pool") for name in ("p", "q", "r")]
    return analyse(make_marks(items, marks, asked=asked)), np.where(asked, marks, 0), asked


def test_alpha_and_weights_are_those_of_the_places() -> None:
    found, marks, _ = draw_report()
    places = [[*row[:2], sum(row[2:])] for row in marks.tolist()]
    assert found.test.alpha == pytest.approx(scalar.find_alpha(places))
    assert found.test.alpha_attempts == ATTEMPTS
    assert found.test.maximum == 3
    (pool,) = found.slots
    a, b, *drawn = found.items
    weights = [a.effective_weight, b.effective_weight, pool.effective_weight]
    assert weights == pytest.approx(scalar.weigh(places))
    assert [a.intended_weight, b.intended_weight, pool.intended_weight] == [1 / 3] * 3
    assert pool.alpha_without == pytest.approx(scalar.find_alpha(places, without=2))
    for item in drawn:
        assert item.intended_weight is item.effective_weight is item.alpha_without is None


def test_a_drawn_item_is_correlated_with_the_rest_and_not_with_the_total() -> None:
    found, marks, asked = draw_report()
    for column, item in enumerate(found.items[2:], 2):
        who = asked[:, column]
        rest = marks[who, :2].sum(axis=1)
        assert item.n == who.sum()
        assert item.discrimination == pytest.approx(np.corrcoef(marks[who, column], rest)[0, 1])
        assert "drawn for slot pool" in item.notes[0]
        assert "Moodle" in item.notes[0]


def test_a_slot_is_reported_as_one_item() -> None:
    found, marks, _ = draw_report()
    (pool,) = found.slots
    own = marks[:, 2:].sum(axis=1)
    assert (pool.item, pool.slot, pool.n) == ("pool", "pool", ATTEMPTS)
    assert pool.facility == pytest.approx(own.mean())
    assert pool.discrimination == pytest.approx(np.corrcoef(own, marks[:, :2].sum(axis=1))[0, 1])
    assert pool.notes == ()


def test_a_slot_of_one_item_is_that_item() -> None:
    items = [Item(name="a", maximum=1, slot="s"), Item(name="b", maximum=1)]
    found = analyse(make_marks(items, [[1, 1], [0, 1]]))
    assert found.slots == ()
    assert found.items[0].intended_weight == 0.5


def test_the_items_of_a_slot_have_one_maximum() -> None:
    items = [Item(name="a", maximum=1, slot="s"), Item(name="b", maximum=2, slot="s")]
    with pytest.raises(ValueError, match="different maxima"):
        make_marks(items, [[1, 1]])
