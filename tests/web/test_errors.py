"""When something cannot be done: the right status, a page that says so, and nothing lost."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask.sessions import SecureCookieSessionInterface

from quizapp.services.checking import check_database
from quizapp.storage import sqlite
from quizapp.storage.engine import Database
from quizapp.web.student import views
from tests.factories.people import MORNING
from tests.support.apps import close
from tests.support.client import Client, Clock, Page, make_app
from tests.support.rows import read_rows
from tests.web.conftest import Site


def is_error_page(page: Page) -> bool:
    """Tell whether it is a whole page that names its status and leads on."""
    return f"Error {page.status}" in page.words and "Go to the start page" in page.words


@contextmanager
def held(database: Database) -> Iterator[None]:
    """Keep the right to write, as a long change does."""
    with database.writing() as session:
        session.connection()
        yield


@pytest.mark.parametrize("name", ["alice", "tess", None])
def test_an_address_where_nothing_is_leads_back(site: Site, name: str | None) -> None:
    page = site.open(name).get("/nothing/here")
    assert page.status == 404
    assert is_error_page(page)
    start = "/sets" if name == "tess" else "/"
    assert start in page.links


def test_a_method_that_an_address_does_not_take_is_refused(alice: Client) -> None:
    page = alice.get("/review")
    assert page.status == 405
    assert is_error_page(page)


def test_the_second_of_two_windows_is_told_that_its_answer_came_too_late(
    site: Site, alice: Client
) -> None:
    one, two = (alice.get_answer_form(alice.get(site.study)) for _ in range(2))
    assert one.fields["key"] != two.fields["key"]
    assert alice.post(one.action, {**one.fields, "answer": "1"}).status == 303
    before = read_rows(site.database)
    page = alice.post(two.action, {**two.fields, "answer": "2"})
    assert page.status == 409
    assert is_error_page(page)
    assert "You answered this meanwhile in another window" in page.words
    assert read_rows(site.database) == before
    assert check_database(site.database).clean


def test_a_form_sent_twice_is_one_answer_with_one_reply(site: Site, alice: Client) -> None:
    form = alice.get_answer_form(alice.get(site.study))
    fields = {**form.fields, "answer": "1"}
    first = alice.post(form.action, fields)
    before = read_rows(site.database)
    for _ in range(4):
        again = alice.post(form.action, fields)
        assert (again.status, again.location) == (303, first.location)
    assert read_rows(site.database) == before


def test_two_browsers_sending_at_once_store_one_answer(site: Site) -> None:
    clients = [site.open("alice") for _ in range(8)]
    forms = [client.get_answer_form(client.get(site.study)) for client in clients]
    statuses: list[int] = []

    def send(client: Client, number: int) -> None:
        fields = {**forms[number].fields, "answer": "1"}
        statuses.append(client.post(forms[number].action, fields).status)

    threads = [
        threading.Thread(target=send, args=(client, number))
        for number, client in enumerate(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [303, *[409] * 7]
    assert check_database(site.database).reviews == 2
    assert check_database(site.database).clean


def test_an_answer_after_the_end_of_the_session_does_not_count(site: Site, alice: Client) -> None:
    form = alice.get_answer_form(alice.get(site.study))
    alice.post_form(f"{site.study}/end", alice.get(site.study))
    before = read_rows(site.database)
    page = alice.post(form.action, {**form.fields, "answer": "1"})
    assert page.status == 409
    assert "This study session has ended" in page.words
    assert read_rows(site.database) == before


def test_an_answer_that_was_followed_by_others_is_not_undone(site: Site, alice: Client) -> None:
    for _ in range(2):
        alice.answer(alice.get(site.study))
    before = read_rows(site.database)
    sent = {"review_id": str(site.things.review_id), "csrf_token": alice.read_token()}
    page = alice.follow(alice.post(f"{site.study}/undo", sent))
    assert "undo the later answers first" in page.words
    assert read_rows(site.database) == before


def test_a_form_without_an_answer_is_asked_again(site: Site, alice: Client) -> None:
    form = alice.get_answer_form(alice.get(site.study))
    before = read_rows(site.database)
    page = alice.post(form.action, form.fields)
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert "There is a problem" in page.words
    assert read_rows(site.database) == before
    assert alice.answer(page).status == 303


def test_while_another_change_takes_long_one_is_asked_to_wait(
    site: Site, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WAIT_SECONDS", 0.05)
    form = alice.get_answer_form(alice.get(site.study))
    fields = {**form.fields, "answer": "1"}
    nobody = site.open()
    sign_in = nobody.get("/sign-in")
    with held(site.database):
        page = alice.post(form.action, fields)
        assert page.status == 503
        assert int(page.headers["Retry-After"]) > 0
        assert is_error_page(page)
        assert alice.get("/").status == 200
        email, password = site.email("bob"), "correct horse battery"
        late = nobody.post_form("/sign-in", sign_in, email=email, password=password)
        assert late.status == 503
        assert "Retry-After" in late.headers
    assert check_database(site.database).reviews == 1
    assert alice.post(form.action, fields).status == 303
    assert check_database(site.database).reviews == 2


def test_a_wait_that_is_short_goes_unnoticed(site: Site, alice: Client) -> None:
    form = alice.get_answer_form(alice.get(site.study))
    release = threading.Event()
    holds = threading.Event()

    def keep() -> None:
        with held(site.database):
            holds.set()
            release.wait(5)

    keeper = threading.Thread(target=keep)
    keeper.start()
    holds.wait(5)
    threading.Timer(0.1, release.set).start()
    assert alice.post(form.action, {**form.fields, "answer": "1"}).status == 303
    keeper.join()


@pytest.mark.parametrize("path", ["/sign-in", "/", "/readyz"])
def test_without_a_database_a_page_still_answers(tmp_path: Path, path: str) -> None:
    app = make_app(f"sqlite:///{tmp_path / 'missing' / 'none.db'}", Clock(MORNING))
    client = Client(app)
    client.get("/sign-in")
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    client.cookie = serializer.dumps({"token": "of a browser that was signed in"})
    page = client.get(path)
    close(app)
    assert page.status == 503
    if path != "/readyz":
        assert page.headers["Retry-After"] == "5"
        assert is_error_page(page)


def test_the_server_is_alive_without_a_database(tmp_path: Path) -> None:
    app = make_app(f"sqlite:///{tmp_path / 'missing' / 'none.db'}", Clock(MORNING))
    assert Client(app).get("/healthz").status == 200
    close(app)


def test_a_database_without_our_schema_is_not_ready(tmp_path: Path) -> None:
    app = make_app(f"sqlite:///{tmp_path / 'empty.db'}", Clock(MORNING))
    page = Client(app).get("/readyz")
    close(app)
    assert page.status == 503
    assert "quizapp db upgrade" in page.text


def test_what_nobody_expected_is_a_page_without_secrets(
    alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("the inside of the machine")

    monkeypatch.setattr(views, "look_at_today", fail)
    page = alice.get("/")
    assert page.status == 500
    assert is_error_page(page)
    assert "inside" not in page.text
    assert alice.get("/keys").status == 200


def test_a_refused_answer_gives_the_right_to_write_back(site: Site, alice: Client) -> None:
    form = alice.get_answer_form(alice.get(site.study))
    site.clock.advance(timedelta(minutes=1))
    assert alice.post(form.action, {**form.fields, "question_id": "999"}).status == 404
    assert alice.post(form.action, {**form.fields, "answer": "1"}).status == 303
