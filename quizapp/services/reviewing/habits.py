"""How a learner studies, as the rules of the memory take it."""

from collections.abc import Mapping
from types import MappingProxyType

from quizapp.memory import Ease, Parameters, get_parameters, name_version
from quizapp.storage.accounts import Account

_EASE: Mapping[str, Ease] = MappingProxyType({"n": "normal", "f": "fewer", "l": "few"})


def parameters_of(account: Account, planned: float | None) -> Parameters:
    """Return the parameters with the retention of a plan, without one with the learner's own."""
    return get_parameters(name_version(account.retention if planned is None else planned))


def week_of(account: Account) -> tuple[Ease, ...]:
    """Return how many reviews the learner wants on each day of the week, from Monday on."""
    return tuple(_EASE[letter] for letter in account.easy_days)
