"""A learner practises: builds a quiz, sees what was right, and sits what went wrong once more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from quizapp.services.accounts.secrets import hash_password
from quizapp.services.checking import check_database
from quizapp.storage.accounts import set_password_hash
from tests.factories.assignments import build_exam
from tests.factories.practising import AFTERWARDS
from tests.journeys.conftest import Opener, School, run_school
from tests.journeys.reader import Reader
from tests.support.client import PASSWORD
from tests.support.databases import copy_sqlite, opened

ALICE = "alice@example.org"
TYPED = {"Fill the gap": ("Andromeda", "the Milky Way"), "Number": ("3", "1,762")}


@pytest.fixture
def school(browser: Browser, sqlite_template: Path, tmp_path: Path) -> Iterator[School]:
    """A school whose one exam is over."""
    del browser
    address = copy_sqlite(sqlite_template, tmp_path)
    with opened(address) as database:
        exam = build_exam(database)
        with database.writing() as session:
            set_password_hash(session, exam.alice.id, hash_password(PASSWORD))
            session.commit()
    with run_school(Path(address.removeprefix("sqlite:///")), {ALICE: PASSWORD}) as running:
        running.clock.now = AFTERWARDS
        yield running


def build(alice: Reader) -> None:
    """Sign in, and ask for the two kinds that are typed with a right and a wrong answer."""
    alice.sign_in(ALICE, PASSWORD)
    alice.follow("Practice")
    expect(alice.main).to_contain_text("You have not practised yet.")
    alice.page.get_by_label("Set", exact=True).select_option(index=1)
    alice.press_button("Choose")
    alice.page.get_by_label("All of them").check()
    for kind in TYPED:
        alice.page.get_by_role("checkbox", name=kind).check()
    alice.press_button("Start practising")
    alice.page.wait_for_url("**/questions/1")


def find_field(alice: Reader) -> tuple[str, Locator]:
    """Return the kind that is asked, and where its answer is typed."""
    kind = alice.page.locator(".question__meta .chip").inner_text()
    return kind, alice.page.locator(".typed__field")


def submit(alice: Reader) -> None:
    alice.page.locator(".actions").get_by_role("button", name="Check and submit").click()
    alice.page.wait_for_url("**/check")
    alice.page.get_by_role("button", name="Submit", exact=True).click()
    alice.is_before("Result")


@pytest.mark.parametrize("settings", [{}, {"java_script_enabled": False}], ids=["", "no scripts"])
def test_what_went_wrong_in_practice_is_practised_again(
    school: School, open_reader: Opener, settings: dict[str, object]
) -> None:
    alice = open_reader(**settings)
    build(alice)
    kind, field = find_field(alice)
    field.fill(TYPED[kind][1])
    alice.page.get_by_role("button", name="Next").click()
    alice.page.wait_for_url("**/questions/2")
    kind, field = find_field(alice)
    field.fill(TYPED[kind][0])
    submit(alice)
    expect(alice.main).to_contain_text("You got 1 of 2 questions right.")
    assert alice.figure("Score") == "50%"
    expect(alice.main).to_contain_text("All that went wrong is in your reviews already.")
    alice.press_button("Again, only the wrong ones")
    alice.page.wait_for_url("**/questions/1")
    again, field = find_field(alice)
    assert again == kind
    field.fill(TYPED[kind][1])
    submit(alice)
    assert alice.figure("Right") == "1 of 1"
    alice.follow("Back to practice")
    quizzes = alice.page.get_by_role("listitem").filter(has_text="Practice: The planets")
    expect(quizzes).to_have_count(2)
    expect(quizzes.first).to_contain_text("100%")
    assert check_database(school.database).clean
