"""Questions loaded ahead and answers sent later, as the server gives and takes them."""

import gzip
import json
from typing import Any

import pytest

from quizapp.services.checking import check_database
from tests.support.client import Client, Page
from tests.support.rows import read_rows
from tests.web.conftest import Site
from tests.web.routes import address_of

LEARNED = ("review", "memory", "introduction")
KEPT = "/review/kept"
DEEP = b"[" * 60_000


def load(alice: Client, site: Site) -> dict[str, Any]:
    pack: dict[str, Any] = json.loads(alice.get(f"{site.study}/pack").body)
    return pack


def make_answer(site: Site, question: dict[str, Any], /, **other: object) -> dict[str, object]:
    """Return what a browser keeps of the right answer to a question of a pack."""
    return {
        "study": site.things.study_id,
        "question": question["question"],
        "fact": question["fact"],
        "reps": question["reps"],
        "key": f"key-{question['question']}",
        "shown_at": "2026-03-02T08:00:00.000Z",
        "answered_at": "2026-03-02T08:00:09.000Z",
        "fields": {"answer": ["3" if question["kind"] == "flashcard" else "1"]},
        **other,
    }


def send(client: Client, account: object, answers: object, token: str = "") -> Page:
    body = json.dumps({"account": account, "answers": answers}).encode()
    return client.send_json(KEPT, body, token or client.read_token())


def read_states(page: Page) -> list[str]:
    assert page.status == 200
    return [each["state"] for each in json.loads(page.body)["answers"]]


def test_a_pack_holds_markup_keys_and_nothing_of_an_open_assignment(
    site: Site, alice: Client
) -> None:
    page = alice.get(f"{site.study}/pack")
    assert page.headers["Content-Type"] == "application/json"
    assert page.headers["Cache-Control"] == "no-store"
    pack = json.loads(page.body)
    assert (pack["account"], pack["study"]) == (
        site.things.people["alice"].id,
        site.things.study_id,
    )
    assert len(pack["questions"]) > 10
    for question in pack["questions"]:
        assert {"question", "fact", "reps", "guess", "right", "markup"} <= question.keys()
        assert "Where this comes from" in question["markup"]
        assert ('data-part="card"' in question["markup"]) == (question["kind"] == "flashcard")
    # The assignment of the site goes on, and asks the choices of the first three facts.
    exam = alice.get(address_of(site, "attempts.question")).text
    stems = [f"What is f{number}?" for number in (1, 2, 3)]
    assert any(stem in exam for stem in stems)
    choices = [each["markup"] for each in pack["questions"] if each["kind"] == "choice"]
    assert choices
    assert not any(stem in markup for stem in stems for markup in choices)


def test_a_pack_is_compressed_for_browsers_that_take_it_so(site: Site, alice: Client) -> None:
    plain = alice.get(f"{site.study}/pack")
    small = alice.get(f"{site.study}/pack", headers={"Accept-Encoding": "gzip, br"})
    assert (plain.headers["Vary"], small.headers["Content-Encoding"]) == (
        "Accept-Encoding, Cookie",
        "gzip",
    )
    assert len(json.loads(gzip.decompress(small.body))["questions"]) == len(
        json.loads(plain.body)["questions"]
    )
    assert len(small.body) * 5 < len(plain.body)


def test_kept_answers_are_stored_once_each_and_a_bad_one_stops_none(
    site: Site, alice: Client
) -> None:
    pack = load(alice, site)
    first, second, third = pack["questions"][:3]
    answers = [
        make_answer(site, first),
        make_answer(site, second, fields={}),
        "no answer",
        make_answer(site, third),
        make_answer(site, third),
    ]
    page = send(alice, pack["account"], answers, pack["token"])
    assert read_states(page) == ["saved", "refused", "refused", "saved", "saved before"]
    reasons = [each.get("reason") for each in json.loads(page.body)["answers"]]
    assert reasons[1] in {"Choose one of the options", "Grade your recall from 1 to 4"}
    assert reasons[2] == "It could not be read."
    assert read_states(send(alice, pack["account"], answers)) == [
        *("saved before", "refused", "refused", "saved before", "saved before")
    ]
    check = check_database(site.database)
    assert (check.clean, check.reviews) == (True, 3)


def test_nobody_sends_the_answers_of_another(site: Site, alice: Client) -> None:
    pack = load(alice, site)
    answers, bob = [make_answer(site, pack["questions"][0])], site.open("bob")
    before = read_rows(site.database, LEARNED)
    assert send(bob, pack["account"], answers).status == 409
    assert read_states(send(bob, site.things.people["bob"].id, answers)) == ["refused"]
    assert send(alice, pack["account"], answers, token="made-up").status == 400
    assert send(alice, pack["account"], answers, bob.read_token()).status == 400
    assert send(site.open(), pack["account"], answers).status == 302
    assert read_rows(site.database, LEARNED) == before


NO_FIELDS: tuple[object, ...] = ([], "1", {"answer": "1"}, {"answer": [1]})
NO_NUMBERS: tuple[object, ...] = (-1, True, "1")
ODD: list[tuple[str, object]] = [
    *((name, odd) for name in ("study", "question", "fact") for odd in NO_NUMBERS),
    *((name, 10**30) for name in ("study", "question", "fact", "reps")),
    *((name, None) for name in ("study", "question", "fact", "reps", "key", "fields")),
    *(("key", odd) for odd in ("", "x" * 65, 7, "a\x00b", "\ud800")),
    *((name, odd) for name in ("shown_at", "answered_at") for odd in ("", 7, "now")),
    *(("fields", odd) for odd in NO_FIELDS),
    *(("fields", {"answer": [text]}) for text in ("a\x00b", "\ud800", "9", "x" * 300)),
    ("fields", {str(number): ["1"] for number in range(60)}),
]


@pytest.mark.parametrize(("name", "value"), ODD)
def test_an_answer_of_wrong_types_is_refused(
    site: Site, alice: Client, name: str, value: object
) -> None:
    pack = load(alice, site)
    choice = next(each for each in pack["questions"] if each["kind"] == "choice")
    before = read_rows(site.database, LEARNED)
    page = send(alice, pack["account"], [make_answer(site, choice, **{name: value})])
    assert read_states(page) == ["refused"]
    assert json.loads(page.body)["answers"][0]["reason"]
    assert read_rows(site.database, LEARNED) == before


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
@pytest.mark.parametrize("name", ["shown_at", "answered_at"])
def test_the_ends_of_time_are_clamped(site: Site, alice: Client, name: str, time: str) -> None:
    pack = load(alice, site)
    answer = make_answer(site, pack["questions"][0], **{name: time})
    assert read_states(send(alice, pack["account"], [answer])) == ["saved"]
    assert check_database(site.database).clean


@pytest.mark.parametrize(
    ("body", "status"),
    [
        *((body, 400) for body in (b"", b"{}", b"[]", b"7", b"\xff", b'{"account": 1}', DEEP)),
        (b'{"account": 1, "answers": [' + b"1" * 5000 + b"]}", 400),
        (b'{"account": 1, "answers": [' + b"1," * 100 + b"1]}", 400),
        (b'{"account": 1, "answers": {}}', 400),
        (b" " * 10_000_000, 413),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_no_list_of_answers_is_refused(
    site: Site, alice: Client, body: bytes, status: int
) -> None:
    before = read_rows(site.database)
    assert alice.send_json(KEPT, body, alice.read_token()).status == status
    assert read_rows(site.database) == before


def test_the_page_for_no_network_holds_nothing_of_a_person(site: Site, alice: Client) -> None:
    hers, nobodys = alice.get("/offline"), site.open().get("/offline")
    for page in (hers, nobodys):
        assert not any(each in page.text for each in ("Alice", site.email("alice"), "csrf_token"))
    assert "Set-Cookie" not in nobodys.headers


def test_the_worker_names_files_that_are_there(site: Site) -> None:
    nobody = site.open()
    page = nobody.get("/service-worker.js")
    assert page.headers["Content-Type"].startswith("text/javascript")
    first, second = page.text.splitlines()
    known = json.loads(first.removeprefix("self.quizapp = ").removesuffix(";"))
    assert json.loads(second.removeprefix("importScripts(").removesuffix(");")) in known["files"]
    assert nobody.get(known["page"]).status == 200
    assert {nobody.get(each).status for each in known["files"]} == {200}


def test_the_manifest_names_icons_that_are_there(site: Site) -> None:
    nobody = site.open()
    page = nobody.get("/manifest.webmanifest")
    assert page.headers["Content-Type"] == "application/manifest+json"
    manifest = json.loads(page.body)
    assert (manifest["start_url"], manifest["display"]) == ("/", "standalone")
    sizes = {icon["sizes"] for icon in manifest["icons"]}
    assert sizes >= {"192x192", "512x512"}
    assert {nobody.get(icon["src"]).status for icon in manifest["icons"]} == {200}
