"""A number to be typed."""

import random
from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from quizapp.errors import InvalidError
from quizapp.kinds.answers import read_typed
from quizapp.kinds.hinting import Hint
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.numbers import parse_number
from quizapp.kinds.question import FactKey, Question


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

    def hint(self, question: Question, seed: str, about: FactKey) -> Hint | None:  # noqa: ARG002
        """Tell a range whose end is about twice its start.

        Where the number lies in it is by chance. A guess is one of the numbers in the range that
        are as round as the right one: of 3,000 to 7,000 five, if that is 5,000.
        """
        key = parse_number(question.answer)
        if key is None or key <= 0:
            return None
        low, high = _find_range(key, seed)
        step = Decimal(1).scaleb(int(key.normalize().as_tuple().exponent))
        taken = 2 * (Decimal(question.tolerance or 0) // step) + 1
        guess = taken / ((high - low) // step + 1)
        text = f"It is between {low:,f} and {high:,f}."
        return Hint(text=text, guess=float(min(guess, Decimal("0.5"))))


def _find_range(key: Decimal, seed: str) -> tuple[Decimal, Decimal]:
    """A range about the number, its ends of two digits, neither of them more exact than it."""
    place = random.Random(f"{seed}:hint").uniform(0.2, 0.8)  # noqa: S311  not a secret
    low = key / Decimal(2**place)
    exact = min(int(key.normalize().as_tuple().exponent), 0)
    step = Decimal(1).scaleb(max(low.adjusted() - 1, exact))
    ends = (
        (low / step).to_integral_value(ROUND_FLOOR),
        (2 * low / step).to_integral_value(ROUND_CEILING),
    )
    return ends[0] * step, ends[1] * step
