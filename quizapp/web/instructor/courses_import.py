"""Learners are added to a course from a table: shown first, stored on confirmation."""

from base64 import b64encode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import InvalidError, Problem
from quizapp.formats.csv_table import decode_csv, write_table
from quizapp.services.courses.importing import (
    ALREADY,
    JOINS,
    NEW,
    Imported,
    ImportPlan,
    NewLink,
    count,
    import_roster,
    open_import,
    plan_import,
)
from quizapp.services.courses.roster_file import MOST_LINES
from quizapp.storage.courses import CourseDetails
from quizapp.storage.ids import CourseId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.instructor.course_forms import RosterForm
from quizapp.web.words import write_plural

bp = Blueprint("importing", __name__, url_prefix="/courses/<id:course_id>/roster/import")


@bp.get("")
def start(course_id: int) -> ResponseReturnValue:
    """Show the form for a roster."""
    course = open_import(db.session(), get_current(), CourseId(course_id))
    return _show_form(course)


@bp.post("")
def preview(course_id: int) -> ResponseReturnValue:
    """Show what a roster would do; nothing is stored."""
    course = open_import(db.session(), get_current(), CourseId(course_id))
    try:
        text, notes = _read_text()
    except InvalidError as problem:
        return _show_form(course, (Problem(text=str(problem).rstrip(".")),))
    plan = plan_import(db.session(), get_current(), course.id, text)
    return _show_plan(plan, text, notes)


@bp.post("/confirm")
def confirm(course_id: int) -> ResponseReturnValue:
    """Store a roster that was shown, and show the links of new accounts, this once.

    They stand on the answer itself: of a link only its hash is kept, so no later page has them.
    """
    text = request.form.get("text", "")
    ids = get_current(), CourseId(course_id)
    try:
        done = import_roster(db.session(), *ids, text, read_now())
    except InvalidError:
        db.session.rollback()
        return _show_plan(plan_import(db.session(), *ids, text), text, ())
    db.session.commit()
    if done.links:
        return _show_links(done)
    flash(_tell(done.plan), "info")
    return redirect(url_for("roster.show", course_id=course_id), 303)


def _read_text() -> tuple[str, tuple[str, ...]]:
    """Return the file's text if there is a file, else what was typed, and notes on its reading."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return decode_csv(file.read())
    return request.form.get("text", ""), ()


def _show_form(course: CourseDetails, problems: tuple[Problem, ...] = ()) -> ResponseReturnValue:
    page = render_template(
        "instructor/course_import.html",
        course=course,
        form=_make_form("", problems),
        most=MOST_LINES,
        plan=None,
        notes=(),
        links=None,
    )
    return page, 422 if problems else 200


def _show_plan(plan: ImportPlan, text: str, notes: tuple[str, ...]) -> ResponseReturnValue:
    page = render_template(
        "instructor/course_import.html",
        course=plan.course,
        form=_make_form(text, plan.problems),
        text=text,
        most=MOST_LINES,
        plan=plan,
        notes=(*notes, *plan.notes),
        counts={what: count(plan, what) for what in (NEW, JOINS, ALREADY)},
        links=None,
    )
    return page, 422 if plan.problems else 200


def _show_links(done: Imported) -> ResponseReturnValue:
    links = [(link.name, link.email, _address(link)) for link in done.links]
    table = write_table([("name", "email", "link"), *links])
    return render_template(
        "instructor/course_import.html",
        course=done.plan.course,
        form=RosterForm(formdata=None),
        plan=None,
        links=links,
        told=_tell(done.plan),
        download=f"data:text/csv;charset=utf-8;base64,{b64encode(table.encode()).decode()}",
    )


def _address(link: NewLink) -> str:
    return url_for("account.set_password", token=link.token, _external=True)


def _make_form(text: str, problems: tuple[Problem, ...]) -> RosterForm:
    form = RosterForm(formdata=None, text=text)
    form.text.errors = [_place(problem) for problem in problems]
    return form


def _place(problem: Problem) -> str:
    if not problem.line:
        return f"{problem.text[:1].upper()}{problem.text[1:]}."
    cell = f", column {problem.column}" if problem.column else ""
    return f"Line {problem.line}{cell}: {problem.text.rstrip('.')}."


def _tell(plan: ImportPlan) -> str:
    added = count(plan, NEW) + count(plan, JOINS)
    already = count(plan, ALREADY)
    told = f"{write_plural(added, 'student')} added."
    return f"{told} {already:,} in the course already." if already else told
