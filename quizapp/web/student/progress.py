"""A learner's progress."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quizapp.services.progress.looking import look_at_progress
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.student.progress_page import show_progress

bp = Blueprint("progress", __name__)


@bp.get("/progress")
def show() -> ResponseReturnValue:
    """Show what was done, what holds, and what is to come."""
    found = look_at_progress(db.session(), get_current(), read_now())
    return render_template("student/progress.html", progress=show_progress(found))
