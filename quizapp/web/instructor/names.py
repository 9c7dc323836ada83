"""An instructor says which names of a draft are one, and what each stands for."""

from collections import Counter

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField, StringField

from quizapp.errors import InvalidError
from quizapp.services.authoring.drafting import get_draft
from quizapp.services.authoring.entries import split_names
from quizapp.services.authoring.naming import ENTITY_TYPES, list_mentioned, list_spellings
from quizapp.services.authoring.renaming import (
    NameChange,
    change_name,
    find_entity,
    list_suggestions,
    merge_names,
    part_names,
)
from quizapp.storage.drafts import Draft, DraftEntity
from quizapp.storage.ids import SetId
from quizapp.storage.sets import SetDetails
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.forms import Form
from quizapp.web.instructor.course_forms import fold
from quizapp.web.instructor.fact_pages import may_edit
from quizapp.web.instructor.pages import cut_page

bp = Blueprint("names", __name__, url_prefix="/sets/<id:set_id>/names")
NAMES_A_PAGE = 50
TYPES = tuple((one, one.replace("_", " ").capitalize()) for one in ENTITY_TYPES)


class NameForm(Form):
    """How an entity is written, and what it is."""

    name = StringField("Name", filters=[fold])
    type = SelectField("What it is", validate_choice=False)
    aliases = StringField("Other ways to write it", filters=[fold])


@bp.get("")
def show(set_id: int) -> ResponseReturnValue:
    """Show the names, and which of them may be one."""
    details, draft = get_draft(db.session(), get_current(), SetId(set_id))
    uses = _count_uses(draft)
    page, shown = cut_page(draft.entities, NAMES_A_PAGE)
    return render_template(
        "instructor/names.html",
        set=details,
        suggestions=[(_show(one), _show(other)) for one, other in list_suggestions(draft)],
        names=[_show(one) for one in draft.entities],
        shown=[(*_show(one), uses[one.key]) for one in shown],
        page=page,
        may_edit=may_edit(details),
    )


@bp.post("")
def decide(set_id: int) -> ResponseReturnValue:
    """Merge two names, or keep them apart."""
    one, other = request.form.get("keep", ""), request.form.get("gone", "")
    ids = db.session(), get_current(), SetId(set_id)
    try:
        if request.form.get("action") == "part":
            part_names(*ids, one, other, read_now())
        else:
            merge_names(*ids, one, other, read_now())
    except InvalidError as problem:
        db.session.rollback()
        flash(str(problem), "error")
        return _to_names(set_id)
    db.session.commit()
    return _to_names(set_id)


@bp.get("/<key>")
def edit(set_id: int, key: str) -> ResponseReturnValue:
    """Show the form of a name."""
    details, draft = get_draft(db.session(), get_current(), SetId(set_id))
    body = find_entity(draft, key).body
    form = NameForm(
        formdata=None,
        name=str(body.get("name") or ""),
        type=str(body.get("type") or ""),
        aliases="; ".join(list_spellings({"aliases": body.get("aliases")})),
    )
    return _show_form(details, draft, key, form)


@bp.post("/<key>")
def save(set_id: int, key: str) -> ResponseReturnValue:
    """Store what the form says."""
    form = NameForm()
    change = NameChange(
        name=str(form.name.data or ""),
        type=str(form.type.data or ""),
        aliases=tuple(split_names(str(form.aliases.data or ""))),
    )
    try:
        change_name(db.session(), get_current(), SetId(set_id), key, change, read_now())
    except InvalidError as problem:
        db.session.rollback()
        form.name.errors = [str(problem)]
        details, draft = get_draft(db.session(), get_current(), SetId(set_id))
        return _show_form(details, draft, key, form)
    db.session.commit()
    flash("The name is saved.", "info")
    return _to_names(set_id)


def _show_form(details: SetDetails, draft: Draft, key: str, form: NameForm) -> ResponseReturnValue:
    entity = find_entity(draft, key)
    page = render_template(
        "instructor/name.html",
        set=details,
        name=str(entity.body.get("name")),
        form=form,
        types=TYPES,
        may_edit=may_edit(details),
    )
    return page, 422 if form.errors else 200


def _show(one: DraftEntity) -> tuple[str, str, str]:
    kind = str(one.body.get("type") or "thing").replace("_", " ")
    return one.key, str(one.body.get("name") or one.key), kind


def _count_uses(draft: Draft) -> Counter[str]:
    """In how many facts each entity stands."""
    return Counter(key for fact in draft.facts for key in list_mentioned(fact.body))


def _to_names(set_id: int) -> ResponseReturnValue:
    return redirect(url_for("names.show", set_id=set_id), 303)
