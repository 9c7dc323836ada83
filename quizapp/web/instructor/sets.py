"""Sets: the list, a set with its versions, and what is done with a whole set."""

import io
import zipfile

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import InvalidError
from quizapp.services.authoring.comparing import compare_versions
from quizapp.services.authoring.drafting import begin_set, rename_draft
from quizapp.services.authoring.items import list_items
from quizapp.services.authoring.keeping import (
    archive_set,
    duplicate_set,
    export_set,
    read_tags,
    restore_version,
    tag_set,
)
from quizapp.services.authoring.listing import CHANGES_A_PAGE, look_at_changes
from quizapp.services.authoring.sharing import share_set, unshare_set
from quizapp.storage.ids import AccountId, SetId, VersionId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.instructor.pages import cut_page, read_page, show_page
from quizapp.web.instructor.set_forms import SetForm, ShareForm, TitleForm, read_share
from quizapp.web.instructor.set_pages import (
    render_sheet,
    show_changes,
    show_item,
    show_pairs,
)

bp = Blueprint("sets", __name__, url_prefix="/sets")


@bp.get("/new")
def new() -> ResponseReturnValue:
    """Ask how a new set is called."""
    return render_template("instructor/set_new.html", form=TitleForm())


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Begin a set."""
    form = TitleForm()
    if not form.validate():
        return render_template("instructor/set_new.html", form=form), 422
    set_id = begin_set(db.session(), get_current(), title=form.title.data, now=read_now())
    db.session.commit()
    return _to_set(set_id)


@bp.get("/<id:set_id>")
def show(set_id: int) -> ResponseReturnValue:
    """Show a set: its draft, its versions, with whom it is shared."""
    return render_sheet(SetId(set_id))


@bp.post("/<id:set_id>")
def save(set_id: int) -> ResponseReturnValue:
    """Change the title and the tags of a set."""
    form = SetForm()
    try:
        if form.validate():
            person, now = get_current(), read_now()
            tags = read_tags(form.tags.data or "")
            tag_set(db.session(), person, SetId(set_id), tags, now=now)
            rename_draft(db.session(), person, SetId(set_id), title=form.title.data, now=now)
    except InvalidError as problem:
        form.tags.errors = [str(problem)]
    if form.errors:
        db.session.rollback()
        return render_sheet(SetId(set_id), form=form), 422
    db.session.commit()
    flash("Title and tags are saved.", "info")
    return _to_set(set_id)


@bp.get("/<id:set_id>/questions")
def questions(set_id: int) -> ResponseReturnValue:
    """List the questions of a set's draft."""
    found = list_items(
        db.session(),
        get_current(),
        SetId(set_id),
        search=request.args.get("q", ""),
        kind=request.args.get("kind", ""),
        state=request.args.get("state", ""),
        page=read_page(),
    )
    return render_template(
        "instructor/set_questions.html",
        set=found.details,
        title=found.title,
        found=found,
        items=[show_item(item, found.details) for item in found.items],
        page=show_page(found.page, found.pages),
    )


@bp.post("/<id:set_id>/shares")
def share(set_id: int) -> ResponseReturnValue:
    """Share a set with a colleague."""
    form = ShareForm()
    try:
        if form.validate():
            may = read_share(form.may.data)
            person = share_set(
                db.session(),
                get_current(),
                SetId(set_id),
                email=form.email.data,
                may=may,
                now=read_now(),
            )
    except InvalidError as problem:
        form.email.errors = [str(problem)]
    if form.errors:
        db.session.rollback()
        return render_sheet(SetId(set_id), sharing=form), 422
    db.session.commit()
    flash(f"{person.name} may {may} this set.", "info")
    return _to_set(set_id)


@bp.post("/<id:set_id>/shares/<id:account_id>/remove")
def unshare(set_id: int, account_id: int) -> ResponseReturnValue:
    """Share a set with somebody no more."""
    name = unshare_set(
        db.session(), get_current(), SetId(set_id), AccountId(account_id), now=read_now()
    )
    db.session.commit()
    flash(f"{name} may see this set no more.", "info")
    return _to_set(set_id)


@bp.post("/<id:set_id>/archive")
def archive(set_id: int) -> ResponseReturnValue:
    """Archive a set."""
    return _archive(set_id, archived=True)


@bp.post("/<id:set_id>/unarchive")
def unarchive(set_id: int) -> ResponseReturnValue:
    """Bring a set back from the archive."""
    return _archive(set_id, archived=False)


@bp.post("/<id:set_id>/duplicate")
def duplicate(set_id: int) -> ResponseReturnValue:
    """Make a set of one's own from another one."""
    copy_id = duplicate_set(db.session(), get_current(), SetId(set_id), now=read_now())
    db.session.commit()
    flash("This is your copy.", "info")
    return _to_set(copy_id)


@bp.post("/<id:set_id>/versions/<id:version_id>/restore")
def restore(set_id: int, version_id: int) -> ResponseReturnValue:
    """Let the draft be what a version was made of."""
    number = restore_version(
        db.session(), get_current(), SetId(set_id), VersionId(version_id), now=read_now()
    )
    db.session.commit()
    flash(f"The draft is version {number} again; publish it to let it be asked.", "info")
    return _to_set(set_id)


@bp.get("/<id:set_id>/compare")
def compare(set_id: int) -> ResponseReturnValue:
    """Show how two versions differ."""
    former, latter = (
        VersionId(request.args.get(name, 0, type=int)) for name in ("former", "latter")
    )
    found = compare_versions(db.session(), get_current(), SetId(set_id), former, latter)
    facts_page, facts = cut_page(found.facts.list_pairs(), CHANGES_A_PAGE, "facts")
    questions_page, pairs = cut_page(found.questions.list_pairs(), CHANGES_A_PAGE, "questions")
    return render_template(
        "instructor/set_compare.html",
        found=found,
        facts=facts,
        facts_page=facts_page,
        questions=list(show_pairs(pairs)),
        questions_page=questions_page,
    )


@bp.get("/<id:set_id>/history")
def history(set_id: int) -> ResponseReturnValue:
    """Show who changed what, and when."""
    number = read_page()
    details, changes, pages = look_at_changes(db.session(), get_current(), SetId(set_id), number)
    return render_template(
        "instructor/set_history.html",
        set=details,
        changes=show_changes(changes),
        page=show_page(number, pages),
    )


@bp.get("/<id:set_id>/folder")
def export(set_id: int) -> ResponseReturnValue:
    """Give the topic folder of a version as a ZIP file, the same bytes each time."""
    wanted = request.args.get("version", type=int)
    version_id = None if wanted is None else VersionId(wanted)
    files = export_set(db.session(), get_current(), SetId(set_id), version_id)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archived:
        for name in sorted(files):
            archived.writestr(zipfile.ZipInfo(name), files[name])
    content.seek(0)
    return send_file(
        content, mimetype="application/zip", as_attachment=True, download_name=f"set-{set_id}.zip"
    )


def _archive(set_id: int, *, archived: bool) -> ResponseReturnValue:
    archive_set(db.session(), get_current(), SetId(set_id), archived=archived, now=read_now())
    db.session.commit()
    flash("The set is archived." if archived else "The set is back.", "info")
    return _to_set(set_id)


def _to_set(set_id: int) -> ResponseReturnValue:
    return redirect(url_for("sets.show", set_id=set_id), 303)
