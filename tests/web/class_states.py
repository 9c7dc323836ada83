"""The pages of a class's memory in each of their states, and how to get there."""

from quizapp.storage.courses import add_course, enrol, set_archived
from tests.factories.people import MORNING
from tests.support.client import Page
from tests.web.conftest import Site
from tests.web.course_states import Visit
from tests.web.progress_states import live_half_a_year

PARTS = ("report", "report/facts", "report/students", "memories")


def visit_class(part: str, *, lived: bool = False, who: str = "tess") -> Visit:
    """Return a visit to a page about the class of the site."""

    def visit(site: Site) -> Page:
        if lived:
            live_half_a_year(site)
        return site.open(who).get(f"/courses/{site.things.course_id}/{part}")

    return visit


def visit_empty(part: str) -> Visit:
    """Return a visit to a page about a course that has neither students nor facts."""

    def visit(site: Site) -> Page:
        with site.database.writing() as session:
            course_id = add_course(session, title="Empty", timezone="UTC", now=MORNING)
            tess = site.things.people["tess"]
            enrol(session, course_id=course_id, account_id=tess.id, role="instructor", now=MORNING)
            session.commit()
        return site.open("tess").get(f"/courses/{course_id}/{part}")

    return visit


def visit_archived(site: Site) -> Page:
    """Look at a class whose course is archived: nothing more is set in it."""
    live_half_a_year(site)
    with site.database.writing() as session:
        set_archived(session, site.things.course_id, MORNING)
        session.commit()
    return site.open("tess").get(f"/courses/{site.things.course_id}/report")


def warm_up(site: Site) -> Page:
    """Make a warm-up by the button, and follow to it."""
    tess, address = site.open("tess"), f"/courses/{site.things.course_id}"
    live_half_a_year(site)
    return tess.follow(tess.post_form(f"{address}/warm-up", tess.get(f"{address}/report")))


CLASS_STATES: dict[str, tuple[int, Visit]] = {
    **{f"class, {part}": (200, visit_class(part)) for part in PARTS},
    **{f"class, {part}, half a year": (200, visit_class(part, lived=True)) for part in PARTS},
    **{f"class, {part}, empty": (200, visit_empty(part)) for part in PARTS},
    "class, memories, page 99": (200, visit_class("memories?page=99&students=99")),
    "class, of an assistant": (200, visit_class("report", lived=True, who="kim")),
    "class, archived": (200, visit_archived),
    "class, warm-up": (200, warm_up),
}
