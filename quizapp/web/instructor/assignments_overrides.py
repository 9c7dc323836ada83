"""What is different in an assignment for one learner or a section: shown, set and taken away."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.attempts.overrides import UNLIMITED, Override, check_override
from quizapp.services.assigning.desk import OverrideDesk, look_at_override_desk
from quizapp.services.assigning.overriding import override, remove_override
from quizapp.storage.ids import AccountId, AssignmentId, SectionId
from quizapp.storage.overrides import Whose
from quizapp.web.access import get_current, read_now
from quizapp.web.addresses import read_id
from quizapp.web.extensions import db
from quizapp.web.instructor.assignments_filling import fill_override
from quizapp.web.instructor.assignments_forms import OverrideForm
from quizapp.web.instructor.assignments_pages import (
    list_people,
    may_change,
    show_overrides,
    write_whose,
)
from quizapp.web.instructor.assignments_reading import (
    add_error,
    list_problems,
    read_count,
    read_instant,
    read_number,
    show_problems,
)

bp = Blueprint(
    "overrides", __name__, url_prefix="/teaching/assignments/<id:assignment_id>/exceptions"
)


@bp.get("")
def show(assignment_id: int) -> ResponseReturnValue:
    """Show what is different for whom; the form holds that of one of them if it is asked for."""
    desk = look_at_override_desk(db.session(), get_current(), AssignmentId(assignment_id))
    asked = request.args.get("whose", "")
    found = [each.override for each in desk.overrides if write_whose(each.whose) == asked]
    form = fill_override(asked, found[0] if found else Override(), desk.assignment.timezone)
    return _render(desk, form)


@bp.post("")
def put(assignment_id: int) -> ResponseReturnValue:
    """Set what is different."""
    desk = look_at_override_desk(db.session(), get_current(), AssignmentId(assignment_id))
    form = OverrideForm()
    form.validate()
    different = _read(form, desk)
    show_problems(form, check_override(desk.assignment.rules, different))
    people = dict(list_people(desk))
    if form.whose.data not in people:
        add_error(form.whose, "Choose a student or a section of this course.")
    elif different == Override() and not list_problems(form):
        form.form_errors.append("Say what is different: more time, other dates or more attempts.")
    if list_problems(form):
        return _render(desk, form)
    db.session.rollback()
    whose = _read_whose(form.whose.data)
    override(db.session(), get_current(), desk.assignment.id, whose, different, read_now())
    db.session.commit()
    flash(f"The exception is saved: {people[form.whose.data]}.", "info")
    return _to_list(assignment_id)


@bp.post("/remove")
def remove(assignment_id: int) -> ResponseReturnValue:
    """Take away what is different."""
    whose = _read_whose(request.form.get("whose", ""))
    remove_override(db.session(), get_current(), AssignmentId(assignment_id), whose, read_now())
    db.session.commit()
    flash("The exception is removed; running clocks follow.", "info")
    return _to_list(assignment_id)


def _read(form: OverrideForm, desk: OverrideDesk) -> Override:
    """What is different; dates left as they were shown keep their seconds."""
    zone = desk.assignment.timezone
    found = [each.override for each in desk.overrides if write_whose(each.whose) == form.whose.data]
    former = found[0] if found else Override()
    attempts = read_count(form.attempts_allowed, "a whole number such as 2, or nothing")
    return Override(
        opens_at=read_instant(form.opens_at, zone, former.opens_at),
        due_at=read_instant(form.due_at, zone, former.due_at),
        closes_at=read_instant(form.closes_at, zone, former.closes_at),
        extra_minutes=read_count(form.extra_minutes, "whole minutes such as 15, or nothing"),
        time_factor=read_number(form.time_factor, "a factor such as 1.5, or nothing"),
        attempts_allowed=UNLIMITED if form.unlimited.data else attempts,
    )


def _read_whose(text: str) -> Whose:
    kind, _, number = text.partition("-")
    if kind == "section":
        return Whose(section_id=SectionId(read_id(number)))
    return Whose(learner_id=AccountId(read_id(number)))


def _render(desk: OverrideDesk, form: OverrideForm) -> ResponseReturnValue:
    problems = list_problems(form)
    page = render_template(
        "instructor/assignment_overrides.html",
        course=desk.course,
        assignment=desk.assignment,
        overrides=show_overrides(desk),
        people=list_people(desk),
        form=form,
        problems=problems,
        may_change=may_change(desk.course),
    )
    return page, 422 if problems else 200


def _to_list(assignment_id: int) -> ResponseReturnValue:
    return redirect(url_for("overrides.show", assignment_id=assignment_id), 303)
