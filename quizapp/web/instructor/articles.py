"""An instructor gives an article of their own, and sees how far it has been read."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import InvalidError
from quizapp.services.authoring.uploading import (
    ReadingState,
    begin_from_article,
    cancel_reading,
    look_at_reading,
    upload_article,
)
from quizapp.storage.ids import SetId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.instructor.article_forms import ArticleForm, read_article
from quizapp.web.instructor.article_pages import show_reading

bp = Blueprint("articles", __name__, url_prefix="/sets")


@bp.get("/from-article")
def new() -> ResponseReturnValue:
    """Show the form for a new set from an article."""
    return _show_form(ArticleForm(formdata=None), None)


@bp.post("/from-article")
def create() -> ResponseReturnValue:
    """Make a set, and let a job read the article into its draft."""
    form = ArticleForm()
    if not form.validate():
        return _show_form(form, None)
    given = read_article(form)
    try:
        set_id = begin_from_article(
            db.session(), get_current(), given.article, title=given.title, now=read_now()
        )
    except InvalidError as problem:
        return _refuse(form, problem, None)
    db.session.commit()
    return _to_article(set_id)


@bp.get("/<id:set_id>/article")
def show(set_id: int) -> ResponseReturnValue:
    """Show how far the article of a set has been read, or the form for one."""
    return _show_form(ArticleForm(formdata=None), _look(set_id))


@bp.post("/<id:set_id>/article")
def add(set_id: int) -> ResponseReturnValue:
    """Let a job read an article into the empty draft of a set."""
    form = ArticleForm()
    if not form.validate():
        return _show_form(form, _look(set_id))
    given = read_article(form)
    try:
        upload_article(db.session(), get_current(), SetId(set_id), given.article, read_now())
    except InvalidError as problem:
        return _refuse(form, problem, set_id)
    db.session.commit()
    return _to_article(set_id)


@bp.post("/<id:set_id>/article/cancel")
def cancel(set_id: int) -> ResponseReturnValue:
    """Stop reading."""
    cancel_reading(db.session(), get_current(), SetId(set_id), read_now())
    db.session.commit()
    flash("The article is not read any further, and is deleted.", "info")
    return _to_article(set_id)


def _look(set_id: int) -> ReadingState:
    return look_at_reading(db.session(), get_current(), SetId(set_id))


def _refuse(form: ArticleForm, problem: InvalidError, set_id: int | None) -> ResponseReturnValue:
    db.session.rollback()
    form.file.errors = [str(problem)]
    return _show_form(form, None if set_id is None else _look(set_id))


def _show_form(form: ArticleForm, state: ReadingState | None) -> ResponseReturnValue:
    page = render_template(
        "instructor/article.html",
        form=form,
        set=None if state is None else state.details,
        reading=None if state is None else show_reading(state),
        has_model=current_app.extensions["quizapp_has_model"],
    )
    return page, 422 if form.errors else 200


def _to_article(set_id: int) -> ResponseReturnValue:
    return redirect(url_for("articles.show", set_id=set_id), 303)
