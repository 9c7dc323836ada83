"""The page of a course's parameters in each of the states that it can be in."""

from sqlalchemy import update

from quizapp.jobs import JobState
from quizapp.memory.fit_figures import Outcome
from quizapp.storage.tables import JobRow
from tests.factories.fits import make_fitting
from tests.factories.people import MORNING
from tests.support.client import Page
from tests.web.conftest import Site
from tests.web.course_states import Visit, send_as_tess, visit_course

PARAMETERS = "/parameters"


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
    return send_as_tess(f"{PARAMETERS}/{site.things.fit_id + 1}/cancel", PARAMETERS)(site)


def visit_withdrawn(site: Site) -> Page:
    address = f"{PARAMETERS}/{site.things.fit_id}"
    send_as_tess(f"{address}/use", PARAMETERS)(site)
    return send_as_tess(f"{address}/withdraw", PARAMETERS)(site)


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
}
