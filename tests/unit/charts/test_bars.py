"""Bars stand on the base line, as high as their values, with their figures."""

import pytest

from quizapp.charts import Bar, draw_bars
from quizapp.charts.frame import BOTTOM, END, START, TOP, WIDTH
from tests.factories.pictures import CAPTION, read_shapes, read_texts

WHOLE = (
    '<svg class="chart__picture" viewBox="0 0 480 250" role="img" '
    'aria-labelledby="scores-title scores-description">'
    '<title id="scores-title">Scores</title>'
    '<desc id="scores-description">Most are high.</desc>'
    '<line class="chart__base" x1="64" x2="472" y1="216" y2="216"/>'
    '<line class="chart__grid" x1="64" x2="472" y1="129" y2="129"/>'
    '<line class="chart__grid" x1="64" x2="472" y1="42" y2="42"/>'
    '<text class="chart__label chart__label--end" x="56" y="220">0</text>'
    '<text class="chart__label chart__label--end" x="56" y="133">1</text>'
    '<text class="chart__label chart__label--end" x="56" y="46">2</text>'
    '<text class="chart__label" x="0" y="18">Facts</text>'
    '<rect class="chart__bar" x="121.1" y="129" width="145.9" height="87" rx="2"/>'
    '<rect class="chart__bar chart__bar--outlined" x="269.8" y="42.8" width="144.4" '
    'height="172.5" rx="2"/>'
)


def test_a_pair_is_drawn_like_this() -> None:
    picture = draw_bars(CAPTION, [Bar(label="a", value=1, other=2)], unit="Facts")
    assert picture.startswith(WHOLE)
    assert picture.endswith('y="240">a</text></svg>')


def test_bars_are_as_high_as_their_values() -> None:
    bars = [Bar(label=f"{value}", value=value) for value in (10, 5, 0, 20)]
    shapes = read_shapes(draw_bars(CAPTION, bars, unit="Facts"), "chart__bar")
    heights = [shape.number("height") for shape in shapes]
    assert heights == pytest.approx([(BOTTOM - TOP) * share for share in (0.5, 0.25, 1)])
    assert all(each.number("y") + each.number("height") == BOTTOM for each in shapes)
    assert [each.number("x") for each in shapes] == sorted(each.number("x") for each in shapes)


def test_bars_stay_within_the_axis_however_many() -> None:
    bars = [Bar(label="", value=number % 5, other=3) for number in range(30)]
    for shape in read_shapes(draw_bars(CAPTION, bars, unit="Facts"), "chart__bar"):
        assert START <= shape.number("x") < shape.number("x") + shape.number("width") <= END


def test_few_bars_all_carry_their_figure_and_of_many_the_highest_does() -> None:
    few = draw_bars(CAPTION, [Bar(label="", value=value) for value in range(8)], unit="")
    many = draw_bars(CAPTION, [Bar(label="", value=value % 7) for value in range(9)], unit="")
    assert read_texts(few, "chart__figure") == [str(value) for value in range(8)]
    assert read_texts(many, "chart__figure") == ["6"]


def test_where_nothing_is_high_nothing_is_told() -> None:
    picture = draw_bars(CAPTION, [Bar(label="", value=0)] * 9, unit="")
    assert read_shapes(picture, "chart__bar") == []
    assert read_texts(picture, "chart__figure") == []
    assert read_texts(picture, "chart__label--end") == ["0", "1"]


def test_an_outlined_bar_tells_its_figure_only_where_there_is_room() -> None:
    picture = draw_bars(CAPTION, [Bar(label="a", value=3, other=4)], unit="Facts")
    told = read_shapes(picture, "chart__figure")
    assert [(each.text, "chart__label--second" in each.classes) for each in told] == [
        ("3", False),
        ("4", True),
    ]


def test_the_key_names_full_and_outlined_bars() -> None:
    bars = [Bar(label="a", value=3, other=4)]
    keyed = draw_bars(CAPTION, bars, unit="Facts", names=("now", "before"))
    swatches = [each for each in read_shapes(keyed, "chart__bar") if each.number("y") < TOP - 10]
    assert [len(each.classes) for each in swatches] == [1, 2]
    assert {"now", "before"} <= set(read_texts(keyed))
    assert "now" not in read_texts(draw_bars(CAPTION, bars, unit="Facts"))


def test_of_many_labels_every_second_may_hide_and_the_last_stays_and_ends_inside() -> None:
    bars = [Bar(label="" if number % 2 else f"{number} Dec", value=1) for number in range(11)]
    labels = read_shapes(draw_bars(CAPTION, bars, unit=""), "chart__label")[-6:]
    assert [each.text for each in labels] == [f"{number} Dec" for number in range(0, 11, 2)]
    hiding = ["chart__label--second" in each.classes for each in labels]
    assert hiding == [True, False, True, False, True, False]
    assert (labels[-1].number("x"), "chart__label--end" in labels[-1].classes) == (WIDTH, True)


def test_values_are_written_as_the_caller_writes_them() -> None:
    picture = draw_bars(CAPTION, [Bar(label="", value=3)], unit="", write="{:.1f} h".format)
    assert read_texts(picture, "chart__figure") == ["3.0 h"]
