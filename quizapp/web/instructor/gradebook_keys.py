"""A key is corrected or a question dropped: shown first who changes, stored on confirmation."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.errors import ConflictError, InvalidError
from quizapp.kinds.matching import list_matches
from quizapp.kinds.ordering import list_items
from quizapp.kinds.question import Question
from quizapp.services.grading.correcting import KeyChange, correct_question
from quizapp.services.grading.foreseeing import Foresight, KeyDesk, foresee, open_key
from quizapp.storage.ids import CourseId, QuestionId
from quizapp.web.access import get_current, read_now
from quizapp.web.extensions import db
from quizapp.web.instructor.assignments_reading import add_error, list_problems
from quizapp.web.instructor.gradebook_forms import KeyForm
from quizapp.web.instructor.gradebook_pages import write_score

bp = Blueprint(
    "correcting", __name__, url_prefix="/courses/<id:course_id>/questions/<id:question_id>/key"
)
_OPTIONS = {"choice", "select_all"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """An item to be placed or a prompt to be matched, with what may be chosen for it."""

    text: str
    choices: tuple[tuple[str, str], ...]


@bp.get("")
def show(course_id: int, question_id: int) -> ResponseReturnValue:
    """Show the key as it is, to be corrected."""
    desk = _open(course_id, question_id)
    return _render(desk, _fill(desk.key or desk.published), None)


@bp.post("")
def preview(course_id: int, question_id: int) -> ResponseReturnValue:
    """Show whose marks would change; nothing is stored."""
    desk = _open(course_id, question_id)
    form = KeyForm()
    form.what.data = "drop" if request.form.get("action") == "drop" else "correct"
    foresight = None
    if not (form.reason.data or "").strip():
        add_error(form.reason, "Say why: the students whose marks change will read it.")
    try:
        change = _read(form, desk.published)
        if not list_problems(form):
            foresight = foresee(db.session(), desk.course.id, QuestionId(question_id), change)
    except (InvalidError, ConflictError) as problem:
        form.form_errors.append(str(problem))
    return _render(desk, form, foresight)


@bp.post("/confirm")
def confirm(course_id: int, question_id: int) -> ResponseReturnValue:
    """Store the correction and mark the attempts anew."""
    desk = _open(course_id, question_id)
    form = KeyForm()
    db.session.rollback()
    try:
        done = correct_question(
            db.session(),
            get_current(),
            desk.course.id,
            QuestionId(question_id),
            _read(form, desk.published),
            form.reason.data or "",
            read_now(),
        )
    except (InvalidError, ConflictError) as problem:
        db.session.rollback()
        form.form_errors.append(str(problem))
        return _render(desk, form, None)
    db.session.commit()
    told = "The question is dropped" if form.what.data == "drop" else "The key is corrected"
    how = "are marked anew" if done.job_id is None else "are being marked anew"
    flash(f"{told}; the attempts {how}.", "info")
    return redirect(url_for("gradebook.show", course_id=course_id), 303)


def _open(course_id: int, question_id: int) -> KeyDesk:
    return open_key(db.session(), get_current(), CourseId(course_id), QuestionId(question_id))


def _fill(key: Question) -> KeyForm:
    """The form with the key that holds."""
    right = [str(place) for place, option in enumerate(key.options) if option.correct]
    lines = []
    if key.kind == "ordering":
        lines = [str((key.order or ()).index(text) + 1) for text in list_items(key)]
    if key.kind == "matching":
        matches = list_matches(key)
        lines = [str(matches.index(match)) for _, match in key.pairs or ()]
    data = {
        "right": right,
        "answer": key.answer,
        "accept": "\n".join(key.accept),
        "tolerance": key.tolerance or "",
        "lines": lines,
    }
    return KeyForm(formdata=None, data=data)


def _read(form: KeyForm, published: Question) -> KeyChange | None:
    """What the form says of a question of this kind; None drops it."""
    if form.what.data == "drop":
        return None
    kind, lines = published.kind, [(each.data or "").strip() for each in form.lines]
    if kind in _OPTIONS:
        return KeyChange(right=frozenset(int(text) for text in form.right.data if text.isdecimal()))
    if kind == "ordering":
        return KeyChange(order=_read_order(lines, published))
    if kind == "matching":
        return KeyChange(pairs=_read_pairs(lines, published))
    return _read_typed(form, published)


def _read_typed(form: KeyForm, published: Question) -> KeyChange:
    kind, answer = published.kind, (form.answer.data or "").strip()
    if kind == "cloze":
        accept = (text.strip() for text in (form.accept.data or "").splitlines())
        return KeyChange(answer=answer, accept=tuple(text for text in accept if text))
    if kind == "numeric":
        none = "0" if published.tolerance else None
        return KeyChange(answer=answer, tolerance=(form.tolerance.data or "").strip() or none)
    return KeyChange(answer=answer)


def _read_order(lines: list[str], published: Question) -> tuple[str, ...]:
    items = list_items(published)
    places = [str(place) for place in range(1, len(items) + 1)]
    if sorted(lines) != sorted(places):
        raise InvalidError("Give each item a place of its own.")
    return tuple(items[lines.index(place)] for place in places)


def _read_pairs(lines: list[str], published: Question) -> tuple[tuple[str, str], ...]:
    matches = list_matches(published)
    known = {str(number) for number in range(len(matches))}
    pairs = published.pairs or ()
    if len(lines) != len(pairs) or not set(lines) <= known:
        raise InvalidError("Choose a match for each item.")
    return tuple(
        (prompt, matches[int(text)]) for (prompt, _), text in zip(pairs, lines, strict=True)
    )


def _list_lines(question: Question) -> tuple[LineView, ...]:
    if question.kind == "ordering":
        items = list_items(question)
        places = tuple((str(place), str(place)) for place in range(1, len(items) + 1))
        return tuple(LineView(text=text, choices=places) for text in items)
    matches = tuple((str(number), text) for number, text in enumerate(list_matches(question)))
    return tuple(LineView(text=prompt, choices=matches) for prompt, _ in question.pairs or ())


def _list_carried(form: KeyForm) -> list[tuple[str, str]]:
    """The fields of a form as they came, to be sent once more on confirmation."""
    ours = {"csrf_token", "action", "what"}
    sent = [(name, text) for name, text in request.form.items(multi=True) if name not in ours]
    return [("what", form.what.data), *sent]


def _render(desk: KeyDesk, form: KeyForm, foresight: Foresight | None) -> ResponseReturnValue:
    problems = list_problems(form)
    page = render_template(
        "instructor/correction.html",
        course=desk.course,
        question=desk.published,
        dropped=desk.key is None,
        form=form,
        lines=_list_lines(desk.published),
        carried=_list_carried(form),
        foresight=foresight,
        changes=[(each, write_score(each.old), write_score(each.new)) for each in foresight.changes]
        if foresight
        else (),
        problems=problems,
    )
    return page, 422 if problems else 200
