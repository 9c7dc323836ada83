"""A learner sits an assignment: on a phone without network, on a desktop, without scripts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from quizapp.attempts.rules import AssignmentRules, Layout
from quizapp.attempts.switches import SWITCHES, FeedbackTable
from quizapp.services.accounts.secrets import hash_password
from quizapp.services.checking import check_database
from quizapp.storage.accounts import set_password_hash
from tests.factories.assignments import MARKED, RIGHT, RULES, build_exam
from tests.journeys.conftest import Opener, School, run_school
from tests.journeys.reader import Reader
from tests.journeys.sitting import PHONE, fill_in, go_on, says_of
from tests.journeys.sweeping import sweep
from tests.support.client import PASSWORD
from tests.support.databases import copy_sqlite, opened

ALICE = "alice@example.org"
EVERYTHING = FeedbackTable(right_after=frozenset(SWITCHES))
LIMITED = replace(RULES, time_limit=timedelta(minutes=30), feedback=EVERYTHING)


@pytest.fixture
def school(
    request: pytest.FixtureRequest, browser: Browser, sqlite_template: Path, tmp_path: Path
) -> Iterator[School]:
    """A school with one assignment of every kind; a test may name other rules for it."""
    del browser
    rules: AssignmentRules = getattr(request, "param", LIMITED)
    address = copy_sqlite(sqlite_template, tmp_path)
    with opened(address) as database:
        exam = build_exam(database, rules=rules)
        with database.writing() as session:
            set_password_hash(session, exam.alice.id, hash_password(PASSWORD))
            session.commit()
    with run_school(Path(address.removeprefix("sqlite:///")), {ALICE: PASSWORD}) as running:
        yield running


def with_layout(layout: Layout) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("school", [replace(LIMITED, layout=layout)], indirect=True)


def begin(alice: Reader) -> None:
    """Sign in, read the assignment and start."""
    alice.sign_in(ALICE, PASSWORD)
    alice.follow("Start The exam")
    expect(alice.main).to_contain_text("You have 30 minutes from the start.")
    alice.press_button("Start")
    alice.page.wait_for_url("**/questions/1")


def fill(alice: Reader, number: int) -> None:
    """Give the right answer to a question."""
    kind = MARKED[number - 1]
    fill_in(alice, number, kind, RIGHT[kind])


def option(alice: Reader, value: str) -> Locator:
    """Return an option of the first question."""
    return alice.page.locator(f"#question-1 [type=radio][value='{value}']")


def submits(alice: Reader) -> None:
    expect(alice.main).to_contain_text("You answered every question.")
    alice.page.get_by_role("button", name="Submit", exact=True).click()
    alice.is_before("Result")
    assert alice.figure("Score") == "100%"
    assert alice.figure("Right") == "8 of 8"


def test_what_is_kept_outlives_its_page(school: School, open_reader: Opener) -> None:
    del school
    phone = open_reader(**PHONE)
    begin(phone)
    phone.complaints.forgive("ERR_INTERNET_DISCONNECTED")
    phone.page.context.set_offline(True)
    fill(phone, 1)
    says_of(phone, 1, "Kept on this device, not saved yet")
    kept = phone.page.evaluate("Object.values(sessionStorage).join()")
    assert "q1-answer" in kept
    address = phone.page.url
    # The page is taken away before the network is back, as a phone does that needs its memory.
    phone.page.evaluate("window.onbeforeunload = null")
    phone.page.on("dialog", lambda dialog: dialog.accept())
    phone.page.goto("about:blank")
    phone.page.context.set_offline(False)
    phone.page.goto(address)
    says_of(phone, 1, "Saved 08:00")
    expect(option(phone, RIGHT["choice"])).to_be_checked()
    phone.page.wait_for_function("!Object.values(sessionStorage).join().includes('q1-answer')")


@pytest.mark.slow
def test_an_answer_whose_reply_is_lost_is_saved_once(school: School, open_reader: Opener) -> None:
    del school
    phone = open_reader(**PHONE)
    begin(phone)
    phone.complaints.forgive("ERR_FAILED")
    losses: list[int] = []

    def lose(route: Route) -> None:
        """Let every request reach the server, but not the first reply come back."""
        reply = route.fetch()
        losses.append(reply.status)
        if len(losses) == 1:
            route.abort()
        else:
            route.fulfill(response=reply)

    phone.page.route("**/answers", lose)
    fill(phone, 1)
    says_of(phone, 1, "Kept on this device, not saved yet")
    phone.touch(phone.page.locator(".option:has([value='0'])"))
    says_of(phone, 1, "Saved 08:00")
    assert losses == [200, 200, 200]
    phone.page.unroute("**/answers")
    phone.page.reload()
    expect(option(phone, "0")).to_be_checked()
    assert phone.page.locator("[name=saves-1]").get_attribute("value") == "2"


@pytest.mark.slow
def test_a_stale_tab_is_told_and_overwrites_nothing(school: School, open_reader: Opener) -> None:
    del school
    one = open_reader()
    one.complaints.expect(409)
    begin(one)
    other = open_reader()
    other.sign_in(ALICE, PASSWORD)
    other.follow("Resume")
    fill(other, 1)
    says_of(other, 1, "Saved 08:00")
    one.touch(one.page.locator(".option:has([value='0'])"))
    says_of(one, 1, "Not saved")
    expect(one.main).to_contain_text("You changed this answer meanwhile")
    one.page.reload()
    expect(option(one, RIGHT["choice"])).to_be_checked()


def test_without_scripts_the_buttons_save(school: School, open_reader: Opener) -> None:
    alice = open_reader(java_script_enabled=False, **PHONE)
    begin(alice)
    for number in range(1, 9):
        fill(alice, number)
        go_on(alice, number, len(MARKED))
    submits(alice)
    assert check_database(school.database).clean


@with_layout("all")
def test_all_on_one_page_is_saved_question_by_question(school: School, open_reader: Opener) -> None:
    del school
    alice = open_reader()
    begin(alice)
    for number in range(1, 9):
        fill(alice, number)
        says_of(alice, number, "Saved 08:00")
    go_on(alice, 8, len(MARKED))
    submits(alice)


def test_the_time_is_said_hidden_and_over(school: School, open_reader: Opener) -> None:
    alice = open_reader()
    alice.page.clock.install()
    begin(alice)
    clock, said = alice.page.locator("[data-clock]"), alice.page.locator("[data-time-said]")
    expect(clock).to_have_attribute("aria-live", "off")
    alice.press_button("Say time left")
    expect(said).to_have_text("30 minutes left")
    alice.page.clock.fast_forward(timedelta(minutes=20) // timedelta(milliseconds=1))
    alice.page.clock.run_for(1000)
    expect(said).to_contain_text("left")
    alice.press_button("Hide the time")
    expect(clock).to_be_hidden()
    alice.press_button("Show the time")
    expect(clock).to_be_visible()
    alice.touch(alice.page.locator(f".option:has([value='{RIGHT['choice']}'])"))
    says_of(alice, 1, "Saved 08:00")
    school.clock.advance(timedelta(minutes=30))
    alice.page.clock.fast_forward(timedelta(minutes=30) // timedelta(milliseconds=1))
    alice.page.clock.run_for(2000)
    alice.is_before("Result")
    assert alice.figure("Points") == "1 of 8"


def walk(alice: Reader) -> Iterator[str]:
    """Show every page of an assignment, and name it."""
    alice.sign_in(ALICE, PASSWORD)
    yield "today"
    alice.follow("Start The exam")
    yield "assignment"
    alice.press_button("Start")
    alice.page.wait_for_url("**/questions/1")
    for number, kind in enumerate(MARKED, 1):
        yield kind
        fill(alice, number)
        says_of(alice, number, "Saved 08:00")
        alice.page.locator(f"[name='flag-{number}']").check()
        yield f"{kind}, answered"
        if kind == "ordering":
            alice.page.locator("select").first.select_option("")
            go = alice.page.get_by_role("button", name="Next")
            go.click()
            alice.page.locator(".error-summary").wait_for()
            yield f"{kind}, refused"
            fill(alice, number)
        go_on(alice, number, len(MARKED))
    yield "check"
    alice.page.get_by_role("button", name="Submit", exact=True).click()
    alice.is_before("Result")
    alice.page.locator("summary").evaluate_all("all => all.forEach((each) => each.click())")
    yield "result"


@pytest.mark.slow
def test_axe_finds_no_barrier_and_no_page_is_too_wide(school: School, open_reader: Opener) -> None:
    del school
    alice = open_reader()
    alice.complaints.expect(422)
    found = [list(sweep(alice, name)) for name in walk(alice)]
    assert found
    assert [each for problems in found for each in problems] == []
