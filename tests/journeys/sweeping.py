"""A page looked at by a program: barriers by axe, and nothing wider than the window."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, TypeAlias

from axe_playwright_python.sync_playwright import Axe

from tests.journeys.reader import Reader

Scheme: TypeAlias = Literal["light", "dark"]
WIDTHS = (1280, 390, 320)
HEIGHT = 900
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# The scheme changes colours alone, so in the dark only what concerns colours is asked again.
SCHEMES: Mapping[Scheme, object] = {
    "light": {"type": "tag", "values": [*STANDARDS, "best-practice"]},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
_RUN = """async (rules) => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  const problems = found.violations.map((each) => `${each.id}: ${each.nodes[0].html}`);
  return [problems, found.passes.some((each) => each.id === "color-contrast")];
}"""


def sweep(reader: Reader, name: str) -> Iterator[str]:
    """Tell what is wrong with the page that the reader sees, at every width and in both schemes."""
    reader.page.evaluate(_read_script())
    for width in WIDTHS:
        reader.page.set_viewport_size({"width": width, "height": HEIGHT})
        if reader.scrolls_sideways():
            yield f"{name} is wider than {width}"
        for scheme, rules in SCHEMES.items():
            reader.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            problems, saw_contrast = reader.page.evaluate(_RUN, rules)
            yield from (f"{scheme}, {name} at {width}: {each}" for each in problems)
            if not saw_contrast:  # or the program did not look
                yield f"{scheme}, {name} at {width}: contrast was not judged"


@cache
def _read_script() -> str:
    return str(Axe().axe_script)
