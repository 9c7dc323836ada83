"""A learner reports a problem of a question, and sees what became of their reports."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField, TextAreaField

from quizapp.errors import InvalidError
from quizapp.formats.questions_json import question_from_dict
from quizapp.services.disputing import get_reportable, list_told, tell_problem
from quizapp.storage.disputes import Reportable
from quizapp.storage.ids import QuestionId, ReviewId
from quizapp.web.access import get_current, read_now
from quizapp.web.addresses import read_long_id
from quizapp.web.extensions import db
from quizapp.web.forms import Form
from quizapp.web.kinds.stems import show_stem
from quizapp.web.problems import REASONS, show_problem

bp = Blueprint("telling", __name__)


class ProblemForm(Form):
    """What is wrong with a question."""

    reason = StringField("What is wrong?")
    text = TextAreaField("In your words", render_kw={"rows": 4})


@bp.get("/questions/<id:question_id>/problem")
def ask(question_id: int) -> ResponseReturnValue:
    """Show the form for a problem."""
    return _render(_find(question_id), ProblemForm())


@bp.post("/questions/<id:question_id>/problem")
def tell(question_id: int) -> ResponseReturnValue:
    """Pass a problem on to the instructors."""
    about, form = _find(question_id), ProblemForm()
    reason, text = form.reason.data or "", form.text.data or ""
    try:
        tell_problem(db.session(), get_current(), about, reason=reason, text=text, now=read_now())
    except InvalidError as problem:
        form.form_errors.append(str(problem))
        return _render(about, form)
    db.session.commit()
    flash("Thank you. Your instructors see the report, and you see here what they decide.", "info")
    return redirect(url_for("telling.listing"), 303)


@bp.get("/problems")
def listing() -> ResponseReturnValue:
    """List the learner's reports and what became of them."""
    told = [show_problem(each) for each in list_told(db.session(), get_current())]
    return render_template("student/problems.html", problems=told)


def _find(question_id: int) -> Reportable:
    review_id = ReviewId(read_long_id(request.args.get("review", "")))
    return get_reportable(db.session(), get_current(), QuestionId(question_id), review_id)


def _render(about: Reportable, form: ProblemForm) -> ResponseReturnValue:
    stem = show_stem(question_from_dict(about.body))
    page = render_template(
        "student/problem.html", about=about, stem=stem, form=form, reasons=REASONS
    )
    return page, 422 if form.form_errors else 200
