"""An interval for a share, held to published values."""

import pytest

from quizapp.services.progress.intervals import find_interval
from quizapp.services.progress.replaying import FEWEST, Checked


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
    assert find_interval(right, count) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("count", [1, 20, 1000])
def test_all_right_mirrors_all_wrong(count: int) -> None:
    low, high = find_interval(count, count)
    assert high == pytest.approx(1)
    assert high <= 1
    assert find_interval(0, count) == pytest.approx((0, 1 - low))


def test_predictions_are_added_up_and_tell_something_from_ten_on() -> None:
    one = Checked(count=1, right=1, expected=0.9)
    some = sum([one] * (FEWEST - 1), start=Checked())
    assert not some.tells
    both = some + Checked(count=1, right=0, expected=0.4)
    assert both.tells
    assert both.share == pytest.approx(0.9)
    assert both.predicted == pytest.approx(0.85)
    assert both.interval == find_interval(9, 10)
