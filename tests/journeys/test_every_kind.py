"""Every kind of question, played to the end: by keys, without scripts, by touch."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from quizapp.kinds.question import KindName
from quizapp.services.checking import check_database
from tests.factories.kinds import ALL
from tests.journeys.conftest import SAM, Opener, School
from tests.journeys.kinds_school import run_kinds_school
from tests.journeys.reader import Reader

PHONE = {"width": 390, "height": 844}
MOST = 40


@pytest.fixture
def school(browser: Browser, sqlite_template: Path, tmp_path: Path) -> Iterator[School]:
    """A school that asks one question of each kind."""
    del browser
    with run_kinds_school(sqlite_template, tmp_path) as running:
        yield running


def start(sam: Reader, school: School) -> None:
    sam.sign_in(SAM, school.passwords[SAM])
    sam.press_button("Start reviewing")
    sam.page.wait_for_url("**/review/*")


def assert_all_right(sam: Reader, school: School, played: list[KindName]) -> None:
    """Assert that every kind was played and that all of it counts."""
    assert set(played) == set(ALL)
    assert (sam.figure("Answered"), sam.figure("Right")) == (str(len(played)), str(len(played)))
    assert check_database(school.database).clean


def test_a_session_of_every_kind_with_the_keyboard_alone(
    school: School, open_reader: Opener
) -> None:
    sam = open_reader()
    sam.sign_in_by_keys(SAM, school.passwords[SAM])
    sam.start_by_keys()
    played: list[KindName] = []
    while sam.counts[1]:
        if sam.is_flashcard:
            sam.uncover_by_keys()
        question = school.get_question(sam.question_id)
        sam.answer_by_keys(question, right=True)
        played.append(question.kind)
        if question.kind != "flashcard":
            assert sam.title.startswith("Correct")
            sam.sees_why(question)
            sam.go_on_by_keys()
        assert len(played) < MOST
    sam.end_by_keys()
    assert_all_right(sam, school, played)


def test_a_session_of_every_kind_by_keys_without_scripts(
    school: School, open_reader: Opener
) -> None:
    sam = open_reader(java_script_enabled=False)
    start(sam, school)
    played: list[KindName] = []
    while sam.counts[1]:
        if sam.is_flashcard:
            sam.tab_to(sam.page.get_by_role("link", name="Show answer"))
            sam.press_and_arrive("Enter")
            sam.is_at_rest(sam.result)
        question = school.get_question(sam.question_id)
        expect(sam.page.locator("[data-move]:visible")).to_have_count(0)
        sam.answer_without_scripts(question, right=True)
        played.append(question.kind)
        if question.kind != "flashcard":
            assert sam.title.startswith("Correct")
            sam.tab_to(sam.page.locator("main .button--main"))
            sam.press_and_arrive("Enter")
        assert len(played) < MOST
    sam.press_button("End session")
    assert_all_right(sam, school, played)


@pytest.mark.slow
def test_a_session_of_every_kind_on_a_phone_by_touch(school: School, open_reader: Opener) -> None:
    sam = open_reader(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    start(sam, school)
    played: list[KindName] = []
    while sam.counts[1]:
        if sam.is_flashcard:
            sam.uncover()
        question = school.get_question(sam.question_id)
        sam.answer(question, right=True)
        played.append(question.kind)
        assert not sam.scrolls_sideways()
        sam.leave_question(question)
        assert len(played) < MOST
    sam.press_button("End session")
    assert_all_right(sam, school, played)


def reach(sam: Reader, school: School, kind: KindName) -> None:
    """Answer until a question of that kind is asked."""
    for _ in range(MOST):
        if sam.is_flashcard:
            sam.uncover()
        question = school.get_question(sam.question_id)
        if question.kind == kind:
            return
        sam.answer(question, right=True)
        sam.leave_question(question)
    raise AssertionError(f"no {kind} came")


@pytest.mark.slow
def test_single_keys_are_letters_while_one_types(school: School, open_reader: Opener) -> None:
    sam = open_reader()
    start(sam, school)
    reach(sam, school, "cloze")
    field, address = sam.page.locator(".typed__field"), sam.page.url
    sam.is_at_rest(field)
    sam.write("du?1 3")
    expect(field).to_have_value("du?1 3")
    expect(sam.page.get_by_role("dialog")).to_be_hidden()
    assert sam.page.url == address
    assert sam.page.locator("h1 label").inner_text() == "blank"


def test_a_number_ticks_and_unticks_and_enter_checks(school: School, open_reader: Opener) -> None:
    sam = open_reader()
    start(sam, school)
    reach(sam, school, "select_all")
    boxes = sam.page.locator("main [type=checkbox]")
    for key in ("1", "2", "1"):
        sam.press(key)
    expect(boxes.nth(0)).not_to_be_checked()
    expect(boxes.nth(1)).to_be_checked()
    sam.is_at_rest(boxes.nth(0))
    sam.press("Space")
    expect(boxes.nth(0)).to_be_checked()
    sam.press("Enter")
    sam.is_at_rest(sam.result)


@pytest.mark.slow
def test_a_refused_order_keeps_its_places_and_the_summary_leads_to_the_item(
    school: School, open_reader: Opener
) -> None:
    sam = open_reader()
    sam.complaints.expect(422)
    start(sam, school)
    reach(sam, school, "ordering")
    lists = sam.page.locator("main fieldset select")
    lists.nth(0).select_option("1")
    lists.nth(1).select_option("2")
    sam.press_button("Check answer")
    summary = sam.page.locator(".error-summary")
    sam.is_at_rest(summary)
    assert sam.title.startswith("Error: ")
    assert [each.input_value() for each in lists.all()][:3] == ["1", "2", ""]
    summary.get_by_role("link").click()
    sam.is_at_rest(lists.nth(2))
