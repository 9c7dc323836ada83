"""The problems that students reported in a course, and what is decided on them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.disputing import decide_dispute, look_at_disputes
from quizapp.storage.ids import CourseId, DisputeId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.instructor.assignments_pages import may_change
from quizapp.web.problems import show_problem

bp = Blueprint("problems", __name__, url_prefix="/courses/<id:course_id>/problems")


@bp.get("")
def listing(course_id: int) -> ResponseReturnValue:
    """List what was reported, first what waits."""
    course, told = look_at_disputes(db.session(), get_current(), CourseId(course_id))
    return render_template(
        "instructor/problems.html",
        course=course,
        problems=[show_problem(each) for each in told],
        may_decide=course.role == "instructor",
        may_correct=may_change(course),
    )


@bp.post("/<id:dispute_id>")
def decide(course_id: int, dispute_id: int) -> ResponseReturnValue:
    """Uphold a report or decline it."""
    upheld = request.form.get("verdict") == "upheld"
    decide_dispute(
        db.session(),
        get_current(),
        CourseId(course_id),
        DisputeId(dispute_id),
        upheld=upheld,
        word=request.form.get("word", ""),
        now=read_now(),
    )
    db.session.commit()
    flash("The report is upheld." if upheld else "The report is declined.", "info")
    return redirect(url_for("problems.listing", course_id=course_id), 303)
