"""Picked questions on their page: put into another order, with points of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from wtforms import FieldList, FormField, HiddenField, StringField
from wtforms import Form as PlainForm

from quizapp.services.assigning.desk import Askable, QuestionDesk
from quizapp.services.assigning.planning import MOST_POINTS
from quizapp.storage.assignments import Pick
from quizapp.storage.ids import QuestionId
from quizapp.web.addresses import read_id
from quizapp.web.forms import Form
from quizapp.web.instructor.assignments_reading import add_error, read_number
from quizapp.web.instructor.assignments_words import write_points

_STEPS = {"up": -1, "down": 1}


class PickPart(PlainForm):  # type: ignore[misc] # the library ships no types
    """A picked question with its points."""

    question_id = HiddenField()
    points = StringField("Points", render_kw={"inputmode": "decimal"})


class PicksForm(Form):
    """The picked questions in their order."""

    edits = HiddenField(default="0")
    picks = FieldList(FormField(PickPart))


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A question that may be asked, its points, and its part of the form where there is one."""

    question: Askable
    points: str
    part: PickPart | None


def fill_picks(desk: QuestionDesk) -> PicksForm:
    """Return the form with the picks as they are."""
    picks = [
        {"question_id": str(each.question_id), "points": write_exactly(each.points)}
        for each in desk.plan.content.picks
    ]
    return PicksForm(formdata=None, data={"edits": str(desk.assignment.edits), "picks": picks})


def read_picks(form: PicksForm) -> tuple[Pick, ...]:
    """Return the picks of a form; what is wrong with the points of one is said there."""
    return tuple(
        Pick(question_id=QuestionId(read_id(part.question_id.data or "")), points=_read(part))
        for part in (row.form for row in form.picks.entries)
    )


def move_pick(picks: Sequence[Pick], wanted: str) -> tuple[Pick, ...]:
    """Return the picks with one moved by a place: `up-7`, `down-7`; anything else moves none."""
    way, _, moved = wanted.partition("-")
    ids = [str(each.question_id) for each in picks]
    ordered = list(picks)
    if way in _STEPS and moved in ids:
        place = ids.index(moved)
        other = place + _STEPS[way]
        if 0 <= other < len(ordered):
            ordered[place], ordered[other] = ordered[other], ordered[place]
    return tuple(ordered)


def show_rows(desk: QuestionDesk, form: PicksForm | None) -> tuple[RowView, ...]:
    """Return the questions with their points, in the order of the form if there is one."""
    points = {each.question_id: each.points for each in desk.plan.content.picks}
    if form is None:
        return tuple(
            RowView(
                question=each,
                points=write_points(points.get(each.id, desk.plan.content.points)),
                part=None,
            )
            for each in desk.questions
        )
    by_id = {str(each.id): each for each in desk.questions}
    parts = [row.form for row in form.picks.entries]
    return tuple(
        RowView(question=by_id[part.question_id.data], points="", part=part)
        for part in parts
        if part.question_id.data in by_id
    )


def write_exactly(points: float) -> str:
    """Return points as a field holds them, so that storing the field changes nothing."""
    return f"{points:.15g}"


def _read(part: PickPart) -> float:
    points = read_number(part.points, f"points above 0 and at most {MOST_POINTS}, such as 1")
    if points is not None and 0 < points <= MOST_POINTS:
        return points
    add_error(part.points, f"Enter points above 0 and at most {MOST_POINTS}, such as 1.")
    return 1.0
