"""A course is made, looked at, edited and archived, and given sets to teach."""

from datetime import date
from typing import TypedDict

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import InvalidError
from quizapp.services.courses.access import get_led, refuse_archived
from quizapp.services.courses.changing import (
    archive_course,
    create_course,
    edit_course,
    restore_course,
)
from quizapp.services.courses.teaching import add_version, remove_version
from quizapp.storage.courses import CourseDetails
from quizapp.storage.ids import CourseId, VersionId
from quizapp.web.access import get_current, read_now
from quizapp.web.addresses import read_id
from quizapp.web.extensions import db
from quizapp.web.instructor.course_forms import CourseForm, VersionForm
from quizapp.web.instructor.course_pages import render_course
from quizapp.web.zones import list_timezones

bp = Blueprint("courses", __name__, url_prefix="/courses")


class _Values(TypedDict):
    title: str
    timezone: str
    exam_on: date | None


@bp.get("/new")
def new() -> ResponseReturnValue:
    """Show the form of a new course."""
    return _show_form(CourseForm(formdata=None, timezone=get_current().timezone), None)


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Make a course."""
    form = CourseForm()
    if not form.validate():
        return _show_form(form, None)
    try:
        course_id = create_course(db.session(), get_current(), **_values(form), now=read_now())
    except InvalidError as problem:
        form.timezone.errors = [str(problem)]
        return _show_form(form, None)
    db.session.commit()
    flash("The course is made. Add students and a set.", "info")
    return _to_course(course_id)


@bp.get("/<id:course_id>")
def show(course_id: int) -> ResponseReturnValue:
    """Show a course."""
    return render_course(CourseId(course_id))


@bp.get("/<id:course_id>/edit")
def edit(course_id: int) -> ResponseReturnValue:
    """Show the form that edits a course."""
    course = refuse_archived(get_led(db.session(), get_current(), CourseId(course_id)))
    return _show_form(CourseForm(formdata=None, obj=course), course)


@bp.post("/<id:course_id>/edit")
def save(course_id: int) -> ResponseReturnValue:
    """Store what the form says."""
    course = refuse_archived(get_led(db.session(), get_current(), CourseId(course_id)))
    form = CourseForm()
    if not form.validate():
        return _show_form(form, course)
    try:
        edit_course(db.session(), get_current(), course.id, **_values(form))
    except InvalidError as problem:
        form.timezone.errors = [str(problem)]
        return _show_form(form, course)
    db.session.commit()
    flash("The course is saved.", "info")
    return _to_course(course.id)


@bp.post("/<id:course_id>/archive")
def archive(course_id: int) -> ResponseReturnValue:
    """Make a course read-only."""
    archive_course(db.session(), get_current(), CourseId(course_id), read_now())
    db.session.commit()
    flash("The course is archived.", "info")
    return _to_course(course_id)


@bp.post("/<id:course_id>/restore")
def restore(course_id: int) -> ResponseReturnValue:
    """Bring an archived course back."""
    restore_course(db.session(), get_current(), CourseId(course_id))
    db.session.commit()
    flash("The course is restored.", "info")
    return _to_course(course_id)


@bp.post("/<id:course_id>/sets")
def add_set(course_id: int) -> ResponseReturnValue:
    """Let a course teach a published version."""
    version_id = read_id(request.form.get("version_id", ""))
    try:
        add_version(db.session(), get_current(), CourseId(course_id), VersionId(version_id))
    except InvalidError as problem:
        db.session.rollback()
        form = VersionForm(formdata=None)
        form.form_errors.append(str(problem))
        return render_course(CourseId(course_id), version=form)
    db.session.commit()
    flash("The course teaches this set now.", "info")
    return _to_course(course_id)


@bp.post("/<id:course_id>/sets/<id:version_id>/remove")
def remove_set(course_id: int, version_id: int) -> ResponseReturnValue:
    """Let a course teach a version no more."""
    remove_version(db.session(), get_current(), CourseId(course_id), VersionId(version_id))
    db.session.commit()
    flash("The course teaches this set no more; what students remember of it stays.", "info")
    return _to_course(course_id)


def _values(form: CourseForm) -> _Values:
    return {
        "title": form.title.data,
        "timezone": form.timezone.data,
        "exam_on": form.exam_on.data,
    }


def _show_form(form: CourseForm, course: CourseDetails | None) -> ResponseReturnValue:
    page = render_template(
        "instructor/course_form.html", form=form, course=course, timezones=list_timezones()
    )
    return page, 422 if form.errors else 200


def _to_course(course_id: int) -> ResponseReturnValue:
    return redirect(url_for("courses.show", course_id=course_id), 303)
