"""The parameters of a course's memories: fitted, decided on, used and withdrawn."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.fitting.looking import look_at_fittings
from quizapp.services.fitting.starting import cancel_fitting, start_fitting
from quizapp.services.fitting.using import use_fitting, withdraw_fitting
from quizapp.storage.ids import CourseId, FitId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.instructor.assignments_pages import may_change
from quizapp.web.instructor.parameters_page import show_fittings

bp = Blueprint("parameters", __name__, url_prefix="/courses/<id:course_id>/parameters")


@bp.get("")
def show(course_id: int) -> ResponseReturnValue:
    """Show the parameters in use, and what was found by each fitting."""
    desk = look_at_fittings(db.session(), get_current(), CourseId(course_id))
    return render_template(
        "instructor/parameters.html",
        course=desk.course,
        view=show_fittings(desk),
        may_change=may_change(desk.course),
    )


@bp.post("")
def fit(course_id: int) -> ResponseReturnValue:
    """Let parameters be fitted to the course."""
    start_fitting(db.session(), get_current(), CourseId(course_id), read_now())
    db.session.commit()
    return _back(course_id, "The parameters are being fitted. Look again in a minute.")


@bp.post("/<id:fit_id>/cancel")
def cancel(course_id: int, fit_id: int) -> ResponseReturnValue:
    """Cancel a fitting."""
    ids = CourseId(course_id), FitId(fit_id)
    cancel_fitting(db.session(), get_current(), *ids, read_now())
    db.session.commit()
    return _back(course_id, "The fitting is cancelled.")


@bp.post("/<id:fit_id>/use")
def use(course_id: int, fit_id: int) -> ResponseReturnValue:
    """Put fitted parameters in use."""
    use_fitting(db.session(), get_current(), CourseId(course_id), FitId(fit_id), read_now())
    db.session.commit()
    return _back(course_id, "Answers from now on are scheduled by the fitted parameters.")


@bp.post("/<id:fit_id>/withdraw")
def withdraw(course_id: int, fit_id: int) -> ResponseReturnValue:
    """Put the standard parameters in use again."""
    ids = CourseId(course_id), FitId(fit_id)
    withdraw_fitting(db.session(), get_current(), *ids, read_now())
    db.session.commit()
    return _back(course_id, "Answers from now on are scheduled by the standard parameters.")


def _back(course_id: int, words: str) -> ResponseReturnValue:
    flash(words, "info")
    return redirect(url_for("parameters.show", course_id=course_id), 303)
