"""One right option of three to five."""

import random
import re
from collections.abc import Mapping, Sequence

from quizapp.errors import InvalidError
from quizapp.kinds.answers import read_answer
from quizapp.kinds.hinting import Hint
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.question import FactKey, Question

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?: (?:million|billion))?", re.ASCII)
_RANGE = re.compile(rf"(?:{_NUMBER.pattern}) to (?:{_NUMBER.pattern})", re.ASCII)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"(?:(?:\d{{1,2}} )?(?:{_MONTHS}) )?\d{{4}}", re.ASCII)


class Choice:
    """Single choice. A response is the option's stored position, from 0, as decimal digits."""

    def order(self, question: Question, seed: str) -> Sequence[int]:
        """Return the stored order where every option is a number or a date, else a shuffled one.

        Numbers, ranges and dates are stored sorted, and their natural order helps the reader.
        """
        return order_options(question, seed)

    def parse(self, question: Question, fields: Mapping[str, str]) -> Response:
        """Read `answer`, a position in `question.options`, or "dont_know".

        Raises:
            InvalidError: nothing chosen, or no such option.
        """
        response = read_answer(fields)
        text = response.text
        if response.given and text not in {str(place) for place in range(len(question.options))}:
            raise InvalidError("choose one of the options")
        return response

    def mark(self, question: Question, response: Response) -> Mark:
        """Give the whole mark for the right option, else nothing."""
        right = response.given and question.options[int(response.text)].correct
        return Mark(fraction=1.0 if right else 0.0)

    def hint(self, question: Question, seed: str, about: FactKey) -> Hint | None:  # noqa: ARG002
        """Take away half of the wrong options, but not the last; the guess is one of what is left.

        Of an odd number the smaller half goes.
        """
        wrong = [place for place, option in enumerate(question.options) if not option.correct]
        count = len(wrong) // 2
        if not count:
            return None
        removed = random.Random(f"{seed}:hint").sample(wrong, count)  # noqa: S311  not a secret
        text = "One wrong answer is" if count == 1 else f"{count} wrong answers are"
        return Hint(
            text=f"{text} taken away.",
            guess=1 / (len(question.options) - count),
            removed=tuple(sorted(removed)),
        )


def order_options(question: Question, seed: str) -> Sequence[int]:
    """Return the positions of the options to show: as stored if sorted by nature, else shuffled."""
    positions = list(range(len(question.options)))
    if not has_natural_order([option.text for option in question.options]):
        random.Random(seed).shuffle(positions)  # noqa: S311  not a secret
    return positions


def has_natural_order(texts: Sequence[str]) -> bool:
    """Return whether all texts are numbers or ranges of them, or all are dates."""
    return any(
        all(pattern.fullmatch(text) for text in texts) for pattern in (_NUMBER, _RANGE, _DATE)
    )
