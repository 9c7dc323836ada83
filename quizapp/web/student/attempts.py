"""A learner sits an assignment: begins, answers, looks over it and submits."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import InvalidError, NotFoundError
from quizapp.services.quizzing.looking import Paper, look
from quizapp.services.quizzing.submitting import MarkedQuestionView, look_at_answered
from quizapp.services.quizzing.submitting import submit as submit_attempt
from quizapp.storage.ids import AttemptId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.student.attempts_forms import Sent, read_sent
from quizapp.web.student.attempts_keeping import Kept, keep, tell_stale, write_reply
from quizapp.web.student.attempts_pages import (
    Refused,
    list_entries,
    show_attempt,
    show_time,
    tells_at_once,
)

bp = Blueprint("attempts", __name__, url_prefix="/attempts")
_OPEN = {"in_progress", "overdue"}


@bp.get("/<long_id:attempt_id>")
def resume(attempt_id: int) -> ResponseReturnValue:
    """Go to the first question without an answer, or to the result."""
    paper = _look(attempt_id)
    if paper.state not in _OPEN:
        return _to_result(attempt_id)
    return redirect(_address(attempt_id, next(iter(paper.unanswered), 1)))


@bp.get("/<long_id:attempt_id>/questions/<id:number>")
def question(attempt_id: int, number: int) -> ResponseReturnValue:
    """Show a question, or all where they stand together; an attempt that is over, its result."""
    return _show(_look(attempt_id), number, Refused(), 200)


@bp.post("/<long_id:attempt_id>/answers", endpoint="save")
def save_answers(attempt_id: int) -> ResponseReturnValue:
    """Save what was answered and flagged, and go where the learner wants to."""
    sent = read_sent(request.form)
    kept = keep(AttemptId(attempt_id), sent)
    if request.accept_mimetypes.best == "application/json":
        paper = _look(attempt_id) if kept.conflict else None
        return jsonify(write_reply(kept, sent, paper)), 409 if kept.conflict else 200
    if kept.conflict or kept.problems:
        return _refuse(attempt_id, sent, kept)
    return redirect(_next_address(attempt_id), 303)


@bp.get("/<long_id:attempt_id>/check")
def check(attempt_id: int) -> ResponseReturnValue:
    """Show what is answered and what is not, before the submission."""
    paper = _look(attempt_id)
    if paper.state not in _OPEN:
        return _to_result(attempt_id)
    return render_template(
        "student/attempt_check.html",
        paper=paper,
        entries=list_entries(paper, 0),
        time=show_time(paper),
    )


@bp.post("/<long_id:attempt_id>/submit")
def submit(attempt_id: int) -> ResponseReturnValue:
    """Submit the attempt; once more changes nothing."""
    submit_attempt(db.session(), get_current(), AttemptId(attempt_id), read_now())
    db.session.commit()
    return _to_result(attempt_id, 303)


def _look(attempt_id: int) -> Paper:
    return look(db.session(), get_current(), AttemptId(attempt_id), read_now())


def _show(paper: Paper, number: int, refused: Refused, status: int) -> ResponseReturnValue:
    if paper.state not in _OPEN:
        return _to_result(paper.attempt_id)
    if not 1 <= number <= len(paper.questions):
        raise NotFoundError("This attempt has no such question.")
    answered: tuple[MarkedQuestionView, ...] = ()
    if tells_at_once(paper):
        answered = look_at_answered(db.session(), get_current(), paper.attempt_id, read_now())
    page = show_attempt(paper, number, refused, answered)
    return render_template("student/attempt.html", page=page), status


def _refuse(attempt_id: int, sent: tuple[Sent, ...], kept: Kept) -> ResponseReturnValue:
    """Show the page again, with what could not be saved still standing in the fields."""
    paper = _look(attempt_id)
    if kept.conflict and paper.state not in _OPEN:
        flash(kept.conflict, "error")
        return _to_result(attempt_id, 303)
    problems, given = dict(kept.problems), {each.number: each.given for each in sent}
    if kept.conflict:
        problems, given = tell_stale(paper, sent)
        if not problems:
            flash(kept.conflict, "error")
    # A problem is told where it is; what was saved beside it stands as it was saved.
    number = min(problems, default=_read_current())
    return _show(
        paper, number, Refused(problems=problems, given=given), 409 if kept.conflict else 422
    )


def _next_address(attempt_id: int) -> str:
    """Return where the button that was pressed leads."""
    go, current = request.form.get("go", ""), _read_current()
    if go == "check":
        return url_for("attempts.check", attempt_id=attempt_id)
    if go == "leave":
        return url_for("student.today")
    if go.startswith("to-") and go[3:].isdecimal():
        return _address(attempt_id, int(go[3:]))
    return _address(attempt_id, current + {"next": 1, "back": -1}.get(go, 0))


def _read_current() -> int:
    """Return the number of the question that the form was about.

    Raises:
        InvalidError: the form does not say.
    """
    text = request.form.get("number", "")
    if not text.isdecimal() or len(text) > 4:  # noqa: PLR2004 - nobody asks so many questions
        raise InvalidError("The form was incomplete. Open the attempt again.")
    return int(text)


def _address(attempt_id: int, number: int) -> str:
    return url_for("attempts.question", attempt_id=attempt_id, number=number)


def _to_result(attempt_id: int, status: int = 302) -> ResponseReturnValue:
    return redirect(url_for("attempts_after.result", attempt_id=attempt_id), status)
