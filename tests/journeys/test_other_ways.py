"""The first session in other ways: without scripts, on a phone, in a browser that was closed."""

from datetime import timedelta

from playwright.sync_api import expect

from quizapp.services.checking import check_database
from tests.journeys.conftest import SAM, Opener, School
from tests.journeys.reader import Reader

FACTS = 5
SEEN_MS = 200
PHONE = {"width": 390, "height": 844}


def answer_some(sam: Reader, school: School, *, facts: int = FACTS) -> int:
    """Answer that many questions, every other one wrongly, and return how many were right."""
    rights = 0
    for number in range(facts):
        if sam.is_flashcard:
            sam.uncover()
        question = school.get_question(sam.question_id)
        right = number % 2 == 0
        rights += right
        if question.kind == "flashcard":
            sam.sees_why(question)
            sam.answer(question, right=right)
        else:
            sam.answer(question, right=right)
            assert sam.result.inner_text() == ("Correct" if right else "Not quite")
            sam.sees_why(question)
        sam.leave_question(question)
    return rights


def has_studied(sam: Reader, school: School) -> None:
    """Sign in, answer, undo one, end, and see the summary."""
    sam.sign_in(SAM, school.passwords[SAM])
    sam.press_button("Start reviewing")
    rights = answer_some(sam, school)
    sam.press_button("Undo the last answer")
    expect(sam.main).to_contain_text("The answer was undone and does not count.")
    rights -= FACTS % 2
    sam.press_button("End session")
    sam.is_before("Session summary")
    assert (sam.figure("Answered"), sam.figure("Right")) == (str(FACTS - 1), str(rights))
    assert check_database(school.database).clean


def test_a_first_session_without_scripts_by_mouse(school: School, open_reader: Opener) -> None:
    sam = open_reader(java_script_enabled=False)
    has_studied(sam, school)
    expect(sam.page.locator("[data-print], [data-keys-switch]").first).to_be_hidden()


def test_a_first_session_on_a_phone_by_touch(school: School, open_reader: Opener) -> None:
    sam = open_reader(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    has_studied(sam, school)
    assert not sam.scrolls_sideways()


def test_on_a_phone_the_keycaps_are_hidden_and_the_buttons_are_in_reach(
    school: School, open_reader: Opener
) -> None:
    sam = open_reader(viewport=PHONE, has_touch=True, is_mobile=True)
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


def test_the_next_question_is_there_before_it_is_asked_for(
    school: School, open_reader: Opener
) -> None:
    sam = open_reader()
    sam.sign_in(SAM, school.passwords[SAM])
    sam.press_button("Start reviewing")
    while sam.is_flashcard:
        sam.uncover()
        card = school.get_question(sam.question_id)
        sam.answer(card, right=True)
        sam.leave_question(card)
    question = school.get_question(sam.question_id)
    with sam.page.expect_response("**/review/*") as fetched:
        sam.answer(question, right=True)
    fetched.value.finished()
    sam.page.wait_for_timeout(SEEN_MS)
    sam.complaints.forgive("ERR_INTERNET_DISCONNECTED")
    sam.page.context.set_offline(True)
    sam.leave_question(question)
    # The time to think begins when the question is seen, not when it was fetched.
    assert sam.shown_at - school.clock() >= timedelta(milliseconds=SEEN_MS)
