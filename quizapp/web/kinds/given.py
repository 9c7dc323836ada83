"""What stands in a question's fields, whether it comes from a form or from what was stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from quizapp.kinds.answers import Repeated
from quizapp.kinds.marking import Response
from quizapp.kinds.matching import OPEN
from quizapp.kinds.question import Question

_NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The values that stand in the fields, by the names that the kind's `parse` reads."""

    values: Mapping[str, Sequence[str]] = field(default_factory=lambda: _NOTHING)

    def get(self, name: str) -> str:
        """Return the first value of a field, "" if there is none."""
        return next(iter(self.getlist(name)), "")

    def getlist(self, name: str) -> Sequence[str]:
        """Return all values of a field."""
        return self.values.get(name, ())


class Fields(dict[str, str]):
    """The fields of one question among several in a form, as its kind's `parse` reads them."""

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        super().__init__({name: given[0] for name, given in values.items() if given})
        self._values = values

    def getlist(self, key: str) -> list[str]:
        """Return every value of a field, in the order of the form."""
        return list(self._values.get(key, ()))


def read_given(fields: Mapping[str, str], prefix: str = "") -> Given:
    """Return what a form sent for the question whose fields begin with `prefix`."""
    return Given(values=_pick(fields, prefix))


def read_fields(fields: Mapping[str, str], prefix: str) -> Fields:
    """Return the same for the kind's `parse`, which knows no prefix."""
    return Fields(_pick(fields, prefix))


def recall_given(question: Question, response: Response) -> Given:
    """Return how the fields stood that gave a stored response."""
    if not response.given:
        return Given()
    words = response.text.split()
    if question.kind == "select_all":
        return Given(values={"answer": words})
    if question.kind == "ordering":
        return Given(
            values={f"place_{number}": [str(place)] for place, number in enumerate(words, 1)}
        )
    if question.kind == "matching":
        return Given(
            values={
                f"match_{prompt}": [number] for prompt, number in enumerate(words) if number != OPEN
            }
        )
    return Given(values={"answer": [response.text]})


def _pick(fields: Mapping[str, str], prefix: str) -> dict[str, Sequence[str]]:
    return {
        name.removeprefix(prefix): fields.getlist(name)
        if isinstance(fields, Repeated)
        else [fields[name]]
        for name in fields
        if name.startswith(prefix)
    }
