"""Burying, suspending and flagging by the menu of a question, and the page that takes it back."""

import pytest

from tests.support.client import Client, Page, words_of
from tests.web.conftest import Site


def stem_of(page: Page) -> str:
    return words_of(next(page.tree.iter("h1")))


def press(client: Client, page: Page, act: str) -> Page:
    """Press a button of the page's menu, and follow where it leads."""
    menu = next(form for form in page.forms() if form.action.endswith("/choice"))
    assert act in menu.choices
    return client.follow(client.post(menu.action, {**menu.fields, "act": act}))


@pytest.mark.parametrize(("act", "back"), [("bury", "unbury"), ("suspend", "resume")])
def test_a_fact_set_aside_makes_way_for_the_next_and_is_taken_back_on_its_page(
    site: Site, alice: Client, act: str, back: str
) -> None:
    question = alice.get(site.study)
    after = press(alice, question, act)
    assert after.path == site.study
    assert stem_of(after) != stem_of(question)
    listed = alice.get("/facts/aside")
    fact = stem_of(question).removeprefix("What is ").removesuffix("?")
    assert f"{fact} is option 1." in listed.words
    again = press(alice, listed, back)
    assert "You have set nothing aside." in again.words
    assert stem_of(alice.get(site.study)) == stem_of(question)


def test_a_fact_is_set_aside_from_its_feedback_too(site: Site, alice: Client) -> None:
    feedback = alice.get(f"{site.study}/answers/{site.things.review_id}")
    after = press(alice, feedback, "suspend")
    assert after.path == site.study
    assert "1 fact" in alice.get("/facts/aside").words


def test_a_flag_stays_on_the_page_and_is_shown_in_words(site: Site, alice: Client) -> None:
    address = f"{site.study}/answers/{site.things.review_id}"
    for page in (alice.get(site.study), alice.get(address)):
        assert "Flagged" not in page.words
        flagged = press(alice, page, "flag")
        assert flagged.path == page.path
        assert stem_of(flagged) == stem_of(page)
        assert "Flagged" in flagged.words
        assert "Flagged" not in press(alice, flagged, "unflag").words


@pytest.mark.parametrize("act", ["", "delete", "bury "])
def test_an_unknown_act_is_refused(alice: Client, act: str) -> None:
    fields = {"act": act, "csrf_token": alice.read_token()}
    assert alice.post("/facts/1/choice", fields).status == 400
    assert "You have set nothing aside." in alice.get("/facts/aside").words


@pytest.mark.parametrize("study", ["", "x", "9" * 40, "-1"])
def test_an_odd_way_back_leads_to_the_list(alice: Client, study: str) -> None:
    fields = {"act": "flag", "study_id": study, "csrf_token": alice.read_token()}
    assert alice.post("/facts/1/choice", fields).location == "/facts/aside"
