"""Which band a figure is in, who says so, and when nobody can say yet."""

import numpy as np
import pytest

from quizapp.psychometrics import bands
from quizapp.psychometrics.analysing import analyse
from quizapp.psychometrics.bands import Scale, Verdict, judge, judge_plainly
from quizapp.psychometrics.findings import ItemFindings
from quizapp.psychometrics.marks import Item, make_marks
from tests.unit.psychometrics.making import make_items, make_lsat6, report


def get_verdict(item: ItemFindings, scale: Scale) -> Verdict:
    return next(
        each
        for each in item.bands
        if (each.statistic, each.source) == (scale.statistic, scale.source)
        and each.level in {words for _, words in scale.bands}
    )


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (-3, "extremely difficult, or something is wrong with the item"),
        (5.4, "extremely difficult, or something is wrong with the item"),
        (5.5, "very difficult"),
        (10, "very difficult"),
        (11, "difficult"),
        (20, "difficult"),
        (20.6, "moderately difficult"),
        (34, "moderately difficult"),
        (35, "about right"),
        (65, "about right"),
        (66, "fairly easy"),
        (80, "fairly easy"),
        (81, "easy"),
        (89, "easy"),
        (90, "very easy"),
        (94, "very easy"),
        (95, "extremely easy"),
        (100, "extremely easy"),
    ],
)
def test_a_facility_is_read_in_whole_percent(percent: float, words: str) -> None:
    assert bands.FACILITY.find_level(percent / 100) == words


@pytest.mark.parametrize(
    ("scale", "value", "words"),
    [
        (bands.DISCRIMINATION, 0.5, "very good"),
        (bands.DISCRIMINATION, 0.49, "adequate"),
        (bands.DISCRIMINATION, 0.3, "adequate"),
        (bands.DISCRIMINATION, 0.29, "weak"),
        (bands.DISCRIMINATION, 0.0, "very weak"),
        (bands.DISCRIMINATION, -0.01, "probably invalid"),
        (bands.NEEDS_CHECKING, 0.29, "very likely needs checking"),
        (bands.NEEDS_CHECKING, 0.49, "likely needs checking"),
        (bands.NEEDS_CHECKING, 0.5, "unlikely to need checking"),
        (bands.EFFICIENCY, 0.149, "dubious: under 15 %"),
        (bands.EFFICIENCY, 0.15, "not dubious"),
        (bands.GUESS, 0.4, "satisfactory"),
        (bands.GUESS, 0.5, "unsatisfactory: over 40 %"),
        (bands.ITEM_SD, 0.33, "unsatisfactory: under a third of the maximum"),
        (bands.ITEM_SD, 0.34, "satisfactory"),
        (bands.PRAIRIELEARN, 0.2, "not above 20 %"),
        (bands.PRAIRIELEARN, 0.21, "above 20 %"),
        (bands.LEXTURES_FACILITY, 0.19, "too hard: under 20 %"),
        (bands.LEXTURES_FACILITY, 0.9, "not flagged"),
        (bands.LEXTURES_FACILITY, 0.91, "over 90 %"),
        (bands.LEXTURES_DISCRIMINATION, 0.14, "low: under 15 %"),
        (bands.LEXTURES_DISCRIMINATION, 0.15, "not flagged"),
        (bands.TEST_MEAN, 0.49, "under 50 %"),
        (bands.TEST_MEAN, 0.75, "satisfactory: 50 to 75 %"),
        (bands.TEST_SD, 0.11, "under 12 %"),
        (bands.TEST_SD, 0.18, "satisfactory: 12 to 18 %"),
        (bands.TEST_ALPHA, 0.63, "unsatisfactory: under 64 %"),
        (bands.TEST_ALPHA, 0.75, "between 64 and 75 %"),
        (bands.TEST_ALPHA, 0.76, "satisfactory: over 75 %"),
    ],
)
def test_a_figure_is_in_its_band(scale: Scale, value: float, words: str) -> None:
    assert scale.find_level(value) == words


def test_a_figure_is_judged_where_its_whole_interval_is_in_the_band() -> None:
    (verdict,) = judge(bands.DISCRIMINATION, 0.4, (0.31, 0.49), 300)
    assert (verdict.sure, verdict.text, verdict.source) == (True, "adequate", "Open University")


def test_where_the_interval_crosses_a_threshold_the_words_name_both_sides() -> None:
    (verdict,) = judge(bands.DISCRIMINATION, 0.4, (0.1, 0.6), 30)
    assert not verdict.sure
    assert verdict.level == "adequate"
    assert verdict.text == "cannot tell yet: from very weak to very good (n = 30)"


@pytest.mark.parametrize("interval", [None, (0.31, 0.49)])
def test_below_ten_attempts_nothing_is_judged(interval: tuple[float, float] | None) -> None:
    (verdict,) = judge(bands.DISCRIMINATION, 0.4, interval, 9)
    assert (verdict.sure, verdict.text) == (False, "cannot tell yet (n = 9)")
    (plain,) = judge_plainly(bands.EFFICIENCY, 0.1, 9)
    assert (plain.sure, plain.text) == (False, "cannot tell yet (n = 9)")
    assert judge_plainly(bands.EFFICIENCY, 0.1, 10)[0].sure


def test_a_figure_without_an_interval_is_not_sure_and_none_is_not_judged() -> None:
    (verdict,) = judge(bands.DISCRIMINATION, 1.0, None, 50)
    assert verdict.text == "cannot tell yet (n = 50)"
    assert judge(bands.DISCRIMINATION, None, None, 50) == ()
    assert judge_plainly(bands.EFFICIENCY, None, 50) == ()


def test_every_item_is_judged_by_every_source() -> None:
    found = analyse(make_marks(make_items(1, 1, 1, 1, 1), make_lsat6()))
    sources = {verdict.source for item in found.items for verdict in item.bands}
    assert sources == {"Open University", "Moodle", "PrairieLearn", "Lextures"}
    third = found.items[2]
    assert get_verdict(third, bands.FACILITY).text == "about right"
    assert get_verdict(third, bands.DISCRIMINATION).text == (
        "cannot tell yet: from very weak to weak (n = 1000)"
    )
    assert {verdict.statistic for verdict in found.test.bands} == {
        "mean_share",
        "sd_share",
        "alpha",
    }


def test_a_guess_is_judged_whatever_the_number_of_attempts() -> None:
    item = Item(name="true or false", maximum=1, guess=0.5)
    (found,) = analyse(make_marks([item], [[1]])).items
    assert get_verdict(found, bands.GUESS).sure
    assert found.guess == 0.5


def test_prairielearn_asks_no_discrimination_of_what_nearly_everybody_knows() -> None:
    random = np.random.default_rng(2)
    rest = random.integers(0, 50, 200).tolist()
    easy = report([[float(number >= 8), mark] for number, mark in enumerate(rest)], 1, 50)
    sources = [verdict.source for verdict in easy.items[0].bands]
    assert easy.items[0].facility == 0.96
    assert "PrairieLearn" not in sources
    assert "PrairieLearn" in [verdict.source for verdict in easy.items[1].bands]
