"""Which questions an attempt has and in what order, the same on every device and at every request.

All chance comes from a seed and is taken question by question (a hash of seed and key, where a
list could have been shuffled): the order in which questions are handed in does not matter, and one
that is dropped leaves the others in their order.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TypeVar

from quizapp.attempts.rules import AssignmentRules
from quizapp.kinds.question import Question
from quizapp.kinds.registry import get_kind

Key = TypeVar("Key", bound=str)

# Their stored order tells nothing; that of an ordering question would be the answer.
_AS_WRITTEN = {"choice", "select_all"}


def seed_of(*, assignment: int, learner: int, number: int) -> str:
    """Return what fixes all chance of a learner's attempt; `number` counts from 1."""
    return f"attempt:{assignment}:{learner}:{number}"


def order_questions(keys: Sequence[Key], rules: AssignmentRules, seed: str) -> tuple[Key, ...]:
    """Return the questions in the order of the attempt: as given, or shuffled by the seed."""
    return sort_by_chance(keys, seed) if rules.shuffle_questions else tuple(keys)


def order_options(question: Question, rules: AssignmentRules, seed: str) -> tuple[int, ...]:
    """Return the positions of a question's options in the order to show them.

    Options in a natural order stay in it. Where options are not shuffled, everyone has them as they
    were written; what must be mixed (things to put in order) is mixed alike for everyone.
    """
    if rules.shuffle_options:
        return tuple(get_kind(question.kind).order(question, f"{seed}:{question.id}"))
    if question.kind in _AS_WRITTEN:
        return tuple(range(len(question.options)))
    return tuple(get_kind(question.kind).order(question, question.id))


def sort_by_chance(keys: Iterable[Key], seed: str) -> tuple[Key, ...]:
    """Return the keys in an order that the seed fixes, whatever order they came in."""
    return tuple(sorted(keys, key=lambda key: (sha256(f"{seed}:{key}".encode()).digest(), key)))
