"""Bars side by side over a scale of values, those below a mark outlined, the middle told."""

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

_BETWEEN = 3.0
_NOTHING = 0.5
_NAME_LINE = TOP - 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How many values are from `low` on and below `high`."""

    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A value that is marked by a line through the picture, and what it is called."""

    value: float
    name: str


def draw_histogram(
    caption: Caption,
    spans: Sequence[Span],
    *,
    unit: str,
    along: str,
    write: Callable[[float], str],
    below: float | None = None,
    marker: Marker | None = None,
) -> Svg:
    """Return a histogram of one span or more, each beginning where the one before it ends.

    `unit` says what is counted, `along` what the scale is of, `write` writes a value of it. Spans
    that end at `below` or before it are outlined.
    """
    ticks = pick_ticks(0, max(span.count for span in spans), least_step=1)
    up = Scale(low=ticks[0], high=ticks[-1], start=BOTTOM, end=TOP)
    across = Scale(low=spans[0].low, high=spans[-1].high, start=START, end=END)
    edges = [*(span.low for span in spans), spans[-1].high]
    parts = (
        *draw_grid(up, ticks, "{:,.0f}".format, unit),
        *(
            _draw_span(span, across, up, outlined=below is not None and _ends_at(span, below))
            for span in spans
            if span.count
        ),
        *(_draw_marker(marker, across) if marker else ()),
        *draw_labels([(across.place(edge), write(edge)) for edge in edges], thin=True),
        draw_along(along),
    )
    return draw_picture(caption, parts, height=HEIGHT_ALONG)


def _ends_at(span: Span, mark: float) -> bool:
    """Whether all of a span is below the mark; the last digits of a share do not decide."""
    return round(span.high, 9) <= round(mark, 9)


def _draw_span(span: Span, across: Scale, up: Scale, *, outlined: bool) -> Svg:
    # An outline stands half outside of its shape.
    inset = 0.75 if outlined else 0.0
    start, top = across.place(span.low) + _BETWEEN / 2 + inset, up.place(span.count) + inset
    end = across.place(span.high) - _BETWEEN / 2 - inset
    return write_element(
        "rect",
        {
            "class": "chart__bar chart__bar--outlined" if outlined else "chart__bar",
            "x": start,
            "y": top,
            "width": end - start,
            "height": max(BOTTOM - inset - top, _NOTHING),
            "rx": 2,
        },
    )


def _draw_marker(marker: Marker, across: Scale) -> Iterator[Svg]:
    """A line from the base up to above all bars, its name beside it where there is room."""
    x = across.place(marker.value)
    line: dict[str, str | float] = {"class": "chart__marker", "x1": x, "x2": x}
    yield write_element("line", line | {"y1": _NAME_LINE - 10, "y2": BOTTOM})
    if x + 6 + estimate_width(marker.name) <= END:
        yield write_text(marker.name, x + 6, _NAME_LINE, "chart__name")
    else:
        yield write_text(marker.name, x - 6, _NAME_LINE, "chart__label--end", "chart__name")
