"""The pages on which a learner sits an assignment."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from quizapp.attempts.rules import CreditStep
from quizapp.attempts.switches import SWITCHES, FeedbackTable
from quizapp.storage.tables import AttemptRow, ResponseSaveRow
from tests.factories.assignments import HOUR, MARKED, RULES
from tests.factories.people import MORNING
from tests.support.apps import Apps
from tests.support.client import Client
from tests.web.attempt_sites import (
    SECRET,
    ExamSite,
    answer,
    count,
    read_field,
    run_exam_site,
    send,
    with_rules,
    write_answer,
)

ALL = replace(RULES, layout="all")
LIMITED = replace(RULES, time_limit=timedelta(minutes=30))
TOLD = replace(RULES, feedback=FeedbackTable(right_after=frozenset(SWITCHES)))


# The assignment.


@with_rules(
    replace(
        LIMITED,
        attempts_allowed=2,
        early=CreditStep(until=MORNING + HOUR, credit=1.1),
        late=(CreditStep(until=MORNING + 3 * HOUR, credit=0.8),),
    )
)
def test_an_assignment_says_its_rules_in_words(site: ExamSite, alice: Client) -> None:
    words = alice.get(site.address).words
    assert "is due 2 March 2026, 10:00 and closes 2 March 2026, 12:00" in words
    assert "You have 30 minutes from the start." in words
    assert "You have 2 attempts; the best one counts." in words
    assert "until 2 March 2026, 09:00 now 110%" in words
    assert "until 2 March 2026, 11:00 80%" in words
    assert "until 2 March 2026, 12:00 practice, no credit" in words
    assert "Right after you submit you see your answers, which are right and your marks." in words


def test_today_lists_the_assignment_with_date_and_state(site: ExamSite, alice: Client) -> None:
    assert "The exam Astronomy · due 2 March 2026, 10:00 open" in alice.get("/").words
    attempt = site.begin(alice)
    assert attempt in alice.get("/").links
    site.submit(alice, attempt)
    assert "submitted, 0%" in alice.get("/").words


def test_a_start_sent_twice_begins_one_attempt(site: ExamSite, alice: Client) -> None:
    page = alice.get(site.address)
    one, two = (alice.post_form(f"{site.address}/start", page) for _ in range(2))
    assert one.status == two.status == 303
    assert one.location == two.location
    assert count(site, AttemptRow) == 1


def test_a_second_start_is_refused_and_says_what_to_do(site: ExamSite, alice: Client) -> None:
    page, other = alice.get(site.address), alice.get(site.address)
    sent = alice.post_form(f"{site.address}/start", page)
    refused = alice.post_form(f"{site.address}/start", other)
    assert refused.status == 409
    assert "An attempt of yours is in progress; resume it." in refused.words
    assert sent.location in refused.links
    assert count(site, AttemptRow) == 1


def test_looking_at_an_assignment_starts_nothing(site: ExamSite, alice: Client) -> None:
    alice.get(site.address)
    alice.get("/")
    assert count(site, AttemptRow) == 0


def test_a_password_is_asked_for_before_the_start(apps: Apps, sqlite_template: Path) -> None:
    with run_exam_site(apps, sqlite_template, password=SECRET) as site:
        alice = site.open()
        page = alice.get(site.address)
        wrong = alice.post_form(f"{site.address}/start", page, password="of the sun")
        assert wrong.status == 422
        assert wrong.title.startswith("Error: ")
        assert "#password" in wrong.links
        assert count(site, AttemptRow) == 0
        right = alice.post_form(f"{site.address}/start", wrong, password=SECRET)
        assert right.status == 303
        assert count(site, AttemptRow) == 1


def test_after_ten_wrong_passwords_the_right_one_waits_too(
    apps: Apps, sqlite_template: Path
) -> None:
    with run_exam_site(apps, sqlite_template, password=SECRET) as site:
        alice, start = site.open(), f"{site.address}/start"
        page = alice.get(site.address)
        for _ in range(10):
            assert alice.post_form(start, page, password="wrong").status == 422
        waiting = alice.post_form(start, page, password=SECRET)
        assert waiting.status == 429
        assert waiting.title.startswith("Error: ")
        assert "Too many tries. Wait 15 minutes" in waiting.words
        assert count(site, AttemptRow) == 0


# One question at a time.


@pytest.mark.parametrize("number", range(1, 9))
def test_an_answer_of_every_kind_is_saved_and_stands_again(
    alice: Client, attempt: str, number: int
) -> None:
    sent = answer(alice, attempt, number)
    assert sent.status == 303
    page = alice.get(f"{attempt}/questions/{number}")
    form = page.get_form(f"{attempt}/answers")
    expected = write_answer(MARKED[number - 1], number, right=True)
    if MARKED[number - 1] != "select_all":  # of several ticked boxes the form's reader tells none
        assert expected.items() <= form.fields.items()
    assert "Saved 08:00" in page.words
    assert read_field(page, attempt, f"saves-{number}") == "1"


def test_next_and_back_lead_through_the_questions(alice: Client, attempt: str) -> None:
    first = alice.follow(alice.get(attempt))
    assert first.title.startswith("Question 1 of 8")
    second = alice.follow(send(alice, first, attempt))
    assert second.title.startswith("Question 2 of 8")
    assert alice.follow(send(alice, second, attempt, go="back")).path == first.path
    assert alice.follow(send(alice, second, attempt, go="to-7")).title.startswith("Question 7")
    last = alice.get(f"{attempt}/questions/8")
    assert alice.follow(send(alice, last, attempt, go="check")).path == f"{attempt}/check"


def test_going_on_without_an_answer_saves_nothing(
    site: ExamSite, alice: Client, attempt: str
) -> None:
    for number in range(1, 9):
        assert send(alice, alice.get(f"{attempt}/questions/{number}"), attempt).status == 303
    assert count(site, ResponseSaveRow) == 0


def test_an_answer_that_stands_is_not_saved_once_more(
    site: ExamSite, alice: Client, attempt: str
) -> None:
    for number in range(1, 9):
        answer(alice, attempt, number)
    before = count(site, ResponseSaveRow)
    for number in (1, 3, 4, 5, 6, 7, 8):
        send(alice, alice.get(f"{attempt}/questions/{number}"), attempt)
    assert count(site, ResponseSaveRow) == before == 8


def test_not_knowing_takes_an_answer_back(alice: Client, attempt: str) -> None:
    answer(alice, attempt, 1)
    page = alice.get(f"{attempt}/questions/1")
    page = alice.follow(send(alice, page, attempt, go="unknown-1"))
    assert "Saved as not known" in page.words
    assert "q1-answer" not in page.get_form(f"{attempt}/answers").fields


def test_an_order_that_is_not_whole_is_a_problem_and_stands_in_its_fields(
    alice: Client, attempt: str
) -> None:
    page = alice.get(f"{attempt}/questions/7")
    refused = send(alice, page, attempt, **{"q7-place_0": "2"})
    assert refused.status == 422
    assert refused.title.startswith("Error: ")
    assert "Give each item a place of its own, from 1 to 3." in refused.words
    assert read_field(refused, attempt, "q7-place_0") == "2"
    assert read_field(alice.get(page.path), attempt, "q7-place_0") == ""


def test_a_flag_is_kept_and_listed(alice: Client, attempt: str) -> None:
    page = alice.get(f"{attempt}/questions/2")
    after = alice.follow(send(alice, page, attempt, **{"flag-2": "1"}))
    assert "2 not answered, flagged" in after.words
    assert "You flagged 1 question to come back to." in alice.get(f"{attempt}/check").words
    page = alice.get(f"{attempt}/questions/2")
    assert send(alice, page, attempt).status == 303  # the form's reader tells no ticked box
    assert "flagged" not in alice.get(f"{attempt}/check").words


def test_resuming_leads_to_the_first_open_question_on_any_device(
    site: ExamSite, alice: Client, attempt: str
) -> None:
    answer(alice, attempt, 1)
    answer(alice, attempt, 2)
    desktop = site.open()
    page = desktop.follow(desktop.get(attempt))
    assert page.title.startswith("Question 3 of 8")
    assert "2 answered" in page.words
    again = alice.get(page.path)
    forms = [each.get_form(f"{attempt}/answers") for each in (page, again)]
    assert forms[0].choices == forms[1].choices


def test_a_stale_form_is_told_so_and_overwrites_nothing(
    site: ExamSite, alice: Client, attempt: str
) -> None:
    old = alice.get(f"{attempt}/questions/4")
    desktop = site.open()
    answer(desktop, attempt, 4)
    refused = send(alice, old, attempt, **{"q4-answer": "Andromeda"})
    assert refused.status == 409
    assert "You changed this answer meanwhile" in refused.words
    assert read_field(refused, attempt, "q4-answer") == "the Milky Way"
    assert count(site, ResponseSaveRow) == 1


def test_a_form_sent_twice_saves_once(site: ExamSite, alice: Client, attempt: str) -> None:
    page = alice.get(f"{attempt}/questions/4")
    for _ in range(2):
        assert send(alice, page, attempt, **{"q4-answer": "the Milky Way"}).status == 303
    assert count(site, ResponseSaveRow) == 1


@pytest.mark.parametrize(
    "field", ["key-4", "saves-4", "number"], ids=["no key", "no saves", "no number"]
)
def test_an_incomplete_form_is_refused(alice: Client, attempt: str, field: str) -> None:
    form = alice.get(f"{attempt}/questions/4").get_form(f"{attempt}/answers")
    fields = {**form.fields, "q4-answer": "x", "go": "next", field: ""}
    assert alice.post(form.action, fields).status == 400


def test_a_question_that_is_none_is_not_found(alice: Client, attempt: str) -> None:
    for number in (0, 9):
        assert alice.get(f"{attempt}/questions/{number}").status == 404
    fields = {
        "csrf_token": alice.read_token(),
        "number": "1",
        "key-9": "k",
        "saves-9": "0",
        "stood-9": "[]",
        "q9-answer": "1",
    }
    assert alice.post(f"{attempt}/answers", fields).status == 404
