"""Reviewing one course, one section, or ahead of time, by the forms of the first page."""

from tests.support.client import Client
from tests.web.conftest import Site


def test_a_section_is_reviewed_and_the_page_says_so(site: Site, alice: Client) -> None:
    what = f"{site.things.course_id}:Planets"
    fields = {"what": what, "ahead": "0", "csrf_token": alice.read_token()}
    assert what in alice.get("/").text
    question = alice.follow(alice.post("/review", fields))
    assert "Asks only Planets, Astronomy" in question.words
    assert "it asks only Planets, Astronomy" in alice.get("/").words
    resumed = alice.post("/review", {"csrf_token": alice.read_token()})
    assert resumed.location == question.path


def test_reviews_ahead_without_any_say_so_and_begin_nothing(site: Site) -> None:
    bob = site.open("bob")
    fields = {"what": "", "ahead": "7", "csrf_token": bob.read_token()}
    today = bob.follow(bob.post("/review", fields))
    assert today.path == "/"
    assert "Nothing waits there now." in today.words
    assert "Start reviewing" in today.words


def test_a_course_of_others_cannot_be_asked_for(site: Site, alice: Client) -> None:
    for what in ("4711", "x", f"{site.things.course_id}:Moons", "9" * 30):
        fields = {"what": what, "csrf_token": alice.read_token()}
        assert alice.post("/review", fields).status == 404
