"""The question editor: a form, the question as a learner sees it, and what the linter finds."""

from datetime import datetime

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import InvalidError
from quizapp.kinds.question import KindName
from quizapp.kinds.registry import KINDS
from quizapp.services.authoring.editing import (
    EditorDesk,
    discard_sheet,
    keep_sheet,
    open_editor,
    save_question,
)
from quizapp.services.authoring.images import add_picture, check_picture_text
from quizapp.services.authoring.sheet_reading import Reading
from quizapp.services.authoring.sheets import Sheet, change_rows
from quizapp.storage.ids import SetId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.instructor.editing_forms import QuestionForm, fill_form, read_form
from quizapp.web.instructor.editing_pages import list_kinds
from quizapp.web.instructor.editing_render import render_editor, render_preview
from quizapp.web.words import write_clock

bp = Blueprint("editing", __name__, url_prefix="/sets/<id:set_id>")
_ROW_ACTS = ("add", "up", "down", "remove")


@bp.get("/questions/new")
def new(set_id: int) -> ResponseReturnValue:
    """Show an empty editor, or the kinds to choose one from."""
    desk = _open(set_id, "")
    kind = _find_kind(request.args.get("kind", ""))
    if kind is None:
        return render_template("instructor/question_kinds.html", desk=desk, kinds=list_kinds())
    return _show(desk, kind)


@bp.get("/questions/<string:key>")
def show(set_id: int, key: str) -> ResponseReturnValue:
    """Show a question in its editor."""
    desk = _open(set_id, key)
    assert desk.question is not None
    return _show(desk, desk.question.kind)


@bp.post("/questions/new")
def add(set_id: int) -> ResponseReturnValue:
    """Store a new question, or show it as it stands."""
    return _act(_open(set_id, ""))


@bp.post("/questions/<string:key>")
def save(set_id: int, key: str) -> ResponseReturnValue:
    """Store a question, or show it as it stands."""
    return _act(_open(set_id, key))


@bp.post("/editor/preview")
def preview(set_id: int) -> ResponseReturnValue:
    """Return the question as a learner sees it, and what was found in it, for the page's script."""
    desk = _open(set_id, request.form.get("key", ""))
    sheet = read_form(QuestionForm(), _get_kind(desk))
    return render_preview(desk, desk.read(sheet))


@bp.post("/editor/keep")
def keep(set_id: int) -> ResponseReturnValue:
    """Save by itself what stands in the editor; the newest of several windows wins."""
    form, now = QuestionForm(), read_now()
    key = request.form.get("key", "")
    kind = _find_kind(request.form.get("kind", ""))
    if kind is None:
        raise InvalidError("There is no such kind of question.")
    other = keep_sheet(
        db.session(),
        get_current(),
        SetId(set_id),
        key,
        read_form(form, kind),
        seen=_read_seen(form),
        now=now,
    )
    db.session.commit()
    notice = "Another window had this question open, too; what is typed here stands now."
    words = f"Saved by itself at {write_clock(now)}. {notice if other else ''}"
    return jsonify(seen=now.isoformat(), words=words.strip())


@bp.post("/editor/discard")
def discard(set_id: int) -> ResponseReturnValue:
    """Forget what was typed and not stored."""
    key = request.form.get("key", "")
    discard_sheet(db.session(), get_current(), SetId(set_id), key)
    db.session.commit()
    flash("What you had typed is discarded.", "info")
    return redirect(_address(set_id, key, request.form.get("kind", "")), 303)


def _open(set_id: int, key: str) -> EditorDesk:
    return open_editor(db.session(), get_current(), SetId(set_id), key)


def _find_kind(text: str) -> KindName | None:
    return next((kind for kind in KINDS if kind == text), None)


def _get_kind(desk: EditorDesk) -> KindName:
    """The kind of the question that is edited; a new one says it in its form."""
    kind = desk.question.kind if desk.question else _find_kind(request.form.get("kind", ""))
    if kind is None:
        raise InvalidError("There is no such kind of question.")
    return kind


def _address(set_id: int, key: str, kind: str) -> str:
    if key:
        return url_for("editing.show", set_id=set_id, key=key)
    return url_for("editing.new", set_id=set_id, kind=kind or None)


def _read_seen(form: QuestionForm) -> datetime | None:
    try:
        return datetime.fromisoformat(form.seen.data or "")
    except ValueError:
        return None


def _show(desk: EditorDesk, kind: KindName) -> ResponseReturnValue:
    """The editor as it was left, or with the question as it is stored."""
    left = desk.recall()
    if left is None or left.kind != kind or left == desk.begin(kind):
        return render_editor(desk, _fill(desk, desk.begin(kind)), desk.begin(kind))
    assert desk.kept is not None
    return render_editor(desk, _fill(desk, left), left, restored=desk.kept.saved_at)


def _fill(desk: EditorDesk, sheet: Sheet, seen: str = "") -> QuestionForm:
    kept = desk.kept.saved_at.isoformat() if desk.kept else ""
    return fill_form(sheet, stands=desk.stands, seen=seen or kept)


def _act(desk: EditorDesk) -> ResponseReturnValue:
    """Do what the button that was pressed says."""
    form, kind = QuestionForm(), _get_kind(desk)
    sheet, act = read_form(form, kind), request.form.get("act", "save")
    if act.partition("-")[0] in _ROW_ACTS:
        changed, row = change_rows(sheet, act)
        form = fill_form(changed, stands=form.stands.data, seen=form.seen.data)
        return render_editor(desk, form, changed, focus=f"{act.partition('-')[0]}-{row}")
    if act == "picture":
        return _add_picture(desk, form, sheet)
    if act == "preview":
        return render_editor(desk, form, sheet, focus="preview", reading=desk.read(sheet))
    return _save(desk, form, sheet, again=act == "save-again")


def _add_picture(desk: EditorDesk, form: QuestionForm, sheet: Sheet) -> ResponseReturnValue:
    """Keep a picture and write it below the stem."""
    file = request.files.get("picture")
    content = file.read() if file else b""
    db.session.rollback()
    try:
        text = check_picture_text(form.picture_text.data or "")
        digest = add_picture(db.session(), get_current(), desk.details.id, content, read_now())
    except InvalidError as problem:
        db.session.rollback()
        form.picture_text.errors = [str(problem)]
        return render_editor(desk, form, sheet)
    db.session.commit()
    form.stem.data = f"{sheet.stem.rstrip()}\n\n![{text}](image:{digest})".lstrip()
    form.picture_text.data = ""
    again = _open(desk.details.id, desk.key)
    return render_editor(again, form, read_form(form, sheet.kind), focus="stem")


def _save(
    desk: EditorDesk, form: QuestionForm, sheet: Sheet, *, again: bool
) -> ResponseReturnValue:
    reading: Reading = desk.read(sheet)
    if reading.question is None:
        return render_editor(desk, form, sheet, reading=reading)
    db.session.rollback()
    key = save_question(db.session(), get_current(), desk, reading.question, read_now())
    db.session.commit()
    changed = form.stands.data not in ("", desk.stands)
    meanwhile = " It was changed elsewhere since you opened it; your version stands now."
    flash(f"The question is saved.{meanwhile if changed else ''}", "info")
    set_id = desk.details.id
    return redirect(_address(set_id, "" if again else key, sheet.kind if again else ""), 303)
