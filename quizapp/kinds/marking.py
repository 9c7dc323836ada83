"""What every kind answers to: read a response, mark it, say how likely a guess is right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from quizapp.kinds.hinting import Hint
from quizapp.kinds.question import FactKey, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a learner gave: canonical `text` to be stored, or `given=False` for "I don't know"."""

    text: str = ""
    given: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark as a fraction of the maximum, 0 to 1.

    `parts` are the marks of the question's single facts, in their order, where it asks for several;
    empty where the whole mark is that of every fact.
    """

    fraction: float
    parts: tuple[float, ...] = ()

    @property
    def right(self) -> bool:
        """Whether the response earns the whole mark."""
        return self.fraction >= 1


class Kind(Protocol):
    """One kind of question; stateless."""

    def order(self, question: Question, seed: str) -> Sequence[int]:
        """Return the positions of the options in the order to show them, fixed by `seed`."""

    def parse(self, question: Question, fields: Mapping[str, str]) -> Response:
        """Read the form fields of an answer.

        `fields` is a plain mapping, or one with `getlist` for fields that come several times.

        Raises:
            InvalidError: the fields hold no answer that this kind can take.
        """

    def mark(self, question: Question, response: Response) -> Mark:
        """Mark the response against the key."""

    def hint(self, question: Question, seed: str, about: FactKey) -> Hint | None:
        """Return what to give away, fixed by `seed`; None if that would be everything.

        Nothing is given away of the part that asks for the fact `about`.
        """
