"""A newer version of a set that a course teaches: what it would change, and carrying it through."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import InvalidError
from quizapp.services.following.carrying import Carried, carry_through, plan_carrying
from quizapp.storage.ids import CourseId, VersionId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.instructor.assignments_pages import may_change
from quizapp.web.words import write_plural

bp = Blueprint(
    "following", __name__, url_prefix="/courses/<id:course_id>/versions/<id:version_id>/newer"
)


@bp.get("")
def show(course_id: int, version_id: int) -> ResponseReturnValue:
    """Show what the newest version of a set would change in a course."""
    return _render(course_id, version_id, "")


@bp.post("")
def carry(course_id: int, version_id: int) -> ResponseReturnValue:
    """Let the course teach it, and mark attempts by it."""
    try:
        done = carry_through(
            db.session(),
            get_current(),
            CourseId(course_id),
            VersionId(version_id),
            latter=VersionId(request.form.get("latter", 0, type=int)),
            word=request.form.get("word", ""),
            now=read_now(),
        )
    except InvalidError as problem:
        db.session.rollback()
        return _render(course_id, version_id, str(problem)), 422
    db.session.commit()
    flash(_tell(done), "info")
    return redirect(url_for("courses.show", course_id=course_id), 303)


def _render(course_id: int, version_id: int, problem: str) -> str:
    plan = plan_carrying(db.session(), get_current(), CourseId(course_id), VersionId(version_id))
    return render_template(
        "instructor/course_newer.html",
        plan=plan,
        course=plan.course,
        newer=plan.newer,
        may_change=may_change(plan.course),
        problem=problem,
        word=request.form.get("word", ""),
    )


def _tell(done: Carried) -> str:
    parts = ["The course teaches the new version."]
    if done.corrected:
        parts.append(f"{write_plural(done.corrected, 'key')} corrected.")
    if done.dropped:
        parts.append(f"{write_plural(done.dropped, 'question')} dropped.")
    if done.problems:
        parts.append(f"{write_plural(done.problems, 'reported problem')} put right.")
    return " ".join(parts)
