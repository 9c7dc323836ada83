"""Attempts through the real server, at once and while it is killed: one of each, nothing lost."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from random import Random
from threading import Event

import pytest
from sqlalchemy import select

from quizapp.attempts.rules import AssignmentRules
from quizapp.jobs import JobState, find_status_by_key
from quizapp.services.quizzing.closing import CLOSE_JOB
from quizapp.storage.ids import AccountId, AttemptId
from quizapp.storage.tables import (
    AttemptQuestionRow,
    ResponseSaveRow,
    ReviewRow,
)
from tests.factories.assignments import MARKED, RIGHT
from tests.support.databases import copy_sqlite, lend_postgres
from tests.support.serving import Browser
from tests.support.sitting import (
    Hall,
    Sitter,
    opening_hall,
    read_attempt_id,
    send_at_once,
    write_save,
)

pytestmark = [
    pytest.mark.slow,  # About a minute, most of it servers that start.
    pytest.mark.skipif(os.name != "posix", reason="kill -9 is a thing of POSIX"),
]

AT_ONCE = 32
RULES = AssignmentRules(attempts_allowed=1)
# Long enough to begin and to save one answer on a loaded machine.
LIMIT, GRACE = timedelta(seconds=6), timedelta(seconds=1)
PATIENCE = 60.0
SEED = 31
# How many saves are acknowledged before each kill, and after the last.
SAVES = 25
# The kinds that one field answers, each by the number of its question.
NUMBERS = {
    number: RIGHT[kind]
    for number, kind in enumerate(MARKED, 1)
    if kind in {"choice", "true_false", "cloze", "numeric", "date"}
}
Stored = dict[str, tuple[int, int, str]]


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def hall(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hall]:
    """One server for all these tests; each has an assignment and learners of its own."""
    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("hall")
        with opening_hall(copy_sqlite(request.getfixturevalue("sqlite_template"), folder)) as found:
            yield found
        return
    server: str = request.getfixturevalue("postgres_server")
    template: str = request.getfixturevalue("postgres_template")
    with lend_postgres(server, template) as address, opening_hall(address) as found:
        yield found


def test_of_many_starts_by_one_learner_one_makes_an_attempt_and_the_others_are_told(
    hall: Hall,
) -> None:
    assignment_id = hall.set_exam(RULES)
    (sitter,) = hall.admit("starts", 1)
    path, form = sitter.read_start(assignment_id)
    replies = send_at_once(
        [(sitter, (path, {**form, "key": f"start-{number}"})) for number in range(AT_ONCE)]
    )
    (attempt,) = hall.list_attempts(assignment_id)
    assert Counter(reply.status for reply in replies) == {303: 1, 409: AT_ONCE - 1}
    (begun,) = (reply for reply in replies if reply.status == 303)
    assert read_attempt_id(begun) == attempt.id
    refusals = [reply for reply in replies if reply.status == 409]
    assert all("resume it" in reply.text for reply in refusals)
    assert all(f"/attempts/{attempt.id}" in reply.links for reply in refusals)
    assert count_questions(hall, attempt.id) == len(MARKED)


def test_one_start_sent_many_times_at_once_leads_to_one_attempt(hall: Hall) -> None:
    assignment_id = hall.set_exam(RULES)
    (sitter,) = hall.admit("again", 1)
    replies = send_at_once([(sitter, sitter.read_start(assignment_id))] * AT_ONCE)
    (attempt,) = hall.list_attempts(assignment_id)
    assert Counter(reply.status for reply in replies) == {303: AT_ONCE}
    assert {read_attempt_id(reply) for reply in replies} == {attempt.id}


def test_a_class_that_starts_at_once_has_an_attempt_each(hall: Hall) -> None:
    assignment_id = hall.set_exam(RULES)
    sitters = hall.admit("class", AT_ONCE)
    replies = send_at_once([(each, each.read_start(assignment_id)) for each in sitters])
    assert [reply.status for reply in replies] == [303] * AT_ONCE
    owners = {each.id: each.learner_id for each in hall.list_attempts(assignment_id)}
    begun = {
        read_attempt_id(reply): each.account_id
        for reply, each in zip(replies, sitters, strict=True)
    }
    assert len(begun) == AT_ONCE
    assert owners == begun
    assert {count_questions(hall, each) for each in owners} == {len(MARKED)}


def test_many_submissions_at_once_are_marked_once_and_remembered_once(hall: Hall) -> None:
    assignment_id = hall.set_exam(RULES)
    (sitter,) = hall.admit("submits", 1)
    attempt_id = sitter.begin(assignment_id)
    token = sitter.read_token()
    save_all(sitter, attempt_id, token)
    submission = (f"/attempts/{attempt_id}/submit", token)
    replies = send_at_once([(sitter, submission)] * AT_ONCE)
    assert [reply.status for reply in replies] == [303] * AT_ONCE
    assert {reply.location for reply in replies} == {f"/attempts/{attempt_id}/result"}
    (attempt,) = hall.list_attempts(assignment_id)
    assert (attempt.points, attempt.maximum, attempt.auto) == (len(NUMBERS), len(MARKED), False)
    reviews = list_reviews(hall, sitter.account_id)
    assert len(reviews) == len({each.fact_id for each in reviews}) == len(NUMBERS)
    assert all(each.idempotency_key.startswith(f"attempt-{attempt_id}-") for each in reviews)
    # The one that marked is the one that remembered.
    assert {each.arrived_at for each in reviews} == {attempt.marked_at}
    assert hall.check() == []


def test_what_was_saved_outlives_killed_workers_and_is_stored_once(hall: Hall) -> None:
    assignment_id = hall.set_exam(RULES)
    (sitter,) = hall.admit("saves", 1)
    attempt_id = sitter.begin(assignment_id)
    token = sitter.read_token()
    told: Stored = {}
    enough = Event()

    def save_often(number: int) -> int:
        window = sitter.open_window()
        saves = 0
        while not enough.is_set():
            save_one(window, attempt_id, token, (number, saves), told)
            saves += 1
        return saves

    with ThreadPoolExecutor(len(NUMBERS)) as pool:
        saving = {number: pool.submit(save_often, number) for number in NUMBERS}
        try:
            kill_each_worker(hall, attempt_id, told)
        finally:
            enough.set()
            counts = {number: each.result() for number, each in saving.items()}
    assert len(told) == sum(counts.values())
    assert list_saves(hall, attempt_id) == told
    assert list_standing(hall, attempt_id) == {
        number: (count, write_answer(number, count - 1)) for number, count in counts.items()
    }
    assert hall.check() == []


def test_an_attempt_whose_time_is_over_is_closed_by_the_job_worker_alone(hall: Hall) -> None:
    assignment_id = hall.set_exam(replace(RULES, time_limit=LIMIT, grace=GRACE))
    (sitter,) = hall.admit("late", 1)
    token = sitter.read_token()
    attempt_id = sitter.begin(assignment_id)
    save_all(sitter, attempt_id, token, most=1)
    # Nobody asks for anything from here on.
    wait_until(lambda: hall.list_attempts(assignment_id)[0].submitted_at is not None)
    (attempt,) = hall.list_attempts(assignment_id)
    assert attempt.deadline_at == attempt.started_at + LIMIT
    assert attempt.taken_until == attempt.deadline_at + GRACE
    assert (attempt.submitted_at, attempt.auto) == (attempt.deadline_at, True)
    assert attempt.marked_at is not None
    assert attempt.marked_at > attempt.taken_until
    assert (attempt.points, attempt.credit) == (1.0, 1.0)
    assert len(list_reviews(hall, sitter.account_id)) == 1
    key = f"{CLOSE_JOB} {attempt_id} at {attempt.taken_until.isoformat()}"
    wait_until(lambda: find_job_state(hall, key) is JobState.DONE)
    result = sitter.browser.send("GET", f"/attempts/{attempt_id}/result")
    assert result.status == 200
    assert hall.check() == []


def save_all(
    sitter: Sitter, attempt_id: AttemptId, token: dict[str, str], most: int = len(MARKED)
) -> None:
    """Save the right answers to the first questions that one field answers."""
    for number, answer in list(NUMBERS.items())[:most]:
        form = {**token, **write_save(number, f"right-{attempt_id}-{number}", 0, answer)}
        reply = sitter.browser.insist("POST", f"/attempts/{attempt_id}/answers", form)
        assert reply.status == 303, reply.text


def save_one(
    window: Browser,
    attempt_id: AttemptId,
    token: dict[str, str],
    question: tuple[int, int],
    told: Stored,
) -> None:
    """Save one more answer to a question; send again, with the same key, what is not replied to."""
    number, saves = question
    key, answer = f"save-{attempt_id}-{number}-{saves}", write_answer(number, saves)
    form = {**token, **write_save(number, key, saves, answer)}
    reply = window.insist("POST", f"/attempts/{attempt_id}/answers", form)
    assert reply.status == 303, reply.text
    told[key] = (number, saves + 1, answer)


def write_answer(number: int, saves: int) -> str:
    """Return an answer to a question, another one each time."""
    kind = MARKED[number - 1]
    if kind == "choice":
        return str(saves % 4)
    if kind == "true_false":
        return ("true", "false")[saves % 2]
    return {"cloze": f"galaxy {saves}", "date": f"2 March {1900 + saves}"}.get(kind, str(saves))


def kill_each_worker(hall: Hall, attempt_id: AttemptId, told: Stored) -> None:
    """Kill one worker after the other in the midst of saves; what was told by then is stored.

    Each once: the server takes one that dies twice within seconds for one that cannot start.
    """
    rng = Random(SEED)
    for worker in hall.server.list_workers():
        wait_for_more(told)
        wait_until(lambda: len(hall.server.list_workers()) == 2)
        time.sleep(rng.uniform(0, 0.03))
        hall.server.kill_worker(worker)
        before = dict(told)
        assert before.items() <= list_saves(hall, attempt_id).items()
    wait_for_more(told)


def wait_for_more(told: Stored) -> None:
    wanted = len(told) + SAVES
    wait_until(lambda: len(told) >= wanted)


def list_saves(hall: Hall, attempt_id: AttemptId) -> Stored:
    """Return what each key saved: question, number of the save, answer. A key twice fails."""
    statement = select(ResponseSaveRow).where(ResponseSaveRow.attempt_id == attempt_id)
    with hall.database.reading() as session:
        rows = list(session.scalars(statement))
    stored = {
        each.idempotency_key: (each.position + 1, each.number, each.response) for each in rows
    }
    assert len(stored) == len(rows)
    return stored


def list_standing(hall: Hall, attempt_id: AttemptId) -> dict[int, tuple[int, str]]:
    """Return the answers that stand: of each question how often it was saved, and the last."""
    statement = select(AttemptQuestionRow).where(
        AttemptQuestionRow.attempt_id == attempt_id, AttemptQuestionRow.saves > 0
    )
    with hall.database.reading() as session:
        return {
            each.position + 1: (each.saves, each.response) for each in session.scalars(statement)
        }


def list_reviews(hall: Hall, learner_id: AccountId) -> list[ReviewRow]:
    with hall.database.reading() as session:
        return list(session.scalars(select(ReviewRow).where(ReviewRow.learner_id == learner_id)))


def count_questions(hall: Hall, attempt_id: AttemptId) -> int:
    statement = select(AttemptQuestionRow).where(AttemptQuestionRow.attempt_id == attempt_id)
    with hall.database.reading() as session:
        return len(list(session.scalars(statement)))


def find_job_state(hall: Hall, key: str) -> JobState | None:
    with hall.database.reading() as session:
        found = find_status_by_key(session, key)
    return found.state if found else None


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
