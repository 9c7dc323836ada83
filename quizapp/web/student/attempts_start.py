"""A learner's assignment: its rules and attempts, and the start of one."""

import secrets

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import ConflictError, ForbiddenError
from quizapp.services.assigning.listing import OwnAssignment, look_at_own
from quizapp.services.quizzing.starting import prove_password, start
from quizapp.storage.ids import AssignmentId, AttemptId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.student.attempts_assignments import show_assignment
from quizapp.web.student.attempts_forms import StartForm

bp = Blueprint("assigned", __name__, url_prefix="/assigned")


@bp.get("/<id:assignment_id>")
def show(assignment_id: int) -> ResponseReturnValue:
    """Show an assignment with its rules in words and the attempts so far."""
    return _show(_look(assignment_id), _make_form(), 200)


@bp.post("/<id:assignment_id>/start", endpoint="start")
def start_attempt(assignment_id: int) -> ResponseReturnValue:
    """Begin an attempt; the same form sent twice begins one."""
    form = StartForm()
    if not form.validate():
        return _show(_look(assignment_id), form, 422)
    try:
        attempt_id = _start(AssignmentId(assignment_id), form)
    except ForbiddenError as refusal:
        db.session.rollback()
        form.password.errors = [str(refusal)]
        return _show(_look(assignment_id), form, 422)
    except ConflictError as refusal:
        db.session.rollback()
        form.form_errors.append(str(refusal))
        return _show(_look(assignment_id), form, 409)
    db.session.commit()
    return redirect(url_for("attempts.resume", attempt_id=attempt_id), 303)


def _start(assignment_id: AssignmentId, form: StartForm) -> AttemptId:
    session, learner = db.session(), get_current()
    proof = prove_password(session, learner, assignment_id, form.password.data or "")
    return start(session, learner, assignment_id, read_now(), key=str(form.key.data), proof=proof)


def _look(assignment_id: int) -> OwnAssignment:
    return look_at_own(db.session(), get_current(), AssignmentId(assignment_id), read_now())


def _make_form() -> StartForm:
    return StartForm(formdata=None, key=secrets.token_urlsafe(16))


def _show(own: OwnAssignment, form: StartForm, status: int) -> ResponseReturnValue:
    page = show_assignment(own)
    return render_template("student/assignment.html", own=page, form=form), status
