"""The learners of a course and its sections."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import InvalidError
from quizapp.services.courses.grouping import (
    change_section,
    create_section,
    get_section,
    move_learners,
    remove_section,
)
from quizapp.services.courses.roster import (
    get_learner,
    look_at_roster,
    remove_learner,
    write_roster,
)
from quizapp.storage.ids import AccountId, CourseId, SectionId
from quizapp.web.access import get_current, read_now
from quizapp.web.addresses import read_id
from quizapp.web.downloads import CSV, send_file
from quizapp.web.extensions import db
from quizapp.web.instructor.course_forms import SectionForm, fold
from quizapp.web.instructor.pages import read_page, show_page
from quizapp.web.words import write_plural

roster = Blueprint("roster", __name__, url_prefix="/courses/<id:course_id>/roster")
sections = Blueprint("sections", __name__, url_prefix="/courses/<id:course_id>/sections")


@roster.get("")
def show(course_id: int) -> ResponseReturnValue:
    """Show the learners of a course."""
    return _render(course_id)


@roster.get("/export")
def export(course_id: int) -> ResponseReturnValue:
    """Give the roster as a file."""
    title, table = write_roster(db.session(), get_current(), CourseId(course_id))
    return send_file("roster", title, "csv", table, CSV)


@roster.get("/<id:account_id>/remove")
def confirm(course_id: int, account_id: int) -> ResponseReturnValue:
    """Ask whether a learner is to be removed."""
    course, learner = get_learner(
        db.session(), get_current(), CourseId(course_id), AccountId(account_id)
    )
    return render_template(
        "instructor/course_remove.html", course=course, person=learner, what="learner"
    )


@roster.post("/<id:account_id>/remove")
def remove(course_id: int, account_id: int) -> ResponseReturnValue:
    """Take a learner out of the course."""
    learner = remove_learner(
        db.session(), get_current(), CourseId(course_id), AccountId(account_id), read_now()
    )
    db.session.commit()
    flash(f"{learner.name} is not in this course any more.", "info")
    return _to_roster(course_id)


@sections.post("")
def create(course_id: int) -> ResponseReturnValue:
    """Make a section."""
    form = SectionForm()
    try:
        create_section(db.session(), get_current(), CourseId(course_id), form.title.data)
    except InvalidError as problem:
        db.session.rollback()
        form.title.errors = [str(problem)]
        return _render(course_id, form)
    db.session.commit()
    flash(f"The section {form.title.data} is made.", "info")
    return _to_roster(course_id)


@sections.post("/move")
def move(course_id: int) -> ResponseReturnValue:
    """Put learners into a section or take them out of it."""
    into = request.form.get("action") != "out"
    section, moved = move_learners(
        db.session(),
        get_current(),
        CourseId(course_id),
        SectionId(read_id(request.form.get("section_id", ""))),
        [AccountId(read_id(text)) for text in request.form.getlist("learner")],
        read_now(),
        into=into,
    )
    db.session.commit()
    where = "now in" if into else "not in"
    verb = "is" if moved == 1 else "are"
    flash(f"{write_plural(moved, 'student')} {verb} {where} {section.title}.", "info")
    return _to_roster(course_id)


@sections.get("/<id:section_id>")
def edit(course_id: int, section_id: int) -> ResponseReturnValue:
    """Show the form that renames or deletes a section."""
    return _show_section(course_id, section_id, None)


@sections.post("/<id:section_id>")
def save(course_id: int, section_id: int) -> ResponseReturnValue:
    """Rename a section."""
    form = SectionForm()
    ids = CourseId(course_id), SectionId(section_id)
    try:
        change_section(db.session(), get_current(), *ids, form.title.data)
    except InvalidError as problem:
        db.session.rollback()
        form.title.errors = [str(problem)]
        return _show_section(course_id, section_id, form)
    db.session.commit()
    flash("The section is saved.", "info")
    return _to_roster(course_id)


@sections.post("/<id:section_id>/delete")
def delete(course_id: int, section_id: int) -> ResponseReturnValue:
    """Delete a section; its learners stay in the course."""
    ids = CourseId(course_id), SectionId(section_id)
    found = remove_section(db.session(), get_current(), *ids, read_now())
    db.session.commit()
    flash(f"The section {found.title} is deleted; its students stay in the course.", "info")
    return _to_roster(course_id)


def _render(course_id: int, form: SectionForm | None = None) -> ResponseReturnValue:
    search = fold(request.args.get("q"))
    found = look_at_roster(
        db.session(), get_current(), CourseId(course_id), search=search, page=read_page()
    )
    page = render_template(
        "instructor/course_roster.html",
        roster=found,
        course=found.course,
        search=search,
        page=show_page(found.page, found.pages) if form is None else None,
        form=form or SectionForm(formdata=None),
        may_change=found.course.role == "instructor" and found.course.archived_at is None,
    )
    return page, 422 if form else 200


def _show_section(course_id: int, section_id: int, form: SectionForm | None) -> ResponseReturnValue:
    course, section = get_section(
        db.session(), get_current(), CourseId(course_id), SectionId(section_id)
    )
    page = render_template(
        "instructor/course_section.html",
        course=course,
        section=section,
        form=form or SectionForm(formdata=None, title=section.title),
    )
    return page, 422 if form else 200


def _to_roster(course_id: int) -> ResponseReturnValue:
    return redirect(url_for("roster.show", course_id=course_id), 303)
