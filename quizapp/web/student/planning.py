"""A learner plans for the exam of a course."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.planning.choosing import choose, drop
from quizapp.services.planning.looking import PlanDesk, look_at_plan
from quizapp.storage.ids import CourseId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.student.plan_form import PlanForm, show_choice
from quizapp.web.student.plan_page import show_plan

bp = Blueprint("planning", __name__, url_prefix="/courses/<id:course_id>/plan")


@bp.get("")
def show(course_id: int) -> ResponseReturnValue:
    """Show the ways to the exam, and the one that was chosen."""
    desk = look_at_plan(db.session(), get_current(), CourseId(course_id), read_now())
    return _render(desk, show_choice(desk, get_current()))


@bp.post("", endpoint="choose")
def choose_plan(course_id: int) -> ResponseReturnValue:
    """Set the plan."""
    form, wanted = PlanForm(), CourseId(course_id)
    session, learner, now = db.session(), get_current(), read_now()
    if not form.validate():
        return _render(look_at_plan(session, learner, wanted, now), form)
    retention, most = float(form.retention.data), form.most_per_day.data
    choose(session, learner, wanted, now, retention=retention, most_per_day=most)
    session.commit()
    flash("Your plan is set.", "info")
    return redirect(url_for("planning.show", course_id=course_id), 303)


@bp.post("/drop", endpoint="drop")
def drop_plan(course_id: int) -> ResponseReturnValue:
    """Do without a plan."""
    drop(db.session(), get_current(), CourseId(course_id))
    db.session.commit()
    flash("You do without a plan now.", "info")
    return redirect(url_for("planning.show", course_id=course_id), 303)


def _render(desk: PlanDesk, form: PlanForm) -> ResponseReturnValue:
    page = render_template("student/plan.html", plan=show_plan(desk), form=form)
    return page, 422 if form.errors else 200
