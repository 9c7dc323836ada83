"""What goes to the browser before the submission is the same whatever is right."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quizapp.attempts.rules import Layout
from quizapp.attempts.switches import SWITCHES, FeedbackTable
from quizapp.kinds.question import KindName
from quizapp.storage.engine import Database
from tests.factories.assignments import MARKED, RULES
from tests.services.test_quiz_secrecy import permute_keys
from tests.support.apps import Apps
from tests.support.client import Client, Page
from tests.web.attempt_sites import ExamSite, run_exam_site, send, write_answer
from tests.web.test_pages import check

LAYOUTS: tuple[Layout, ...] = ("one", "all")
# These differ from page to page, whatever is asked.
CHANCE = re.compile(rb'name="(?:csrf_token|key(?:-\d+)?)"[^>]*value="[^"]*"')
TELLING = ("Milky Way", "Andromeda", "1,762", "1762", "2017", "is option 1", "quoted words")


def sit(site: ExamSite, layout: Layout) -> Iterator[Page]:
    """Look at every page before the submission, answer everything, and look again."""
    alice = site.open()
    yield alice.get(site.address)
    yield alice.get("/")
    attempt = site.begin(alice)
    yield from look_around(alice, attempt)
    for number, kind in enumerate(MARKED, 1):
        page = alice.get(f"{attempt}/questions/{number}")
        go = "next" if layout == "one" else "stay"
        yield send(alice, page, attempt, go=go, **write_answer(kind, number, right=False))
        page = alice.get(f"{attempt}/questions/{number}")
        yield send(alice, page, attempt, go=go, **write_answer(kind, number, right=True))
        refused = {f"q{number}-answer": " "}
        yield send(alice, alice.get(page.path), attempt, go=go, **refused)
    yield from look_around(alice, attempt)
    yield alice.get(site.address)
    yield alice.get("/")


def look_around(alice: Client, attempt: str) -> Iterator[Page]:
    for number in range(1, len(MARKED) + 1):
        yield alice.get(f"{attempt}/questions/{number}")
    yield alice.get(attempt)
    yield alice.get(f"{attempt}/check")


def take(page: Page) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Return all that came over the network but chance."""
    headers = [each for each in page.headers.items() if each[0] not in {"Set-Cookie", "Date"}]
    return page.status, CHANCE.sub(b"", page.body), headers


def record(
    apps: Apps, template: Path, layout: Layout, permuted: tuple[KindName, ...] = ()
) -> list[tuple[int, bytes, list[tuple[str, str]]]]:
    def change(database: Database) -> None:
        for kind in permuted:
            permute_keys(database, kind)

    rules = replace(RULES, layout=layout)
    with run_exam_site(apps, template, rules=rules, change=change) as site:
        return [take(page) for page in sit(site, layout)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_permuted_keys_change_no_byte_before_the_submission(
    apps: Apps, sqlite_template: Path, layout: Layout
) -> None:
    one = record(apps, sqlite_template, layout)
    for kind in MARKED:
        other = record(apps, sqlite_template, layout, (kind,))
        assert other == one, kind


def test_the_result_does_change_with_the_keys(apps: Apps, sqlite_template: Path) -> None:
    """So the comparison would see a difference."""
    scores = []
    for name in ("one", "two"):

        def change(database: Database, name: str = name) -> None:
            if name == "two":
                permute_keys(database, "true_false")

        with run_exam_site(apps, sqlite_template, change=change) as site:
            alice = site.open()
            attempt = site.begin(alice)
            page = alice.get(f"{attempt}/questions/3")
            send(alice, page, attempt, **{"q3-answer": "true"})
            scores.append("1 of 8" in site.submit(alice, attempt).words)
    assert scores == [True, False]


def test_no_word_of_a_key_is_on_any_page_before_the_submission(
    apps: Apps, sqlite_template: Path
) -> None:
    with run_exam_site(apps, sqlite_template) as site:
        alice = site.open()
        for page in look_around(alice, site.begin(alice)):
            assert [word for word in TELLING if word in page.text.replace("2026", "")] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pages_of_every_kind_are_strict_html_with_names_for_everything(
    apps: Apps, sqlite_template: Path, layout: Layout
) -> None:
    feedback = FeedbackTable(right_after=frozenset(SWITCHES))
    rules = replace(RULES, layout=layout, feedback=feedback)
    with run_exam_site(apps, sqlite_template, rules=rules) as site:
        for page in sit(site, layout):
            if page.status not in {302, 303}:
                check(page)
        alice = site.open()
        attempt = alice.get(site.address).links
        address = next(link for link in attempt if link.startswith("/attempts/"))
        check(site.submit(alice, address))
