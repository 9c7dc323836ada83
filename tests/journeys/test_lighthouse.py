"""Lighthouse finds nothing to complain of on the pages that a learner sees every day."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.journeys.conftest import SAM, Opener, School
from tests.journeys.reader import Reader
from tests.support.browser import FLAGS, NAMES

# Later versions need a newer Node than systems bring.
LIGHTHOUSE = "lighthouse@12.8.2"
CATEGORIES = ("accessibility", "best-practices")
HEADLESS = ("--headless=new", "--no-sandbox", "--no-first-run", "--disable-background-networking")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(shutil.which("npx") is None, reason="no npx: install Node.js with npm"),
]


def write_cookies(reader: Reader) -> str:
    cookies = reader.page.context.cookies()
    return "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies)


def audit(url: str, cookies: str, report: Path) -> dict[str, list[str]]:
    """Return what keeps a page from the full score, by category."""
    browser = next(place for name in NAMES if (place := shutil.which(name)))
    command = [
        *("npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={report}"),
        f"--only-categories={','.join(CATEGORIES)}",
        f"--extra-headers={json.dumps({'Cookie': cookies})}",
        f"--chrome-flags={' '.join((*HEADLESS, *FLAGS[:2]))}",
    ]
    subprocess.run(command, env={**os.environ, "CHROME_PATH": browser}, check=True)
    document = json.loads(report.read_text("utf-8"))
    assert document["finalDisplayedUrl"] == url, "the page sent the visitor elsewhere"
    return {
        name: [
            document["audits"][each["id"]]["title"]
            for each in document["categories"][name]["auditRefs"]
            if each["weight"] and document["audits"][each["id"]]["score"] not in {1, None}
        ]
        for name in CATEGORIES
        if document["categories"][name]["score"] < 1
    }


@pytest.mark.parametrize("place", ["today", "review", "practice", "progress"])
def test_the_daily_pages_have_the_full_score(
    school: School, open_reader: Opener, tmp_path: Path, place: str
) -> None:
    sam = open_reader()
    sam.sign_in(SAM, school.passwords[SAM])
    if place == "review":
        sam.press_button("Start reviewing")
        sam.page.wait_for_url("**/review/*")
    else:
        sam.visit("/" if place == "today" else f"/{place}")
    assert audit(sam.page.url, write_cookies(sam), tmp_path / "report.json") == {}
