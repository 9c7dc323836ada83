"""An instructor reviews the questions of a draft, one after the other."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import InvalidError
from quizapp.services.authoring.choosing import QuestionDesk, look_at_questions, undo_choice
from quizapp.services.authoring.questions import decide_questions
from quizapp.storage.drafts import State
from quizapp.storage.ids import SetId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.instructor.choosing_pages import (
    find_next_question,
    list_siblings,
    show_choosing,
)

bp = Blueprint("choosing", __name__, url_prefix="/sets/<id:set_id>/questions/review")
_STATES: dict[str, State] = {"accept": "accepted", "accept_fact": "accepted", "drop": "dropped"}
_EDITOR = "editing.show"
LONGEST_KEY = 120


@bp.get("")
def listing(set_id: int) -> ResponseReturnValue:
    """Show the question that is to be decided next, or one that is asked for."""
    desk = _look(set_id)
    shows_all = request.args.get("show") == "all"
    after, wanted = request.args.get("after"), request.args.get("key", "")
    key = wanted if after is None else find_next_question(desk, after) or ""
    view = show_choosing(desk, key, shows_all=shows_all)
    return render_template(
        "instructor/choosing.html",
        set=desk.details,
        view=view,
        editor=_EDITOR if _EDITOR in current_app.view_functions else "",
    )


@bp.post("")
def decide(set_id: int) -> ResponseReturnValue:
    """Accept or drop a question, accept all of its fact, or take a decision back."""
    key = request.form.get("key", "").replace("\0", "")[:LONGEST_KEY]
    action = request.form.get("action", "accept")
    ids = db.session(), get_current(), SetId(set_id)
    if action == "undo":
        undone = undo_choice(*ids, key, read_now())
        db.session.commit()
        return redirect(url_for("choosing.listing", set_id=set_id, key=undone[0]), 303)
    if action not in _STATES:
        raise InvalidError("Accept the question, drop it, or take that back.")
    keys = list_siblings(_look(set_id), key) if action == "accept_fact" else [key]
    decide_questions(*ids, keys, _STATES[action], now=read_now())
    db.session.commit()
    return redirect(url_for("choosing.listing", set_id=set_id, after=key), 303)


def _look(set_id: int) -> QuestionDesk:
    return look_at_questions(db.session(), get_current(), SetId(set_id))
