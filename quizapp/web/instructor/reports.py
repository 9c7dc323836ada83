"""The report of an assignment: its page, a question in it, all answers, all students."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from quizapp.psychometrics.bands import FEWEST
from quizapp.services.courses.access import get_taught
from quizapp.services.reporting.choosing import DOUBTFUL
from quizapp.services.reporting.files import export_csv, export_json, export_workbook
from quizapp.services.reporting.items import report_question
from quizapp.services.reporting.listing import list_reports
from quizapp.services.reporting.responses import list_responses
from quizapp.services.reporting.scores import report_assignment
from quizapp.services.reporting.values import AssignmentReport
from quizapp.storage.ids import AssignmentId, CourseId, QuestionId
from quizapp.web.access import get_current, read_now
from quizapp.web.downloads import CSV, JSON, XLSX, send_file
from quizapp.web.extensions import db
from quizapp.web.instructor.assignments_pages import may_change
from quizapp.web.instructor.pages import read_page
from quizapp.web.instructor.reports_links import list_choices, question_url, read_which
from quizapp.web.instructor.reports_pages import show_assignment_report
from quizapp.web.instructor.reports_questions import show_answers, show_question_report
from quizapp.web.instructor.reports_students import show_students

bp = Blueprint("reports", __name__)
_REPORT = "/courses/<id:course_id>/assignments/<id:assignment_id>/report"
_QUESTION = f"{_REPORT}/questions/<id:question_id>"
_FILES = {
    "csv": (export_csv, CSV),
    "xlsx": (export_workbook, XLSX),
    "json": (export_json, JSON),
}


@bp.get("/reports")
def home() -> ResponseReturnValue:
    """List what there are reports on."""
    return render_template(
        "instructor/reports.html", listed=list_reports(db.session(), get_current())
    )


@bp.get(_REPORT)
def assignment(course_id: int, assignment_id: int) -> ResponseReturnValue:
    """Show the report of an assignment."""
    report = _load(course_id, assignment_id)
    return render_template(
        "instructor/assignment_report.html",
        report=report,
        view=show_assignment_report(report, *_read_order()),
        fewest=FEWEST,
        downloads=tuple(_FILES),
    )


@bp.get(f"{_REPORT}.<any(csv, xlsx, json):ending>")
def export(course_id: int, assignment_id: int, ending: str) -> ResponseReturnValue:
    """Give the report as a file: all of it, whatever its page shows."""
    report = _load(course_id, assignment_id)
    write, mimetype = _FILES[ending]
    return send_file("report", report.title, ending, write(report), mimetype)


@bp.get(f"{_REPORT}/students")
def students(course_id: int, assignment_id: int) -> ResponseReturnValue:
    """Show every student of the report with the attempt that counts."""
    report = _load(course_id, assignment_id)
    return render_template(
        "instructor/report_students.html", report=report, view=show_students(report, *_read_order())
    )


@bp.get(_QUESTION)
def question(course_id: int, assignment_id: int, question_id: int) -> ResponseReturnValue:
    """Show a question of the report."""
    found = report_question(
        db.session(),
        get_current(),
        CourseId(course_id),
        AssignmentId(assignment_id),
        QuestionId(question_id),
        read_now(),
        read_which(request.args.get("which", "")),
    )
    near = [("Previous", found.before), ("Next", found.after)]
    return render_template(
        "instructor/report_question.html",
        report=found,
        view=show_question_report(found),
        choices=list_choices(found.which),
        may_change=may_change(get_taught(db.session(), get_current(), found.course_id)),
        doubtful=DOUBTFUL if found.which == "all" else None,
        near=[
            (name, line.number, question_url(found, line.question_id))
            for name, line in near
            if line is not None
        ],
    )


@bp.get(f"{_QUESTION}/answers")
def answers(course_id: int, assignment_id: int, question_id: int) -> ResponseReturnValue:
    """Show all answers to a question."""
    ids = CourseId(course_id), AssignmentId(assignment_id), QuestionId(question_id)
    found = list_responses(db.session(), get_current(), *ids, read_page())
    return render_template("instructor/report_answers.html", found=found, view=show_answers(found))


def _load(course_id: int, assignment_id: int) -> AssignmentReport:
    ids = CourseId(course_id), AssignmentId(assignment_id)
    which = read_which(request.args.get("which", ""))
    return report_assignment(db.session(), get_current(), *ids, read_now(), which)


def _read_order() -> tuple[str, str]:
    """The column to sort by, and the order."""
    order = "down" if request.args.get("order") == "down" else "up"
    return request.args.get("sort", ""), order
