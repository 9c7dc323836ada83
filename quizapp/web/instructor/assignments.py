"""Assignments of a course are listed, made, looked at, changed, published and tried out."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import ConflictError
from quizapp.services.assigning.creating import (
    arrange_picks,
    create,
    edit,
    make_password_hash,
    publish,
    remove,
    withdraw,
)
from quizapp.services.assigning.desk import (
    Askable,
    EditDesk,
    NewDesk,
    look_at_assignment,
    look_at_list,
    look_at_questions,
    open_edit,
    open_new,
)
from quizapp.services.assigning.planning import Plan, check_plan
from quizapp.services.assigning.previewing import preview
from quizapp.storage.ids import AssignmentId, CourseId, VersionId
from quizapp.web.access import get_current, read_now
from quizapp.web.addresses import read_id
from quizapp.web.extensions import db
from quizapp.web.instructor.assignments_filling import fill_edit, fill_new
from quizapp.web.instructor.assignments_forms import COUNTS, LAYOUTS, PICKING, AssignmentForm
from quizapp.web.instructor.assignments_pages import (
    list_difficulties,
    list_own_tags,
    may_change,
    show_line,
    show_paper,
    show_sheet,
)
from quizapp.web.instructor.assignments_picks import (
    PicksForm,
    fill_picks,
    move_pick,
    read_picks,
    show_rows,
)
from quizapp.web.instructor.assignments_reading import (
    Reading,
    list_problems,
    read_plan,
    show_problems,
)
from quizapp.web.instructor.assignments_words import MOMENTS, SWITCHES

bp = Blueprint("assigning", __name__)
_COURSE, _ONE = "/courses/<id:course_id>/assignments", "/teaching/assignments/<id:assignment_id>"
# So many different previews there are; their links lead round.
_PREVIEWS = 12


@bp.get(_COURSE)
def listing(course_id: int) -> ResponseReturnValue:
    """List the assignments of a course."""
    course, lines = look_at_list(db.session(), get_current(), CourseId(course_id), read_now())
    return render_template(
        "instructor/assignments.html",
        course=course,
        lines=[show_line(line) for line in lines],
        may_change=may_change(course),
    )


@bp.get(f"{_COURSE}/new")
def new(course_id: int) -> ResponseReturnValue:
    """Show the form of a new assignment, or the sets to choose one of first."""
    return _show_form(fill_new(), _open_new(course_id))


@bp.post(f"{_COURSE}/new")
def add(course_id: int) -> ResponseReturnValue:
    """Make an assignment, as a draft."""
    desk = _open_new(course_id)
    if desk.version_id is None:
        return redirect(url_for("assigning.new", course_id=course_id), 303)
    form = AssignmentForm()
    form.validate()
    reading = Reading(timezone=desk.course.timezone, version_id=desk.version_id, former=None)
    plan = read_plan(form, reading, content=None)
    if not _is_sound(form, reading, desk.course.id, plan):
        return _show_form(form, desk)
    db.session.rollback()  # what takes long is done while nothing is locked
    password_hash = make_password_hash(form.password.data or "")
    ids = get_current(), desk.course.id
    added = create(db.session(), *ids, plan, read_now(), password_hash=password_hash)
    db.session.commit()
    flash("The draft is saved. Look at it, then publish it for the students.", "info")
    return _to_assignment(added)


@bp.get(_ONE)
def show(assignment_id: int) -> ResponseReturnValue:
    """Show an assignment."""
    desk = look_at_assignment(db.session(), get_current(), AssignmentId(assignment_id), read_now())
    return render_template(
        "instructor/assignment.html",
        desk=desk,
        course=desk.course,
        assignment=desk.assignment,
        sheet=show_sheet(desk, read_now()),
        moments=MOMENTS,
        switches=SWITCHES,
        may_change=may_change(desk.course),
    )


@bp.get(f"{_ONE}/edit", endpoint="edit")
def show_edit(assignment_id: int) -> ResponseReturnValue:
    """Show the form that changes an assignment."""
    desk = open_edit(db.session(), get_current(), AssignmentId(assignment_id))
    return _show_form(fill_edit(desk.plan, desk.course.timezone, desk.assignment.edits), desk)


@bp.post(f"{_ONE}/edit")
def save(assignment_id: int) -> ResponseReturnValue:
    """Store what the form says."""
    desk = open_edit(db.session(), get_current(), AssignmentId(assignment_id))
    form = AssignmentForm()
    form.validate()
    assignment = desk.assignment
    reading = Reading(
        timezone=desk.course.timezone, version_id=assignment.version_id, former=desk.plan
    )
    plan = read_plan(form, reading, content=desk.plan.content if desk.begun else None)
    if not _is_sound(form, reading, desk.course.id, plan):
        return _show_form(form, desk)
    db.session.rollback()
    try:
        edit(
            db.session(),
            get_current(),
            assignment.id,
            plan,
            read_now(),
            password_hash=_choose_password(form, assignment.password_hash),
            expected_edits=read_id(form.edits.data or ""),
        )
    except ConflictError as problem:
        db.session.rollback()
        form.form_errors.append(str(problem))
        return _show_form(form, open_edit(db.session(), get_current(), assignment.id))
    db.session.commit()
    flash("The assignment is saved.", "info")
    return _to_assignment(assignment.id)


@bp.post(f"{_ONE}/publish", endpoint="publish")
def make_visible(assignment_id: int) -> ResponseReturnValue:
    """Let the students of the course see an assignment."""
    publish(db.session(), get_current(), AssignmentId(assignment_id))
    db.session.commit()
    flash("The assignment is published: the students of the course see it.", "info")
    return _to_assignment(assignment_id)


@bp.post(f"{_ONE}/withdraw", endpoint="withdraw")
def make_draft(assignment_id: int) -> ResponseReturnValue:
    """Make an assignment a draft again."""
    withdraw(db.session(), get_current(), AssignmentId(assignment_id))
    db.session.commit()
    flash("The assignment is a draft again: students do not see it.", "info")
    return _to_assignment(assignment_id)


@bp.post(f"{_ONE}/delete")
def delete(assignment_id: int) -> ResponseReturnValue:
    """Delete an assignment that nobody has begun."""
    desk = open_edit(db.session(), get_current(), AssignmentId(assignment_id))
    remove(db.session(), get_current(), desk.assignment.id)
    db.session.commit()
    flash(f"The assignment {desk.assignment.title} is deleted.", "info")
    return redirect(url_for("assigning.listing", course_id=desk.course.id), 303)


@bp.get(f"{_ONE}/preview", endpoint="preview")
def try_out(assignment_id: int) -> ResponseReturnValue:
    """Show an assignment as a student would meet it; another number shows another attempt."""
    number = read_id(request.args.get("number", "1")) % _PREVIEWS
    paper = preview(
        db.session(),
        get_current(),
        AssignmentId(assignment_id),
        f"preview:{number}",
        read_now(),
    )
    return render_template(
        "instructor/assignment_preview.html",
        paper=paper,
        questions=show_paper(paper),
        next_number=(number + 1) % _PREVIEWS,
    )


@bp.get(f"{_ONE}/questions")
def questions(assignment_id: int) -> ResponseReturnValue:
    """List the questions that an assignment may ask, with their corrections."""
    return _show_questions(assignment_id)


@bp.post(f"{_ONE}/questions")
def arrange(assignment_id: int) -> ResponseReturnValue:
    """Store the points of the picked questions, and move one of them."""
    form, person, moved = PicksForm(), get_current(), request.form.get("move", "")
    form.validate()
    picks, edits = move_pick(read_picks(form), moved), read_id(form.edits.data or "")
    if list_problems(form):
        return _show_questions(assignment_id, form)
    ids = person, AssignmentId(assignment_id)
    try:
        arrange_picks(db.session(), *ids, picks, read_now(), expected_edits=edits)
    except ConflictError as problem:
        db.session.rollback()
        return _show_questions(assignment_id, refusal=str(problem))
    db.session.commit()
    flash("The questions are saved.", "info")
    anchor = f"question-{moved.partition('-')[2]}" if moved else None
    address = url_for("assigning.questions", assignment_id=assignment_id, _anchor=anchor)
    return redirect(address, 303)


def _show_questions(
    assignment_id: int, form: PicksForm | None = None, refusal: str = ""
) -> ResponseReturnValue:
    desk = look_at_questions(db.session(), get_current(), AssignmentId(assignment_id))
    may = may_change(desk.course)
    if desk.assignment.picking != "list" or desk.begun or not may:
        form = None
    elif form is None:
        form = fill_picks(desk)
    problems = [("", refusal)] if refusal else list_problems(form) if form else []
    page = render_template(
        "instructor/assignment_questions.html",
        desk=desk,
        rows=show_rows(desk, form),
        form=form,
        problems=problems,
        may_change=may,
    )
    return page, 409 if refusal else 422 if problems else 200


def _open_new(course_id: int) -> NewDesk:
    version = request.values.get("version_id")
    version_id = None if version is None else VersionId(read_id(version))
    return open_new(db.session(), get_current(), CourseId(course_id), version_id)


def _is_sound(form: AssignmentForm, reading: Reading, course_id: CourseId, plan: Plan) -> bool:
    """Tell whether nothing is wrong with a plan; what is wrong is said in the form."""
    show_problems(form, check_plan(db.session(), course_id, plan), reading.late_rows)
    return not list_problems(form)


def _choose_password(form: AssignmentForm, former: str | None) -> str | None:
    if form.no_password.data:
        return None
    return make_password_hash(form.password.data) if form.password.data else former


def _show_form(form: AssignmentForm, desk: NewDesk | EditDesk) -> ResponseReturnValue:
    assignment = desk.assignment if isinstance(desk, EditDesk) else None
    version_id = desk.version_id if isinstance(desk, NewDesk) else desk.assignment.version_id
    offered: tuple[Askable, ...] = desk.questions
    problems = list_problems(form)
    page = render_template(
        "instructor/assignment_form.html",
        form=form,
        problems=problems,
        course=desk.course,
        assignment=assignment,
        versions=desk.versions if isinstance(desk, NewDesk) else (),
        version_id=version_id,
        questions=offered,
        flashcards=desk.flashcards,
        begun=isinstance(desk, EditDesk) and desk.begun,
        picking=PICKING.items(),
        counts=COUNTS.items(),
        layouts=LAYOUTS.items(),
        tags=list_own_tags(offered),
        difficulties=list_difficulties([row.form.difficulty.data for row in form.draws.entries]),
        moments=MOMENTS,
        switches=SWITCHES,
    )
    return page, 422 if problems else 200


def _to_assignment(assignment_id: int) -> ResponseReturnValue:
    return redirect(url_for("assigning.show", assignment_id=assignment_id), 303)
