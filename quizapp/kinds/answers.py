"""Reading the one form field that marked kinds share."""

from collections.abc import Mapping

from quizapp.kinds.marking import Response

DONT_KNOW = "dont_know"


def read_answer(fields: Mapping[str, str]) -> Response:
    """Return the field `answer` as a response, not given where it says "dont_know"."""
    text = fields.get("answer", "")
    return Response(given=False) if text == DONT_KNOW else Response(text=text)
