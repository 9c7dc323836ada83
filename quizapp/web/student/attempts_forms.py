"""What the form of an attempt sends: answers of one question or of several, flags, and where to go.

A field of question 3 begins with `q3-`; what is sent along with the answer ends with `-3`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from wtforms import HiddenField, PasswordField
from wtforms.validators import DataRequired, Length

from quizapp.errors import InvalidError
from quizapp.kinds.answers import DONT_KNOW
from quizapp.services.accounts.secrets import LONGEST_PASSWORD
from quizapp.services.quizzing.saving import Saving
from quizapp.web.forms import Form
from quizapp.web.kinds.given import Fields, Given, read_fields, read_given

LONGEST_KEY = 64
_INCOMPLETE = "The form was incomplete, so nothing was saved. Open the question again."
_KEY = re.compile(r"key-([1-9][0-9]{0,3})")
_NUMBER = re.compile(r"[0-9]{1,9}")


class StartForm(Form):
    """The start of an attempt: its idempotency key, and the password where one is asked for."""

    key = HiddenField("Key", [DataRequired("Open this page again."), Length(max=LONGEST_KEY)])
    password = PasswordField("Password", [Length(max=LONGEST_PASSWORD)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was sent for the question of a number, from 1.

    `given` are its fields, `stood` the stamp of what stood in them as they were shown; `unknown`
    says that the learner does not know.
    """

    number: int
    given: Given
    fields: Fields
    saves: int
    key: str
    stood: str
    flagged: bool
    was_flagged: bool
    unknown: bool

    @property
    def is_changed(self) -> bool:
        """Whether there is an answer to save."""
        return self.unknown or stamp(self.given) != self.stood

    @property
    def saving(self) -> Saving:
        """The same as the service takes it."""
        return Saving(
            position=self.number - 1,
            expected_saves=self.saves,
            key=self.key,
            fields={"answer": DONT_KNOW} if self.unknown else self.fields,
        )


def prefix_of(number: int) -> str:
    """Return how the names of a question's own fields begin."""
    return f"q{number}-"


def stamp(given: Given) -> str:
    """Return what stands in the fields as one text, the same in whatever order it was sent."""
    filled = {
        name: sorted(value for value in values if value.strip())
        for name, values in given.values.items()
    }
    return json.dumps(
        sorted((name, values) for name, values in filled.items() if values),
        ensure_ascii=False,
        separators=(",", ":"),
    )


def read_sent(form: Mapping[str, str]) -> tuple[Sent, ...]:
    """Return what a form sent for each question in it.

    Raises:
        InvalidError: something is missing that the page had sent along.
    """
    numbers = sorted(int(found[1]) for name in form if (found := _KEY.fullmatch(name)))
    unknown = form.get("go", "").removeprefix("unknown-")
    return tuple(_read_one(form, number, unknown=unknown == str(number)) for number in numbers)


def read_number(text: str) -> int:
    """Return a number that a form sent.

    Raises:
        InvalidError: it is none.
    """
    if not _NUMBER.fullmatch(text):
        raise InvalidError(_INCOMPLETE)
    return int(text)


def _read_one(form: Mapping[str, str], number: int, *, unknown: bool) -> Sent:
    key = form[f"key-{number}"]
    if not key or len(key) > LONGEST_KEY:
        raise InvalidError(_INCOMPLETE)
    prefix = prefix_of(number)
    return Sent(
        number=number,
        given=read_given(form, prefix),
        fields=read_fields(form, prefix),
        saves=read_number(form.get(f"saves-{number}", "")),
        key=key,
        stood=form.get(f"stood-{number}", ""),
        flagged=form.get(f"flag-{number}") == "1",
        was_flagged=form.get(f"flagged-{number}") == "1",
        unknown=unknown,
    )
