"""Questions or facts come into a set from a table: shown first, stored on confirmation.

Nothing is kept in between: the page that shows a table holds it as text, and sends it back.
"""

from secrets import token_hex

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import ConflictError, InvalidError, NotFoundError, Problem
from quizapp.formats.table_files import TableFile, read_table_file
from quizapp.formats.table_templates import (
    FACTS,
    QUESTIONS,
    write_csv_template,
    write_workbook_template,
)
from quizapp.services.authoring.import_plans import ImportPlan
from quizapp.services.authoring.import_undoing import LastImport, find_undoable, undo_import
from quizapp.services.authoring.importing import (
    import_new,
    import_table,
    open_import,
    plan_import,
    plan_new,
)
from quizapp.storage.ids import SetId
from quizapp.web.access import get_current, read_now
from quizapp.web.addresses import read_id
from quizapp.web.extensions import db
from quizapp.web.instructor.sets_import_pages import (
    Goal,
    TableForm,
    describe_form,
    describe_plan,
    describe_problems,
    show_goal,
    show_new,
    tell,
)

bp = Blueprint("set_importing", __name__, url_prefix="/sets")
_CSV, _XLSX = "csv", "xlsx"
_TYPES = {
    _CSV: "text/csv; charset=utf-8",
    _XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TEMPLATES = {"questions": QUESTIONS, "facts": FACTS}


@bp.get("/import")
def start_new() -> ResponseReturnValue:
    """Show the form for a table that becomes a new set."""
    return _show_form(show_new(), TableForm(formdata=None, key=token_hex(8)))


@bp.post("/import")
def preview_new() -> ResponseReturnValue:
    """Show what a table would make; nothing is stored."""
    return _preview(show_new())


@bp.post("/import/confirm")
def confirm_new() -> ResponseReturnValue:
    """Store a new set with what was shown; the same again is the same set."""
    form, table = TableForm(), _read_kept()
    if not form.validate():
        return _show_form(show_new(), form)
    ids = get_current(), form.key.data, form.title.data
    try:
        set_id, plan = import_new(db.session(), *ids, table, read_now())
    except InvalidError as error:
        db.session.rollback()
        return _show_problems(show_new(), form, table, error)
    db.session.commit()
    flash(tell(plan), "info")
    return redirect(show_goal(set_id, "").address, 303)


@bp.get("/<id:set_id>/import")
def start(set_id: int) -> ResponseReturnValue:
    """Show the form for a table that goes into a set."""
    found = open_import(db.session(), get_current(), SetId(set_id))
    last = find_undoable(db.session(), found)
    return _show_form(show_goal(found.id, found.title), TableForm(formdata=None), last)


@bp.post("/<id:set_id>/import")
def preview(set_id: int) -> ResponseReturnValue:
    """Show what a table would do to a set; nothing is stored."""
    found = open_import(db.session(), get_current(), SetId(set_id))
    return _preview(show_goal(found.id, found.title))


@bp.post("/<id:set_id>/import/confirm")
def confirm(set_id: int) -> ResponseReturnValue:
    """Store what was shown; if the set changed meanwhile, show it anew."""
    person, table = get_current(), _read_kept()
    found = open_import(db.session(), person, SetId(set_id))
    goal, form = show_goal(found.id, found.title), TableForm()
    try:
        edits = read_id(request.form.get("edits", ""))
        plan = import_table(db.session(), person, found.id, table, edits, read_now())
    except InvalidError as error:
        db.session.rollback()
        return _show_problems(goal, form, table, error)
    except ConflictError as changed:
        db.session.rollback()
        plan = plan_import(db.session(), person, found.id, table)
        return _show_plan(goal, form, table, plan, (str(changed),)), 409
    db.session.commit()
    flash(tell(plan), "info")
    return redirect(goal.address, 303)


@bp.post("/<id:set_id>/import/undo")
def undo(set_id: int) -> ResponseReturnValue:
    """Take the last import back, if nothing was changed since."""
    undo_import(db.session(), get_current(), SetId(set_id), read_now())
    db.session.commit()
    flash("The import was undone.", "info")
    return redirect(url_for("set_importing.start", set_id=set_id), 303)


@bp.get("/import/template/<what>.<ending>")
def template(what: str, ending: str) -> ResponseReturnValue:
    """Send a table to be filled in."""
    if what not in _TEMPLATES or ending not in _TYPES:
        raise NotFoundError("There is no such template.")
    name = _TEMPLATES[what]
    content = write_csv_template(name) if ending == _CSV else write_workbook_template(name)
    answer = Response(content, content_type=_TYPES[ending])
    answer.headers["Content-Disposition"] = f'attachment; filename="{what}.{ending}"'
    return answer


def _preview(goal: Goal) -> ResponseReturnValue:
    form = TableForm()
    if goal.id is None and not form.validate():
        return _show_form(goal, form)
    table = _read_kept()
    try:
        table = _read_file() or table
        plan = _plan(goal, table)
    except InvalidError as error:
        return _show_problems(goal, form, table, error)
    if plan.problems:
        return _show_problems(goal, form, table, InvalidError("", plan.problems))
    return _show_plan(goal, form, table, plan)


def _plan(goal: Goal, table: TableFile) -> ImportPlan:
    if goal.id is None:
        return plan_new(table)
    return plan_import(db.session(), get_current(), goal.id, table)


def _read_file() -> TableFile | None:
    file = request.files.get("file")
    if file is None or not file.filename:
        return None
    return read_table_file(file.filename, file.read())


def _read_kept() -> TableFile:
    return TableFile(text=request.form.get("text", ""), named=request.form.get("named", ""))


def _show_form(goal: Goal, form: TableForm, last: LastImport | None = None) -> ResponseReturnValue:
    status = 422 if form.errors else 200
    if form.key.errors:
        form.key.data = token_hex(8)
    page = describe_form(goal, form)
    return render_template("instructor/set_import.html", **page, last=last), status


def _show_problems(
    goal: Goal, form: TableForm, table: TableFile, error: InvalidError
) -> ResponseReturnValue:
    problems = error.problems or (Problem(text=str(error).rstrip(".")),)
    page = describe_problems(goal, form, table, problems)
    return render_template("instructor/set_import.html", **page, last=None), 422


def _show_plan(
    goal: Goal, form: TableForm, table: TableFile, plan: ImportPlan, notes: tuple[str, ...] = ()
) -> str:
    page = describe_plan(goal, form, table, plan, notes)
    return render_template("instructor/set_import.html", **page, last=None)
