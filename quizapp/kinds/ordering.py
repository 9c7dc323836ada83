"""Things to put in order."""

import random
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import factorial

from quizapp.errors import InvalidError
from quizapp.kinds.answers import read_answer
from quizapp.kinds.hinting import Hint
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.question import FactKey, Question

# Of two items the first would give away all.
_LEAST_TO_HINT = 3


class Ordering:
    """Ordering. A response is the numbers of the items in the learner's order: "2 0 1".

    Items are numbered from 0 by their alphabetical order, so that no number tells a place.
    """

    def order(self, question: Question, seed: str) -> Sequence[int]:
        """Return the numbers of the items shuffled, never in the right order."""
        numbers = list(range(len(list_items(question))))
        right = _list_right(question)
        rng = random.Random(seed)  # noqa: S311  not a secret
        rng.shuffle(numbers)
        if numbers == right:
            numbers.reverse()
        return numbers

    def parse(self, question: Question, fields: Mapping[str, str]) -> Response:
        """Read `place_0`, `place_1` and so on: for each item its place, from 1.

        `answer` may hold the numbers of the items in order instead, or "dont_know".

        Raises:
            InvalidError: an item without a place, or two at one place.
        """
        response = read_answer(fields)
        if not response.given:
            return response
        count = len(list_items(question))
        numbers = response.text.split() or _read_places(fields, count)
        if sorted(numbers) != sorted(map(str, range(count))):
            raise InvalidError(f"give each item a place of its own, from 1 to {count}")
        return Response(text=" ".join(numbers))

    def mark(self, question: Question, response: Response) -> Mark:
        """Give the share of right neighbours: of the pairs that follow each other, those kept.

        The part of each item is the share of its own neighbours that stand where they should.
        """
        right = list(pairwise(_list_right(question)))
        given = set(pairwise(map(int, response.text.split()))) if response.given else set()
        kept = [pair in given for pair in right]
        parts = [
            [held for pair, held in zip(right, kept, strict=True) if number in pair]
            for number in _list_right(question)
        ]
        return Mark(
            fraction=sum(kept) / len(kept), parts=tuple(sum(part) / len(part) for part in parts)
        )

    def hint(self, question: Question, seed: str, about: FactKey) -> Hint | None:  # noqa: ARG002
        """Tell what comes first; a guess is one of the orders of the rest."""
        order = question.order or ()
        if len(order) < _LEAST_TO_HINT:
            return None
        return Hint(text=f"First comes: {order[0]}", guess=1 / factorial(len(order) - 1))


def shuffle_items(question: Question, seed: str) -> Sequence[int]:
    """Return the numbers of the items shuffled without a look at the right order.

    Where answers are secret, an order that avoids the right one would tell something of it.
    """
    numbers = list(range(len(question.order or ())))
    random.Random(seed).shuffle(numbers)  # noqa: S311  not a secret
    return numbers


def list_items(question: Question) -> tuple[str, ...]:
    """Return the items by number, that is in alphabetical order."""
    return tuple(sorted(question.order or ()))


def _list_right(question: Question) -> list[int]:
    items = list_items(question)
    return [items.index(text) for text in question.order or ()]


def _read_places(fields: Mapping[str, str], count: int) -> list[str]:
    places = {fields.get(f"place_{number}", "").strip(): str(number) for number in range(count)}
    return [places.get(str(place), "") for place in range(1, count + 1)]
