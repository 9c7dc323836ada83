"""Several right options of three to five."""

from collections.abc import Mapping, Sequence
from math import comb

from quizapp.errors import InvalidError
from quizapp.kinds.answers import DONT_KNOW, list_values
from quizapp.kinds.choice import order_options
from quizapp.kinds.hinting import Hint
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.question import FactKey, Question


class SelectAll:
    """Select all. A response is the stored positions chosen, sorted: "0 2"."""

    def order(self, question: Question, seed: str) -> Sequence[int]:
        """Return the positions as for a single choice."""
        return order_options(question, seed)

    def parse(self, question: Question, fields: Mapping[str, str]) -> Response:
        """Read `answer`, one value for each option ticked, or "dont_know" alone.

        Raises:
            InvalidError: nothing ticked, or no such option.
        """
        chosen = list_values(fields, "answer")
        if chosen == [DONT_KNOW]:
            return Response(given=False)
        known = [str(place) for place in range(len(question.options))]
        if not chosen or not set(chosen) <= set(known):
            raise InvalidError("tick one or more of the options")
        return Response(text=" ".join(place for place in known if place in chosen))

    def mark(self, question: Question, response: Response) -> Mark:
        """Give the share of right options ticked less that of wrong ones, never below 0.

        A wrong tick costs what a right one earns, so that ticking everything earns little.
        Where every fact of the question has an option of its own, each has its part.
        """
        if not response.given:
            return Mark(fraction=0.0, parts=(0.0,) * len(question.facts))
        chosen = {int(place) for place in response.text.split()}
        right = {place for place, option in enumerate(question.options) if option.correct}
        fraction = max(0.0, (len(chosen & right) - len(chosen - right)) / len(right))
        return Mark(fraction=fraction, parts=_list_parts(question, chosen, right, fraction))

    def hint(self, question: Question, seed: str, about: FactKey) -> Hint | None:  # noqa: ARG002
        """Tell how many options are right.

        Who ticks so many by chance has a certain one right in that share of all cases, and all of
        them in one of the combinations.
        """
        options = len(question.options)
        right = sum(option.correct for option in question.options)
        if right == options:
            return None
        alone = len(question.facts) == right
        guess = right / options if alone else 1 / comb(options, right)
        return Hint(text=f"Of the {options}, {right} apply.", guess=guess)


def _list_parts(
    question: Question, chosen: set[int], right: set[int], fraction: float
) -> tuple[float, ...]:
    """The facts of a question on several are those of its right options, in their order."""
    if len(question.facts) != len(right):
        return (fraction,) * len(question.facts)
    return tuple(float(place in chosen) for place in sorted(right))
