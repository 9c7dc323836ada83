"""Options: who chose them, from which third, and which of them are suspect."""

import numpy as np
import pytest

from quizapp.psychometrics.analysing import analyse
from quizapp.psychometrics.findings import OptionFindings
from quizapp.psychometrics.marks import make_marks
from quizapp.psychometrics.options import part_in_thirds
from tests.unit.psychometrics.making import make_choices


def report_rows(letters: str, rest: list[float], key: str = "A") -> dict[str, OptionFindings]:
    options = analyse(make_choices(letters, rest, key)).items[0].options
    return {row.option or row.role: row for row in options}


def test_counts_and_shares_of_each_third_add_up_with_no_response() -> None:
    rows = report_rows("AAABAB-CC", [9, 8, 7, 6, 5, 4, 3, 2, 1])
    assert {name: row.count for name, row in rows.items()} == {
        "A": 4,
        "B": 2,
        "C": 2,
        "no response": 1,
    }
    assert (rows["A"].top, rows["A"].middle, rows["A"].bottom) == pytest.approx((1, 1 / 3, 0))
    assert (rows["B"].top, rows["B"].middle, rows["B"].bottom) == pytest.approx((0, 2 / 3, 0))
    assert rows["no response"].bottom == pytest.approx(1 / 3)
    for share in ("share", "top", "middle", "bottom"):
        assert sum(getattr(row, share) for row in rows.values()) == pytest.approx(1)
    assert {row.n for row in rows.values()} == {9}


def test_r_is_the_correlation_of_choosing_with_the_rest_among_those_who_chose() -> None:
    rest = [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0]
    rows = report_rows("AAABAB-CC", rest)
    chose = [mark for mark in rest if mark != 3.0]
    expected = np.corrcoef([1, 1, 1, 0, 1, 0, 0, 0], chose)[0, 1]
    assert rows["A"].r == pytest.approx(expected)
    assert rows["A"].r_n == 8
    blank = np.corrcoef([0, 0, 0, 0, 0, 0, 1, 0, 0], rest)[0, 1]
    assert rows["no response"].r == pytest.approx(blank)
    assert rows["no response"].r_n == 9


def test_the_item_s_own_mark_does_not_help_its_key() -> None:
    """Nobody differs but in this item: against the total the key would correlate wholly."""
    rows = report_rows("AABB", [5, 5, 5, 5])
    assert rows["A"].r is None
    assert not rows["A"].suspect
    assert rows["A"].verdict is None


def test_a_wrong_key_shows_in_the_key_and_in_the_distractor_that_the_strong_choose() -> None:
    letters = "B" * 20 + "A" * 20
    rest = [float(100 - number) for number in range(40)]
    rows = report_rows(letters, rest)
    assert rows["A"].role == "key"
    assert rows["A"].suspect
    assert rows["B"].role == "distractor"
    assert rows["B"].suspect
    for name in "AB":
        verdict = rows[name].verdict
        assert verdict is not None
        assert verdict.sure
        assert verdict.text.startswith("suspect")


def test_a_sound_item_is_not_suspect() -> None:
    rows = report_rows("A" * 20 + "B" * 20, [float(100 - number) for number in range(40)])
    assert not any(row.suspect for row in rows.values())
    assert rows["C"].count == 0
    assert rows["C"].r is None


def test_of_few_attempts_the_words_do_not_accuse() -> None:
    rows = report_rows("BBAA", [4, 3, 2, 1])
    assert rows["A"].suspect
    assert rows["A"].verdict is not None
    assert rows["A"].verdict.text == "cannot tell yet (n = 4)"


def test_ties_go_up_into_the_higher_third() -> None:
    top, middle, bottom = part_in_thirds(np.array([9.0, 8.0, 8.0, 8.0, 5.0, 1.0]))
    assert top.tolist() == [True, True, True, True, False, False]
    assert middle.sum() == 0
    assert bottom.tolist() == [False, False, False, False, True, True]


def test_sums_that_differ_by_the_order_of_adding_are_ties() -> None:
    top, _, bottom = part_in_thirds(np.array([0.1 + 0.2, 0.3, 0.3]))
    assert top.all()
    assert not bottom.any()


def test_thirds_are_told_with_their_sizes() -> None:
    item = analyse(make_choices("ABCABC", [6, 5, 4, 3, 2, 1])).items[0]
    assert item.thirds == (2, 2, 2)
    assert analyse(make_choices("", [])).items[0].thirds == (0, 0, 0)


def test_several_options_may_be_chosen_at_once() -> None:
    marks = make_choices("AB", [2, 1])
    both = make_marks(
        marks.items, [[1, 2], [0, 1]], choices={0: [[True, True, False], [False, False, False]]}
    )
    counts = [row.count for row in analyse(both).items[0].options]
    assert counts == [1, 1, 0, 1]


def test_only_those_who_were_asked_are_counted() -> None:
    marks = make_choices("AAB", [3, 2, 1])
    some = make_marks(
        marks.items,
        marks.marks,
        asked=[[True, True], [False, True], [True, True]],
        choices=dict(marks.choices),
    )
    rows = analyse(some).items[0].options
    assert [row.count for row in rows] == [1, 1, 0, 0]
    assert {row.n for row in rows} == {2}
