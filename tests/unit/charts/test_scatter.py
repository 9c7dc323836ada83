"""Points stand at their two values, and are named where a name covers nothing."""

from itertools import combinations
from random import Random

import pytest

from quizapp.charts import Axis, Dot, Svg, draw_scatter
from quizapp.charts.frame import BOTTOM, END, START, TOP, estimate_width
from tests.factories.pictures import CAPTION, Shape, read_shapes, read_texts

ACROSS = Axis(unit="Correct", write="{:.0%}".format, low=0, high=1, parts=(0.8,))
UP = Axis(unit="Separates", write="{:.1f}".format, low=0, high=0.6, parts=(0.2,))


def draw(*dots: Dot) -> Svg:
    return draw_scatter(CAPTION, dots, across=ACROSS, up=UP)


def make_many(count: int, seed: int) -> list[Dot]:
    rng = Random(seed)
    return [
        Dot(x=rng.random(), y=rng.uniform(-0.2, 0.6), name=str(n), marked=n % 9 == 0)
        for n in range(count)
    ]


def box_of(name: Shape) -> tuple[float, float, float, float]:
    width = estimate_width(name.text)
    x, y = name.number("x"), name.number("y")
    return x - width / 2, y - 12, x + width / 2, y + 3


def test_a_point_and_a_marked_one_are_drawn_like_this() -> None:
    picture = draw(Dot(x=0.5, y=0.3, name="1"), Dot(x=1, y=0.6, name="2", marked=True))
    _, _, shapes = picture.partition('<text class="chart__label" x="0" y="18">Separates</text>')
    assert shapes == (
        '<line class="chart__part" x1="386.2" x2="386.2" y1="42" y2="216"/>'
        '<line class="chart__part" x1="64" x2="472" y1="153.3" y2="153.3"/>'
        '<circle class="chart__dot" cx="268" cy="125.5" r="4"/>'
        '<polygon class="chart__dot chart__dot--marked" '
        'points="465.0,36.0 471.0,42.0 465.0,48.0 459.0,42.0"/>'
        '<text class="chart__label chart__label--middle chart__name" x="452.8" y="46.5">2</text>'
        '<text class="chart__label chart__label--middle chart__name" x="280.2" y="130">1</text>'
        '<text class="chart__label chart__label--middle chart__label--second" x="71" y="240">'
        "0%</text>"
        '<text class="chart__label chart__label--middle" x="149.8" y="240">20%</text>'
        '<text class="chart__label chart__label--middle chart__label--second" x="228.6" y="240">'
        "40%</text>"
        '<text class="chart__label chart__label--middle" x="307.4" y="240">60%</text>'
        '<text class="chart__label chart__label--middle chart__label--second" x="386.2" y="240">'
        "80%</text>"
        '<text class="chart__label chart__label--end" x="480" y="240">100%</text>'
        '<text class="chart__label chart__label--middle" x="268" y="262">Correct</text></svg>'
    )


def test_the_scale_reaches_down_to_the_round_figure_below_the_lowest_point() -> None:
    for low, figures in ((0.1, ["0.0", "0.2", "0.4", "0.6"]), (-0.35, ["-0.4", "-0.2", "0.0"])):
        picture = draw(Dot(x=0.5, y=low, name="a"))
        told = [text for text in read_texts(picture, "chart__label--end") if "%" not in text]
        assert told[: len(figures)] == figures
        [dot] = read_shapes(picture, "chart__dot")
        [base] = read_shapes(picture, "chart__base")
        assert TOP <= dot.number("cy") <= base.number("y1") <= BOTTOM


@pytest.mark.parametrize("seed", range(5))
def test_no_name_covers_another_or_leaves_the_picture(seed: int) -> None:
    boxes = [box_of(name) for name in read_shapes(draw(*make_many(50, seed)), "chart__name")]
    assert boxes
    for left, top, right, bottom in boxes:
        assert left >= START
        assert right <= END
        assert top >= TOP - 16
        assert bottom <= BOTTOM
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] + 0.2 or other[2] <= one[0] + 0.2
        assert apart or one[3] <= other[1] + 0.2 or other[3] <= one[1] + 0.2


def test_of_points_in_one_place_the_marked_one_is_named_first() -> None:
    crowd = [Dot(x=0.5, y=0.3, name=f"n{n}", marked=n == 7) for n in range(8)]
    assert read_texts(draw(*crowd), "chart__name")[0] == "n7"


def test_every_point_is_drawn_though_not_every_one_is_named() -> None:
    crowd = [Dot(x=0.5, y=0.3, name=f"n{n}") for n in range(30)]
    picture = draw(*crowd)
    assert len(read_shapes(picture, "chart__dot")) == 30
    assert 0 < len(read_texts(picture, "chart__name")) < 30
