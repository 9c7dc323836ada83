"""What the pages of assignments show, made of what the services return."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.attempts.credit import CreditLine, describe_credit
from quizapp.services.assigning.desk import Askable, AssignmentDesk, OverrideDesk
from quizapp.services.assigning.listing import AssignmentLine
from quizapp.services.quizzing.looking import Paper
from quizapp.storage.courses import CourseDetails
from quizapp.storage.ids import AssignmentId
from quizapp.storage.overrides import SetOverride, Whose
from quizapp.storage.roles import INSTRUCTOR
from quizapp.web.instructor.assignments_words import (
    DIFFICULTIES,
    STATES,
    Lines,
    list_tags,
    write_content,
    write_credit,
    write_dates,
    write_override,
    write_points,
    write_rules,
)
from quizapp.web.kinds.controls import AnyControl, show_control
from quizapp.web.kinds.given import Given
from quizapp.web.zones import write_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """An assignment in the list of its course."""

    id: AssignmentId
    title: str
    state: str
    dates: Lines
    submitted: int
    begun: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A stretch of the credit line."""

    until: str
    credit: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """An assignment on its own page."""

    content: str
    state: str
    dates: Lines
    credit: tuple[StepView, ...]
    rules: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideView:
    """An override in the list; `value` is what the form sends for whom it is."""

    value: str
    name: str
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView:
    """A question in a preview."""

    number: int
    points: str
    control: AnyControl


def may_change(course: CourseDetails) -> bool:
    """Tell whether the person who looks at a course may change what is in it."""
    return course.role == INSTRUCTOR and course.archived_at is None


def show_line(line: AssignmentLine) -> LineView:
    """Return an assignment as the list shows it."""
    assignment = line.assignment
    return LineView(
        id=assignment.id,
        title=assignment.title,
        state=STATES[line.state],
        dates=write_dates(assignment.rules, assignment.timezone),
        submitted=line.submitted,
        begun=line.begun,
    )


def show_sheet(desk: AssignmentDesk, now: datetime) -> SheetView:
    """Return an assignment as its own page shows it."""
    assignment = desk.assignment
    rules, zone = assignment.rules, assignment.timezone
    return SheetView(
        content=write_content(desk.plan.content),
        state=STATES[desk.state],
        dates=write_dates(rules, zone),
        credit=tuple(_show_step(line, zone) for line in describe_credit(rules, now)),
        rules=write_rules(rules, password=assignment.password_hash is not None),
    )


def show_overrides(desk: OverrideDesk) -> tuple[OverrideView, ...]:
    """Return the overrides of an assignment, each with whose it is."""
    names = dict(list_people(desk))
    return tuple(_show_override(each, names, desk) for each in desk.overrides)


def list_people(desk: OverrideDesk) -> Lines:
    """Return for whom there may be an override, as values and texts: sections, then learners."""
    sections = ((f"section-{each.id}", f"Section {each.title}") for each in desk.sections)
    learners = ((f"learner-{each.id}", f"{each.name} ({each.email})") for each in desk.learners)
    return (*sections, *learners)


def write_whose(whose: Whose) -> str:
    """Return what the form sends for a learner or a section."""
    if whose.learner_id is not None:
        return f"learner-{whose.learner_id}"
    return f"section-{whose.section_id}"


def list_difficulties(chosen: Sequence[str]) -> Lines:
    """Return the difficulties to draw by, with those that were set by other means."""
    others = [(each, each.replace(":", " to ")) for each in chosen if each not in DIFFICULTIES]
    return (*DIFFICULTIES.items(), *dict.fromkeys(others))


def list_own_tags(questions: Sequence[Askable]) -> Lines:
    """Return the tags of a set's questions to draw by."""
    return list_tags([each.section for each in questions], [each.kind for each in questions])


def show_paper(paper: Paper) -> tuple[AskedView, ...]:
    """Return the questions of a preview, whose fields are sent nowhere."""
    return tuple(
        AskedView(
            number=each.number,
            points=write_points(each.points),
            control=show_control(
                each.question, each.order, given=Given(), prefix=f"q{each.number}-", level=3
            ),
        )
        for each in paper.questions
    )


def _show_step(line: CreditLine, timezone: str) -> StepView:
    return StepView(
        until=f"until {write_instant(line.until, timezone)}" if line.until else "without end",
        credit=write_credit(line.credit),
        current=line.current,
    )


def _show_override(each: SetOverride, names: Mapping[str, str], desk: OverrideDesk) -> OverrideView:
    value, assignment = write_whose(each.whose), desk.assignment
    return OverrideView(
        value=value,
        name=names.get(value, "Somebody who has left the course"),
        lines=write_override(each.override, assignment.rules, assignment.timezone),
    )
