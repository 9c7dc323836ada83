"""A question whose answer the learner recalls, uncovers and grades."""

from collections.abc import Mapping, Sequence

from quizapp.errors import InvalidError
from quizapp.kinds.hinting import Hint, hint_at_words
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.question import FactKey, Question

FORGOTTEN = "1"
GRADES = (FORGOTTEN, "2", "3", "4")


class Flashcard:
    """A card. A response is the learner's own grade: 1 forgotten, 2 hard, 3 good, 4 easy."""

    def order(self, question: Question, seed: str) -> Sequence[int]:  # noqa: ARG002
        """Return no positions: a card has no options."""
        return ()

    def parse(self, question: Question, fields: Mapping[str, str]) -> Response:  # noqa: ARG002
        """Read `answer`, a grade "1" to "4".

        Raises:
            InvalidError: anything else.
        """
        grade = fields.get("answer", "")
        if grade not in GRADES:
            raise InvalidError("grade your recall from 1 to 4")
        return Response(text=grade)

    def mark(self, question: Question, response: Response) -> Mark:  # noqa: ARG002
        """Give the whole mark unless the answer was forgotten."""
        right = response.given and response.text != FORGOTTEN
        return Mark(fraction=1.0 if right else 0.0)

    def hint(self, question: Question, seed: str, about: FactKey) -> Hint | None:  # noqa: ARG002
        """Tell the first letter and the length of each word."""
        return hint_at_words(question.answer)
