"""A learner's assignment: its rules and attempts, and the start of one."""

import secrets

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import ConflictError, ForbiddenError
from quizapp.services.assigning.listing import OwnAssignment, look_at_own
from quizapp.services.limiting import TooManyTriesError
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
        # The refused try is remembered.
        db.session.commit()
        form.password.errors = [str(refusal)]
        return _show(_look(assignment_id), form, 422)
    except (ConflictError, TooManyTriesError) as refusal:
        db.session.rollback()
        form.form_errors.append(str(refusal))
        status = 409 if isinstance(refusal, ConflictError) else 429
        return _show(_look(assignment_id), form, status)
    db.session.commit()
    return redirect(url_for("attempts.resume", attempt_id=attempt_id), 303)


def _start(assignment_id: AssignmentId, form: StartForm) -> AttemptId:
    session, learner = db.session(), get_current()
    address, now = request.remote_addr or "", read_now()
    password = form.password.data or ""
    proof = prove_password(session, learner, assignment_id, password, address=address, now=now)
    return start(session, learner, assignment_id, now, key=str(form.key.data), proof=proof)


def _look(assignment_id: int) -> OwnAssignment:
    return look_at_own(db.session(), get_current(), AssignmentId(assignment_id), read_now())


def _make_form() -> StartForm:
    return StartForm(formdata=None, key=secrets.token_urlsafe(16))


def _show(own: OwnAssignment, form: StartForm, status: int) -> ResponseReturnValue:
    page = show_assignment(own)
    return render_template("student/assignment.html", own=page, form=form), status
