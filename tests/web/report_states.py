"""The pages of score reports in each of their states, and how to get there."""

from datetime import timedelta

from quizapp.kinds.question import KindName
from tests.support.client import Page
from tests.web.assigning_states import set_exam, sit_exam, visit_dropped, visit_empty
from tests.web.conftest import Site
from tests.web.course_states import Visit, visit_as


def report_address(site: Site, *, exam: bool = False) -> str:
    """Return the address of the report on what Alice sat, or on the exam that was set after it."""
    things = site.things
    assignment_id = things.assignment_id + exam
    return f"/courses/{things.course_id}/assignments/{assignment_id}/report"


def visit_report(rest: str, who: str = "tess") -> Visit:
    return lambda site: site.open(who).get(f"{report_address(site)}{rest}")


def visit_exam_report(rest: str) -> Visit:
    def visit(site: Site) -> Page:
        sit_exam(site)
        site.clock.advance(timedelta(hours=3))
        return site.open("tess").get(f"{report_address(site, exam=True)}{rest}")

    return visit


def visit_begun_by_nobody(site: Site) -> Page:
    set_exam(site)
    return site.open("tess").get(report_address(site, exam=True))


def visit_question_of(kind: KindName, rest: str = "") -> Visit:
    def visit(site: Site) -> Page:
        _, questions = sit_exam(site)
        address = f"{report_address(site, exam=True)}/questions/{questions[kind]}{rest}"
        return site.open("tess").get(address)

    return visit


def visit_with_a_dropped_question(rest: str) -> Visit:
    def visit(site: Site) -> Page:
        visit_dropped(site)
        return site.open("tess").get(f"{report_address(site, exam=True)}{rest}")

    return visit


REPORT_STATES: dict[str, tuple[int, Visit]] = {
    "reports": (200, visit_as("tess", "/reports")),
    "reports, no course": (200, visit_as("theo", "/reports")),
    "reports, no assignment": (
        200,
        lambda site: (visit_empty("/assignments")(site), site.open("theo").get("/reports"))[1],
    ),
    "score report": (200, visit_report("")),
    "score report, assistant": (200, visit_report("", "kim")),
    "score report, all attempts": (200, visit_report("?which=all&sort=correct&order=down")),
    "score report, of every kind": (200, visit_exam_report("?sort=stem&page=99")),
    "score report, nobody": (200, visit_begun_by_nobody),
    "score report, one dropped": (200, visit_with_a_dropped_question("")),
    "score report, students": (200, visit_report("/students?sort=time&order=down")),
    "score report, answers": (200, visit_question_of("cloze", "/answers?page=9")),
    **{
        f"score report, {kind}": (200, visit_question_of(kind))
        for kind in ("choice", "true_false", "cloze", "numeric", "ordering", "matching")
    },
}
