"""Facts that a learner sets aside or flags, and the page on which they take that back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.reviewing.choosing import Act, choose, list_set_aside, read_act
from quizapp.storage.ids import FactId
from quizapp.web.access import get_current, read_now
from quizapp.web.addresses import read_long_id
from quizapp.web.extensions import db

bp = Blueprint("aside", __name__, url_prefix="/facts")
_DONE: dict[Act, str] = {
    "bury": "The fact comes again tomorrow at the earliest.",
    "suspend": "The fact is suspended. “Facts set aside” brings it back.",
    "flag": "The fact is flagged.",
    "unbury": "The fact may be asked again today.",
    "resume": "The fact is asked again from now on.",
    "unflag": "The flag is taken away.",
}
_GOES_ON: set[Act] = {"bury", "suspend"}


@bp.get("/aside")
def listing() -> ResponseReturnValue:
    """List what is set aside, flagged, or often forgotten."""
    found = list_set_aside(db.session(), get_current(), read_now())
    return render_template("student/aside.html", facts=found)


@bp.post("/<id:fact_id>/choice", endpoint="choose")
def choose_act(fact_id: int) -> ResponseReturnValue:
    """Set a fact aside, flag it, or take that back; then go on where the learner was."""
    act = read_act(request.form.get("act", ""))
    choose(db.session(), get_current(), FactId(fact_id), act, read_now())
    db.session.commit()
    flash(_DONE[act], "info")
    return redirect(_find_way_on(act), 303)


def _find_way_on(act: Act) -> str:
    """The next question for a fact that was set aside; else the page that the learner was on."""
    study_id = read_long_id(request.form.get("study_id", ""))
    review_id = read_long_id(request.form.get("review_id", ""))
    if not study_id:
        return url_for("aside.listing")
    if review_id and act not in _GOES_ON:
        return url_for("student.feedback", study_id=study_id, review_id=review_id)
    return url_for("student.review", study_id=study_id)
