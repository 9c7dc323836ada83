"""Points by two values, named where there is room, with lines that part the picture."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quizapp.charts.frame import (
    BOTTOM,
    END,
    HEIGHT_ALONG,
    START,
    TOP,
    Caption,
    draw_along,
    draw_grid,
    draw_labels,
    draw_picture,
    estimate_width,
)
from quizapp.charts.markup import Svg, write_element, write_text
from quizapp.charts.scales import Scale, pick_ticks

_RADIUS = 4.0
_MOST_TICKS = 6
_LINE = 15.0  # so high is a name
_ASIDE = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A point at (x, y) with a short name; one that is `marked` has another shape, and is named."""

    x: float
    y: float
    name: str
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What a scale measures: its unit, how values are written, its ends if these are fixed.

    `parts` are the values at which lines part the picture.
    """

    unit: str
    write: Callable[[float], str]
    low: float
    high: float
    parts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    """The room that a name or a point takes."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "_Box") -> bool:
        """Return whether two boxes share any room."""
        apart = self.x + self.width <= other.x or other.x + other.width <= self.x
        over = self.y + self.height <= other.y or other.y + other.height <= self.y
        return not (apart or over)


def draw_scatter(caption: Caption, dots: Sequence[Dot], *, across: Axis, up: Axis) -> Svg:
    """Return a picture of points; the axes reach at least from `low` to `high` of each.

    Marked points are named first. A name that would cover a point or another name is left out.
    """
    y = _fit(up, [dot.y for dot in dots], start=BOTTOM - _ASIDE, end=TOP)
    x = _fit(across, [dot.x for dot in dots], start=START + _ASIDE, end=END - _ASIDE)
    ticks, beneath = _list_ticks(y), _list_ticks(x)
    places = [(x.place(dot.x), y.place(dot.y)) for dot in dots]
    parts = (
        *draw_grid(y, ticks, up.write, up.unit),
        *(_part({"x1": place, "x2": place, "y1": TOP, "y2": BOTTOM}) for place in _at(across, x)),
        *(_part({"x1": START, "x2": END, "y1": place, "y2": place}) for place in _at(up, y)),
        *(_draw_dot(*place, marked=dot.marked) for dot, place in zip(dots, places, strict=True)),
        *_name(dots, places),
        *draw_labels([(x.place(tick), across.write(tick)) for tick in beneath], thin=True),
        draw_along(across.unit),
    )
    return draw_picture(caption, parts, height=HEIGHT_ALONG)


def _fit(axis: Axis, values: Sequence[float], *, start: float, end: float) -> Scale:
    low, high = min([axis.low, *values]), max([axis.high, *values])
    if low < axis.low:  # so that the lowest line is below every point
        low = pick_ticks(low, high, most=_MOST_TICKS)[0]
    return Scale(low=low, high=high, start=start, end=end)


def _list_ticks(scale: Scale) -> list[float]:
    """The round values that the scale holds; its ends need not be round."""
    ticks = pick_ticks(scale.low, scale.high, most=_MOST_TICKS)
    return [tick for tick in ticks if scale.low <= tick <= scale.high]


def _at(axis: Axis, scale: Scale) -> list[float]:
    return [scale.place(value) for value in axis.parts]


def _part(ends: dict[str, str | float]) -> Svg:
    return write_element("line", {"class": "chart__part", **ends})


def _draw_dot(x: float, y: float, *, marked: bool) -> Svg:
    """A filled circle, or for a marked point a hollow diamond: colour alone would not tell."""
    if not marked:
        circle: dict[str, str | float] = {"class": "chart__dot", "cx": x, "cy": y, "r": _RADIUS}
        return write_element("circle", circle)
    name, side = "chart__dot chart__dot--marked", _RADIUS + 2
    corners = ((x, y - side), (x + side, y), (x, y + side), (x - side, y))
    points = " ".join(f"{left:.1f},{top:.1f}" for left, top in corners)
    return write_element("polygon", {"class": name, "points": points})


def _name(dots: Sequence[Dot], places: Sequence[tuple[float, float]]) -> Iterator[Svg]:
    """Write names beside, above or below their points, wherever nothing is in the way."""
    side = 2 * _RADIUS
    taken = [_Box(x=x - _RADIUS, y=y - _RADIUS, width=side, height=side) for x, y in places]
    for dot, (x, y) in sorted(zip(dots, places, strict=True), key=lambda each: not each[0].marked):
        width = estimate_width(dot.name)
        for box in _list_boxes(x, y, width):
            if _fits(box) and not any(box.meets(other) for other in taken):
                taken.append(box)
                middle, base = box.x + width / 2, box.y + _LINE - 3
                yield write_text(dot.name, middle, base, "chart__label--middle", "chart__name")
                break


def _list_boxes(x: float, y: float, width: float) -> tuple[_Box, ...]:
    places = (
        (x + _ASIDE, y - _LINE / 2),
        (x - _ASIDE - width, y - _LINE / 2),
        (x - width / 2, y - _ASIDE - _LINE),
        (x - width / 2, y + _ASIDE),
    )
    return tuple(_Box(x=left, y=top, width=width, height=_LINE) for left, top in places)


def _fits(box: _Box) -> bool:
    inside = box.x >= START and box.x + box.width <= END
    return inside and box.y >= TOP - _LINE and box.y + box.height <= BOTTOM
