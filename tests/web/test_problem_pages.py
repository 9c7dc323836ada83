"""Reporting a problem from the feedback, reading what became of it, deciding on it."""

from tests.support.client import Client
from tests.web.conftest import Site
from tests.web.states import find_question


def test_a_problem_goes_from_the_feedback_to_the_instructor_and_back(
    site: Site, alice: Client
) -> None:
    feedback = alice.get(f"{site.study}/answers/{site.things.review_id}")
    form = alice.get(next(link for link in feedback.links if "/problem" in link))
    address = next(each.action for each in form.forms() if "/problem" in each.action)
    told = alice.post_form(address, form, reason="two_right", text="The second one, too.")
    listed = alice.follow(told)
    assert "Thank you." in listed.words
    assert "Not decided yet" in listed.words
    assert "“The second one, too.”" in listed.words
    tess, page = site.open("tess"), f"/courses/{site.things.course_id}/problems"
    waiting = tess.get(page)
    assert "Two answers are right. “The second one, too.”" in waiting.words
    assert "Correct the key" in waiting.words
    decide = f"{page}/{site.things.dispute_id + 1}"
    after = tess.follow(tess.post_form(decide, waiting, verdict="declined"))
    assert "The report is declined." in after.words
    assert "Declined" in alice.get("/problems").words


def test_a_flashcard_is_reported_once_its_answer_was_seen(site: Site) -> None:
    alice, page = find_question(site, card=True)
    assert not any("/problem" in link for link in page.links)
    [link] = [link for link in alice.uncover(page).links if "/problem" in link]
    assert alice.get(link).status == 200


def test_what_waits_stands_on_the_first_page_and_beside_the_entry(site: Site) -> None:
    tess, course = site.open("tess"), f"/courses/{site.things.course_id}"
    page = f"{course}/problems"
    assert "1 problem of " in tess.get("/sets").words
    assert page in tess.get("/sets").links
    assert "Problems (1 to decide)" in tess.get(course).words
    tess.post_form(f"{page}/{site.things.dispute_id}", tess.get(page), verdict="declined")
    assert page not in tess.get("/sets").links
    assert "to decide" not in tess.get(course).words
