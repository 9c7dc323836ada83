"""Reading the form fields that marked kinds share."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from quizapp.errors import InvalidError
from quizapp.kinds.marking import Response

DONT_KNOW = "dont_know"


@runtime_checkable
class Repeated(Protocol):
    """Form fields that may come several times under one name, as a browser sends them."""

    def getlist(self, key: str) -> list[str]:
        """Return every value of the field, in the order of the form."""


def read_answer(fields: Mapping[str, str]) -> Response:
    """Return the field `answer` as a response, not given where it says "dont_know"."""
    text = fields.get("answer", "")
    return Response(given=False) if text == DONT_KNOW else Response(text=text)


def read_typed(fields: Mapping[str, str], *, longest: int = 200) -> Response:
    """Return what was typed into `answer`, or a response not given where it says "dont_know".

    Raises:
        InvalidError: nothing was typed, or over `longest` characters.
    """
    response = read_answer(fields)
    text = " ".join(response.text.split())
    if response.given and not text:
        raise InvalidError("type an answer")
    if len(text) > longest:
        raise InvalidError(f"type an answer of at most {longest} characters")
    return Response(text=text, given=response.given)


def list_values(fields: Mapping[str, str], name: str) -> list[str]:
    """Return the values of a field that may be repeated.

    In a plain mapping, which holds one value a name, they are separated by spaces.
    """
    if isinstance(fields, Repeated):
        return [word for value in fields.getlist(name) for word in value.split()]
    return fields.get(name, "").split()
