"""A learner practises: builds quizzes of their own, and finds them again."""

import secrets

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import ConflictError, InvalidError
from quizapp.services.practising.building import Built, build
from quizapp.services.practising.desk import look_at_practice
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.student.practice_forms import (
    AMOUNTS,
    PracticeForm,
    read_set,
    read_wish,
    write_set,
)
from quizapp.web.words import write_plural

bp = Blueprint("practice", __name__, url_prefix="/practice")


@bp.get("")
def show() -> ResponseReturnValue:
    """Show the form for a practice quiz, and those made before."""
    return _show(PracticeForm(formdata=None, key=secrets.token_urlsafe(16)), 200)


@bp.post("", endpoint="build")
def build_quiz() -> ResponseReturnValue:
    """Make a practice quiz and begin it; the same form sent twice makes one."""
    form = PracticeForm()
    wish = read_wish(form)
    if wish is None:
        return _show(form, 422)
    try:
        built = build(db.session(), get_current(), wish, read_now(), key=str(form.key.data))
    except (ConflictError, InvalidError) as refusal:
        db.session.rollback()
        form.form_errors.append(str(refusal))
        return _show(form, 409 if isinstance(refusal, ConflictError) else 422)
    return begin_built(built)


def begin_built(built: Built) -> ResponseReturnValue:
    """Commit a practice quiz, say what it leaves out, and go to its first question."""
    db.session.commit()
    if built.left_out:
        flash(say_left_out(built.left_out), "info")
    return redirect(url_for("attempts.resume", attempt_id=built.attempt_id), 303)


def say_left_out(number: int) -> str:
    """Return how many questions were left out, and why."""
    are, them = ("is", "it") if number == 1 else ("are", "them")
    return (
        f"{write_plural(number, 'question')} {are} left out: an assignment that is still open to"
        f" you may ask {them}, and a practice quiz tells the right answers."
    )


def _show(form: PracticeForm, status: int) -> ResponseReturnValue:
    chosen = read_set(request.args.get("set", "") or form.chosen.data or "")
    desk = look_at_practice(db.session(), get_current(), read_now(), chosen)
    if desk.choice:
        form.chosen.data = write_set(desk.choice.of.course_id, desk.choice.of.version_id)
    return (
        render_template(
            "student/practice.html",
            desk=desk,
            form=form,
            amounts=list(AMOUNTS.items()),
            sets=[
                (write_set(each.course_id, each.version_id), f"{each.title} · {each.course_title}")
                for each in desk.sets
            ],
            left_out=say_left_out(desk.choice.left_out)
            if desk.choice and desk.choice.left_out
            else "",
        ),
        status,
    )
