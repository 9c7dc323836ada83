"""The colour tokens keep their contrast: 7 for body text, 4.5 for other text, 3 for shapes.

Contrast is the ratio of relative luminances that WCAG 2.2 defines, from 1 (equal) to 21.
"""

import re
from collections.abc import Iterator

import pytest

from quizapp.resources import find_folder

BODY_TEXT = (
    ("ink", "bg"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink", "accent-soft"),
    ("ink", "ok-soft"),
    ("ink", "bad-soft"),
    ("ink", "mark"),
)
OTHER_TEXT = (
    ("ink-2", "bg"),
    ("ink-2", "surface"),
    ("ink-2", "sunken"),
    ("accent", "bg"),
    ("accent", "surface"),
    ("on-accent", "accent"),
    ("ok", "ok-soft"),
    ("ok", "surface"),
    ("ok", "bg"),
    ("bad", "bad-soft"),
    ("bad", "surface"),
    ("bad", "bg"),
    ("warn", "warn-soft"),
)
SHAPES = (
    ("control", "surface"),
    ("control", "bg"),
    ("accent", "sunken"),
    ("accent", "accent-soft"),
    ("heat-3", "surface"),
    ("heat-4", "surface"),
)
FLOORS = ((BODY_TEXT, 7.0), (OTHER_TEXT, 4.5), (SHAPES, 3.0))
SCHEMES = ("light", "dark")


def read_tokens() -> dict[str, tuple[str, str]]:
    """Return the light and dark value (`#rrggbb`) of each colour token."""
    sheet = (find_folder("static") / "css" / "tokens.css").read_text(encoding="utf-8")
    found = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", sheet)
    return {name: (light, dark) for name, light, dark in found}


def measure_luminance(colour: str) -> float:
    """Return the relative luminance, 0 (black) to 1 (white), of `#rrggbb`."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def measure_contrast(first: str, second: str) -> float:
    """Return the contrast of two colours `#rrggbb`, in either order."""
    dark, light = sorted((measure_luminance(first), measure_luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def list_pairs() -> Iterator[tuple[str, str, str, float]]:
    """Yield scheme, front, ground and floor of every pair that stands on a page."""
    for pairs, floor in FLOORS:
        for front, ground in pairs:
            for scheme in SCHEMES:
                yield scheme, front, ground, floor


@pytest.mark.parametrize(("scheme", "front", "ground", "floor"), list(list_pairs()))
def test_a_pair_of_colours_reaches_its_floor(
    scheme: str, front: str, ground: str, floor: float
) -> None:
    tokens, place = read_tokens(), SCHEMES.index(scheme)
    assert measure_contrast(tokens[front][place], tokens[ground][place]) >= floor


def test_contrast_is_measured_as_the_guidelines_define_it() -> None:
    assert measure_contrast("#000000", "#ffffff") == pytest.approx(21)
    assert measure_contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_every_colour_that_carries_text_is_in_a_pair() -> None:
    paired = {name for pairs, _ in FLOORS for pair in pairs for name in pair}
    # Lines are decoration and pale heat squares stand beside their figure.
    assert set(read_tokens()) - paired == {"line", "heat-0", "heat-1", "heat-2"}


def test_colours_are_written_in_the_tokens_alone() -> None:
    sheets = (find_folder("static") / "css").glob("*.css")
    strays = {
        sheet.name: colours
        for sheet in sheets
        if sheet.name != "tokens.css"
        and (colours := re.findall(r"#[0-9a-f]{3,8}\b|(?:rgb|hsl)a?\(", sheet.read_text("utf-8")))
    }
    assert strays == {}
