"""Predictions added up, and from when on they tell something."""

import pytest

from quizapp.psychometrics.intervals import find_share_interval
from quizapp.services.progress.replaying import FEWEST, Checked


def test_predictions_are_added_up_and_tell_something_from_ten_on() -> None:
    one = Checked(count=1, right=1, expected=0.9)
    some = sum([one] * (FEWEST - 1), start=Checked())
    assert not some.tells
    both = some + Checked(count=1, right=0, expected=0.4)
    assert both.tells
    assert both.share == pytest.approx(0.9)
    assert both.predicted == pytest.approx(0.85)
    assert both.interval == find_share_interval(9, 10)
