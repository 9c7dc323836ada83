"""A statement that is true or false."""

from collections.abc import Mapping, Sequence

from quizapp.errors import InvalidError
from quizapp.kinds.answers import read_answer
from quizapp.kinds.hinting import Hint
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.question import FactKey, Question

ANSWERS = ("true", "false")


class TrueFalse:
    """True or false. A response is "true" or "false", as is the question's answer."""

    def order(self, question: Question, seed: str) -> Sequence[int]:  # noqa: ARG002
        """Return True before False, always."""
        return range(len(ANSWERS))

    def parse(self, question: Question, fields: Mapping[str, str]) -> Response:  # noqa: ARG002
        """Read `answer`: "true", "false" or "dont_know".

        Raises:
            InvalidError: anything else.
        """
        response = read_answer(fields)
        if response.given and response.text not in ANSWERS:
            raise InvalidError("choose true or false")
        return response

    def mark(self, question: Question, response: Response) -> Mark:
        """Give the whole mark for the right word, else nothing."""
        right = response.given and response.text == question.answer
        return Mark(fraction=1.0 if right else 0.0)

    def hint(self, question: Question, seed: str, about: FactKey) -> Hint | None:  # noqa: ARG002
        """Return none: of two answers nothing can be taken away."""
        return None
