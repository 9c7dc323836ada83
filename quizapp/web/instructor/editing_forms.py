"""The form of the question editor, and the sheet that it stands for."""

from wtforms import (
    FieldList,
    FormField,
    HiddenField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm

from quizapp.kinds.question import KindName
from quizapp.services.authoring.sheets import MOST_ROWS, TEXTS, Row, Sheet
from quizapp.web.forms import Form

_FIGURE = {"inputmode": "decimal"}
_LINES = {"rows": 2}


class RowPart(PlainForm):  # type: ignore[misc] # the library ships no types
    """An option, an item, or a prompt with its match."""

    text = StringField("Text")
    match = StringField("Match")
    feedback = StringField("Feedback")


class QuestionForm(Form):
    """All that an author says of a question; each kind shows the fields that it has.

    `stands` tells which question was stored when the form was shown, `seen` when it was last saved
    by itself.
    """

    stands = HiddenField(default="")
    seen = HiddenField(default="")
    stem = TextAreaField("Question", render_kw={"rows": 4})
    rows = FieldList(FormField(RowPart), "Rows", max_entries=MOST_ROWS)
    right = SelectMultipleField("Right", validate_choice=False)
    answer = StringField("Right answer")
    accept = TextAreaField("Other answers that are taken, one on a line", render_kw=_LINES)
    unit = StringField("Unit")
    tolerance = StringField("Tolerance, either way", render_kw=_FIGURE)
    feedback = TextAreaField("Explanation", render_kw={"rows": 3})
    place = StringField("Paragraph of the article")
    quote = TextAreaField("Quoted words", render_kw=_LINES)
    hedge = StringField("Hedge")
    said = TextAreaField("According to, one on a line", render_kw=_LINES)
    as_of = StringField("As of")
    tags = StringField("Tags, parted by commas")
    importance = StringField("Importance", default="2")
    difficulty = StringField("Difficulty in percent", render_kw=_FIGURE)
    picture_text = StringField("What the picture shows")


def read_form(form: QuestionForm, kind: KindName) -> Sheet:
    """Return the sheet that the form was sent with."""
    right = set(form.right.data or ())
    rows = tuple(
        Row(
            text=entry.form.text.data or "",
            match=entry.form.match.data or "",
            feedback=entry.form.feedback.data or "",
            right=str(place) in right,
        )
        for place, entry in enumerate(form.rows.entries)
    )
    return Sheet(kind=kind, rows=rows, **{name: form[name].data or "" for name in TEXTS})


def fill_form(sheet: Sheet, *, stands: str, seen: str) -> QuestionForm:
    """Return the form that shows a sheet."""
    data = {name: getattr(sheet, name) for name in TEXTS}
    rows = [{"text": row.text, "match": row.match, "feedback": row.feedback} for row in sheet.rows]
    right = [str(place) for place, row in enumerate(sheet.rows) if row.right]
    more = {"rows": rows, "right": right, "stands": stands, "seen": seen}
    return QuestionForm(formdata=None, data={**data, **more})
