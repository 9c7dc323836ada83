"""The page of the question editor, and the part of it that follows what is typed."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue

from quizapp.services.authoring.advising import Advice
from quizapp.services.authoring.editing import EditorDesk
from quizapp.services.authoring.sheet_reading import FieldProblem, Reading, list_fields
from quizapp.services.authoring.sheets import MOST_ROWS, Sheet
from quizapp.web.instructor.editing_forms import QuestionForm
from quizapp.web.instructor.editing_pages import (
    ROWS,
    PreviewView,
    gather_advice,
    list_places,
    show_checks,
    show_preview,
)

_MORE = ("hedge", "said", "as_of", "tags", "difficulty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found in a sheet: its preview if it can be asked, problems and advice."""

    preview: PreviewView | None
    problems: tuple[FieldProblem, ...]
    advice: tuple[Advice, ...]


def render_editor(
    desk: EditorDesk,
    form: QuestionForm,
    sheet: Sheet,
    *,
    reading: Reading | None = None,
    restored: datetime | None = None,
    focus: str = "",
) -> ResponseReturnValue:
    """Return the editor with a sheet in its form.

    With `reading` its problems stand beside their fields; `restored` is when the sheet was saved by
    itself, and `focus` names what goes on: a field, the preview, or a button of a row.
    """
    problems = () if reading is None else reading.problems
    looked = _look(desk, reading or desk.read(sheet))
    texts = {**list_fields(problems), **dict(_list_errors(form))}
    advised = gather_advice(looked.advice)
    # The choice of true or false is a field of the pages' own, which looks there.
    form.answer.errors = [texts["answer"]] if "answer" in texts else []
    page = render_template(
        "instructor/question_editor.html",
        desk=desk,
        form=form,
        sheet=sheet,
        row_name=ROWS.get(sheet.kind, ""),
        most_rows=MOST_ROWS,
        places=list_places(desk.article),
        problems=[(each.field, each.text) for each in problems] + _list_errors(form),
        errors=texts,
        advice=advised,
        more_open=any(getattr(sheet, name) or name in texts or name in advised for name in _MORE),
        restored=restored,
        focus=focus,
        **_fragment(looked),
    )
    return page, 422 if problems and focus != "preview" else 200


def render_preview(desk: EditorDesk, reading: Reading) -> str:
    """Return the preview and the checks alone."""
    looked = _look(desk, reading)
    return render_template("partials/question_preview.html", focus="", **_fragment(looked))


def _look(desk: EditorDesk, reading: Reading) -> Looked:
    question = reading.question
    if question is None:
        return Looked(preview=None, problems=reading.problems, advice=())
    return Looked(preview=show_preview(desk, question), problems=(), advice=desk.advise(question))


def _fragment(looked: Looked) -> dict[str, object]:
    return {
        "preview": looked.preview,
        "missing": show_checks(looked.problems),
        "checks": show_checks(looked.advice),
    }


def _list_errors(form: QuestionForm) -> list[tuple[str, str]]:
    """What is wrong with the picture, which is no part of the question."""
    return [("picture_text", text) for text in form.picture_text.errors]
