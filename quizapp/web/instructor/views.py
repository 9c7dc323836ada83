"""What an instructor sees: sets and courses, a set, the report of a course."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from quizapp.services.authoring.listing import find_sets
from quizapp.services.browsing import list_courses, look_at_version
from quizapp.services.reporting.memories_grid import look_at_memories
from quizapp.services.reporting.memories_report import report_class
from quizapp.storage.ids import CourseId, VersionId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.instructor.memories_pages import FACTS_A_PAGE, LEARNERS_A_PAGE, show_class
from quizapp.web.instructor.pages import (
    read_page,
    show_facts,
    show_page,
    show_set,
)

bp = Blueprint("instructor", __name__)


@bp.get("/sets")
def sets() -> ResponseReturnValue:
    """List courses and sets."""
    found = find_sets(
        db.session(),
        get_current(),
        search=request.args.get("q", ""),
        tag=request.args.get("tag", ""),
        archived="archived" in request.args,
    )
    courses = list_courses(db.session(), get_current())
    return render_template("instructor/sets.html", found=found, courses=courses)


@bp.get("/versions/<id:version_id>", endpoint="show_set")
def show_version(version_id: int) -> ResponseReturnValue:
    """Show a published version, fact by fact."""
    found = look_at_version(
        db.session(),
        get_current(),
        VersionId(version_id),
        search=request.args.get("q", "").strip(),
        kind=request.args.get("kind", ""),
        page=read_page(),
    )
    return render_template(
        "instructor/set.html",
        set=show_set(found.version),
        facts=show_facts(found),
        page=show_page(found.page, found.pages),
    )


@bp.get("/courses/<id:course_id>/report")
def report(course_id: int) -> ResponseReturnValue:
    """Show the memory of a class."""
    found = report_class(db.session(), get_current(), CourseId(course_id), read_now())
    return render_template("instructor/report.html", report=found, view=show_class(found))


@bp.get("/courses/<id:course_id>/memories")
def memories(course_id: int) -> ResponseReturnValue:
    """Show each learner's memory of each fact."""
    grid = look_at_memories(
        db.session(),
        get_current(),
        CourseId(course_id),
        read_now(),
        learners=(read_page("students"), LEARNERS_A_PAGE),
        facts=(read_page(), FACTS_A_PAGE),
    )
    return render_template(
        "instructor/memories.html",
        grid=grid,
        facts=show_page(grid.facts.number, grid.facts.pages),
        students=show_page(grid.learners.number, grid.learners.pages, "students"),
    )
