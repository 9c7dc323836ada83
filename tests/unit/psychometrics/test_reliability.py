"""The bootstrap of alpha, against draws that are laid out attempt by attempt."""

import numpy as np
import pytest

from quizapp.psychometrics.reliability import _count_drawn, find_alpha, find_alpha_interval


@pytest.mark.parametrize("attempts", [10, 17])
def test_the_interval_is_that_of_the_draws_laid_out(attempts: int) -> None:
    marks = np.random.default_rng(8).integers(0, 5, size=(attempts, 3)) / 4.0
    ordered = marks[np.lexsort(marks.T)]
    counts = _count_drawn(np.random.default_rng(5), 1000, attempts).astype(np.int64)
    assert (counts.sum(axis=1) == attempts).all()
    alphas = [find_alpha(np.repeat(ordered, each, axis=0)) for each in counts]
    known = [alpha for alpha in alphas if alpha is not None]
    expected = np.percentile(known, [2.5, 97.5])
    assert find_alpha_interval(marks, 5) == pytest.approx(tuple(expected), rel=1e-9)


def test_where_many_draws_have_no_alpha_there_is_no_interval() -> None:
    """One attempt in twelve differs, and a third of all draws miss it."""
    marks = np.zeros((12, 2))
    marks[0] = 1
    assert find_alpha(marks) == pytest.approx(1)
    assert find_alpha_interval(marks, 0) is None
