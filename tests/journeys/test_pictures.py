"""The pictures of the README, taken anew: set QUIZAPP_SCREENSHOTS to the folder to keep them in."""

import os
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import AMINA, MARIA, SAM, Opener, School
from tests.journeys.places import find_asking
from tests.journeys.reader import Reader
from tests.support.browser import count_scan_lines

FOLDER = "QUIZAPP_SCREENSHOTS"
DESK = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
NAMES = ("question", "answer", "today", "progress", "report", "gradebook", "phone")


def take(reader: Reader, folder: Path, name: str) -> None:
    """Take a picture of what the window shows."""
    reader.page.evaluate("document.activeElement.blur()")
    reader.page.screenshot(path=folder / f"{name}.png", animations="disabled")


def test_pictures_are_taken_of_the_main_pages(
    school: School, open_reader: Opener, tmp_path: Path
) -> None:
    folder = Path(os.environ.get(FOLDER) or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    amina = open_reader(viewport=DESK, color_scheme="light")
    amina.sign_in(AMINA, school.passwords[AMINA])
    take(amina, folder, "today")
    amina.visit("/progress")
    take(amina, folder, "progress")
    maria = open_reader(viewport=DESK, color_scheme="light")
    maria.sign_in(MARIA, school.passwords[MARIA])
    maria.page.get_by_role("link", name="Reports", exact=True).click()
    maria.page.get_by_role("link", name="Midway quiz").click()
    expect(maria.page.get_by_role("heading", name="Questions to check")).to_be_visible()
    take(maria, folder, "report")
    maria.visit("/courses/1/gradebook")
    take(maria, folder, "gradebook")
    sam = open_reader(viewport=DESK, color_scheme="light")
    study_id, asking = find_asking(school, SAM, "choice")
    sam.sign_in(SAM, school.passwords[SAM])
    sam.visit(f"/review/{study_id}")
    take(sam, folder, "question")
    sam.answer(asking.question, right=False)
    take(sam, folder, "answer")
    feedback = sam.page.url
    phone = open_reader(viewport=PHONE, is_mobile=True, has_touch=True, color_scheme="light")
    phone.sign_in(SAM, school.passwords[SAM])
    phone.visit(feedback)
    take(phone, folder, "phone")
    for name in NAMES:
        width, lines = count_scan_lines(folder / f"{name}.png")
        assert width == (PHONE if name == "phone" else DESK)["width"]
        assert lines > 100
