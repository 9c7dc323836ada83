"""The one place where the untyped form library is met."""

from flask_wtf import FlaskForm


class Form(FlaskForm):  # type: ignore[misc] # the library ships no types
    """A form with a token against forgery."""
