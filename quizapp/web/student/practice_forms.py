"""The form of a practice quiz, and the wish that it comes to."""

import re

from wtforms import HiddenField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length

from quizapp.errors import InvalidError
from quizapp.services.practising.planning import MOST_MINUTES, MOST_QUESTIONS, Wish
from quizapp.storage.ids import CourseId, VersionId
from quizapp.web.forms import Form
from quizapp.web.student.attempts_forms import LONGEST_KEY

AMOUNTS = {
    "5": "5 questions",
    "10": "10 questions",
    "20": "20 questions",
    "all": "All of them",
    "other": "Another number",
}
_SET = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_NUMBER = re.compile(r"[0-9]{1,4}")
_NUMERIC = {"inputmode": "numeric"}


class PracticeForm(Form):
    """What a learner wants to practise; what is not ticked or filled in sets no bound."""

    key = HiddenField("Key", [DataRequired("Open this page again."), Length(max=LONGEST_KEY)])
    chosen = HiddenField("Set")
    amount = StringField("How many questions", default="10")
    number = StringField("Number, if none of these", render_kw=_NUMERIC)
    kinds = SelectMultipleField("Kinds of question", validate_choice=False)
    sections = SelectMultipleField("Sections of the article", validate_choice=False)
    minutes = StringField("Time limit in minutes", render_kw=_NUMERIC)


def read_set(text: str) -> tuple[CourseId, VersionId] | None:
    """Return the course and version that an address or a form names, None if it names none."""
    found = _SET.fullmatch(text)
    return (CourseId(int(found[1])), VersionId(int(found[2]))) if found else None


def write_set(course_id: CourseId, version_id: VersionId) -> str:
    """Return what `read_set` reads."""
    return f"{course_id}-{version_id}"


def read_wish(form: PracticeForm) -> Wish | None:
    """Return what a form wishes for; None if it has errors, which then stand beside its fields.

    Raises:
        InvalidError: it names no set, as no form of ours does.
    """
    chosen = read_set(form.chosen.data or "")
    if chosen is None:
        raise InvalidError("The form was incomplete. Open the page again.")
    form.validate()
    most = _read_amount(form)
    minutes = _read_minutes(form)
    if form.errors:
        return None
    return Wish(
        course_id=chosen[0],
        version_id=chosen[1],
        most=most,
        kinds=frozenset(form.kinds.data or ()),
        sections=frozenset(form.sections.data or ()),
        minutes=minutes,
    )


def _read_amount(form: PracticeForm) -> int | None:
    """Return the number of questions, None for all; what is wrong becomes an error of its field."""
    amount = form.amount.data or ""
    if amount not in AMOUNTS:
        form.amount.errors = ["Choose how many questions."]
    if amount == "all":
        return None
    if amount != "other":
        return int(amount) if amount in AMOUNTS else None
    number = _read_number(form.number.data)
    if number is None or not 1 <= number <= MOST_QUESTIONS:
        form.number.errors = [f"Type a number from 1 to {MOST_QUESTIONS}."]
    return number


def _read_minutes(form: PracticeForm) -> int | None:
    text = (form.minutes.data or "").strip()
    minutes = _read_number(text)
    if text and (minutes is None or not 1 <= minutes <= MOST_MINUTES):
        form.minutes.errors = [f"Type a number from 1 to {MOST_MINUTES}, or leave it empty."]
    return minutes


def _read_number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if _NUMBER.fullmatch(text) else None
