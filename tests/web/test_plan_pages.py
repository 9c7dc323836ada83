"""The page of a plan for an exam: what each way leads to, and how one is chosen and dropped."""

from datetime import timedelta

import pytest

from tests.factories.people import MORNING
from tests.support.client import Page
from tests.web.conftest import Site
from tests.web.plan_states import (
    EXAM_ON,
    set_exam,
    visit_bad_choice,
    visit_chosen,
    visit_plan,
    visit_without_date,
)
from tests.web.progress_states import live_half_a_year


def list_rows(page: Page) -> list[list[str]]:
    [table] = list(page.tree.iter("table"))
    return [["".join(cell.itertext()).strip() for cell in row] for row in table.iter("tr")][1:]


def test_each_way_has_its_figures_in_the_table_and_beside_its_button(site: Site) -> None:
    page = visit_plan(site)
    assert "The exam is in 12 days, on 14 March 2026. It covers 25 facts" in page.words
    rows = list_rows(page)
    assert [row[0] for row in rows] == [
        "No plan, 90% throughout",
        "80% in the term, then a week of polish",
        "85% in the term, then a week of polish",
        "90% in the term, then a week of polish",
        "95% throughout",
    ]
    for name, recall, *_ in rows[1:]:
        assert f"{name}: about {recall} on the day" in page.words
    assert "Choose" not in page.title
    assert "You have no plan for this exam" in page.words


def test_the_sentence_names_a_way_and_its_figures(site: Site) -> None:
    live_half_a_year(site)
    bob = site.open("bob")
    page = bob.get(set_exam(site, (MORNING + timedelta(days=40)).date()))
    named = [
        row
        for row in list_rows(page)
        if f"With {row[0]}, you would recall about {row[1]}" in page.words
    ]
    assert len(named) == 1
    without = list_rows(page)[0]
    assert f"without a plan it would be {without[1]} by {without[2]} reviews." in page.words


def test_a_chosen_plan_is_in_force_until_it_is_dropped(site: Site) -> None:
    page = visit_chosen(site)
    assert "Your plan is set." in page.text
    words = "Your plan: 85% in the term, then a week of polish, at most 200 reviews a day."
    assert words in page.words
    bob = site.open("bob")
    own = bob.get(f"/courses/{site.things.course_id}/plan")
    [drop] = [form for form in own.forms() if form.action.endswith("/drop")]
    after = bob.follow(bob.post(drop.action, drop.fields))
    assert "You have no plan for this exam" in after.words
    assert "Do without a plan" not in after.words


def list_ticked(page: Page) -> list[str]:
    return [
        each.attrib["value"]
        for each in page.tree.iter("input")
        if each.attrib.get("type") == "radio" and "checked" in each.attrib
    ]


def test_the_plan_in_force_is_the_one_that_is_ticked(site: Site) -> None:
    assert list_ticked(visit_chosen(site)) == ["0.85"]


def test_without_a_plan_the_one_is_ticked_that_the_page_speaks_for(site: Site) -> None:
    page = site.open("alice").get(set_exam(site))
    [ticked] = list_ticked(page)
    assert f"With {float(ticked):.0%} " in page.words


def test_what_cannot_be_chosen_is_said_beside_its_field(site: Site) -> None:
    page = visit_bad_choice(site)
    assert page.title.startswith("Error:")
    for words in ("Choose a plan.", "enter a whole number from 1 to 9,999."):
        assert page.words.count(words) == 2
    assert "You have no plan for this exam" in page.words


@pytest.mark.parametrize("most", ["0", "-1", "10000", "1.5", ""])
def test_only_a_whole_number_of_reviews_is_taken(site: Site, most: str) -> None:
    alice, address = site.open("alice"), set_exam(site)
    refused = alice.post_form(address, alice.get(address), most_per_day=most)
    assert refused.status == 422


def test_without_a_date_the_page_says_why_there_is_nothing_to_choose(site: Site) -> None:
    page = visit_without_date(site)
    assert "This course has no date for an exam yet" in page.words
    assert [form for form in page.forms() if "/plan" in form.action] == []


def test_a_plan_can_be_dropped_after_the_exam(site: Site) -> None:
    visit_chosen(site)
    site.clock.advance(timedelta(days=13))
    bob = site.open("bob")
    page = bob.get(f"/courses/{site.things.course_id}/plan")
    assert "The exam of this course is over." in page.words
    assert "Do without a plan" in page.words


def test_the_progress_page_leads_to_the_plan(site: Site) -> None:
    live_half_a_year(site)
    address = set_exam(site, EXAM_ON)
    assert address in site.open("bob").get("/progress").links
