"""The join code of a course, and those who teach it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import InvalidError
from quizapp.services.courses.inviting import change_end, renew_code, switch_code_off
from quizapp.services.courses.staffing import add_teacher, get_teacher, remove_teacher
from quizapp.storage.ids import AccountId, CourseId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.instructor.course_forms import ROLES, CodeForm, TeacherForm
from quizapp.web.instructor.course_pages import render_course

codes = Blueprint("codes", __name__, url_prefix="/courses/<id:course_id>/code")
teachers = Blueprint("teachers", __name__, url_prefix="/courses/<id:course_id>/teachers")


@codes.post("")
def change(course_id: int) -> ResponseReturnValue:
    """Make a new join code, or change until when the present one works."""
    form = CodeForm()
    keep = request.form.get("action") == "keep"
    store = change_end if keep else renew_code
    try:
        if form.validate():
            store(
                db.session(),
                get_current(),
                CourseId(course_id),
                last_day=form.last_day.data,
                now=read_now(),
            )
    except InvalidError as problem:
        form.last_day.errors = [str(problem)]
    if form.errors:
        db.session.rollback()
        return render_course(CourseId(course_id), code=form)
    db.session.commit()
    flash("The last day is saved." if keep else "Students can join by the new code.", "info")
    return _to_course(course_id)


@codes.post("/off")
def switch_off(course_id: int) -> ResponseReturnValue:
    """Let nobody join by a code any more."""
    switch_code_off(db.session(), get_current(), CourseId(course_id))
    db.session.commit()
    flash("Nobody can join by a code any more.", "info")
    return _to_course(course_id)


@teachers.post("")
def add(course_id: int) -> ResponseReturnValue:
    """Let somebody teach the course or assist in it."""
    form = TeacherForm()
    try:
        if form.validate():
            person = add_teacher(
                db.session(),
                get_current(),
                CourseId(course_id),
                email=form.email.data,
                role=form.role.data,
                now=read_now(),
            )
    except InvalidError as problem:
        form.email.errors = [str(problem)]
    if form.errors:
        db.session.rollback()
        return render_course(CourseId(course_id), teacher=form)
    db.session.commit()
    flash(f"{person.name}: {ROLES[form.role.data].lower()} of this course.", "info")
    return _to_course(course_id)


@teachers.get("/<id:account_id>/remove")
def confirm(course_id: int, account_id: int) -> ResponseReturnValue:
    """Ask whether somebody is to be removed."""
    course, teacher = get_teacher(
        db.session(), get_current(), CourseId(course_id), AccountId(account_id)
    )
    return render_template(
        "instructor/course_remove.html", course=course, person=teacher, what="teacher"
    )


@teachers.post("/<id:account_id>/remove")
def remove(course_id: int, account_id: int) -> ResponseReturnValue:
    """Let somebody teach the course or assist in it no more."""
    me = get_current()
    teacher = remove_teacher(db.session(), me, CourseId(course_id), AccountId(account_id))
    db.session.commit()
    flash(f"{teacher.name} does not teach this course any more.", "info")
    return (
        redirect(url_for("instructor.sets"), 303) if teacher.id == me.id else _to_course(course_id)
    )


def _to_course(course_id: int) -> ResponseReturnValue:
    return redirect(url_for("courses.show", course_id=course_id), 303)
