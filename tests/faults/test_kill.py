"""The server is killed while a learner answers: what was acknowledged is stored, and once."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from threading import Barrier

import pytest
from sqlalchemy import select, text

from quizapp.services.accounts.registering import set_password
from quizapp.services.checking import check_database
from quizapp.storage.engine import Database
from quizapp.storage.tables import ReviewRow
from tests.factories.people import build_world
from tests.support.serving import Browser, Reply, Server, serving

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is a thing of POSIX")

ANSWERS = 200
PASSWORD = "correct horse battery"
SEED = 22
KILLS = 5
AT_ONCE = 32


@dataclass(slots=True)
class Log:
    """What the learner was told: the reply to each key that was acknowledged, and what was lost."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    lost: int = 0


@pytest.fixture
def course(database: Database) -> Database:
    """A database in which Alice may answer as many new facts as she likes."""
    world = build_world(database, facts=ANSWERS + 5)
    with database.writing() as session:
        set_password(session, world.alice, PASSWORD)
        session.execute(text("UPDATE account SET new_per_day = 1000"))
        session.commit()
    return database


@pytest.fixture
def server(course: Database, address: str) -> Iterator[Server]:
    """The server on that database."""
    course.dispose()
    with serving(address) as found:
        yield found


def sign_in(server: Server) -> tuple[Browser, str]:
    """Let Alice sign in and begin; return her browser and the address of her study session."""
    alice = Browser(server.port)
    assert alice.sign_in("alice@example.org", PASSWORD).status == 303
    begun = alice.send(
        "POST", "/review", {"csrf_token": alice.send("GET", "/").fields["csrf_token"]}
    )
    assert begun.status == 303
    return alice, begun.location


def read_form(alice: Browser, study: str) -> dict[str, str]:
    """Return the fields of the form that answers the question before Alice."""
    page = alice.insist("GET", study)
    if "key" not in page.fields:
        # A flashcard, to be uncovered first.
        page = alice.insist("GET", next(link for link in page.links if "reveal" in link))
    # Good for a flashcard; for a choice one of its options.
    return {**page.fields, "answer": "3"}


def answer_all(alice: Browser, study: str, log: Log) -> None:
    """Answer so many questions; send again, with the same key, what was not acknowledged."""
    for number in range(ANSWERS):
        form = {**read_form(alice, study), "key": f"key-{number}"}
        reply = try_once(alice, study, form, log) or alice.insist("POST", f"{study}/answer", form)
        assert reply.status == 303, reply.text
        log.acknowledged[form["key"]] = reply.location


def try_once(alice: Browser, study: str, form: dict[str, str], log: Log) -> Reply | None:
    try:
        return alice.send("POST", f"{study}/answer", form)
    except OSError:
        log.lost += 1
        return None


def kill_now_and_then(server: Server, log: Log, answering: Future[None]) -> int:
    """Kill a worker after each of some random answers, once the whole server; return how often.

    The older of two workers is killed: the server takes a worker that dies twice within seconds for
    one that cannot start, and ends.
    """
    rng, kills = Random(SEED), 0
    for number, moment in enumerate(sorted(rng.sample(range(5, ANSWERS - 5), KILLS))):
        while len(log.acknowledged) < moment and not answering.done():
            time.sleep(0.001)
        time.sleep(rng.uniform(0, 0.03))
        if number == KILLS // 2:
            server.kill()
            server.start()
        else:
            server.kill_worker(server.list_workers()[0])
        kills += not answering.done()
    return kills


def list_stored(database: Database) -> dict[str, str]:
    """Return the address of each stored answer by its key; a key that is there twice fails."""
    with database.reading() as session:
        rows = session.execute(select(ReviewRow.idempotency_key, ReviewRow.study_id, ReviewRow.id))
        stored = [(key, f"/review/{study}/answers/{number}") for key, study, number in rows]
    assert len(stored) == len(dict(stored))
    return dict(stored)


def test_what_was_acknowledged_outlives_every_kill_and_is_stored_once(
    server: Server, course: Database
) -> None:
    alice, study = sign_in(server)
    log = Log()
    with ThreadPoolExecutor(1) as pool:
        answering = pool.submit(answer_all, alice, study, log)
        kills = kill_now_and_then(server, log, answering)
        answering.result()
    assert kills == KILLS
    stored = list_stored(course)
    assert len(log.acknowledged) == ANSWERS
    assert stored.keys() == log.acknowledged.keys()
    # A choice leads to its feedback, a flashcard on to the next question.
    shown = {key: reply for key, reply in log.acknowledged.items() if "/answers/" in reply}
    assert shown
    assert shown.items() <= stored.items()
    check = check_database(course)
    assert (check.reviews, check.memories, check.clean) == (ANSWERS, ANSWERS, True)


def test_the_same_request_five_times_at_once_is_one_answer_with_one_reply(
    server: Server, course: Database
) -> None:
    alice, study = sign_in(server)
    form = {**read_form(alice, study), "key": "the-same"}
    replies = send_at_once(alice, study, [form] * 5)
    assert [reply.status for reply in replies] == [303] * 5
    stored = list_stored(course)
    assert {reply.location for reply in replies} == {stored["the-same"]}
    assert len(stored) == 1
    assert check_database(course).clean


def test_of_many_answers_to_one_question_at_once_one_counts_and_the_others_are_told(
    server: Server, course: Database
) -> None:
    alice, study = sign_in(server)
    form = read_form(alice, study)
    replies = send_at_once(alice, study, [{**form, "key": f"k{n}"} for n in range(AT_ONCE)])
    accepted = [reply for reply in replies if reply.status == 303]
    refused = [reply for reply in replies if reply.status == 409]
    assert (len(accepted), len(refused)) == (1, AT_ONCE - 1)
    assert all("in another window or on another device" in reply.text for reply in refused)
    assert list(list_stored(course).values()) == [accepted[0].location]
    check = check_database(course)
    assert (check.reviews, check.memories, check.clean) == (1, 1, True)


def send_at_once(alice: Browser, study: str, forms: list[dict[str, str]]) -> list[Reply]:
    """Send all forms in one moment, each from a window of Alice's own."""
    ready = Barrier(len(forms))

    def send(form: dict[str, str]) -> Reply:
        window = Browser(alice.port, alice.cookies)
        ready.wait()
        return window.send("POST", f"{study}/answer", form)

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(send, forms))
