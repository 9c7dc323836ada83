"""What the page of a learner's own parameters says, and what their instructors see of it."""

from datetime import timedelta

from quizapp.cli.handlers import HANDLERS
from tests.factories.people import MORNING
from tests.support.jobs import run_jobs
from tests.web.conftest import Site
from tests.web.course_states import visit_as, visit_course
from tests.web.parameter_states import (
    OWN,
    PARAMETERS,
    act_on_own,
    visit_by_instructor,
    visit_own_waiting,
    visit_own_withdrawn,
    visit_with_enough,
)

DAY = timedelta(days=1)


def test_progress_leads_to_the_page(site: Site) -> None:
    assert OWN in visit_as("alice", "/progress")(site).links


def test_too_few_answers_are_told_with_the_threshold_and_its_source(site: Site) -> None:
    page = visit_as("bob", OWN)(site)
    assert "You have 0 answers that came a day or more after the one before" in page.words
    assert "at least 2,200 are needed" in page.words
    assert "Fits to 250 to 2,000 foretold worse" in page.words
    assert "Fit the parameters" not in page.words


def test_own_parameters_are_used_and_given_back(site: Site) -> None:
    page = visit_as("alice", OWN)(site)
    assert "In use: those of your courses" in page.words
    assert "come before those that a course has fitted to its class" in page.words
    assert "by \u22120.0171 in log loss" in page.words
    used = act_on_own(site, "use")
    assert "In use: fitted to your answers, since 2 March 2026" in used.words
    assert "Give them back" in used.words
    given_back = act_on_own(site, "withdraw")
    assert "In use: those of your courses" in given_back.words
    assert "Withdrawn 2 March 2026" in given_back.words


def test_whoever_has_enough_answers_asks_once_a_day(site: Site) -> None:
    assert "Fit the parameters" in visit_with_enough(site).words
    bob = site.open("bob")
    asked = bob.follow(bob.post_form(OWN, bob.get(OWN)))
    assert "A fitting is under way. It waits for its turn." in asked.words
    assert "Fit the parameters" not in asked.words
    run_jobs(site.database, HANDLERS, MORNING)
    page = bob.get(OWN)
    assert "They can be fitted once in 24 hours." in page.words
    assert "Fit the parameters" not in page.words
    site.clock.advance(DAY)
    assert "Fit the parameters" in bob.get(OWN).words


def test_a_fitting_of_ones_own_is_cancelled(site: Site) -> None:
    visit_own_waiting(site)
    bob = site.open("bob")
    address = f"{OWN}/{site.things.own_fit_id + 1}/cancel"
    page = bob.follow(bob.post_form(address, bob.get(OWN)))
    assert "Cancelled" in page.words
    assert "Fit the parameters" in page.words


def test_instructors_see_the_students_and_their_figures(site: Site) -> None:
    heading = "Students with parameters of their own"
    assert heading not in visit_course("tess", PARAMETERS)(site).words
    page = visit_by_instructor(site)
    assert heading in page.words
    assert "1 student of this class let them be fitted" in page.words
    for word in ("Alice", "2 March 2026", "5,812", "0.4327", "0.4156", "\u22120.0171"):
        assert word in page.words
    assert heading in visit_course("kim", PARAMETERS)(site).words


def test_instructors_do_not_see_what_is_not_in_use(site: Site) -> None:
    visit_own_withdrawn(site)
    page = visit_course("tess", PARAMETERS)(site)
    assert "Students with parameters of their own" not in page.words
