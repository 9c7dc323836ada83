"""A learner's day: what waits, the review session, its end."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import ConflictError, InvalidError
from quizapp.services.assigning.listing import list_own
from quizapp.services.grading.noting import list_notes
from quizapp.services.planning.counting import count_down
from quizapp.services.reviewing.answering import Submission, answer
from quizapp.services.reviewing.asking import Asking, ask_next, start_asking
from quizapp.services.reviewing.days import calendar_of
from quizapp.services.reviewing.feedback import look_back
from quizapp.services.reviewing.starting import pick_step
from quizapp.services.reviewing.studies import finish_study, sum_up
from quizapp.services.reviewing.today import look_at_today
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.ids import FactId, QuestionId, ReviewId, StudyId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.kinds.given import Given, read_given
from quizapp.web.student.attempts_results import show_notes
from quizapp.web.student.choosing import read_scope
from quizapp.web.student.limits_form import LimitsForm
from quizapp.web.student.pages import NEXT_QUESTION, show_feedback, show_question
from quizapp.web.student.today_page import show_today

bp = Blueprint("student", __name__)
_LONGEST_KEY = 64
# A page that was open for longer asks anew.
_LONGEST_SHOWN = timedelta(hours=12)


@bp.get("/")
def today() -> ResponseReturnValue:
    """Show what waits."""
    return render_today(None)


def render_today(form: LimitsForm | None) -> ResponseReturnValue:
    """Show what waits; `form` holds limits that were refused."""
    session, learner, now = db.session(), get_current(), read_now()
    found = look_at_today(session, learner, now)
    own, exams = list_own(session, learner, now), count_down(session, learner, now)
    page = show_today(found, own, exams, pick_step(found, own, exams, now))
    notes = show_notes(list_notes(session, learner, now))
    limits = form or LimitsForm(formdata=None, obj=page.limits or learner)
    status = 422 if limits.errors else 200
    return render_template("student/today.html", today=page, notes=notes, limits=limits), status


@bp.post("/review")
def start() -> ResponseReturnValue:
    """Start or resume a study session; one that would ask nothing is not begun."""
    scope = read_scope(request.form)
    study_id = start_asking(db.session(), get_current(), read_now(), scope)
    if study_id is None:
        db.session.rollback()
        flash("Nothing waits there now.", "info")
        return redirect(url_for("student.today"), 303)
    db.session.commit()
    return redirect(url_for("student.review", study_id=study_id), 303)


@bp.get("/review/<long_id:study_id>")
def review(study_id: int) -> ResponseReturnValue:
    """Show the next question."""
    return _ask(StudyId(study_id), None)


@bp.post("/review/<long_id:study_id>/answer", endpoint="answer")
def answer_question(study_id: int) -> ResponseReturnValue:
    """Mark an answer, store it, and go to its feedback, or on where that was seen already."""
    try:
        submission = _read_submission()
        review_id = answer(db.session(), get_current(), StudyId(study_id), submission, read_now())
    except InvalidError as problem:
        db.session.rollback()
        return _ask(StudyId(study_id), str(problem))
    db.session.commit()
    if request.form.get("then") == NEXT_QUESTION:
        return redirect(url_for("student.review", study_id=study_id), 303)
    return redirect(url_for("student.feedback", study_id=study_id, review_id=review_id), 303)


@bp.get("/review/<long_id:study_id>/answers/<long_id:review_id>")
def feedback(study_id: int, review_id: int) -> ResponseReturnValue:
    """Show how an answer was marked and why."""
    found = look_back(
        db.session(), get_current(), StudyId(study_id), ReviewId(review_id), read_now()
    )
    return render_template("student/feedback.html", feedback=show_feedback(found))


@bp.post("/review/<long_id:study_id>/undo", endpoint="undo")
def undo_answer(study_id: int) -> ResponseReturnValue:
    """Undo the last answer and ask again."""
    try:
        undo(db.session(), get_current(), ReviewId(_read_int("review_id")), read_now())
    except ConflictError as problem:
        db.session.rollback()
        flash(str(problem), "error")
    else:
        db.session.commit()
        flash("The answer was undone and does not count.", "info")
    return redirect(url_for("student.review", study_id=study_id), 303)


@bp.post("/review/<long_id:study_id>/end")
def end(study_id: int) -> ResponseReturnValue:
    """End a study session and sum it up."""
    finish_study(
        db.session(),
        get_current(),
        StudyId(study_id),
        left_open=request.form.get("left_open") == "1",
        now=read_now(),
    )
    db.session.commit()
    return redirect(url_for("student.summary", study_id=study_id), 303)


@bp.get("/review/<long_id:study_id>/summary")
def summary(study_id: int) -> ResponseReturnValue:
    """Show a study session in figures."""
    found = sum_up(db.session(), get_current(), StudyId(study_id), read_now())
    return render_template("student/summary.html", summary=found)


def _ask(study_id: StudyId, problem: str | None) -> ResponseReturnValue:
    account, now = get_current(), _read_shown()
    hinted_id = request.values.get("hint", "")
    asking = ask_next(db.session(), account, study_id, now, hinted_id=hinted_id)
    if asking is None:
        return redirect(url_for("student.summary", study_id=study_id), 303)
    page = show_question(
        asking,
        reveal=request.args.get("reveal", ""),
        refused=_find_refused(asking) if problem else None,
        now=now,
        today=calendar_of(account).study_day(now),
        two_buttons=account.two_buttons,
    )
    status = 422 if problem else 200
    words = problem and problem[:1].upper() + problem[1:]
    return render_template("student/question.html", item=page, problem=words), status


def _find_refused(asking: Asking) -> Given | None:
    """Return what was sent, if it was for the question that is asked again."""
    same = request.form.get("question_id") == str(asking.question_id)
    return read_given(request.form) if same else None


def _read_submission() -> Submission:
    key = request.form.get("key", "")
    if not key or len(key) > _LONGEST_KEY:
        raise InvalidError("The form was incomplete, so nothing was stored. Answer again.")
    return Submission(
        question_id=QuestionId(_read_int("question_id")),
        fact_id=FactId(_read_int("fact_id")),
        expected_reps=_read_int("reps"),
        shown_at=_read_instant(),
        key=key,
        fields=request.form,
        hinted=request.form.get("hint") == request.form.get("question_id"),
    )


def _read_int(name: str) -> int:
    value = request.form.get(name, "")
    if not value.isdecimal() or len(value) > 18:  # noqa: PLR2004 - below 2**63
        raise InvalidError("The form was incomplete, so nothing was stored. Answer again.")
    return int(value)


def _read_shown() -> datetime:
    """Return the instant at which to ask: that of the page on which the question was first seen.

    So uncovering a card, or sending a form without an answer, brings the same question again even
    if a learning step has ended meanwhile.
    """
    now = read_now()
    return min(max(_read_instant(), now - _LONGEST_SHOWN), now)


def _read_instant() -> datetime:
    """Return when the question was shown; what cannot be read is now."""
    try:
        instant = datetime.fromisoformat(request.values.get("shown_at", ""))
    except ValueError:
        return read_now()
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
