"""A histogram stands on its scale, outlines what is below a mark and tells the middle."""

import pytest

from quizapp.charts import Marker, Span, Svg, draw_histogram
from quizapp.charts.frame import BOTTOM, END, START, TOP
from tests.factories.pictures import CAPTION, read_shapes, read_texts


def draw(*counts: int, below: float | None = None, marker: Marker | None = None) -> Svg:
    width = 1 / len(counts)
    return draw_histogram(
        CAPTION,
        [Span(low=n * width, high=(n + 1) * width, count=each) for n, each in enumerate(counts)],
        unit="Students",
        along="Score",
        write="{:.0%}".format,
        below=below,
        marker=marker,
    )


def test_two_spans_with_their_middle_are_drawn_like_this() -> None:
    picture = draw(1, 2, below=0.5, marker=Marker(value=0.6, name="median"))
    _, _, shapes = picture.partition('<text class="chart__label" x="0" y="18">Students</text>')
    assert shapes == (
        '<rect class="chart__bar chart__bar--outlined" x="66.2" y="129.8" width="199.5" '
        'height="85.5" rx="2"/>'
        '<rect class="chart__bar" x="269.5" y="42" width="201" height="174" rx="2"/>'
        '<line class="chart__marker" x1="308.8" x2="308.8" y1="24" y2="216"/>'
        '<text class="chart__label chart__name" x="314.8" y="34">median</text>'
        '<text class="chart__label chart__label--middle" x="64" y="240">0%</text>'
        '<text class="chart__label chart__label--middle" x="268" y="240">50%</text>'
        '<text class="chart__label chart__label--end" x="480" y="240">100%</text>'
        '<text class="chart__label chart__label--middle" x="268" y="262">Score</text></svg>'
    )


def test_spans_are_as_high_as_their_counts_and_empty_ones_are_not_drawn() -> None:
    shapes = read_shapes(draw(10, 0, 5, 20), "chart__bar")
    heights = [shape.number("height") for shape in shapes]
    assert heights == pytest.approx([(BOTTOM - TOP) * share for share in (0.5, 0.25, 1)])
    for shape in shapes:
        assert START <= shape.number("x") < shape.number("x") + shape.number("width") <= END


def test_a_span_is_outlined_if_all_of_it_is_below_the_mark() -> None:
    for below, count in ((None, 0), (0.3, 3), (0.55, 5), (0.0, 0)):
        shapes = read_shapes(draw(*[1] * 10, below=below), "chart__bar--outlined")
        assert len(shapes) == count


def test_where_nothing_was_counted_the_scale_stands_alone() -> None:
    picture = draw(0, 0)
    assert read_shapes(picture, "chart__bar") == []
    assert read_texts(picture, "chart__label--end")[:2] == ["0", "1"]


def test_the_name_of_the_middle_never_leaves_the_picture() -> None:
    picture = draw(1, 1, marker=Marker(value=0.95, name="median 95%"))
    [name] = read_shapes(picture, "chart__name")
    [line] = read_shapes(picture, "chart__marker")
    assert "chart__label--end" in name.classes
    assert name.number("x") < line.number("x1")
