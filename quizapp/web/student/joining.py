"""A learner joins a course, by a link or by typing its code."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from quizapp.errors import ConflictError, NotFoundError
from quizapp.services.courses.codes import read_code, write_code
from quizapp.services.courses.joining import Joined, find_obstacle, get_invitation, join
from quizapp.services.limiting import TooManyTriesError
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.forms import Form
from quizapp.web.join_links import is_sealed

bp = Blueprint("joining", __name__, url_prefix="/join")
_LONGEST_CODE = 40


class JoinForm(Form):
    """A join code as somebody types it."""

    code = StringField(
        "Code",
        [
            DataRequired("Enter the code that your instructor gave you."),
            Length(max=_LONGEST_CODE, message="This is too long for a code."),
        ],
    )


@bp.get("")
def start() -> ResponseReturnValue:
    """Show the form for a code."""
    return _show_form(JoinForm(formdata=None))


@bp.post("")
def submit() -> ResponseReturnValue:
    """Join the course whose code was typed."""
    form = JoinForm()
    if not form.validate():
        return _show_form(form, 422)
    return _join(form.code.data, form)


@bp.get("/<code>")
def show(code: str) -> ResponseReturnValue:
    """Name the course that a link leads to; without the link's seal, show the form for a code."""
    read = read_code(code)
    if read is None:
        raise NotFoundError("This is no link to a course.")
    if not is_sealed(read, request.args.get("seal", "")):
        return _show_form(JoinForm(formdata=None, code=write_code(read)))
    invitation = get_invitation(db.session(), get_current(), read)
    return render_template(
        "student/join.html",
        form=None,
        invitation=invitation,
        obstacle=find_obstacle(invitation, read_now()),
    )


@bp.post("/<code>")
def confirm(code: str) -> ResponseReturnValue:
    """Join the course that a link leads to."""
    return _join(code, JoinForm(formdata=None, code=code))


def _join(text: str, form: JoinForm) -> ResponseReturnValue:
    address = request.remote_addr or ""
    try:
        joined = join(db.session(), get_current(), text, address=address, now=read_now())
    except TooManyTriesError as busy:
        form.form_errors.append(str(busy))
        return _show_form(form, 429)
    except ConflictError as problem:
        db.session.rollback()
        form.code.errors = [str(problem)]
        return _show_form(form, 422)
    db.session.commit()
    if joined is None:
        form.code.errors = [
            "No course has this code. Check it, or ask your instructor for a new one."
        ]
        return _show_form(form, 422)
    flash(_tell(joined), "info")
    return redirect(url_for("student.today"), 303)


def _tell(joined: Joined) -> str:
    return (
        f"You are in {joined.title} already." if joined.already else f"You joined {joined.title}."
    )


def _show_form(form: JoinForm, status: int = 200) -> ResponseReturnValue:
    return render_template("student/join.html", form=form, invitation=None, obstacle=None), status
