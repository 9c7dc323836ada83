"""A student makes the site their own, limits a day, takes their data away, and leaves."""

import json
from pathlib import Path

from playwright.sync_api import expect

from quizapp.services.checking import check_database
from quizapp.storage.accounts import find_credentials
from tests.journeys.conftest import SAM, Opener, School
from tests.journeys.reader import Reader

PAPER = "getComputedStyle(document.body).backgroundColor"


def open_settings(sam: Reader) -> None:
    """Go to the settings by the account menu."""
    sam.page.locator(".menu summary").click()
    sam.follow("Settings")
    sam.is_before("Settings")


def choose_dark_and_no_keys(sam: Reader) -> None:
    """Save dark colours and no single keys, and see the colours at once."""
    open_settings(sam)
    light = sam.page.evaluate(PAPER)
    sam.page.get_by_label("Dark").check()
    sam.page.get_by_label("Single keys are shortcuts").uncheck()
    sam.press_button("Save")
    expect(sam.main).to_contain_text("Your settings are saved.")
    expect(sam.page.locator("html")).to_have_css("color-scheme", "dark")
    expect(sam.page.locator("body")).not_to_have_css("background-color", light)


def limit_today(sam: Reader) -> None:
    """Ask for three new facts today."""
    sam.follow("Today")
    sam.page.get_by_text("Other limits for today").click()
    sam.page.get_by_label("New facts today").fill("3")
    sam.press_button("Set for today")
    expect(sam.main).to_contain_text("Today only: at most 3 new facts")
    assert sam.figure("New") == "3"


def finds_keys_off(sam: Reader) -> None:
    """See that single keys do nothing and are not offered, while Enter works where the focus is."""
    sam.press_button("Start reviewing")
    before, address = sam.heading, sam.page.url
    expect(sam.page.locator("main .keycap").first).to_be_hidden()
    for key in ("d", "1", "?", "u"):
        sam.press(key)
    sam.page.wait_for_timeout(300)
    assert (sam.heading, sam.page.url) == (before, address)
    expect(sam.page.get_by_role("dialog")).to_be_hidden()
    expect(sam.page.locator("[type=radio]:checked")).to_have_count(0)
    sam.follow("Keyboard shortcuts")
    expect(sam.page.get_by_role("dialog")).to_contain_text("Single keys are off in your settings")
    sam.press("Escape")
    sam.page.locator("main [value=dont_know], main a[data-swap]").first.focus()
    sam.press("Enter")
    expect(sam.result).to_be_visible()
    sam.press_button("End session")


def takes_data_away(sam: Reader, file: Path) -> None:
    """Download the file."""
    sam.visit("/settings")
    with sam.page.expect_download() as download:
        sam.follow("Download your data")
    download.value.save_as(file)


def leaves(sam: Reader, password: str) -> None:
    """Delete the account."""
    sam.follow("Delete your account")
    sam.is_before("Delete your account")
    sam.page.get_by_label("Password").fill(password)
    sam.press_button("Delete my account")
    sam.is_before("Sign in")
    expect(sam.main).to_contain_text("Your account and your data are deleted.")


def test_a_student_sets_limits_takes_away_and_leaves(
    school: School, open_reader: Opener, tmp_path: Path
) -> None:
    sam, file = open_reader(color_scheme="light"), tmp_path / "data.json"
    sam.sign_in(SAM, school.passwords[SAM])
    choose_dark_and_no_keys(sam)
    limit_today(sam)
    finds_keys_off(sam)
    takes_data_away(sam, file)
    document = json.loads(file.read_text(encoding="utf-8"))
    assert (document["account"]["email"], document["settings"]["theme"]) == (SAM, "dark")
    leaves(sam, school.passwords[SAM])
    with school.database.reading() as session:
        assert find_credentials(session, SAM) is None
    assert check_database(school.database).clean
