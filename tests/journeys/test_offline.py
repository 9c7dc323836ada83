"""Reviews without a network: questions loaded ahead, answers kept in the browser and sent later."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request, Route, expect
from sqlalchemy import select

from quizapp.kinds.question import KindName, Question
from quizapp.services.checking import check_database
from quizapp.storage.tables import ReviewRow
from tests.journeys.conftest import SAM, Opener, School
from tests.journeys.filling import TYPED
from tests.journeys.kinds_school import run_kinds_school
from tests.journeys.reader import Reader
from tests.journeys.sweeping import sweep

ANSWERS = 10
IS_READY = """async () => {
  const script = document.querySelector("script[src$='/offline.js']").src;
  const store = await import(script.replace(/\\.js$/, "/store.js"));
  const registration = await navigator.serviceWorker.getRegistration();
  return Boolean(registration?.active && (await store.findPack()));
}"""


@pytest.fixture
def school(browser: Browser, sqlite_template: Path, tmp_path: Path) -> Iterator[School]:
    """A school that asks one question of each kind."""
    del browser
    with run_kinds_school(sqlite_template, tmp_path) as running:
        yield running


def arrive(open_reader: Opener, school: School) -> Reader:
    """Sign in, in a browser that may say that it has no network."""
    sam = open_reader()
    sam.complaints.forgive("ERR_INTERNET_DISCONNECTED")
    sam.complaints.forgive("ERR_FAILED")
    sam.page.clock.set_system_time(school.clock.now)
    sam.sign_in(SAM, school.passwords[SAM])
    return sam


def begin(open_reader: Opener, school: School) -> Reader:
    """Start a review, and wait until it can go on without a network."""
    sam = arrive(open_reader, school)
    sam.press_button("Start reviewing")
    sam.page.wait_for_url("**/review/*")
    wait_for_pack(sam)
    return sam


def wait_for_pack(sam: Reader) -> None:
    for _ in range(100):
        if sam.page.evaluate(IS_READY):
            return
        sam.page.wait_for_timeout(50)
    raise AssertionError("nothing was loaded ahead")


def says(sam: Reader, words: str) -> None:
    expect(sam.page.locator("[data-state]")).to_have_text(words)


def list_reviews(school: School) -> list[ReviewRow]:
    with school.database.reading() as session:
        return list(session.scalars(select(ReviewRow).order_by(ReviewRow.id)))


def play(sam: Reader, school: School, number: int) -> Question:
    """Answer the question before one, every third one wrongly, and read what is told."""
    if sam.is_flashcard:
        sam.uncover()
    question = school.get_question(sam.question_id)
    right = number % 3 > 0
    sam.answer(question, right=right)
    if question.kind != "flashcard":
        result = "Correct" if right else "Not quite"
        unsure = question.kind in TYPED and not right
        assert sam.result.inner_text() == ("The server will mark it" if unsure else result)
        assert sam.title.startswith(sam.result.inner_text())
        sam.is_at_rest(sam.result)
        sam.sees_why(question)
    return question


def test_a_session_goes_on_without_a_network_and_is_counted_once_when_it_is_back(
    school: School, open_reader: Opener
) -> None:
    sam = begin(open_reader, school)
    sam.page.context.set_offline(True)
    played: list[KindName] = []
    for number in range(1, ANSWERS + 1):
        question = play(sam, school, number)
        played.append(question.kind)
        words = f"Kept on this device: {number} answer{'s' if number > 1 else ''}."
        says(sam, words)
        sam.leave_question(question)
    assert len(set(played)) > len(TYPED)
    assert list_reviews(school) == []
    sam.page.reload()
    expect(sam.page.locator(".progress__words strong")).to_contain_text(f"{ANSWERS + 1} of ")
    says(sam, f"Kept on this device: {ANSWERS} answers.")
    sam.page.context.set_offline(False)
    says(sam, "Saved")
    reviews = list_reviews(school)
    assert len(reviews) == len({review.fact_id for review in reviews}) == ANSWERS
    assert [review.at for review in reviews] == sorted({review.at for review in reviews})
    assert all(review.at < review.arrived_at for review in reviews)
    assert check_database(school.database).clean
    sam.follow("Go online")
    expect(sam.main).not_to_contain_text("loaded on this device")


def lose_answer(sam: Reader, school: School) -> None:
    """Answer while no reply comes through; the next page tries once more to send it, in vain."""

    def is_kept(request: Request) -> bool:
        return request.url.endswith("/review/kept")

    with sam.page.expect_event("requestfailed", is_kept):
        sam.answer_and_lose(school.get_question(sam.question_id))
    says(sam, "Kept on this device: 1 answer.")


def test_an_answer_whose_reply_is_lost_is_counted_once(school: School, open_reader: Opener) -> None:
    sam = begin(open_reader, school)

    def lose_reply(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    sam.page.route("**/review/*/answer", lose_reply)
    sam.page.route("**/review/kept", lose_reply, times=1)
    lose_answer(sam, school)
    assert len(list_reviews(school)) == 1
    sam.page.reload()
    says(sam, "Saved")
    assert len(list_reviews(school)) == 1
    assert check_database(school.database).clean


def has_no_barrier(sam: Reader) -> None:
    assert list(sweep(sam, "without a network")) == []


@pytest.mark.slow
def test_what_was_loaded_on_today_is_played_by_the_keyboard_alone(
    school: School, open_reader: Opener
) -> None:
    sam = arrive(open_reader, school)
    sam.press_button("Load for use without a network")
    expect(sam.page.locator("[data-ready]")).to_contain_text("ready without a network")
    wait_for_pack(sam)
    sam.page.context.set_offline(True)
    sam.visit("/")
    sam.is_at_rest(sam.start)
    assert sam.title.startswith("Question 1 of ")
    sam.press("Enter")
    sam.is_at_rest(sam.page.locator(".error-summary"))
    assert sam.title.startswith("Error: Question 1 of ")
    has_no_barrier(sam)
    for number in range(ANSWERS):
        if sam.is_flashcard:
            sam.uncover_by_keys()
        question = school.get_question(sam.question_id)
        sam.answer_by_keys(question, right=True)
        if question.kind != "flashcard":
            assert sam.result.inner_text() == "Correct"
            has_no_barrier(sam)
            sam.go_on_by_keys()
        says(sam, f"Kept on this device: {number + 1} answer{'s' if number else ''}.")


def sign_out(sam: Reader, *, sure: bool) -> str:
    """Press the button, answer the question that follows, and return it."""
    sam.page.once("dialog", lambda dialog: dialog.accept() if sure else dialog.dismiss())
    with sam.page.expect_event("dialog") as asked:
        sam.press_button("Sign out")
    return asked.value.message


@pytest.mark.slow
def test_who_signs_out_is_warned_of_answers_that_were_not_sent(
    school: School, open_reader: Opener
) -> None:
    sam = begin(open_reader, school)
    sam.page.route("**/review/kept", lambda route: route.abort())
    sam.page.route("**/review/*/answer", lambda route: route.abort())
    lose_answer(sam, school)
    sam.visit("/")
    sam.page.locator(".menu summary").click()
    assert "not saved yet" in sign_out(sam, sure=False)
    says(sam, "Kept on this device: 1 answer.")
    sign_out(sam, sure=True)
    sam.is_before("Sign in")
    sam.page.context.set_offline(True)
    sam.visit("/")
    expect(sam.main).to_contain_text("no questions are loaded on this device")
