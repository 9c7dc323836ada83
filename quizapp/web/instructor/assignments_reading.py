"""Between an assignment's form, which holds texts, and its plan; what is wrong stays in the form.

Dates are in the course's time zone, credit is in percent, times are in minutes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import isfinite

from wtforms import Field, FieldList, FormField

from quizapp.attempts.checking import RuleProblem
from quizapp.attempts.drawing import Wanted
from quizapp.attempts.rules import AssignmentRules, Counting, CreditStep, Layout
from quizapp.attempts.switches import MOMENTS, SWITCHES, FeedbackTable, Moment, Switch
from quizapp.services.assigning.planning import Plan
from quizapp.storage.assignments import Content, Pick, Picking
from quizapp.storage.ids import QuestionId, VersionId
from quizapp.web.addresses import read_id
from quizapp.web.forms import Form
from quizapp.web.instructor.assignments_forms import AssignmentForm
from quizapp.web.zones import read_field

_COUNTS: dict[str, Counting] = {
    "first": "first",
    "last": "last",
    "highest": "highest",
    "average": "average",
}
_LAYOUTS: dict[str, Layout] = {"one": "one", "all": "all"}
_PICKING: dict[str, Picking] = {"version": "version", "draw": "draw", "list": "list"}
_LARGEST = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a form is read against: the course's zone, and what stood before in its fields.

    `late_rows` collects which rows of the form the steps of the late credit came from.
    """

    timezone: str
    version_id: VersionId
    former: Plan | None
    late_rows: list[int] = field(default_factory=list)

    @property
    def former_rules(self) -> AssignmentRules:
        """The rules that the form was shown with."""
        return self.former.rules if self.former else AssignmentRules()


def read_plan(form: AssignmentForm, reading: Reading, *, content: Content | None) -> Plan:
    """Return what a form says; `content` stands for its questions where these stay as they are.

    What cannot be read is said in the form's fields, and left out of the plan.
    """
    return Plan(
        title=form.title.data or "",
        content=content or _read_content(form, reading),
        rules=_read_rules(form, reading),
    )


def show_problems(
    form: Form, problems: Iterable[RuleProblem], late_rows: Sequence[int] = ()
) -> None:
    """Say in the form's fields what the rules say is wrong."""
    fields = {each.name: each for each in walk(form)}
    for problem in problems:
        text = f"{problem.text[:1].upper()}{problem.text[1:]}: {problem.remedy}."
        found = fields.get(_rename(problem.field, late_rows))
        if found is None:
            form.form_errors.append(text)
        else:
            add_error(found, text)


def list_problems(form: object) -> list[tuple[str, str]]:
    """Return what is wrong: the id of the field ("" for the whole form), and the text."""
    texts = [("", text) for text in getattr(form, "form_errors", ())]
    return texts + [(each.id, text) for each in walk(form) for text in each.errors]


def walk(fields: object) -> Iterator[Field]:
    """Yield every field that holds a value, those of parts and rows too."""
    assert isinstance(fields, Iterable)
    for each in fields:
        if isinstance(each, FormField):
            yield from walk(each.form)
        elif isinstance(each, FieldList):
            yield from walk(each.entries)
        else:
            yield each


def add_error(of: Field, text: str) -> None:
    """Say that something is wrong with a field, once."""
    if text not in of.errors:
        of.errors = [*of.errors, text]


def read_instant(of: Field, timezone: str, former: datetime | None = None) -> datetime | None:
    """Return the instant that a field holds; what is wrong is said there."""
    try:
        return read_field(of.data or "", timezone, former)
    except ValueError as problem:
        add_error(of, str(problem))
        return None


def read_number(of: Field, what: str) -> float | None:
    """Return the number that a field holds, None if it is empty or none, which is said there."""
    text = (of.data or "").strip()
    try:
        number = float(text.replace(",", ".").removesuffix("%")) if text else None
    except ValueError:
        number = float("nan")
    if number is None or (isfinite(number) and abs(number) <= _LARGEST):
        return number
    add_error(of, f"Enter {what}.")
    return None


def read_count(of: Field, what: str) -> int | None:
    """Return the whole number that a field holds, as `read_number` does."""
    number = read_number(of, what)
    if number is not None and number != int(number):
        add_error(of, f"Enter {what}.")
        return None
    return None if number is None else int(number)


def _rename(name: str, late_rows: Sequence[int]) -> str:
    """The name of the field for a problem: steps are counted without the rows left empty."""
    if name == "draws":
        return "picking"
    parts = name.split("-")
    if parts[0] == "late" and int(parts[1]) < len(late_rows):
        return f"late-{late_rows[int(parts[1])]}-{parts[2]}"
    return name


def _read_content(form: AssignmentForm, reading: Reading) -> Content:
    picking = _PICKING.get(form.picking.data, "version")
    points = read_number(form.points, "the points as a number, such as 1")
    if points is None and not form.points.errors:
        add_error(form.points, "Enter the points for each question, such as 1.")
    return Content(
        version_id=reading.version_id,
        picking=picking,
        picks=_read_picks(form, reading, points or 1.0) if picking == "list" else (),
        draws=tuple(_read_draws(form)) if picking == "draw" else (),
        points=points or 1.0,
    )


def _read_picks(form: AssignmentForm, reading: Reading, points: float) -> tuple[Pick, ...]:
    """Questions picked before keep their order, and points of their own; others follow."""
    chosen = {QuestionId(read_id(text)): None for text in form.picks.data or ()}
    former = reading.former.content if reading.former else None
    old = former.picks if former else ()
    kept = [each for each in old if each.question_id in chosen]
    same = former.points if former else points
    known = {each.question_id for each in old}
    return tuple(
        Pick(question_id=each.question_id, points=points if each.points == same else each.points)
        for each in kept
    ) + tuple(Pick(question_id=id_, points=points) for id_ in chosen if id_ not in known)


def _read_draws(form: AssignmentForm) -> Iterator[Wanted]:
    for row in form.draws.entries:
        if not (row.form.count.data or "").strip():
            continue
        count = read_count(row.form.count, "how many questions, such as 5")
        bounds = _read_bounds(row.form.difficulty.data or "")
        if bounds is None:
            add_error(row.form.difficulty, "Choose a difficulty from the list.")
        elif count is not None:
            yield Wanted(
                tag=row.form.tag.data or None, easiest=bounds[0], hardest=bounds[1], count=count
            )


def _read_bounds(text: str) -> tuple[float, float] | None:
    """The easiest and the hardest question, which the form sends as one text."""
    easiest, _, hardest = text.partition(":")
    try:
        bounds = float(easiest), float(hardest)
    except ValueError:
        return None
    return bounds if all(0 <= bound <= 1 for bound in bounds) else None


def _read_rules(form: AssignmentForm, reading: Reading) -> AssignmentRules:
    former, zone = reading.former_rules, reading.timezone
    limit = read_number(form.time_limit, "the minutes as a number, such as 45, or nothing")
    grace = read_number(form.grace, "the seconds as a number, such as 60")
    return AssignmentRules(
        opens_at=read_instant(form.opens_at, zone, former.opens_at),
        due_at=read_instant(form.due_at, zone, former.due_at),
        closes_at=read_instant(form.closes_at, zone, former.closes_at),
        early=_read_step(form.early.form, zone, former.early),
        late=tuple(_read_late(form, reading)),
        practice=bool(form.practice.data),
        time_limit=None if limit is None else timedelta(minutes=limit),
        grace=timedelta(seconds=60 if grace is None else grace),
        attempts_allowed=read_count(
            form.attempts_allowed, "a whole number such as 2, or nothing for as many as one likes"
        ),
        counts=_COUNTS.get(form.counts.data, "highest"),
        shuffle_questions=bool(form.shuffle_questions.data),
        shuffle_options=bool(form.shuffle_options.data),
        layout=_LAYOUTS.get(form.layout.data, "one"),
        feedback=_read_feedback(form),
    )


def _read_late(form: AssignmentForm, reading: Reading) -> Iterator[CreditStep]:
    former = reading.former_rules.late
    for place, row in enumerate(form.late.entries):
        step = _read_step(
            row.form, reading.timezone, former[place] if place < len(former) else None
        )
        if step is not None:
            reading.late_rows.append(place)
            yield step


def _read_step(part: object, timezone: str, former: CreditStep | None) -> CreditStep | None:
    until, credit = getattr(part, "until"), getattr(part, "credit")  # noqa: B009
    at = read_instant(until, timezone, former.until if former else None)
    percent = read_number(credit, "the credit in percent, such as 80")
    if at is None and percent is not None and not until.errors:
        add_error(until, "Enter until when, or take the credit away.")
    if at is not None and percent is None and not credit.errors:
        add_error(credit, "Enter the credit in percent, or take the date away.")
    if at is None or percent is None:
        return None
    return CreditStep(until=at, credit=round(percent / 100, 6))


def _read_feedback(form: AssignmentForm) -> FeedbackTable:
    def read(moment: Moment) -> frozenset[Switch]:
        chosen = getattr(form.feedback.form, moment).data or ()
        return frozenset(switch for switch in SWITCHES if switch in chosen)

    during, right_after, while_open, after_close = (read(moment) for moment in MOMENTS)
    return FeedbackTable(
        during=during, right_after=right_after, while_open=while_open, after_close=after_close
    )
