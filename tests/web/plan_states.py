"""The page of a plan for an exam in each of its states, and how to get there."""

from datetime import date, timedelta

from quizapp.storage.courses import change_course
from tests.factories.people import MORNING
from tests.support.client import Page
from tests.web.conftest import Site
from tests.web.course_states import Visit
from tests.web.progress_states import live_half_a_year

EXAM_ON = (MORNING + timedelta(days=12)).date()


def set_exam(site: Site, exam_on: date = EXAM_ON) -> str:
    """Give the course a date for its exam, and return the address of the plan for it."""
    course_id = site.things.course_id
    with site.database.writing() as session:
        change_course(session, course_id, title="Astronomy", timezone="UTC", exam_on=exam_on)
        session.commit()
    return f"/courses/{course_id}/plan"


def visit_plan(site: Site) -> Page:
    return site.open("alice").get(set_exam(site))


def visit_chosen(site: Site) -> Page:
    live_half_a_year(site)
    bob, address = site.open("bob"), set_exam(site)
    return bob.follow(bob.post_form(address, bob.get(address), retention="0.85"))


def visit_bad_choice(site: Site) -> Page:
    alice, address = site.open("alice"), set_exam(site)
    fields = {"retention": "0.5", "most_per_day": "many"}
    return alice.post_form(address, alice.get(address), **fields)


def visit_without_date(site: Site) -> Page:
    return site.open("alice").get(f"/courses/{site.things.course_id}/plan")


PLAN_STATES: dict[str, tuple[int, Visit]] = {
    "plan": (200, visit_plan),
    "plan, chosen": (200, visit_chosen),
    "plan, bad choice": (422, visit_bad_choice),
    "plan, no date": (200, visit_without_date),
}
