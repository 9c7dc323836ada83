"""The forms of a course."""

from flask_wtf.file import FileField
from wtforms import DateField, EmailField, StringField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length, Optional

from quizapp.storage.roles import ASSISTANT, INSTRUCTOR
from quizapp.web.forms import Form

ROLES = {INSTRUCTOR: "Instructor", ASSISTANT: "Assistant"}
_LONGEST_TITLE = 200


def fold(text: str | None) -> str:
    """Return the text with spaces folded, as people mean it."""
    return " ".join((text or "").split())


class DayField(DateField):  # type: ignore[misc] # the library ships no types
    """A day, optional, as browsers send it."""

    def process_formdata(self, values: list[str]) -> None:
        """Read a day; say how one is written if it is none."""
        try:
            super().process_formdata(values)
        except ValueError:
            raise ValueError("Enter a day such as 2027-06-30, or none.") from None


class CourseForm(Form):
    """What a course is."""

    title = StringField(
        "Title",
        [
            DataRequired("Enter a title."),
            Length(max=_LONGEST_TITLE, message=f"Enter at most {_LONGEST_TITLE} characters."),
        ],
        filters=[fold],
    )
    timezone = StringField(
        "Time zone",
        [
            DataRequired("Enter a time zone, such as Europe/Paris."),
            Length(max=64, message="Enter a time zone from the list, such as Europe/Paris."),
        ],
        filters=[fold],
    )
    exam_on = DayField("Day of the exam (optional)", [Optional()])


class CodeForm(Form):
    """Until when a join code works."""

    last_day = DayField("Last day on which the code works (optional)", [Optional()])


class TeacherForm(Form):
    """Who is to teach, and as what."""

    email = EmailField(
        "E-mail",
        [
            DataRequired("Enter the e-mail address of an instructor."),
            Length(max=254, message="Enter at most 254 characters."),
        ],
        filters=[fold],
    )
    role = StringField("Role", [AnyOf(list(ROLES), "Choose a role.")], default=INSTRUCTOR)


class VersionForm(Form):
    """Which published version a course is to teach."""

    version_id = StringField("Set")


class SectionForm(Form):
    """The title of a section."""

    title = StringField("Title of the section", filters=[fold])


class RosterForm(Form):
    """A roster, typed or as a file; the file counts if there is one."""

    file = FileField("CSV file")
    text = TextAreaField("Table", render_kw={"rows": 10, "spellcheck": "false"})
