"""Elements of SVG, written so that nothing in them needs to be trusted."""

from collections.abc import Iterable, Mapping
from html import escape


class Svg(str):
    """Markup whose texts are escaped, which a template therefore takes as it stands."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the markup: what template engines ask for before they escape."""
        return str(self)


def write_element(
    name: str, attributes: Mapping[str, str | float], content: Iterable[Svg] | str = ()
) -> Svg:
    """Return one element; a text as its content is escaped, and so are the attributes."""
    written = "".join(f' {key}="{_write_value(value)}"' for key, value in attributes.items())
    inside = escape(content) if isinstance(content, str) else "".join(content)
    return Svg(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")


def write_text(text: str, x: float, y: float, *classes: str) -> Svg:
    """Return a text at a place; a class `chart__label--end` lets it end there."""
    names = " ".join(("chart__label", *classes))
    return write_element("text", {"class": names, "x": x, "y": y}, text)


def write_path(points: Iterable[tuple[float, float]]) -> str:
    """Return the `d` of a path through points."""
    return "M" + " ".join(f"{write_number(x)},{write_number(y)}" for x, y in points)


def write_number(value: float) -> str:
    """Return a coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


def _write_value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else write_number(value)
