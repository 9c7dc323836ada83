"""What all charts with an axis share: the picture's size, its name in words, grid and labels."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from quizapp.charts.markup import Svg, write_element, write_text
from quizapp.charts.scales import Scale

# In units of the picture: about a pixel where a chart has half a wide page. The style sheet lets
# the text grow in narrow windows, up to 21 units, and the margins have room for that.
WIDTH, HEIGHT = 480, 250
HEIGHT_ALONG = HEIGHT + 22
START, END, TOP, BOTTOM = 64.0, 472.0, 42.0, 216.0
# Above a value, and from a line to the text below it.
_GAP, _UNIT_LINE, _LABEL_LINE = 8.0, 18.0, 24.0
_CHARACTER = 10.5
# So many labels have room in the narrowest window.
_FITTING = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A chart in words, for those who do not see it; `key` is unique on the page."""

    key: str
    title: str
    description: str


def draw_picture(caption: Caption, parts: Iterable[Svg], *, height: int = HEIGHT) -> Svg:
    """Return the whole picture, `WIDTH` units wide."""
    title, description = f"{caption.key}-title", f"{caption.key}-description"
    attributes: dict[str, str | float] = {
        "class": "chart__picture",
        "viewBox": f"0 0 {WIDTH} {height}",
        "role": "img",
        "aria-labelledby": f"{title} {description}",
    }
    words = (
        write_element("title", {"id": title}, caption.title),
        write_element("desc", {"id": description}, caption.description),
    )
    return write_element("svg", attributes, (*words, *parts))


def draw_grid(
    scale: Scale, ticks: Sequence[float], write: Callable[[float], str], unit: str
) -> tuple[Svg, ...]:
    """Return a line and a figure for each tick, and above them what the figures count."""
    lines = [_draw_line(scale.place(tick), base=tick == ticks[0]) for tick in ticks]
    figures = [
        write_text(write(tick), START - _GAP, scale.place(tick) + 4, "chart__label--end")
        for tick in ticks
    ]
    return (*lines, *figures, write_text(unit, 0, _UNIT_LINE))


def draw_labels(labels: Sequence[tuple[float, str]], *, thin: bool) -> tuple[Svg, ...]:
    """Return the labels below the chart at their places.

    Where there are many, `thin` lets narrow windows hide every second. The last one, which is the
    newest, stays, and the one before it gives way where both have no room.
    """
    shown = [(place, text) for place, text in labels if text]
    hidden = ("chart__label--second",) if thin and len(shown) > _FITTING else ()
    return tuple(
        _draw_label(place, text, *(hidden if (len(shown) - number) % 2 == 0 else ()))
        for number, (place, text) in enumerate(shown)
        if number != len(shown) - 2 or not _touch(shown[-2], shown[-1])
    )


def _touch(one: tuple[float, str], last: tuple[float, str]) -> bool:
    """Tell whether the last label, which must end inside the picture, begins in the one before."""
    width = estimate_width(last[1])
    begin = min(last[0] - width / 2, WIDTH - width)
    return begin < one[0] + estimate_width(one[1]) / 2


def _draw_label(place: float, text: str, *classes: str) -> Svg:
    """In the middle of its place, unless it would not end inside the picture."""
    y = BOTTOM + _LABEL_LINE
    if place + estimate_width(text) / 2 > WIDTH:
        return write_text(text, WIDTH, y, "chart__label--end", *classes)
    return write_text(text, place, y, "chart__label--middle", *classes)


def draw_along(unit: str) -> Svg:
    """Return what the labels below the chart count; the picture is `HEIGHT_ALONG` high then."""
    middle, line = (START + END) / 2, BOTTOM + 2 * _LABEL_LINE - 2
    return write_text(unit, middle, line, "chart__label--middle")


def estimate_width(text: str) -> float:
    """Return about how wide a text is at its largest."""
    return len(text) * _CHARACTER


def _draw_line(y: float, *, base: bool) -> Svg:
    name = "chart__base" if base else "chart__grid"
    return write_element("line", {"class": name, "x1": START, "x2": END, "y1": y, "y2": y})
