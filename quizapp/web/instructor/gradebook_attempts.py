"""One learner's attempt in full, and "I was right", granted or declined."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import InvalidError
from quizapp.services.grading.claiming import decide, look_at_claims
from quizapp.services.grading.desk import open_attempt
from quizapp.storage.ids import AttemptId, CourseId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.instructor.assignments_pages import may_change
from quizapp.web.instructor.assignments_reading import add_error, list_problems, read_number
from quizapp.web.instructor.gradebook_forms import ClaimForm
from quizapp.web.instructor.gradebook_pages import show_answers, write_score
from quizapp.web.zones import write_instant

bp = Blueprint("inspecting", __name__)
_ATTEMPT = "/teaching/attempts/<long_id:attempt_id>"


@bp.get("/courses/<id:course_id>/claims")
def claims(course_id: int) -> ResponseReturnValue:
    """List what waits for a decision."""
    found = look_at_claims(db.session(), get_current(), CourseId(course_id))
    return render_template("instructor/gradebook_claims.html", course_id=course_id, claims=found)


@bp.get(_ATTEMPT)
def attempt(attempt_id: int) -> ResponseReturnValue:
    """Show an attempt with every answer."""
    return _render(attempt_id, None, -1)


@bp.post(f"{_ATTEMPT}/claims/<id:position>")
def decide_claim(attempt_id: int, position: int) -> ResponseReturnValue:
    """Grant a claim, whole or in part, or decline it."""
    form = ClaimForm(prefix=_prefix(position))
    form.validate()
    granted = None
    if request.form.get("action") == "grant":
        percent = read_number(form.granted, "a part of the mark from 0 to 100")
        if percent is None and not form.granted.errors:
            add_error(form.granted, "Enter a part of the mark from 0 to 100.")
        granted = None if percent is None else percent / 100
    try:
        if not list_problems(form):
            decide(
                db.session(),
                get_current(),
                AttemptId(attempt_id),
                position,
                granted=granted,
                reason=form.reason.data or "",
                now=read_now(),
            )
    except InvalidError:
        add_error(form.granted, "Enter a part of the mark from 0 to 100.")
    if list_problems(form):
        db.session.rollback()
        return _render(attempt_id, form, position)
    db.session.commit()
    flash("The claim is declined." if granted is None else "The claim is granted.", "info")
    return redirect(url_for("inspecting.attempt", attempt_id=attempt_id), 303)


def _prefix(position: int) -> str:
    return f"claim-{position}-"


def _render(attempt_id: int, failed: ClaimForm | None, position: int) -> ResponseReturnValue:
    desk = open_attempt(db.session(), get_current(), AttemptId(attempt_id), read_now())
    result, zone = desk.result, desk.course.timezone
    answers = show_answers(result)
    forms = {
        each.position: ClaimForm(formdata=None, prefix=_prefix(each.position))
        for each in answers
        if each.open
    }
    if failed is not None and position in forms:
        forms[position] = failed
    problems = list_problems(failed) if failed is not None else []
    page = render_template(
        "instructor/gradebook_attempt.html",
        desk=desk,
        course=desk.course,
        result=result,
        started=write_instant(result.started_at, zone),
        submitted=write_instant(result.submitted_at, zone) if result.submitted_at else "",
        score=write_score(result.score) if result.score else "",
        answers=answers,
        forms=forms,
        problems=problems,
        may_change=may_change(desk.course),
    )
    return page, 422 if problems else 200
