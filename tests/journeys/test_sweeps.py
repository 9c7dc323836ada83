"""Every page, looked at by a program: barriers by axe, and nothing wider than a narrow window."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Opener, School
from tests.journeys.places import walk

WIDTHS = (1280, 390, 320)
HEIGHT = 900
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# The scheme changes colours alone, so in the dark only what concerns colours is asked again.
SCHEMES = {
    "light": {"type": "tag", "values": [*STANDARDS, "best-practice"]},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
PAGES = 63
RUN = """async (rules) => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  const problems = found.violations.map((each) => `${each.id}: ${each.nodes[0].html}`);
  return [problems, found.passes.some((each) => each.id === "color-contrast")];
}"""


def test_no_page_scrolls_sideways_in_a_narrow_window(school: School, open_reader: Opener) -> None:
    wide = [
        place.name
        for place, reader in walk(school, open_reader, viewport={"width": 320, "height": 640})
        if reader.scrolls_sideways()
    ]
    assert wide == []


@pytest.mark.timeout(400)  # Every page in six windows: on a busy machine more than two minutes.
def test_axe_finds_no_barrier_on_any_page(school: School, open_reader: Opener) -> None:
    script = Axe().axe_script
    found: list[str] = []
    judged = 0
    for scheme, rules in SCHEMES.items():
        for place, reader in walk(school, open_reader, color_scheme=scheme):
            reader.page.evaluate(script)
            for width in WIDTHS:
                reader.page.set_viewport_size({"width": width, "height": HEIGHT})
                problems, saw_contrast = reader.page.evaluate(RUN, rules)
                found += [f"{scheme}, {place.name} at {width}: {each}" for each in problems]
                judged += saw_contrast
    assert found == []
    # Contrast was judged on every page, so the program did look.
    assert judged == len(SCHEMES) * PAGES * len(WIDTHS)
