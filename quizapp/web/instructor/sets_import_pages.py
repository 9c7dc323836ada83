"""What the pages of importing a table show."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp

from quizapp.errors import Problem
from quizapp.facts.table_reader import MOST_ROWS
from quizapp.formats.table_files import TableFile, list_cells, name_place
from quizapp.formats.table_templates import QUESTIONS, list_help
from quizapp.kinds.registry import get_kind
from quizapp.kinds.writing import write_key
from quizapp.services.authoring.import_plans import (
    CHANGED,
    NEW,
    SAME,
    ImportPlan,
    PlannedFact,
    PlannedQuestion,
)
from quizapp.services.authoring.importing import count
from quizapp.storage.ids import SetId
from quizapp.web.forms import Form
from quizapp.web.instructor.course_forms import fold
from quizapp.web.kinds.controls import AnyControl, show_control
from quizapp.web.kinds.given import Given
from quizapp.web.words import write_kind, write_plural

MOST_SHOWN = 100
"""The most rows that a page shows; the others are only counted."""
_MOST_WRONG = 50
_LONGEST_CELL = 300


class TableForm(Form):
    """A table, as a file or as text; the file counts if there is one."""

    # By it a new set that is confirmed twice is made once.
    key = HiddenField(validators=[Regexp("[0-9a-f]{16}$", message="Check the table again.")])
    title = StringField(
        "Title of the new set",
        [
            DataRequired("Enter a title."),
            Length(max=200, message="Enter at most 200 characters."),
        ],
        filters=[fold],
    )
    file = FileField("File")
    text = TextAreaField("Or a table as text", render_kw={"rows": 8, "spellcheck": "false"})
    named = TextAreaField("Names", render_kw={"rows": 4, "spellcheck": "false"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Where a table goes: a set, or a new one without id; addresses of its pages."""

    id: SetId | None
    title: str
    address: str
    preview: str
    confirm: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A row that would be stored; of a fact there is no control."""

    row: int
    text: str
    kind: str
    answer: str
    what: str
    control: AnyControl | None
    explanation: str
    passage: str
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """A cell of a row with a problem, under its letter and heading."""

    letter: str
    name: str
    text: str
    wrong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row with its problems and cells."""

    number: int
    problems: tuple[str, ...]
    cells: tuple[CellView, ...]


def show_goal(set_id: SetId, title: str) -> Goal:
    """Return the goal of a table that goes into a set."""
    return Goal(
        id=set_id,
        title=title,
        address=url_for("sets.show", set_id=set_id),
        preview=url_for("set_importing.preview", set_id=set_id),
        confirm=url_for("set_importing.confirm", set_id=set_id),
    )


def show_new() -> Goal:
    """Return the goal of a table that becomes a new set."""
    return Goal(
        id=None,
        title="",
        address=url_for("instructor.sets"),
        preview=url_for("set_importing.preview_new"),
        confirm=url_for("set_importing.confirm_new"),
    )


def describe_form(goal: Goal, form: TableForm) -> dict[str, object]:
    """Return what the empty form shows, or one that lacks something."""
    return {
        "goal": goal,
        "form": form,
        "problems": [
            ("" if name == "key" else name, text)
            for name, texts in form.errors.items()
            for text in texts
        ],
        "notes": (),
        "plan": None,
        "rows": (),
        "most": MOST_ROWS,
        "templates": _list_templates(),
        "help": list_help(QUESTIONS)[1:],
    }


def describe_problems(
    goal: Goal, form: TableForm, table: TableFile, problems: Sequence[Problem]
) -> dict[str, object]:
    """Return what is wrong with a table: each problem leads to its row."""
    rows = _show_rows(table, problems)
    known = {row.number for row in rows}
    form.text.data, form.named.data = table.text, table.named
    form.text.errors = [_place(each) for each in problems if each.line not in known]
    listed = [
        (f"row-{each.line}" if each.line in known else "text", _place(each)) for each in problems
    ]
    return {
        **describe_form(goal, form),
        "problems": listed,
        "notes": table.notes,
        "rows": rows,
    }


def describe_plan(
    goal: Goal, form: TableForm, table: TableFile, plan: ImportPlan, notes: tuple[str, ...]
) -> dict[str, object]:
    """Return what a table would make."""
    form.text.data, form.named.data = table.text, table.named
    planned: list[PlannedQuestion | PlannedFact] = [*plan.questions, *plan.facts]
    return {
        **describe_form(goal, form),
        "plan": plan,
        "notes": (*notes, *table.notes, *plan.notes),
        "noun": "fact" if plan.facts else "question",
        "counts": {what: count(plan, what) for what in (NEW, CHANGED, SAME)},
        "lines": [_show_line(each) for each in planned[:MOST_SHOWN]],
        "more": max(0, len(planned) - MOST_SHOWN),
        "kept": {
            "key": form.key.data or "",
            "title": form.title.data or "",
            "edits": plan.edits,
            "text": table.text,
            "named": table.named,
        },
    }


def tell(plan: ImportPlan) -> str:
    """Return what an import did, in a sentence or two."""
    noun = "fact" if plan.facts else "question"
    told = f"{write_plural(count(plan, NEW), 'new ' + noun)}, {count(plan, CHANGED):,} replaced."
    same = count(plan, SAME)
    told = f"{told} {same:,} unchanged." if same else told
    made = count(plan, NEW) + count(plan, CHANGED)
    return f"{told} “Import a table” can undo this." if made else told


def _list_templates() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            f"{what.capitalize()}, one a row",
            [
                (label, url_for("set_importing.template", what=what, ending=ending))
                for label, ending in (("CSV", "csv"), ("XLSX", "xlsx"))
            ],
        )
        for what in ("questions", "facts")
    ]


def _show_line(planned: PlannedQuestion | PlannedFact) -> LineView:
    if isinstance(planned, PlannedFact):
        return LineView(
            row=planned.line,
            text=planned.statement,
            kind=planned.key,
            answer=planned.quote,
            what=planned.what,
            control=None,
            explanation="",
            passage="",
            reasons=(),
        )
    question = planned.question
    order = get_kind(question.kind).order(question, question.id)
    return LineView(
        row=planned.line,
        text=question.stem,
        kind=write_kind(question.kind),
        answer=write_key(question),
        what=planned.what,
        control=show_control(question, order, given=Given(), prefix=f"row{planned.line}-", level=3),
        explanation=question.feedback,
        passage=question.source.quote if question.source.quote != question.feedback else "",
        reasons=tuple((one.text, one.feedback) for one in question.options if one.feedback),
    )


def _show_rows(table: TableFile, problems: Sequence[Problem]) -> tuple[RowView, ...]:
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        if problem.line:
            by_row.setdefault(problem.line, []).append(problem)
    wanted = dict(sorted(by_row.items())[:_MOST_WRONG])
    names, cells = list_cells(table.text, wanted)
    return tuple(
        RowView(
            number=number,
            problems=tuple(_write(each) for each in found),
            cells=_show_cells(names, cells.get(number, ()), found),
        )
        for number, found in wanted.items()
    )


def _show_cells(
    names: Sequence[str], cells: Sequence[str], problems: Sequence[Problem]
) -> tuple[CellView, ...]:
    wrong = {problem.column for problem in problems}
    named = zip([*names, *[""] * len(cells)], cells, strict=False)
    return tuple(
        CellView(
            letter=name_place(place),
            name=name,
            text=text[:_LONGEST_CELL],
            wrong=place in wrong,
        )
        for place, (name, text) in enumerate(named, start=1)
        if text or place in wrong
    )


def _place(problem: Problem) -> str:
    if not problem.line:
        return _write(problem)
    cell = f", column {name_place(problem.column)}" if problem.column else ""
    return _end(f"Row {problem.line}{cell}: {problem.text}")


def _write(problem: Problem) -> str:
    return _end(f"{problem.text[:1].upper()}{problem.text[1:]}")


def _end(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
