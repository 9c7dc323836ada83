"""A sentence with one blank to be filled."""

from collections.abc import Mapping, Sequence

from quizapp.kinds.answers import read_typed
from quizapp.kinds.dates import parse_dates
from quizapp.kinds.hinting import Hint, hint_at_words
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.numbers import parse_number
from quizapp.kinds.question import FactKey, Question
from quizapp.kinds.spelling import is_same_answer

BLANK = "_____"


class Cloze:
    """Cloze. A response is what was typed, white space folded."""

    def order(self, question: Question, seed: str) -> Sequence[int]:  # noqa: ARG002
        """Return no positions: there are no options."""
        return ()

    def parse(self, question: Question, fields: Mapping[str, str]) -> Response:  # noqa: ARG002
        """Read `answer`, the text for the blank, or "dont_know".

        Raises:
            InvalidError: nothing was typed.
        """
        return read_typed(fields)

    def mark(self, question: Question, response: Response) -> Mark:
        """Give the whole mark for the answer or any other spelling in `accept`.

        Dates are compared as dates and numbers as numbers; names allow a slip of the hand.
        """
        keys = (question.answer, *question.accept)
        right = response.given and any(_is_same(response.text, key, question) for key in keys)
        return Mark(fraction=1.0 if right else 0.0)

    def hint(self, question: Question, seed: str, about: FactKey) -> Hint | None:  # noqa: ARG002
        """Tell the first letter and the length of each word."""
        return hint_at_words(question.answer)


def _is_same(typed: str, key: str, question: Question) -> bool:
    dates = parse_dates(key)
    if dates:
        return dates[0] in parse_dates(typed)
    number = parse_number(key)
    if number is not None:
        return parse_number(typed, question.unit or "") == number
    return is_same_answer(typed, key)
