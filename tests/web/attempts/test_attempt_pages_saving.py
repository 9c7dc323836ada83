"""The answers of an attempt are saved: together, by a script, and within the time there is."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from quizapp.attempts.rules import AssignmentRules
from quizapp.attempts.switches import SWITCHES, FeedbackTable
from quizapp.storage.tables import ResponseSaveRow
from tests.factories.assignments import MARKED, RULES
from tests.support.apps import Apps
from tests.support.client import Client
from tests.web.attempt_sites import (
    ExamSite,
    answer,
    autosave,
    count,
    read_field,
    run_exam_site,
    send,
    with_rules,
    write_answer,
)
from tests.web.test_statements import counting

ALL = replace(RULES, layout="all")
LIMITED = replace(RULES, time_limit=timedelta(minutes=30))
TOLD = replace(RULES, feedback=FeedbackTable(right_after=frozenset(SWITCHES)))


# All questions on one page.


@with_rules(ALL)
def test_all_questions_stand_on_one_page_and_are_saved_together(
    site: ExamSite, alice: Client, attempt: str
) -> None:
    page = alice.get(f"{attempt}/questions/1")
    fields: dict[str, str] = {}
    for number, kind in enumerate(MARKED, 1):
        if kind != "select_all":  # the form's reader tells no ticked boxes
            fields |= write_answer(kind, number, right=True)
    fields["q7-place_0"] = ""
    refused = send(alice, page, attempt, go="check", **fields)
    assert refused.status == 422
    assert "Question 7: Give each item a place of its own" in refused.words
    assert count(site, ResponseSaveRow) == 6
    page = send(alice, refused, attempt, go="check", **{"q7-place_0": "2"})
    assert count(site, ResponseSaveRow) == 7
    assert "1 question not answered." in alice.follow(page).words


@with_rules(ALL)
def test_what_is_stale_on_a_long_page_is_told_and_the_rest_stands_to_be_saved(
    site: ExamSite, alice: Client, attempt: str
) -> None:
    old = alice.get(f"{attempt}/questions/1")
    desktop = site.open()
    send(desktop, desktop.get(old.path), attempt, go="stay", **{"q4-answer": "the desktop's"})
    refused = send(
        alice, old, attempt, go="stay", **{"q4-answer": "the phone's", "q5-answer": "12"}
    )
    assert refused.status == 409
    assert "Question 4: You changed this answer meanwhile" in refused.words
    assert read_field(refused, attempt, "q4-answer") == "the desktop's"
    assert read_field(refused, attempt, "q5-answer") == "12"
    send(alice, refused, attempt, go="stay")
    kept = desktop.get(old.path)
    assert read_field(kept, attempt, "q4-answer") == "the desktop's"
    assert read_field(kept, attempt, "q5-answer") == "12"


# What the script sends.


def test_a_script_is_told_what_was_saved(site: ExamSite, alice: Client, attempt: str) -> None:
    page = alice.get(f"{attempt}/questions/4")
    site.clock.advance(timedelta(minutes=42))
    status, reply = autosave(alice, page, attempt, **{"q4-answer": "the Milky Way"})
    assert status == 200
    assert reply["saved"] == {
        "4": {"saves": 1, "stood": '[["answer",["the Milky Way"]]]', "words": "Saved 08:42"}
    }
    assert reply["now"] == site.clock.now.timestamp() * 1000
    again = autosave(alice, page, attempt, **{"q4-answer": "the Milky Way"})
    assert again == (status, reply)
    assert count(site, ResponseSaveRow) == 1


def test_a_script_is_told_what_is_wrong(alice: Client, attempt: str) -> None:
    page = alice.get(f"{attempt}/questions/7")
    status, reply = autosave(alice, page, attempt, **{"q7-place_0": "2"})
    assert (status, reply["saved"]) == (200, {})
    assert reply["problems"] == {"7": "Give each item a place of its own, from 1 to 3."}


def test_a_script_is_told_what_is_stale_and_what_is_over(
    site: ExamSite, alice: Client, attempt: str
) -> None:
    page = alice.get(f"{attempt}/questions/4")
    answer(site.open(), attempt, 4)
    status, reply = autosave(alice, page, attempt, **{"q4-answer": "x"})
    assert (status, reply["over"]) == (409, False)
    site.submit(alice, attempt)
    status, reply = autosave(alice, page, attempt, **{"q4-answer": "y", "key-4": "another"})
    assert (status, reply["over"]) == (409, True)


def test_saving_asks_the_database_three_times_and_a_page_twice(
    site: ExamSite, alice: Client, attempt: str
) -> None:
    page = alice.get(f"{attempt}/questions/4")
    with counting(site) as statements:
        assert autosave(alice, page, attempt, **{"q4-answer": "x"})[0] == 200
    assert len(statements) == 3
    for address in (page.path, f"{attempt}/check"):
        with counting(site) as statements:
            assert alice.get(address).status == 200
        assert len(statements) == 2
    page = alice.get(page.path)
    with counting(site) as statements:
        assert send(alice, page, attempt).status == 303
    assert statements == []  # nothing had changed


# Time.


@with_rules(LIMITED)
def test_the_time_left_is_told_by_the_servers_clock(
    site: ExamSite, alice: Client, attempt: str
) -> None:
    site.clock.advance(timedelta(minutes=7))
    page = alice.get(f"{attempt}/questions/1")
    assert "23 minutes left · until 08:30" in page.words
    clock = next(e for e in page.tree.iter("div") if e.attrib.get("class") == "clock")
    left = int(clock.attrib["data-ends"]) - int(clock.attrib["data-now"])
    assert left == 23 * 60 * 1000


@with_rules(LIMITED)
def test_within_the_grace_an_answer_is_taken_and_after_it_the_result_is_shown(
    site: ExamSite, alice: Client, attempt: str
) -> None:
    page = alice.get(f"{attempt}/questions/4")
    site.clock.advance(timedelta(minutes=30, seconds=60))
    assert "The time is over." in alice.get(page.path).words
    assert send(alice, page, attempt, **{"q4-answer": "the Milky Way"}).status == 303
    page = alice.get(f"{attempt}/questions/5")
    site.clock.advance(timedelta(seconds=1))
    assert alice.get(page.path).location == f"{attempt}/result"
    late = send(alice, page, attempt, **{"q5-answer": "12"})
    assert late.location == f"{attempt}/result"
    result = alice.follow(late)
    assert "The time for this attempt is over" in result.words
    assert "submitted by time 2 March 2026, 08:30" in result.words
    assert count(site, ResponseSaveRow) == 1


def test_nothing_is_said_of_time_where_there_is_no_end(apps: Apps, sqlite_template: Path) -> None:
    endless = AssignmentRules(attempts_allowed=1)
    with run_exam_site(apps, sqlite_template, rules=endless) as site:
        alice = site.open()
        page = alice.get(f"{site.begin(alice)}/questions/1")
        assert "left" not in page.words
        assert "There is no time limit." in alice.get(site.address).words
