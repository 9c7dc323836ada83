"""A number to be typed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from quizapp.errors import InvalidError
from quizapp.kinds.answers import read_typed
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.numbers import parse_number
from quizapp.kinds.question import Question


class Numeric:
    """Numeric. A response is the number in plain digits: "1762", "23000000"."""

    def order(self, question: Question, seed: str) -> Sequence[int]:  # noqa: ARG002
        """Return no positions: there are no options."""
        return ()

    def parse(self, question: Question, fields: Mapping[str, str]) -> Response:
        """Read `answer`, a number with or without its unit, or "dont_know".

        Raises:
            InvalidError: no number.
        """
        response = read_typed(fields)
        if not response.given:
            return response
        number = parse_number(response.text, question.unit or "")
        if number is None:
            raise InvalidError("type a number in digits, such as 1,500 or 2 million")
        return Response(text=f"{number.normalize():f}")

    def mark(self, question: Question, response: Response) -> Mark:
        """Give the whole mark for a number no further from the key than `tolerance`."""
        key = parse_number(question.answer)
        number = parse_number(response.text) if response.given else None
        if key is None or number is None:
            return Mark(fraction=0.0)
        right = abs(number - key) <= Decimal(question.tolerance or 0)
        return Mark(fraction=1.0 if right else 0.0)
