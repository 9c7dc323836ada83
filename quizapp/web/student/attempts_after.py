"""After the submission: the result as far as it is told, "I was right", notes, what to do next."""

import secrets

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import ConflictError, InvalidError
from quizapp.services.grading.claiming import claim as claim_right
from quizapp.services.grading.noting import list_notes, put_notes_away
from quizapp.services.practising.building import build_again
from quizapp.services.practising.desk import look_afterwards
from quizapp.services.practising.missing import add_missing
from quizapp.services.quizzing.submitting import look_back
from quizapp.storage.ids import AttemptId, MarkChangeId
from quizapp.web.access import get_current, read_now
from quizapp.web.addresses import read_id
from quizapp.web.extensions import db
from quizapp.web.student.attempts_forms import LONGEST_KEY
from quizapp.web.student.attempts_results import show_notes, show_result
from quizapp.web.student.practice import begin_built
from quizapp.web.words import write_plural

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
        after=look_afterwards(db.session(), learner, found, now),
        key=secrets.token_urlsafe(16),
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


@bp.post("/<long_id:attempt_id>/again")
def again(attempt_id: int) -> ResponseReturnValue:
    """Begin a practice quiz of what was not wholly right."""
    key = request.form.get("key", "")
    if not key or len(key) > LONGEST_KEY:
        raise InvalidError("The form was incomplete, so nothing was begun. Open the result again.")
    try:
        built = build_again(db.session(), get_current(), AttemptId(attempt_id), read_now(), key=key)
    except (ConflictError, InvalidError) as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return _to_result(attempt_id)
    return begin_built(built)


@bp.post("/<long_id:attempt_id>/reviews")
def remember(attempt_id: int) -> ResponseReturnValue:
    """Add to the reviews what went wrong and is missing there."""
    try:
        added = add_missing(db.session(), get_current(), AttemptId(attempt_id), read_now())
    except ConflictError as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
        return _to_result(attempt_id)
    db.session.commit()
    flash(_say_added(added), "info")
    return _to_result(attempt_id)


def _say_added(added: int) -> str:
    if not added:
        return "All that went wrong is in your reviews already."
    was = "was" if added == 1 else "were"
    return f"{write_plural(added, 'fact')} {was} added to your reviews and will come up soon."


def _to_result(attempt_id: int) -> ResponseReturnValue:
    return redirect(url_for("attempts_after.result", attempt_id=attempt_id), 303)
