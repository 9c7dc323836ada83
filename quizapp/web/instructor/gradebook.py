"""The gradebook of a course: shown, given as a file, a learner's grade looked at and given."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import InvalidError
from quizapp.services.grading.auditing import look_at_changes
from quizapp.services.grading.desk import GradeDesk, open_grade, open_gradebook
from quizapp.services.grading.exporting import export_csv, export_workbook
from quizapp.services.grading.giving import give_grade
from quizapp.services.grading.gradebook import make_gradebook
from quizapp.storage.ids import AccountId, AssignmentId, CourseId
from quizapp.web.access import get_current, read_now
from quizapp.web.downloads import CSV, XLSX, send_file
from quizapp.web.extensions import db
from quizapp.web.instructor.assignments_pages import may_change
from quizapp.web.instructor.assignments_reading import add_error, list_problems, read_number
from quizapp.web.instructor.gradebook_changes import show_changes, show_corrections
from quizapp.web.instructor.gradebook_forms import GradeForm
from quizapp.web.instructor.gradebook_pages import show_book, show_sat, write_grade
from quizapp.web.instructor.pages import read_page, show_page
from quizapp.web.words import write_share

bp = Blueprint("gradebook", __name__, url_prefix="/courses/<id:course_id>/gradebook")
_GRADE = "/<id:assignment_id>/<id:account_id>"


@bp.get("")
def show(course_id: int) -> ResponseReturnValue:
    """Show the gradebook, sorted by a column."""
    book, claims = open_gradebook(db.session(), get_current(), CourseId(course_id), read_now())
    view = show_book(book, request.args.get("sort", ""), request.args.get("order", ""))
    return render_template("instructor/gradebook.html", book=book, view=view, claims=claims)


@bp.get("/gradebook.csv")
def export_table(course_id: int) -> ResponseReturnValue:
    """Give the gradebook as CSV."""
    book = make_gradebook(db.session(), get_current(), CourseId(course_id), read_now())
    return send_file("gradebook", book.title, "csv", export_csv(book), CSV)


@bp.get("/gradebook.xlsx")
def export_sheet(course_id: int) -> ResponseReturnValue:
    """Give the gradebook as a workbook."""
    book = make_gradebook(db.session(), get_current(), CourseId(course_id), read_now())
    return send_file("gradebook", book.title, "xlsx", export_workbook(book), XLSX)


@bp.get("/<id:assignment_id>/changes")
def changes(course_id: int, assignment_id: int) -> ResponseReturnValue:
    """Show what changed marks of an assignment after they had been given, and why."""
    ids = CourseId(course_id), AssignmentId(assignment_id)
    audit = look_at_changes(db.session(), get_current(), *ids, page=read_page())
    return render_template(
        "instructor/gradebook_changes.html",
        audit=audit,
        changes=show_changes(audit),
        corrections=show_corrections(audit),
        page=show_page(audit.page, audit.pages),
    )


@bp.get(_GRADE)
def grade(course_id: int, assignment_id: int, account_id: int) -> ResponseReturnValue:
    """Show a learner's grade for an assignment, and the attempts behind it."""
    desk = _open(course_id, assignment_id, account_id)
    given = desk.grade.reason is not None
    form = GradeForm(formdata=None, share=_write_percent(desk.grade.share) if given else "")
    return _render(desk, form)


@bp.post(_GRADE)
def give(course_id: int, assignment_id: int, account_id: int) -> ResponseReturnValue:
    """Give a grade in place of the computed one, or take that back."""
    desk = _open(course_id, assignment_id, account_id)
    form = GradeForm()
    form.validate()
    percent = read_number(form.share, "the grade in percent, such as 85, or nothing")
    if list_problems(form):
        return _render(desk, form)
    db.session.rollback()
    try:
        give_grade(
            db.session(),
            get_current(),
            desk.assignment.id,
            desk.learner.id,
            share=None if percent is None else percent / 100,
            reason=form.reason.data or "",
            now=read_now(),
        )
    except InvalidError as problem:
        db.session.rollback()
        at_fault = form.share if (form.reason.data or "").strip() else form.reason
        text = str(problem)
        add_error(at_fault, f"{text[:1].upper()}{text[1:].rstrip('.')}.")
        return _render(_open(course_id, assignment_id, account_id), form)
    db.session.commit()
    what = "The computed grade stands" if percent is None else f"{percent:g}% stands"
    flash(f"{what} for {desk.learner.name}.", "info")
    return redirect(
        url_for(
            "gradebook.grade",
            course_id=course_id,
            assignment_id=assignment_id,
            account_id=account_id,
        ),
        303,
    )


def _open(course_id: int, assignment_id: int, account_id: int) -> GradeDesk:
    return open_grade(
        db.session(),
        get_current(),
        CourseId(course_id),
        AssignmentId(assignment_id),
        AccountId(account_id),
        read_now(),
    )


def _render(desk: GradeDesk, form: GradeForm) -> ResponseReturnValue:
    problems = list_problems(form)
    page = render_template(
        "instructor/gradebook_grade.html",
        desk=desk,
        course=desk.course,
        stands=write_grade(desk.grade),
        computed=write_share(desk.grade.computed) or "none",
        attempts=[show_sat(each, desk.course.timezone) for each in desk.attempts],
        form=form,
        problems=problems,
        may_change=may_change(desk.course),
    )
    return page, 422 if problems else 200


def _write_percent(share: float | None) -> str:
    return "" if share is None else f"{round(share * 100, 4):g}"
