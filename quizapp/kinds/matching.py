"""Prompts to be matched, one to one, with more matches than prompts."""

import random
from collections.abc import Mapping, Sequence

from quizapp.errors import InvalidError
from quizapp.kinds.answers import read_answer
from quizapp.kinds.dates import parse_dates
from quizapp.kinds.hinting import Hint
from quizapp.kinds.marking import Mark, Response
from quizapp.kinds.question import FactKey, Question

OPEN = "-"


class Matching:
    """Matching. A response is the number of the match chosen for each prompt: "3 0 -"."""

    def order(self, question: Question, seed: str) -> Sequence[int]:  # noqa: ARG002
        """Return the numbers of the matches, always in their own order, which tells nothing."""
        return range(len(list_matches(question)))

    def parse(self, question: Question, fields: Mapping[str, str]) -> Response:
        """Read `match_0`, `match_1` and so on: for each prompt the number of a match, or "".

        `answer` may hold them all in one text instead, "-" for none, or "dont_know".

        Raises:
            InvalidError: nothing matched, no such match, or one taken twice.
        """
        response = read_answer(fields)
        if not response.given:
            return response
        prompts = range(len(question.pairs or ()))
        chosen = response.text.split() or [
            fields.get(f"match_{prompt}", "").strip() or OPEN for prompt in prompts
        ]
        taken = [number for number in chosen if number != OPEN]
        known = {str(number) for number in range(len(list_matches(question)))}
        if len(chosen) != len(prompts) or not taken or not set(taken) <= known:
            raise InvalidError("choose a match from the list for at least one item")
        if len(set(taken)) < len(taken):
            raise InvalidError("use each match only once")
        return Response(text=" ".join(chosen))

    def mark(self, question: Question, response: Response) -> Mark:
        """Give the share of prompts matched rightly; each has its own part."""
        pairs = question.pairs or ()
        matches = list_matches(question)
        chosen = response.text.split() if response.given else [OPEN] * len(pairs)
        parts = tuple(
            float(number != OPEN and matches[int(number)] == match)
            for (_, match), number in zip(pairs, chosen, strict=True)
        )
        return Mark(fraction=sum(parts) / len(parts), parts=parts)

    def hint(self, question: Question, seed: str, about: FactKey) -> Hint | None:
        """Tell one pair of another fact; a guess is one of the matches that are left."""
        pairs = question.pairs or ()
        others = [pair for pair, fact in zip(pairs, question.facts, strict=False) if fact != about]
        if not others:
            return None
        prompt, match = random.Random(f"{seed}:hint").choice(others)  # noqa: S311  not a secret
        left = len(list_matches(question)) - 1
        return Hint(text=f"“{prompt}” goes with “{match}”.", guess=min(1 / left, 0.5))


def list_matches(question: Question) -> tuple[str, ...]:
    """Return the matches by number: dates by time, words alphabetically.

    Stored are the matches of the pairs and, in `options`, those that match nothing.
    """
    texts = [match for _, match in question.pairs or ()]
    texts += [option.text for option in question.options]
    return tuple(sorted(texts, key=lambda text: (_measure(text), text)))


def _measure(text: str) -> int:
    dates = parse_dates(text)
    return dates[0].first.toordinal() if dates else 0
