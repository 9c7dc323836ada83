"""Lines go through their points, are told apart without colour, and end with their names."""

from collections.abc import Sequence
from itertools import pairwise

import pytest

from quizapp.charts import BandPoint, Line, Svg, draw_lines
from quizapp.charts.frame import BOTTOM, TOP
from tests.factories.pictures import CAPTION, read_shapes, read_texts

FALLING = [(0, 0.9), (1, 0.7), (2, 0.6)]
FLAT = [(0, 0.9), (2, 0.9)]


def draw(*lines: Line, labels: Sequence[tuple[float, str]] = ()) -> Svg:
    return draw_lines(CAPTION, lines, unit="Recall", labels=labels, write="{:.0%}".format)


def read_points(picture: Svg, named: str) -> list[list[tuple[float, float]]]:
    return [
        [
            (float(x), float(y))
            for x, _, y in (pair.partition(",") for pair in path.attributes["d"][1:].split())
        ]
        for path in read_shapes(picture, named)
    ]


def test_a_line_and_what_it_is_held_against_are_drawn_like_this() -> None:
    picture = draw(
        Line(name="without reviews", look="dashed", points=FALLING),
        Line(name="goal", look="dotted", points=FLAT),
        labels=[(0, "Today"), (2, "3 Mar")],
    )
    assert picture.endswith(
        '<path class="chart__line chart__line--dashed" d="M70,42 268,129 466,172.5"/>'
        '<circle class="chart__dot chart__dot--dashed" cx="466" cy="172.5" r="3.5"/>'
        '<path class="chart__line chart__line--dotted" d="M70,42 466,42"/>'
        '<text class="chart__label chart__label--end chart__name" x="466" y="33">goal</text>'
        '<text class="chart__label chart__label--end chart__name" x="466" y="191.5">'
        "without reviews</text>"
        '<text class="chart__label chart__label--middle" x="70" y="240">Today</text>'
        '<text class="chart__label chart__label--end" x="480" y="240">3 Mar</text></svg>'
    )
    assert read_texts(picture, "chart__label--end")[:5] == ["50%", "60%", "70%", "80%", "90%"]


def test_a_line_has_a_dot_at_its_end_and_with_dots_at_every_point() -> None:
    for dots, count in ((False, 1), (True, 3)):
        picture = draw(Line(name="a", look="full", points=FALLING, dots=dots))
        assert len(read_shapes(picture, "chart__dot")) == count


def test_the_figures_leave_room_below_the_lowest_point() -> None:
    for low in (0.5, 0.6, 0.61):
        picture = draw(Line(name="a", look="full", points=[(0, 0.9), (1, low)]))
        [(_, (_, lowest))] = read_points(picture, "chart__line")
        assert lowest < BOTTOM - 15


def test_figures_of_shares_never_fall_below_nothing() -> None:
    picture = draw(Line(name="a", look="full", points=[(0, 0.9), (1, 0.0)]))
    assert read_texts(picture, "chart__label--end")[0] == "0%"


def test_a_gap_parts_a_line_and_a_lonely_point_is_a_dot() -> None:
    points = [(0, 0.9), (1, 0.8), (2, None), (3, 0.7), (4, None), (5, 0.8), (6, 0.9)]
    picture = draw(Line(name="a", look="full", points=points))
    assert [len(path) for path in read_points(picture, "chart__line")] == [2, 2]
    dots = [shape.number("cx") for shape in read_shapes(picture, "chart__dot")]
    assert dots == pytest.approx([268, 466])


def test_a_band_breaks_where_its_line_does_and_shrinks_to_a_whisker() -> None:
    points = [(0, 0.9), (1, 0.8), (2, None), (3, 0.7)]
    band = [BandPoint(x=x, low=0.5, high=1.0) for x in range(4)]
    picture = draw(Line(name="a", look="full", points=points, band=band))
    [area] = read_shapes(picture, "chart__band")
    assert area.attributes["d"].count(",") == 4
    assert area.attributes["d"].endswith("Z")
    [whisker] = read_shapes(picture, "chart__whisker")
    assert whisker.number("x1") == 466
    assert whisker.number("y1") == TOP
    assert whisker.number("y2") > TOP


def test_one_point_alone_is_a_dot_with_a_name() -> None:
    picture = draw(Line(name="today", look="full", points=[(7, 0.8)]))
    assert read_shapes(picture, "chart__line") == []
    assert len(read_shapes(picture, "chart__dot")) == 1
    assert read_texts(picture, "chart__name") == ["today"]


def test_names_of_lines_that_meet_stay_apart() -> None:
    lines = [
        Line(name=name, look="full", points=[(0, 0.5), (1, 0.8 + place / 1000)])
        for place, name in enumerate("abc")
    ]
    names = read_shapes(draw(*lines), "chart__name")
    heights = sorted(name.number("y") for name in names)
    assert all(low - high >= 20 for high, low in pairwise(heights))
    assert [name.text for name in names] == ["c", "b", "a"]


def test_the_lowest_name_stands_above_a_line_that_ends_on_the_axis() -> None:
    lines = [
        Line(name=name, look="full", points=[(0, 0.5), (1, end)])
        for name, end in (("high", 1.0), ("low", 0.0))
    ]
    [high, low] = read_shapes(draw(*lines), "chart__name")
    assert (high.text, low.text) == ("high", "low")
    assert high.number("y") + 20 < low.number("y") < BOTTOM


def test_a_long_name_begins_within_the_picture() -> None:
    points = [(0, 0.5), (1, 0.6), (30, None)]
    picture = draw(Line(name="a rather long name", look="full", points=points))
    [name] = read_shapes(picture, "chart__name")
    assert name.number("x") > 10 * len(name.text)
