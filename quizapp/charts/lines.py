"""Lines through points, told apart by their dashes and named at their ends."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from quizapp.charts.frame import (
    BOTTOM,
    END,
    START,
    TOP,
    Caption,
    draw_grid,
    draw_labels,
    draw_picture,
    estimate_width,
)
from quizapp.charts.markup import Svg, write_element, write_path, write_text
from quizapp.charts.scales import Scale, pick_ticks

_ABOVE, _BELOW, _APART = -9.0, 19.0, 20.0
# So much of the height, as a share of the lines' own, stays free for a name below them.
_FREE = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class BandPoint:
    """From where to where a band reaches at `x`."""

    x: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Points (x, y) in the order of x; where y is None, the line has a gap. One y is a number.

    `look` is full, dashed, or dotted for what the others are held against. `band` is drawn behind
    the line; where the line has a gap, so has the band. With `dots` each of its points has one.
    """

    name: str
    look: Literal["full", "dashed", "dotted"]
    points: Sequence[tuple[float, float | None]]
    band: Sequence[BandPoint] = ()
    dots: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scales:
    x: Scale
    y: Scale

    def place(self, x: float, y: float) -> tuple[float, float]:
        return self.x.place(x), self.y.place(y)


def draw_lines(
    caption: Caption,
    lines: Sequence[Line],
    *,
    unit: str,
    labels: Sequence[tuple[float, str]],
    write: Callable[[float], str],
    least_step: float = 0.001,
) -> Svg:
    """Return a chart of one line or a few.

    `labels` are texts below values of x, `unit` says what `write` writes the values of y as. The
    figures at the side begin near the lowest point, not at 0, and are `least_step` apart at least.
    """
    xs = [x for line in lines for x, _ in line.points]
    ys = [*_list_values(lines)]
    lowest = min(ys) - _FREE * (max(ys) - min(ys))
    ticks = pick_ticks(max(lowest, min(*ys, 0.0)), max(ys), least_step=least_step)
    scales = _Scales(
        x=Scale(low=min(xs), high=max(*xs, min(xs) + 1), start=START + 6, end=END - 6),
        y=Scale(low=ticks[0], high=ticks[-1], start=BOTTOM, end=TOP),
    )
    parts = (
        *draw_grid(scales.y, ticks, write, unit),
        *(part for line in lines for part in _draw_band(line, scales)),
        *(part for line in lines for part in _draw(line, scales)),
        *_name_ends(lines, scales),
        *draw_labels([(scales.x.place(x), text) for x, text in labels], thin=True),
    )
    return draw_picture(caption, parts)


def _list_values(lines: Iterable[Line]) -> Iterator[float]:
    for line in lines:
        yield from (y for _, y in line.points if y is not None)
        yield from (edge for each in line.band for edge in (each.low, each.high))


def _split(line: Line) -> Iterator[list[tuple[float, float]]]:
    """The stretches of a line between its gaps."""
    for drawn, stretch in groupby(line.points, lambda point: point[1] is not None):
        if drawn:
            yield [(x, y) for x, y in stretch if y is not None]


def _draw(line: Line, scales: _Scales) -> Iterator[Svg]:
    name = f"chart__line chart__line--{line.look}"
    for stretch in _split(line):
        places = [scales.place(x, y) for x, y in stretch]
        if len(places) > 1:
            yield write_element("path", {"class": name, "d": write_path(places)})
        ends = stretch[-1] == _find_last(line) and line.look != "dotted"
        if line.dots:
            yield from (_draw_dot(place, line.look) for place in places)
        elif ends or len(places) == 1:
            yield _draw_dot(places[-1], line.look)


def _draw_dot(place: tuple[float, float], look: str) -> Svg:
    name = f"chart__dot chart__dot--{look}"
    return write_element("circle", {"class": name, "cx": place[0], "cy": place[1], "r": 3.5})


def _draw_band(line: Line, scales: _Scales) -> Iterator[Svg]:
    edges = {each.x: each for each in line.band}
    for stretch in _split(line):
        found = [edges[x] for x, _ in stretch if x in edges]
        if len(found) > 1:
            upper = [scales.place(each.x, each.high) for each in found]
            lower = [scales.place(each.x, each.low) for each in reversed(found)]
            outline = f"{write_path((*upper, *lower))}Z"
            yield write_element("path", {"class": "chart__band", "d": outline})
        elif found:
            yield _draw_whisker(found[0], scales)


def _draw_whisker(point: BandPoint, scales: _Scales) -> Svg:
    (x, top), (_, bottom) = scales.place(point.x, point.high), scales.place(point.x, point.low)
    return write_element(
        "line", {"class": "chart__whisker", "x1": x, "x2": x, "y1": top, "y2": bottom}
    )


def _find_last(line: Line) -> tuple[float, float]:
    return [(x, y) for x, y in line.points if y is not None][-1]


def _name_ends(lines: Sequence[Line], scales: _Scales) -> Iterator[Svg]:
    """Write each name at the end of its line, above it and apart.

    The lowest stands below its line, if it would not stand among the labels of the axis there.
    """
    ends = sorted(((_find_last(line), line.name) for line in lines), key=lambda end: -end[0][1])
    free = TOP + _ABOVE - _APART
    for number, ((x, y), name) in enumerate(ends, 1):
        end = scales.y.place(y)
        below = number == len(ends) > 1 and end + _BELOW <= BOTTOM
        free = max(end + (_BELOW if below else _ABOVE), free + _APART)
        place = max(scales.x.place(x), START + estimate_width(name))
        yield write_text(name, place, free, "chart__label--end", "chart__name")
