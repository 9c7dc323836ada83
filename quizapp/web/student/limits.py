"""Limits that a learner sets for today only."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.reviewing.limits import lift_limits, limit_today
from quizapp.storage.limits import DayLimits
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.student.limits_form import LimitsForm
from quizapp.web.student.views import render_today

bp = Blueprint("limits", __name__, url_prefix="/today")


@bp.post("/limits")
def limit() -> ResponseReturnValue:
    """Set the limits of today."""
    form = LimitsForm()
    if not form.validate():
        return render_today(form)
    limits = DayLimits(new_per_day=form.new_per_day.data, reviews_per_day=form.reviews_per_day.data)
    limit_today(db.session(), get_current(), limits, read_now())
    db.session.commit()
    flash("These limits hold for today.", "info")
    return redirect(url_for("student.today"), 303)


@bp.post("/limits/lift")
def lift() -> ResponseReturnValue:
    """Go back to the usual limits."""
    lift_limits(db.session(), get_current(), read_now())
    db.session.commit()
    flash("Your usual limits hold again.", "info")
    return redirect(url_for("student.today"), 303)
