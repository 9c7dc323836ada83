"""The pages of a course's and a learner's parameters in each of the states that they can be in."""

from datetime import timedelta

from sqlalchemy import update

from quizapp.jobs import JobState
from quizapp.memory.fit_figures import LEAST_TESTED, Outcome
from quizapp.storage.tables import JobRow
from tests.factories.fits import make_fitting, make_own_fitting
from tests.factories.logs import Entry, write_log
from tests.factories.people import MORNING
from tests.support.client import Page
from tests.web.conftest import FACTS, Site
from tests.web.course_states import Visit, send_as_tess, visit_as, visit_course

DAY = timedelta(days=1)
PARAMETERS = "/parameters"
OWN = "/progress/parameters"
# So many days with all facts make as many answers as a learner needs to ask.
ENOUGH_DAYS = LEAST_TESTED // FACTS + 2


def visit_after(*outcomes: Outcome, why: str = "", used: bool = False) -> Visit:
    """Let fittings end with these outcomes, one after the other, and look."""

    def visit(site: Site) -> Page:
        tess, course_id = site.things.people["tess"], site.things.course_id
        with site.database.writing() as session:
            for outcome in outcomes:
                use = used and outcome == "better"
                make_fitting(session, tess, course_id, MORNING, outcome=outcome, why=why, used=use)
            session.commit()
        return visit_course("tess", PARAMETERS)(site)

    return visit


def visit_with_job(state: JobState, reason: str | None = None) -> Visit:
    """Ask for a fitting, bring its job into a state, and look."""

    def visit(site: Site) -> Page:
        send_as_tess(PARAMETERS, PARAMETERS)(site)
        with site.database.writing() as session:
            where = JobRow.name == "fit_parameters"
            values = {"state": state, "reason": reason, "progress_note": "reading the answers"}
            session.execute(update(JobRow).where(where).values(**values))
            session.commit()
        return visit_course("tess", PARAMETERS)(site)

    return visit


def visit_cancelled(site: Site) -> Page:
    send_as_tess(PARAMETERS, PARAMETERS)(site)
    return send_as_tess(f"{PARAMETERS}/{site.things.own_fit_id + 1}/cancel", PARAMETERS)(site)


def visit_withdrawn(site: Site) -> Page:
    address = f"{PARAMETERS}/{site.things.fit_id}"
    send_as_tess(f"{address}/use", PARAMETERS)(site)
    return send_as_tess(f"{address}/withdraw", PARAMETERS)(site)


def act_on_own(site: Site, act: str) -> Page:
    """Let Alice use her own parameters or withdraw them, and follow where it leads."""
    alice = site.open("alice")
    address = f"{OWN}/{site.things.own_fit_id}/{act}"
    return alice.follow(alice.post_form(address, alice.get(OWN)))


def visit_own_withdrawn(site: Site) -> Page:
    act_on_own(site, "use")
    return act_on_own(site, "withdraw")


def visit_by_instructor(site: Site) -> Page:
    act_on_own(site, "use")
    return visit_course("tess", PARAMETERS)(site)


def visit_own_after(*outcomes: Outcome) -> Visit:
    def visit(site: Site) -> Page:
        with site.database.writing() as session:
            for outcome in outcomes:
                make_own_fitting(session, site.things.people["bob"], MORNING, outcome=outcome)
            session.commit()
        return site.open("bob").get(OWN)

    return visit


def answer_enough(site: Site) -> None:
    """Let Bob answer each fact every day, often enough to ask for a fitting, until yesterday."""
    entries = [
        Entry(fact=f"f{fact}", at=MORNING - day * DAY)
        for fact in range(1, FACTS + 1)
        for day in range(ENOUGH_DAYS, 0, -1)
    ]
    with site.database.writing() as session:
        write_log(session, site.things.people["bob"], entries)
        session.commit()


def visit_with_enough(site: Site) -> Page:
    answer_enough(site)
    return site.open("bob").get(OWN)


def visit_own_waiting(site: Site) -> Page:
    answer_enough(site)
    bob = site.open("bob")
    return bob.follow(bob.post_form(OWN, bob.get(OWN)))


PARAMETER_STATES: dict[str, tuple[int, Visit]] = {
    "parameters, better": (200, visit_course("tess", PARAMETERS)),
    "parameters, assistant": (200, visit_course("kim", PARAMETERS)),
    "parameters, used": (200, visit_after("better", used=True)),
    "parameters, withdrawn": (200, visit_withdrawn),
    "parameters, not better": (200, visit_after("tie", "worse", "few")),
    "parameters, failed": (200, visit_after("failed", why="Fitting took too long, and was ended.")),
    "parameters, waiting": (200, send_as_tess(PARAMETERS, PARAMETERS)),
    "parameters, running": (200, visit_with_job(JobState.RUNNING)),
    "parameters, job failed": (200, visit_with_job(JobState.FAILED, "OSError: no space left")),
    "parameters, cancelled": (200, visit_cancelled),
    "parameters, a student uses own": (200, visit_by_instructor),
    "own parameters, better": (200, visit_as("alice", OWN)),
    "own parameters, used": (200, lambda site: act_on_own(site, "use")),
    "own parameters, withdrawn": (200, visit_own_withdrawn),
    "own parameters, not better": (200, visit_own_after("tie", "worse", "few", "failed")),
    "own parameters, nothing yet": (200, visit_as("bob", OWN)),
    "own parameters, enough": (200, visit_with_enough),
    "own parameters, waiting": (200, visit_own_waiting),
}
