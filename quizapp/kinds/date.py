"""A date to be typed, as exact as the key.

The usual formats are read, whatever the question lists in `accept`: "2 March 2017", "March 2,
2017", "2 Mar 2017", "2nd of March 2017", "2017-03-02", "02/03/2017" (day first, or month first
where that is the key), "2.3.2017"; for a month "March 2017", "Mar 2017", "03/2017", "2017-03"; for
a year "2017" alone.
"""

from collections.abc import Mapping, Sequence

from quizapp.errors import InvalidError
from quizapp.kinds.answers import read_typed
from quizapp.kinds.dates import describe_grain, parse_dates
from quizapp.kinds.hinting import Hint
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.question import FactKey, Question


class Date:
    """Date. A response is the date in ISO form: "2017-03-02", "2017-03" or "2017"."""

    def order(self, question: Question, seed: str) -> Sequence[int]:  # noqa: ARG002
        """Return no positions: there are no options."""
        return ()

    def parse(self, question: Question, fields: Mapping[str, str]) -> Response:
        """Read `answer`, a date in one of the usual formats, or "dont_know".

        Of 03/02/2017, which may mean two days, the right one is taken if there is one.

        Raises:
            InvalidError: no date, or one more or less exact than was asked for.
        """
        response = read_typed(fields)
        if not response.given:
            return response
        (key,) = parse_dates(question.answer)
        fitting = [one for one in parse_dates(response.text) if one.grain == key.grain]
        if not fitting:
            raise InvalidError(f"give {describe_grain(key.grain)}")
        return Response(text=(key if key in fitting else fitting[0]).iso)

    def mark(self, question: Question, response: Response) -> Mark:
        """Give the whole mark for the same date."""
        right = response.given and parse_dates(response.text) == parse_dates(question.answer)
        return Mark(fraction=1.0 if right else 0.0)

    def hint(self, question: Question, seed: str, about: FactKey) -> Hint | None:  # noqa: ARG002
        """Tell the year of a day or month, the decade of a year; a guess is one of those in it."""
        (key,) = parse_dates(question.answer)
        if key.grain == "year":
            return Hint(text=f"It is in the {key.year // 10 * 10}s.", guess=1 / 10)
        return Hint(text=f"It is in {key.year}.", guess=1 / (12 if key.grain == "month" else 365))
