"""Bars, alone or in pairs of which the second is outlined."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
from quizapp.charts.markup import Svg, write_element, write_text
from quizapp.charts.scales import Scale, pick_ticks

# With more bars than this, the highest alone carries its figure.
_FEW = 8
_FILLED = 0.72  # of the room that each bar has
_SWATCH, _KEY_START, _KEY_LINE = 12.0, 175.0, 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A value, 0 or more; `label` may be empty, and `other` is the outlined one beside it."""

    label: str
    value: float
    other: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """One bar as it is drawn."""

    x: float
    width: float
    value: float
    outlined: bool


def draw_bars(
    caption: Caption,
    bars: Sequence[Bar],
    *,
    unit: str,
    names: tuple[str, str] | None = None,
    write: Callable[[float], str] = "{:,.0f}".format,
) -> Svg:
    """Return a chart of one bar or more, from 0 up.

    `unit` says what is counted, `names` what the full and the outlined bars are, `write` writes a
    value. Few bars all carry their figure, of many the highest.
    """
    columns = [column for number, bar in enumerate(bars) for column in _place(bars, number, bar)]
    ticks = pick_ticks(0, max(column.value for column in columns), least_step=1)
    scale = Scale(low=ticks[0], high=ticks[-1], start=BOTTOM, end=TOP)
    room = (END - START) / len(bars)
    labels = [(START + room * (number + 0.5), bar.label) for number, bar in enumerate(bars)]
    parts = (
        *draw_grid(scale, ticks, write, unit),
        *(_draw_column(column, scale) for column in columns if column.value),
        *(_write_figure(column, scale, write) for column in _find_told(columns, len(bars))),
        *draw_labels(labels, thin=len(bars) > _FEW),
        *(_draw_key(names) if names else ()),
    )
    return draw_picture(caption, parts)


def _place(bars: Sequence[Bar], number: int, bar: Bar) -> tuple[_Column, ...]:
    room = (END - START) / len(bars)
    start, width = START + room * (number + (1 - _FILLED) / 2), room * _FILLED
    if bar.other is None:
        return (_Column(x=start, width=width, value=bar.value, outlined=False),)
    half = width / 2
    return (
        _Column(x=start, width=half - 1, value=bar.value, outlined=False),
        _Column(x=start + half + 1, width=half - 1, value=bar.other, outlined=True),
    )


def _draw_column(column: _Column, scale: Scale) -> Svg:
    # An outline stands half outside of its shape.
    inset = 0.75 if column.outlined else 0.0
    top = scale.place(column.value)
    name = "chart__bar chart__bar--outlined" if column.outlined else "chart__bar"
    return write_element(
        "rect",
        {
            "class": name,
            "x": column.x + inset,
            "y": top + inset,
            "width": column.width - 2 * inset,
            "height": max(BOTTOM - top - 2 * inset, 0.5),
            "rx": 2,
        },
    )


def _find_told(columns: Sequence[_Column], bars: int) -> Sequence[_Column]:
    """The columns that carry their figure."""
    if bars <= _FEW:
        return columns
    highest = max(columns, key=lambda column: column.value)
    return [highest] if highest.value else []


def _write_figure(column: _Column, scale: Scale, write: Callable[[float], str]) -> Svg:
    middle, top = column.x + column.width / 2, scale.place(column.value) - 5
    # In a narrow window two figures have no room side by side.
    classes = ("chart__label--second",) if column.outlined else ()
    text = write(column.value)
    return write_text(text, middle, top, "chart__label--middle", "chart__figure", *classes)


def _draw_key(names: tuple[str, str]) -> tuple[Svg, ...]:
    """Which bars are which, in the line of the unit."""
    second = _KEY_START + 2.5 * _SWATCH + estimate_width(names[0])
    return (
        *_draw_swatch(_KEY_START, names[0], "chart__bar"),
        *_draw_swatch(second, names[1], "chart__bar chart__bar--outlined"),
    )


def _draw_swatch(x: float, name: str, classes: str) -> tuple[Svg, Svg]:
    box: dict[str, str | float] = {"class": classes, "x": x, "y": _KEY_LINE - _SWATCH + 2}
    box |= {"width": _SWATCH - 2, "height": _SWATCH - 2, "rx": 2}
    return write_element("rect", box), write_text(name, x + _SWATCH + 3, _KEY_LINE)
