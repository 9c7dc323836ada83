"""A learner's own parameters of the memory: fitted, decided on, used and given back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.fitting.looking import look_at_own_fittings
from quizapp.services.fitting.own import cancel_own, start_own, use_own, withdraw_own
from quizapp.storage.ids import FitId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.student.parameters_page import show_own_fittings

bp = Blueprint("own_parameters", __name__, url_prefix="/progress/parameters")


@bp.get("")
def show() -> ResponseReturnValue:
    """Show the parameters in use, and what was found by each fitting."""
    learner = get_current()
    desk = look_at_own_fittings(db.session(), learner)
    view = show_own_fittings(desk, learner, read_now())
    return render_template("student/parameters.html", view=view)


@bp.post("")
def fit() -> ResponseReturnValue:
    """Let parameters be fitted to the learner."""
    start_own(db.session(), get_current(), read_now())
    db.session.commit()
    return _back("Your parameters are being fitted. Look again in a minute.")


@bp.post("/<id:fit_id>/cancel")
def cancel(fit_id: int) -> ResponseReturnValue:
    """Cancel a fitting."""
    cancel_own(db.session(), get_current(), FitId(fit_id), read_now())
    db.session.commit()
    return _back("The fitting is cancelled.")


@bp.post("/<id:fit_id>/use")
def use(fit_id: int) -> ResponseReturnValue:
    """Put fitted parameters in use."""
    use_own(db.session(), get_current(), FitId(fit_id), read_now())
    db.session.commit()
    return _back("Your answers from now on are scheduled by your own parameters.")


@bp.post("/<id:fit_id>/withdraw")
def withdraw(fit_id: int) -> ResponseReturnValue:
    """Let the parameters of the learner's courses hold again."""
    withdraw_own(db.session(), get_current(), FitId(fit_id), read_now())
    db.session.commit()
    return _back("Your answers from now on are scheduled by the parameters of your courses.")


def _back(words: str) -> ResponseReturnValue:
    flash(words, "info")
    return redirect(url_for("own_parameters.show"), 303)
