"""How often a request asks the database: a page twice at most, an answer four times.

Pages that show several things at once ask once more for each, whatever the numbers.

Finding out who is signed in is one statement more, and not counted.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from quizapp.web.extensions import READ, db
from tests.support.client import Client
from tests.support.statements import watching
from tests.web.attempt_sites import ExamSite
from tests.web.conftest import Site
from tests.web.routes import MATRIX, actor_for, address_of
from tests.web.set_states import visit_newer

PAGE, ANSWER, UNDO = 2, 4, 5
# Assignments take three (themselves, attempts, overridden scores), notes on changed marks and exams
# to come one each.
MORE = {
    "student.today": 7,
    # One for each part of the document.
    "own_data.export": 20,
    # The queue, the variants of fifty facts, and what assignments, attempts and both ask.
    "offline.pack": 5,
    "assigned.show": 3,
    # The course with its plan, its facts, and the learner's pace.
    "planning.show": 3,
    # What went wrong takes four: what is kept for an open assignment, and what reviews miss.
    "attempts_after.result": 7,
    "practice.show": 7,
    # The course, its assignment, and each kind of thing that belongs to them.
    "assigning.listing": 3,
    "assigning.new": 3,
    "assigning.show": 4,
    "assigning.edit": 5,
    "assigning.preview": 5,
    "assigning.questions": 6,
    "overrides.show": 4,
    # A gradebook is four, whatever the numbers.
    "gradebook.show": 5,
    "gradebook.export_table": 4,
    "gradebook.export_sheet": 4,
    "gradebook.grade": 6,
    "gradebook.changes": 4,
    "inspecting.attempt": 5,
    "correcting.show": 4,
    # A course with its facts, its learners, their memories, and what they answered.
    "instructor.report": 5,
    "instructor.memories": 3,
    # The course, its fittings, and the learners with some of their own.
    "parameters.show": 3,
    "memories.facts": 4,
    "memories.students": 4,
    "memories.export_table": 4,
    "memories.export_sheet": 4,
    "memories.export_document": 4,
    # The set, its draft in four, its pictures, and what was left in the editor.
    "editing.new": 7,
    "editing.show": 7,
    # The set, its draft in four, its versions, shares, and courses that are behind.
    # The set, its draft in four, the upload and its job.
    "articles.show": 7,
    "facts.listing": 5,
    "facts.go_on": 5,
    "facts.show": 5,
    "facts.new": 5,
    "names.show": 5,
    "names.edit": 5,
    # What the facts said in the version before, too.
    "choosing.listing": 6,
    "releasing.show": 6,
    "sets.show": 8,
    "sets.questions": 7,
    "sets.export": 7,
    "sets.compare": 6,
    "following.show": 7,
    # A gradebook, what was changed last, and three for the figures where they are not kept.
    "reports.assignment": 8,
    "reports.export": 8,
    "reports.students": 8,
    "reports.question": 12,
    "reports.answers": 4,
}
OF_TWO_VERSIONS = ("sets.compare", "following.show")
OFFLINE = {"offline.shell", "offline.worker", "offline.manifest"}
NEEDS_NOTHING = {
    *OFFLINE,
    "reading.keys",
    "reading.accessibility",
    "joining.start",
    "courses.new",
    "sets.new",
    "articles.new",
    "set_importing.start_new",
    "set_importing.template",
    "settings.show",
    "own_data.confirm",
}
NEEDS_NOBODY = ("account.", "health.", "static")
PAGES = [
    endpoint
    for method, endpoint in (route.split() for route in MATRIX)
    if method == "GET" and not endpoint.startswith(NEEDS_NOBODY)
]


@contextmanager
def counting(site: Site | ExamSite) -> Iterator[list[str]]:
    """Give the statements of the application, without the one that finds who is signed in."""
    with site.app.app_context():
        write, read = db.engines[None], db.engines[READ]
    found: list[str] = []
    with watching(write, found), watching(read, found):
        yield found
    who = [statement for statement in found if "FROM sign_in" in statement]
    assert len(who) <= 1
    found[:] = [statement for statement in found if statement not in who]


def owner_of(site: Site, endpoint: str) -> Client:
    return site.open(actor_for(endpoint))


@pytest.mark.parametrize("endpoint", [each for each in PAGES if each not in OF_TWO_VERSIONS])
def test_a_page_asks_the_database_twice_at_most(site: Site, endpoint: str) -> None:
    client, address = owner_of(site, endpoint), address_of(site, endpoint)
    with counting(site) as statements:
        assert client.get(address).status in {200, 302}
    assert len(statements) <= MORE.get(endpoint, PAGE)
    assert bool(statements) == (endpoint not in NEEDS_NOTHING)


@pytest.mark.parametrize("endpoint", OF_TWO_VERSIONS)
def test_a_page_of_two_versions_asks_no_more_than_it_is_allowed(site: Site, endpoint: str) -> None:
    visit_newer(site)
    tess, ending = site.open("tess"), "/newer" if endpoint == "following.show" else "/compare"
    start = tess.get(f"/sets/{site.things.set_id}")
    address = next(link for link in start.links if ending in link)
    with counting(site) as statements:
        assert tess.get(address).status == 200
    assert 1 <= len(statements) <= MORE[endpoint]


def test_an_answer_asks_the_database_four_times_at_most(site: Site, alice: Client) -> None:
    form = alice.get_answer_form(alice.get(site.study))
    for _ in range(2):
        with counting(site) as statements:
            assert alice.post(form.action, {**form.fields, "answer": "1"}).status == 303
        assert 3 <= len(statements) <= ANSWER


def test_the_feedback_of_an_answer_asks_twice_at_most(site: Site, alice: Client) -> None:
    done = alice.answer(alice.get(site.study), right=False)
    with counting(site) as statements:
        assert alice.follow(done).status == 200
    assert len(statements) <= PAGE


def test_undoing_asks_the_database_five_times_at_most(site: Site, alice: Client) -> None:
    fields = {"review_id": str(site.things.review_id), "csrf_token": alice.read_token()}
    with counting(site) as statements:
        assert alice.post(f"{site.study}/undo", fields).status == 303
    assert 2 <= len(statements) <= UNDO


def test_a_longer_history_costs_no_more_statements(site: Site, alice: Client) -> None:
    def count(client: Client, address: str) -> int:
        with counting(site) as statements:
            assert client.get(address).status == 200
        return len(statements)

    tess, report = site.open("tess"), f"/courses/{site.things.course_id}/report"
    before = (count(alice, "/"), count(tess, report))
    for _ in range(12):
        alice.answer(alice.get(site.study))
    assert (count(alice, "/"), count(tess, report)) == before


def test_a_refused_page_asks_no_more_than_a_page(site: Site) -> None:
    with counting(site) as statements:
        assert site.open("bob").get(site.study).status == 404
    assert len(statements) <= PAGE


@pytest.mark.parametrize("path", ["/healthz", "/sign-in", "/keys"])
def test_who_is_not_signed_in_costs_the_database_nothing(site: Site, path: str) -> None:
    with counting(site) as statements:
        assert site.open().get(path).status == 200
    assert statements == []
