"""A known answer: the sixth section of the Law School Admission Test, 1,000 people, five items."""

from collections import Counter

import pytest

from quizapp.psychometrics.analysing import analyse
from quizapp.psychometrics.findings import Report
from quizapp.psychometrics.marks import make_marks
from tests.unit.psychometrics.making import make_items, make_lsat6


@pytest.fixture(scope="module")
def lsat6() -> Report:
    return analyse(make_marks(make_items(1, 1, 1, 1, 1), make_lsat6()))


def test_the_patterns_give_the_published_totals() -> None:
    totals = Counter(make_lsat6().sum(axis=1).tolist())
    assert [totals[score] for score in range(6)] == [3, 20, 85, 237, 357, 298]


@pytest.mark.parametrize(
    ("statistic", "published"),
    [
        ("facility", (0.924, 0.709, 0.553, 0.763, 0.870)),
        ("discrimination", (0.1128, 0.1532, 0.1728, 0.1444, 0.1216)),
        ("alpha_without", (0.2754, 0.2376, 0.2168, 0.2459, 0.2663)),
    ],
)
def test_each_item_has_its_published_figures(
    lsat6: Report, statistic: str, published: tuple[float, ...]
) -> None:
    found = [getattr(item, statistic) for item in lsat6.items]
    assert found == pytest.approx(published, abs=5e-5)


def test_the_test_has_its_published_figures(lsat6: Report) -> None:
    assert lsat6.attempts == lsat6.test.n == 1000
    # 0.2960 would come of mixing p (1 - p) with the variance that divides by n - 1.
    assert lsat6.test.alpha == pytest.approx(0.2950, abs=5e-5)
    assert lsat6.test.sd == pytest.approx(1.0350, abs=5e-5)
    assert lsat6.test.sem == pytest.approx(0.8691, abs=5e-5)
    assert lsat6.test.mean == pytest.approx(3.819)
    assert lsat6.test.mean_share == pytest.approx(0.7638)


def test_the_bootstrap_agrees_with_the_interval_of_feldt(lsat6: Report) -> None:
    """1 - (1 - alpha) F, F with 999 and 3996 degrees of freedom: 0.2235 to 0.3618."""
    assert lsat6.test.alpha_interval == pytest.approx((0.2235, 0.3618), abs=0.005)


def test_the_histogram_counts_everybody_once(lsat6: Report) -> None:
    counts = [each.count for each in lsat6.test.distribution]
    assert counts == [3, 0, 20, 0, 85, 0, 237, 0, 357, 298]
