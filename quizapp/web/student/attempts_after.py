"""After the submission: the result as far as it is told, "I was right", and notes on changes."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import ConflictError, InvalidError
from quizapp.services.grading.claiming import claim as claim_right
from quizapp.services.grading.noting import list_notes, put_notes_away
from quizapp.services.quizzing.submitting import look_back
from quizapp.storage.ids import AttemptId, MarkChangeId
from quizapp.web.access import get_current, read_now
from quizapp.web.addresses import read_id
from quizapp.web.extensions import db
from quizapp.web.student.attempts_results import show_notes, show_result

bp = Blueprint("attempts_after", __name__, url_prefix="/attempts")


@bp.get("/<long_id:attempt_id>/result")
def result(attempt_id: int) -> ResponseReturnValue:
    """Show a submitted attempt with what may be told of it now."""
    learner, now = get_current(), read_now()
    found = look_back(db.session(), learner, AttemptId(attempt_id), now)
    notes = list_notes(db.session(), learner, now)
    shown = request.args.get("show", "")
    return render_template(
        "student/attempt_result.html",
        result=show_result(found, only_wrong=shown == "wrong"),
        notes=show_notes([each for each in notes if each.attempt_id == attempt_id]),
    )


@bp.post("/<long_id:attempt_id>/questions/<id:number>/claim")
def claim(attempt_id: int, number: int) -> ResponseReturnValue:
    """Let the instructor know that a typed answer was right."""
    why = request.form.get("why", "")
    try:
        claim_right(db.session(), get_current(), AttemptId(attempt_id), number - 1, why, read_now())
    except (ConflictError, InvalidError) as problem:
        db.session.rollback()
        text = str(problem)
        flash(f"{text[:1].upper()}{text[1:]}", "error")
    else:
        db.session.commit()
        flash("Your instructor will look at this answer.", "info")
    address = url_for("attempts_after.result", attempt_id=attempt_id)
    return redirect(f"{address}#question-{number}", 303)


@bp.post("/notes/away")
def put_away() -> ResponseReturnValue:
    """Put the notes away that were seen."""
    upto = MarkChangeId(read_id(request.form.get("upto", "")))
    put_notes_away(db.session(), get_current(), upto, read_now())
    db.session.commit()
    return redirect(url_for("student.today"), 303)
