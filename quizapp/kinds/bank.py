"""The questions made from one pack."""

from dataclasses import dataclass

from quizapp.kinds.question import FactKey, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """The questions made from a pack, and the facts that got none, each with the reason."""

    questions: tuple[Question, ...]
    unused: tuple[tuple[FactKey, str], ...]
