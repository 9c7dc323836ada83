"""The first session on a phone, in a browser that was closed, and ahead of its pages."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.conftest import SAM, Opener, School
from tests.journeys.reader import Reader
from tests.journeys.sitting import PHONE

SEEN_MS = 200


def answer_some(sam: Reader, school: School, *, facts: int) -> None:
    """Answer that many questions."""
    for _ in range(facts):
        if sam.is_flashcard:
            sam.uncover()
        question = school.get_question(sam.question_id)
        sam.answer(question, right=True)
        sam.leave_question(question)


def test_on_a_phone_the_keycaps_are_hidden_and_the_buttons_are_in_reach(
    school: School, open_reader: Opener
) -> None:
    sam = open_reader(**PHONE)
    sam.sign_in(SAM, school.passwords[SAM])
    sam.press_button("Start reviewing")
    expect(sam.page.locator("main .keycap").first).to_be_hidden()
    main_button = sam.page.locator("main .button--main").first
    expect(main_button).to_be_in_viewport()
    box = main_button.bounding_box()
    assert box is not None
    assert box["height"] >= 44


def test_a_closed_browser_loses_nothing(school: School, open_reader: Opener) -> None:
    sam = open_reader()
    sam.sign_in(SAM, school.passwords[SAM])
    sam.press_button("Start reviewing")
    answer_some(sam, school, facts=3)
    heading = sam.heading
    kept = sam.page.context.storage_state()
    assert all(cookie["expires"] > 0 for cookie in kept["cookies"])
    sam.page.context.close()
    again = open_reader(storage_state=kept)
    again.visit("/")
    again.is_before("Today")
    expect(again.main).to_contain_text("3 questions answered so far")
    again.press_button("Resume")
    again.is_before(heading)
    assert again.page.locator(".progress__words strong").inner_text().startswith("4 of ")


def test_the_next_question_is_there_before_it_is_asked_for_but_no_hint(
    school: School, open_reader: Opener
) -> None:
    sam = open_reader()
    asked: list[str] = []
    sam.page.on("request", lambda request: asked.append(request.url))
    sam.sign_in(SAM, school.passwords[SAM])
    sam.press_button("Start reviewing")
    while sam.is_flashcard:
        answer_some(sam, school, facts=1)
    question = school.get_question(sam.question_id)
    expect(sam.page.locator("[data-key=h]")).to_have_count(1)
    with sam.page.expect_response("**/review/*") as fetched:
        sam.answer(question, right=True)
    fetched.value.finished()
    # What took its place in the page already asks the browser for no focus a second time.
    expect(sam.result).to_be_focused()
    expect(sam.page.locator("[autofocus]")).to_have_count(0)
    assert not any("hint=" in url for url in asked)
    sam.page.wait_for_timeout(SEEN_MS)
    sam.complaints.forgive("ERR_INTERNET_DISCONNECTED")
    sam.page.context.set_offline(True)
    sam.leave_question(question)
    # The time to think begins when the question is seen, not when it was fetched.
    assert sam.shown_at - school.clock() >= timedelta(milliseconds=SEEN_MS)
