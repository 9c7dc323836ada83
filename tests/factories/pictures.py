"""Pictures read back: what a chart shows, without its coordinates or with them."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from quizapp.charts import Caption, Svg

CAPTION = Caption(key="scores", title="Scores", description="Most are high.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One element of a picture: its tag, its classes, its attributes and its text."""

    tag: str
    classes: tuple[str, ...]
    attributes: dict[str, str]
    text: str

    def number(self, name: str) -> float:
        """Return an attribute that is a number."""
        return float(self.attributes[name])


def read_shapes(picture: Svg, named: str = "") -> list[Shape]:
    """Return the shapes of a picture in drawing order, those with a class if it is `named`."""
    shapes = [
        Shape(
            tag=each.tag,
            classes=tuple(each.attrib.get("class", "").split()),
            attributes=dict(each.attrib),
            text=each.text or "",
        )
        for each in ET.fromstring(picture)
    ]
    return [shape for shape in shapes if not named or named in shape.classes]


def read_texts(picture: Svg, named: str = "chart__label") -> list[str]:
    """Return the texts of a picture, those of a class if it is `named`."""
    return [shape.text for shape in read_shapes(picture, named)]
