"""The question before a learner stays the same until it is answered, whatever time it takes."""

from datetime import timedelta

import pytest

from tests.support.client import Client, Page, words_of
from tests.web.conftest import Site
from tests.web.states import find_question

# In a minute the learning step ends of what Alice answered wrongly; it then comes first.
LATER = timedelta(minutes=2)


def stem_of(page: Page) -> str:
    return words_of(next(page.tree.iter("h1")))


def test_a_card_is_uncovered_that_was_shown(site: Site) -> None:
    alice, page = find_question(site, card=True)
    site.clock.advance(LATER)
    assert stem_of(alice.get(site.study)) != stem_of(page)
    uncovered = alice.uncover(page)
    assert stem_of(uncovered) == stem_of(page)
    assert "How well did you know it?" in uncovered.text


@pytest.mark.parametrize("card", [True, False])
def test_a_form_without_an_answer_brings_the_same_question(site: Site, *, card: bool) -> None:
    alice, page = find_question(site, card=card)
    form = alice.get_answer_form(page)
    site.clock.advance(LATER)
    again = alice.post(form.action, form.fields)
    assert again.status == 422
    assert stem_of(again) == stem_of(page)


def test_going_back_to_an_uncovered_card_does_not_uncover_the_next(site: Site) -> None:
    alice, page = find_question(site, card=True)
    uncovered = alice.uncover(page)
    alice.answer(uncovered)
    back = alice.get(uncovered.path)
    assert stem_of(back) != stem_of(page)
    assert "How well did you know it?" not in back.text


@pytest.mark.parametrize(
    "shown_at",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-03-02", "yesterday", ""],
)
def test_an_odd_instant_asks_as_of_now(site: Site, alice: Client, shown_at: str) -> None:
    page = alice.get(f"{site.study}?reveal=1&shown_at={shown_at.replace('+', '%2B')}")
    assert page.status == 200
    assert stem_of(page) == stem_of(alice.get(site.study))


@pytest.mark.parametrize("card", [True, False])
def test_a_hint_comes_with_the_same_question_and_stays_after_an_empty_answer(
    site: Site, *, card: bool
) -> None:
    alice, page = find_question(site, card=card)
    hinted = alice.get(next(link for link in page.links if "hint=" in link))
    assert "Hint:" not in page.words
    assert stem_of(hinted) == stem_of(page)
    assert alice.get(hinted.path).text.count("Hint:") == 1
    if not card:
        answers = [len(each.get_form(f"{site.study}/answer").choices) for each in (page, hinted)]
        assert answers == [4, 3]
    form = alice.get_answer_form(hinted)
    again = alice.post(form.action, form.fields)
    assert again.status == 422
    assert "Hint:" in again.words
    right = {key: value for key, value in form.fields.items() if key != "then"}
    value = "3" if card else "1"
    done = alice.follow(alice.post(form.action, {**right, "answer": value}))
    assert "You used a hint, so this counts for less" in done.words


def test_the_hint_of_a_question_that_is_answered_does_not_help_with_the_next(site: Site) -> None:
    alice, page = find_question(site, card=False)
    hinted = alice.get(next(link for link in page.links if "hint=" in link))
    alice.answer(hinted)
    back = alice.get(hinted.path)
    assert stem_of(back) != stem_of(page)
    assert "Hint:" not in back.words
