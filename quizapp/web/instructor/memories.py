"""The facts and the students of a class, page by page and as files, and the warm-up of a click."""

from collections.abc import Callable, Mapping

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from quizapp.errors import InvalidError
from quizapp.services.reporting.memories_facts import ClassFacts, list_facts, list_learners
from quizapp.services.reporting.memories_files import export_csv, export_json, export_workbook
from quizapp.services.reporting.memories_grid import find_window
from quizapp.services.reporting.warming_up import warm_up
from quizapp.storage.ids import CourseId
from quizapp.web.access import get_current, read_now
from quizapp.web.downloads import CSV, JSON, XLSX, send_file
from quizapp.web.extensions import db
from quizapp.web.instructor.memories_pages import LINES_A_PAGE, say_warm_up
from quizapp.web.instructor.pages import read_page, show_page

bp = Blueprint("memories", __name__, url_prefix="/courses/<id:course_id>")
_FILES: Mapping[str, tuple[Callable[[ClassFacts], bytes], str]] = {
    "csv": (export_csv, CSV),
    "json": (export_json, JSON),
    "xlsx": (export_workbook, XLSX),
}


@bp.get("/report/facts")
def facts(course_id: int) -> ResponseReturnValue:
    """Show how many of the class know each fact."""
    found = _list_facts(course_id)
    window = find_window(len(found.facts), read_page(), LINES_A_PAGE)
    return render_template(
        "instructor/report_facts.html",
        found=found,
        facts=found.facts[window.part],
        page=show_page(window.number, window.pages),
    )


@bp.get("/report/facts.csv")
def export_table(course_id: int) -> ResponseReturnValue:
    """Give the facts as CSV."""
    return _send(course_id, "csv")


@bp.get("/report/facts.xlsx")
def export_sheet(course_id: int) -> ResponseReturnValue:
    """Give the facts as a workbook."""
    return _send(course_id, "xlsx")


@bp.get("/report/facts.json")
def export_document(course_id: int) -> ResponseReturnValue:
    """Give the facts as JSON."""
    return _send(course_id, "json")


@bp.get("/report/students")
def students(course_id: int) -> ResponseReturnValue:
    """Show what each student of the class knows."""
    found = list_learners(db.session(), get_current(), CourseId(course_id), read_now())
    window = find_window(len(found.learners), read_page(), LINES_A_PAGE)
    return render_template(
        "instructor/report_learners.html",
        found=found,
        learners=found.learners[window.part],
        page=show_page(window.number, window.pages),
    )


@bp.post("/warm-up", endpoint="warm_up")
def make_warm_up(course_id: int) -> ResponseReturnValue:
    """Make a warm-up from what the class forgets next, and show it."""
    try:
        made = warm_up(db.session(), get_current(), CourseId(course_id), read_now())
    except InvalidError as problem:
        db.session.rollback()
        flash(str(problem), "info")
        return redirect(url_for("instructor.report", course_id=course_id), 303)
    db.session.commit()
    flash(say_warm_up(made), "info")
    return redirect(url_for("assigning.show", assignment_id=made.assignment_id), 303)


def _list_facts(course_id: int) -> ClassFacts:
    return list_facts(db.session(), get_current(), CourseId(course_id), read_now())


def _send(course_id: int, ending: str) -> Response:
    found = _list_facts(course_id)
    write, mimetype = _FILES[ending]
    return send_file("facts", found.title, ending, write(found), mimetype)
