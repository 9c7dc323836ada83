"""The one place where the untyped form library is met."""

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange


class Form(FlaskForm):  # type: ignore[misc] # the library ships no types
    """A form with a token against forgery."""


class WholeNumberField(IntegerField):  # type: ignore[misc] # the library ships no types
    """A whole number within bounds; whatever is wrong with it is said in the same words."""

    def __init__(self, label: str, *, least: int, most: int, **kwargs: object) -> None:
        words = f"{label}: enter a whole number from {least:,} to {most:,}."
        self._bounds = range(least, most + 1)
        checks = [InputRequired(words), NumberRange(least, most, words)]
        super().__init__(label, checks, **kwargs)

    def process_formdata(self, values: list[str]) -> None:
        """Read a number; what is none within the bounds is left out, and refused as such."""
        try:
            super().process_formdata(values)
        except ValueError:
            self.process_data(None)
        if self.data not in self._bounds:
            self.process_data(None)
