"""The forms of an assignment and of its overrides; `assignments_reading` reads their texts."""

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    PasswordField,
    SelectMultipleField,
    StringField,
)
from wtforms import Form as PlainForm
from wtforms.widgets import DateTimeLocalInput

from quizapp.attempts.switches import SWITCHES
from quizapp.web.forms import Form
from quizapp.web.instructor.course_forms import fold

PICKING = {
    "version": "Every question of the set",
    "draw": "Questions drawn by chance, new for each attempt",
    "list": "Questions that you pick",
}
COUNTS = {
    "highest": "The highest score",
    "last": "The last attempt",
    "first": "The first attempt",
    "average": "The average of all attempts",
}
LAYOUTS = {"one": "One question at a time", "all": "All questions on one page"}
MOST_ROWS = 20
_FIGURE = {"inputmode": "decimal"}


class InstantField(StringField):  # type: ignore[misc] # the library ships no types
    """A date and time without a zone, as browsers send it."""

    widget = DateTimeLocalInput()


class CreditPart(PlainForm):  # type: ignore[misc] # the library ships no types
    """A step of the credit line."""

    until = InstantField("Until")
    credit = StringField("Credit in percent", render_kw=_FIGURE)


class DrawPart(PlainForm):  # type: ignore[misc] # the library ships no types
    """How many questions with which tag and difficulty are drawn."""

    count = StringField("Number of questions", render_kw=_FIGURE)
    tag = StringField("Section or kind")
    difficulty = StringField("Difficulty", default="0:1")


class FeedbackPart(PlainForm):  # type: ignore[misc] # the library ships no types
    """The switches that are on at each moment."""

    during = SelectMultipleField("During the attempt", choices=list(SWITCHES))
    right_after = SelectMultipleField("Right after", choices=list(SWITCHES))
    while_open = SelectMultipleField("Later, while open", choices=list(SWITCHES))
    after_close = SelectMultipleField("After it closes", choices=list(SWITCHES))


class AssignmentForm(Form):
    """All that an instructor says of an assignment."""

    title = StringField("Title", filters=[fold])
    edits = HiddenField(default="0")
    picking = StringField("Which questions", default="version")
    draws = FieldList(FormField(DrawPart), max_entries=MOST_ROWS)
    picks = SelectMultipleField("Questions", validate_choice=False)
    points = StringField("Points for each question", default="1", render_kw=_FIGURE)
    opens_at = InstantField("Opens")
    due_at = InstantField("Due")
    closes_at = InstantField("Closes")
    early = FormField(CreditPart)
    late = FieldList(FormField(CreditPart), max_entries=MOST_ROWS)
    practice = BooleanField("Afterwards it may be practised for no credit until it closes")
    time_limit = StringField("Time limit in minutes", render_kw=_FIGURE)
    grace = StringField("Grace after a deadline in seconds", render_kw=_FIGURE)
    attempts_allowed = StringField("Attempts allowed", render_kw={"inputmode": "numeric"})
    counts = StringField("Which attempt counts")
    shuffle_questions = BooleanField("Shuffle the questions")
    shuffle_options = BooleanField("Shuffle the options")
    layout = StringField("Questions on a page")
    password = PasswordField("Password")
    no_password = BooleanField("Take the password away")
    feedback = FormField(FeedbackPart)


class OverrideForm(Form):
    """What is different for one student or section; what is empty stays as it is."""

    whose = StringField("For whom")
    time_factor = StringField("Extra time as a factor", render_kw=_FIGURE)
    extra_minutes = StringField("Extra time in minutes", render_kw={"inputmode": "numeric"})
    opens_at = InstantField("Opens")
    due_at = InstantField("Due")
    closes_at = InstantField("Closes")
    attempts_allowed = StringField("Attempts allowed", render_kw={"inputmode": "numeric"})
    unlimited = BooleanField("As many attempts as they like")
