"""An instructor publishes what was accepted of a draft."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from wtforms import HiddenField, StringField
from wtforms.validators import Length

from quizapp.errors import InvalidError
from quizapp.services.authoring.choosing import look_at_questions
from quizapp.services.authoring.listing import look_at_set
from quizapp.services.authoring.releasing import publish_draft
from quizapp.services.browsing import list_courses
from quizapp.storage.courses import Course
from quizapp.storage.ids import SetId
from quizapp.web.access import get_current, read_now
from quizapp.web.addresses import read_id
from quizapp.web.extensions import db
from quizapp.web.forms import Form
from quizapp.web.instructor.choosing_pages import show_release
from quizapp.web.instructor.course_forms import fold

bp = Blueprint("releasing", __name__, url_prefix="/sets/<id:set_id>/publish")
_LONGEST_NOTE = 500


class ReleaseForm(Form):
    """What is said of a version."""

    note = StringField(
        "What is new (optional)",
        [Length(max=_LONGEST_NOTE, message=f"Enter at most {_LONGEST_NOTE} characters.")],
        filters=[fold],
    )
    edits = HiddenField()


@bp.get("")
def show(set_id: int) -> ResponseReturnValue:
    """Show what publishing would ask."""
    return _show_form(set_id, None)


@bp.post("")
def publish(set_id: int) -> ResponseReturnValue:
    """Publish the draft as the next version."""
    form = ReleaseForm()
    if not form.validate():
        return _show_form(set_id, form)
    ids = db.session(), get_current(), SetId(set_id)
    edits = read_id(str(form.edits.data or ""))
    try:
        version_id = publish_draft(*ids, note=form.note.data, now=read_now(), edits=edits)
    except InvalidError as problem:
        db.session.rollback()
        form.form_errors.append(str(problem))
        return _show_form(set_id, form)
    db.session.commit()
    flash(_tell_published(set_id), "info")
    return redirect(url_for("instructor.show_set", version_id=version_id), 303)


def _tell_published(set_id: int) -> Markup:
    """Say what is to be done now, with a link to where that is done."""
    session, person = db.session(), get_current()
    if look_at_set(session, person, SetId(set_id)).behind:
        where = url_for("sets.show", set_id=set_id, _anchor="versions-heading")
        wanted = "Carry the new version through to its courses"
    else:
        where, wanted = _find_course_page(list_courses(session, person)), "Add it to a course"
    told = Markup('The set is published. <a href="{}">{}</a>, so that students meet it.')
    return told.format(where, wanted)


def _find_course_page(courses: Sequence[Course]) -> str:
    """Return where a set is added: the page of the only course, the list, or a new course."""
    led = [one for one in courses if one.role == "instructor" and one.archived_at is None]
    if not led:
        return url_for("courses.new")
    if len(led) > 1:
        return url_for("instructor.sets", _anchor="courses-heading")
    return url_for("courses.show", course_id=led[0].id, _anchor="sets-heading")


def _show_form(set_id: int, given: ReleaseForm | None) -> ResponseReturnValue:
    desk = look_at_questions(db.session(), get_current(), SetId(set_id))
    form = given or ReleaseForm(formdata=None)
    form.edits.data = str(desk.draft.edits)
    page = render_template(
        "instructor/release.html", set=desk.details, form=form, release=show_release(desk)
    )
    return page, 422 if form.errors else 200
