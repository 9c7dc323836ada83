"""A submitted attempt: what is told of it and when, "I was right", and notes on changed marks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from quizapp.attempts.rules import AssignmentRules
from quizapp.attempts.switches import SWITCHES, FeedbackTable, Switch
from quizapp.services.grading.claiming import decide
from quizapp.storage.ids import AttemptId
from tests.factories.assignments import MARKED, RULES
from tests.support.apps import Apps
from tests.support.client import Client, Page
from tests.web.attempt_sites import ExamSite, answer, run_exam_site, with_rules
from tests.web.test_pages import check

EVERYTHING = frozenset(SWITCHES)
TOLD = replace(RULES, feedback=FeedbackTable(right_after=EVERYTHING, while_open=EVERYTHING))
LATER = timedelta(minutes=3)


@pytest.fixture
def site(request: pytest.FixtureRequest, apps: Apps, sqlite_template: Path) -> Iterator[ExamSite]:
    """The site with the exam, whose results tell everything; a test may name other rules."""
    rules: AssignmentRules = getattr(request, "param", TOLD)
    with run_exam_site(apps, sqlite_template, rules=rules) as running:
        yield running


def sit(site: ExamSite, alice: Client, *, right: bool, most: int = 8) -> tuple[str, Page]:
    """Answer the first questions, submit, and return the attempt's address and its result."""
    attempt = site.begin(alice)
    for number in range(1, most + 1):
        answer(alice, attempt, number, right=right)
    return attempt, site.submit(alice, attempt)


def showing(*switches: Switch) -> pytest.MarkDecorator:
    """Let results tell these things alone."""
    table = FeedbackTable(right_after=frozenset(switches), while_open=EVERYTHING)
    return with_rules(replace(RULES, feedback=table))


def decide_claim(site: ExamSite, attempt: str, granted: float | None) -> None:
    with site.database.writing() as session:
        decide(
            session,
            site.exam.tess,
            AttemptId(int(attempt.rpartition("/")[2])),
            3,
            granted=granted,
            reason="Close enough.",
            now=site.clock.now,
        )
        session.commit()


def test_a_result_tells_score_verdicts_reasons_and_passages(site: ExamSite, alice: Client) -> None:
    _, page = sit(site, alice, right=True, most=5)
    assert "Score 62.5%" in page.words
    assert "Points 5 of 8" in page.words
    assert "Right 5 of 8 5 questions answered" in page.words
    assert page.words.count("Correct ") >= 5
    assert "f4 is option 1." in page.words
    assert "Where this comes from" in page.words
    assert "Not answered" in page.words


@pytest.mark.parametrize(
    ("site", "words"),
    [
        (replace(RULES, closes_at=None), "no day is set for that yet."),
        (RULES, "when the assignment closes"),
    ],
    indirect=["site"],
)
def test_right_answers_are_promised_for_a_day_only_where_one_is_set(
    site: ExamSite, alice: Client, words: str
) -> None:
    _, page = sit(site, alice, right=False, most=1)
    assert words in page.words


def test_only_what_is_not_wholly_right_is_shown_when_asked_for(
    site: ExamSite, alice: Client
) -> None:
    attempt, page = sit(site, alice, right=True, most=5)
    only = f"{attempt}/result?show=wrong"
    assert only in page.links
    words = alice.get(only).words
    assert [n for n in range(1, 9) if f"Question {n} " in words] == [6, 7, 8]


@pytest.mark.parametrize("number", range(1, 9))
def test_every_kind_has_its_marks_in_the_result(site: ExamSite, alice: Client, number: int) -> None:
    attempt = site.begin(alice)
    answer(alice, attempt, number, right=True)
    page = site.submit(alice, attempt)
    section = next(e for e in page.tree.iter("section") if e.get("id") == f"question-{number}")
    assert "1 of 1 point" in " ".join("".join(section.itertext()).split()), MARKED[number - 1]


@showing("attempt")
def test_without_other_switches_a_result_shows_the_answers_alone(
    site: ExamSite, alice: Client
) -> None:
    _, page = sit(site, alice, right=False)
    assert "Your marks are not shown yet." in page.words
    assert "Andromeda" in page.words
    for word in ("Milky Way", "Correct", "Not correct", "is option 1", "comes from", "I was right"):
        assert word not in page.words
    assert "0%" not in alice.get("/").words
    assert "not shown" in alice.get(site.address).words


@showing()
def test_without_any_switch_a_result_says_that_it_is_submitted(
    site: ExamSite, alice: Client
) -> None:
    _, page = sit(site, alice, right=False)
    assert "This attempt is submitted." in page.words
    assert "Question 1" not in page.words
    site.clock.advance(LATER)
    assert "Question 1" in alice.get(page.path).words


@showing("attempt", "correctness", "marks")
def test_marks_without_the_right_answers_do_not_give_them_away(
    site: ExamSite, alice: Client
) -> None:
    _, page = sit(site, alice, right=False)
    assert "Not correct" in page.words
    for word in ("Milky Way", "1762", "2017-03-02", "is option 1"):
        assert word not in page.words


def test_a_result_is_none_before_the_submission(site: ExamSite, alice: Client) -> None:
    assert alice.get(f"{site.begin(alice)}/result").status == 404


def test_after_the_submission_every_page_of_the_attempt_leads_to_its_result(
    site: ExamSite, alice: Client
) -> None:
    attempt, _ = sit(site, alice, right=True)
    for page in ("", "/check", "/questions/1"):
        assert alice.get(f"{attempt}{page}").location == f"{attempt}/result"


def test_submitting_twice_changes_nothing(site: ExamSite, alice: Client) -> None:
    attempt, page = sit(site, alice, right=True)
    again = alice.post(f"{attempt}/submit", {"csrf_token": alice.read_token()})
    assert alice.follow(again).words == page.words


def test_a_learner_says_that_they_were_right_and_reads_the_decision(
    site: ExamSite, alice: Client
) -> None:
    attempt, page = sit(site, alice, right=False)
    claimed = alice.post_form(f"{attempt}/questions/4/claim", page, why="It is a galaxy.")
    assert claimed.location == f"{attempt}/result#question-4"
    page = alice.get(f"{attempt}/result")
    assert "Your instructor will look at this answer." in page.words
    assert "your instructor has not decided yet" in page.words
    decide_claim(site, attempt, 1.0)
    page = alice.get(f"{attempt}/result")
    assert "your instructor granted it" in page.words
    assert "Your mark changed by question 4 from 0 of 8 (0%) to 1 of 8 (12.5%)." in page.words
    assert "Close enough." in alice.get("/").words


def test_a_note_stays_until_it_is_put_away(site: ExamSite, alice: Client) -> None:
    attempt, page = sit(site, alice, right=False)
    alice.post_form(f"{attempt}/questions/4/claim", page)
    decide_claim(site, attempt, None)
    today = alice.get("/")
    assert "A mark was looked at again" in today.words
    assert "looked at again" in alice.get("/").words
    assert alice.follow(alice.post_form("/attempts/notes/away", today)).status == 200
    assert "looked at again" not in alice.get("/").words


def test_only_of_a_typed_answer_that_was_marked_down_one_may_say_so(
    site: ExamSite, alice: Client
) -> None:
    attempt, page = sit(site, alice, right=False)
    claims = [f.action for f in page.forms() if f.action.endswith("/claim")]
    assert claims == [f"{attempt}/questions/{number}/claim" for number in (4, 5, 6)]
    refused = alice.post(
        f"{attempt}/questions/1/claim", {"csrf_token": alice.read_token(), "why": ""}
    )
    assert "Only of an answer that was typed" in alice.get(refused.location).words


def test_what_was_handed_in_late_says_what_it_earns(apps: Apps, sqlite_template: Path) -> None:
    with run_exam_site(apps, sqlite_template, rules=TOLD) as site:
        site.clock.advance(timedelta(hours=3))
        alice = site.open()
        _, page = sit(site, alice, right=True)
        assert "Handed in as practice, which earns no credit." in page.words
        assert "Score 0%" in page.words


@with_rules(replace(RULES, feedback=FeedbackTable(during=EVERYTHING)))
def test_feedback_while_one_sits_is_shown_at_once_and_makes_the_answer_final(
    site: ExamSite, alice: Client
) -> None:
    attempt = site.begin(alice)
    page = alice.get(f"{attempt}/questions/4")
    assert "Milky Way" not in page.text
    assert "data-attempt" not in page.text  # no script saves what could not be changed any more
    page = alice.follow(answer(alice, attempt, 4, right=False, go="stay"))
    check(page)
    assert "Not correct" in page.words
    assert "f4 is option 1." in page.words
    assert "Milky Way" in page.words
    assert "q4-answer" not in page.get_form(f"{attempt}/answers").fields
    sent = alice.post_form(f"{attempt}/answers", page, go="next")
    assert alice.follow(sent).title.startswith("Question 5")
