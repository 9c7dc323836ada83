"""The forms of those who grade: a grade given, a claim decided, a key corrected."""

from wtforms import FieldList, HiddenField, SelectMultipleField, StringField, TextAreaField

from quizapp.web.forms import Form

_FIGURE = {"inputmode": "decimal"}
_ROWS = {"rows": 3}
MOST_LINES = 50


class GradeForm(Form):
    """A grade in place of the computed one; empty, the computed one stands again."""

    share = StringField("Grade in percent", render_kw=_FIGURE)
    reason = TextAreaField("Reason", render_kw=_ROWS)


class ClaimForm(Form):
    """What is decided of "I was right"."""

    granted = StringField("Part of the mark in percent", default="100", render_kw=_FIGURE)
    reason = StringField("Reason")


class KeyForm(Form):
    """What is to be right instead; each kind of question shows the fields that it has.

    `lines` hold the places of items to put in order, or the matches of prompts.
    """

    what = HiddenField(default="correct")
    right = SelectMultipleField("Right answers", validate_choice=False)
    answer = StringField("Right answer")
    accept = TextAreaField("Other spellings that are taken, one on a line", render_kw=_ROWS)
    tolerance = StringField("Tolerance, either way", render_kw=_FIGURE)
    lines = FieldList(StringField(""), max_entries=MOST_LINES)
    reason = TextAreaField("Reason", render_kw=_ROWS)
