"""One assignment from its draft to a corrected mark, as its instructor and a student live it."""

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from quizapp.kinds.question import KindName, Question
from quizapp.services.checking import check_database
from tests.factories.answers import load_asked, right_answer
from tests.journeys.conftest import SAM, Opener, School
from tests.journeys.reader import Reader
from tests.journeys.sitting import PHONE, fill_in, go_on, says_of
from tests.journeys.teaching import (
    TITLE,
    accepts_a_spelling,
    has_drafted_an_assignment,
    has_given_more_time,
    opens_the_attempt,
    publishes,
)

DRAWS = {"Multiple choice": 2, "Fill the gap": 2}
TOTAL = 4
LOST, LAST = 3, 4  # at which question the network is lost, and the last one
WORD = "Nowhere at all"
OFFLINE = "No connection. Your answers are kept on this device"

Sheets = Mapping[int, list[str]]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_assignment_is_set_sat_on_two_devices_and_its_key_corrected(
    school: School, open_reader: Opener, *, scripts: bool
) -> None:
    maria, desktop = (open_reader(java_script_enabled=scripts) for _ in range(2))
    phone = open_reader(java_script_enabled=scripts, **PHONE)
    sets_it_for_all_with_more_time_for_one(maria, school)
    asked = begins(phone, school)
    answers = plan_answers(asked)
    sheets = {1: read_sheet(phone, 1)}
    for number in range(1, LAST):
        answer = (phone, number, asked[number - 1].kind, answers[number])
        if number == LOST and scripts:
            loses_the_network(*answer)
        else:
            fill_in(*answer)
        go_on(phone, number, TOTAL)
        sheets[number + 1] = read_sheet(phone, number + 1)
    school.clock.advance(timedelta(minutes=4))
    phone.press_button("Save and leave")
    phone.is_before("Today")
    resumes(desktop, school)
    finds_the_same(desktop, sheets)
    fill_in(desktop, LAST, asked[LAST - 1].kind, answers[LAST])
    submits(desktop)
    sees_the_score(desktop, "75%", "3 of 4")
    opens_the_attempt(maria, "75%")
    accepts_a_spelling(maria, WORD, "100%")
    opens_the_attempt(maria, "100%")
    is_told_of_the_mark(phone)
    desktop.page.reload()
    sees_the_score(desktop, "100%", "4 of 4")
    assert check_database(school.database).clean


def sets_it_for_all_with_more_time_for_one(maria: Reader, school: School) -> None:
    """Draft the assignment, give Sam more time, look at what students will get, and publish."""
    # The browser mentions in its console what came back as a problem.
    maria.complaints.expect(422)
    has_drafted_an_assignment(maria, school, DRAWS)
    has_given_more_time(maria)
    maria.follow(TITLE)
    maria.follow("Preview")
    maria.is_before("Preview")
    last = maria.page.get_by_role("heading", name=f"Question {TOTAL} of {TOTAL}")
    expect(last).to_be_visible()
    maria.follow(TITLE)
    publishes(maria)


def begins(sam: Reader, school: School) -> tuple[Question, ...]:
    """Read on Today and on the assignment's page what is asked, start, and see all of the time."""
    sam.sign_in(SAM, school.passwords[SAM])
    sam.follow(TITLE)
    expect(sam.main).to_contain_text(
        "You have 30 minutes from the start, including 10 minutes of extra time."
    )
    sam.press_button("Start")
    sam.page.wait_for_url("**/questions/1")
    expect(sam.page.locator("[data-clock]")).to_contain_text("until 08:30")
    return load_asked(school.database, int(sam.page.url.split("/")[-3]))


def plan_answers(asked: tuple[Question, ...]) -> dict[int, str]:
    """Return the answer to each question by its number: a wrong one to the first gap alone."""
    gap = next(number for number, each in enumerate(asked, 1) if each.kind == "cloze")
    right = {number: right_answer(each) for number, each in enumerate(asked, 1)}
    return right | {gap: WORD}


def read_sheet(sam: Reader, number: int) -> list[str]:
    """Return the words of a question and of its options, in their order."""
    sheet = sam.page.locator(f"#question-{number}")
    return sheet.locator("h1, .option__text").all_inner_texts()


def loses_the_network(sam: Reader, number: int, kind: KindName, value: str) -> None:
    """Answer without a network, which keeps the answer and the page; then the network is back."""
    sam.complaints.forgive("ERR_INTERNET_DISCONNECTED")
    sam.page.context.set_offline(True)
    fill_in(sam, number, kind, value)
    expect(sam.main).to_contain_text(OFFLINE)
    says_of(sam, number, "Kept on this device, not saved yet")
    sam.press_button("Next")
    expect(sam.page.locator(f"#question-{number}")).to_be_visible()
    assert not sam.scrolls_sideways()
    sam.page.context.set_offline(False)
    says_of(sam, number, "Saved 08:00")
    expect(sam.main).not_to_contain_text(OFFLINE)


def resumes(sam: Reader, school: School) -> None:
    """Sign in on another device and find the first question without an answer, and the clock."""
    sam.sign_in(SAM, school.passwords[SAM])
    sam.follow("Resume")
    sam.page.wait_for_url(f"**/questions/{LAST}")
    clock = sam.page.locator("[data-clock]")
    expect(clock).to_contain_text("until 08:30")
    expect(clock).to_contain_text(re.compile("2[56] minutes"))


def finds_the_same(sam: Reader, sheets: Sheets) -> None:
    """Look at every question again: the words and the options stand as on the other device."""
    for number in range(1, TOTAL + 1):
        sam.page.locator(f"[data-place='{number}']").click()
        sam.page.wait_for_url(f"**/questions/{number}")
        assert read_sheet(sam, number) == sheets[number]


def submits(sam: Reader) -> None:
    """Leave the last question for the check page, and submit."""
    go_on(sam, LAST, TOTAL)
    expect(sam.main).to_contain_text("You answered every question.")
    sam.page.get_by_role("button", name="Submit", exact=True).click()


def sees_the_score(sam: Reader, score: str, right: str) -> None:
    """Read the result."""
    sam.is_before("Result")
    assert sam.figure("Score") == score
    assert sam.figure("Right") == right


def is_told_of_the_mark(sam: Reader) -> None:
    """Find the note on Today, follow it to the result, and put it away."""
    sam.visit("/")
    notes = sam.page.get_by_role("region", name="A mark was looked at again")
    expect(notes).to_contain_text("The article has this name too.")
    sam.follow("See the result")
    sees_the_score(sam, "100%", "4 of 4")
    expect(notes).to_contain_text("The article has this name too.")
    sam.visit("/")
    sam.press_button("Put away")
    expect(notes).to_have_count(0)
