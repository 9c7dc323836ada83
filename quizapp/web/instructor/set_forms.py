"""The forms of a set."""

from typing import Literal

from wtforms import EmailField, StringField
from wtforms.validators import AnyOf, DataRequired, Length

from quizapp.services.authoring.drafting import LONGEST_TITLE
from quizapp.web.forms import Form
from quizapp.web.instructor.course_forms import fold

SHARES: dict[Literal["read", "edit"], str] = {
    "read": "May read and copy it",
    "edit": "May edit and publish it",
}
_LONGEST_TAGS = 1000


class TitleForm(Form):
    """How a set is called."""

    title = StringField(
        "Title",
        [
            DataRequired("Enter a title."),
            Length(max=LONGEST_TITLE, message=f"Enter at most {LONGEST_TITLE} characters."),
        ],
        filters=[fold],
    )


class SetForm(TitleForm):
    """How a set is called and found."""

    tags = StringField("Tags", [Length(max=_LONGEST_TAGS, message="Enter fewer tags.")])


class ShareForm(Form):
    """With whom a set is shared, and what they may."""

    email = EmailField("E-mail of a colleague", [DataRequired("Enter an e-mail address.")])
    may = StringField("What they may do", [AnyOf(list(SHARES), "Choose what they may do.")])


def read_share(value: str) -> Literal["read", "edit"]:
    """Return what a colleague may do, as the validated form says it."""
    return "edit" if value == "edit" else "read"
