"""How a learner studies, as the rules of the memory take it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from quizapp.memory import Ease, FittedWeights, Parameters, choose_parameters
from quizapp.storage.accounts import Account

_EASE: Mapping[str, Ease] = MappingProxyType({"n": "normal", "f": "fewer", "l": "few"})


class HasRetention(Protocol):
    """Somebody who wants to recall that share of what is due, 0 to 1."""

    @property
    def retention(self) -> float:
        """The share."""


def parameters_of(
    person: HasRetention, planned: float | None, fit: FittedWeights | None
) -> Parameters:
    """Return the parameters by which an answer is scheduled.

    The retention is that of a plan, without one the person's own; the weights are those of the fit
    in use, without one the standard ones.
    """
    return choose_parameters(fit, person.retention if planned is None else planned)


def week_of(account: Account) -> tuple[Ease, ...]:
    """Return how many reviews the learner wants on each day of the week, from Monday on."""
    return tuple(_EASE[letter] for letter in account.easy_days)
