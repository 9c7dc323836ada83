"""The page of a learner's progress in each of its states, and how to get there."""

from datetime import timedelta

from quizapp.memory import Grade
from quizapp.storage.courses import change_course
from tests.factories.logs import Entry, write_log
from tests.factories.people import MORNING
from tests.support.client import Page
from tests.web.conftest import FACTS, Site
from tests.web.course_states import Visit, visit_as

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
TIMES = 17


def live_half_a_year(site: Site) -> None:
    """Let Bob review each fact every ninth day, and set a day for the exam."""
    bob, things = site.things.people["bob"], site.things
    entries = [
        Entry(
            fact=f"f{fact}",
            at=MORNING - (180 - fact - 9 * number) * DAY + fact * SECOND,
            grade=Grade.AGAIN if (fact * number) % 7 == 1 else Grade.GOOD,
        )
        for fact in range(1, FACTS + 1)
        for number in range(TIMES)
    ]
    exam_on = (MORNING + 90 * DAY).date()
    with site.database.writing() as session:
        write_log(session, bob, entries)
        change_course(session, things.course_id, title="Astronomy", timezone="UTC", exam_on=exam_on)
        session.commit()


def visit_after_half_a_year(site: Site) -> Page:
    live_half_a_year(site)
    return site.open("bob").get("/progress")


PROGRESS_STATES: dict[str, tuple[int, Visit]] = {
    "progress": (200, visit_as("alice", "/progress")),
    "progress, after half a year": (200, visit_after_half_a_year),
    "progress, nothing yet": (200, visit_as("bob", "/progress")),
    "progress, in no course": (200, visit_as("charlie", "/progress")),
}
