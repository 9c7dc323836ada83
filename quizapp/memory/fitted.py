"""Weights fitted to the answers of a class, and the names under which log entries know them.

A fit in use names itself, with its retention: `fit12@0.90`. So the fold of a log stays what it is
when the fit is withdrawn: entries of its time go on naming it. The decay of the forgetting curve is
not fitted (`fitting.KEPT_DECAY`), so that whatever reads a stability reads it by one curve.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from quizapp.memory.parameters import REGISTRY, RETENTIONS, Parameters, name_version

_NAME = re.compile(r"fit(\d+)@")


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedWeights:
    """The 21 weights of a fit, and its number."""

    number: int
    weights: tuple[float, ...]


@lru_cache(maxsize=1024)
def make_fitted(fit: FittedWeights, retention: float) -> Parameters:
    """Return the parameters of a fit with a retention.

    Raises:
        ValueError: a weight is out of its bounds.
    """
    hundredths = round(retention, 2)
    name = f"fit{fit.number}@{hundredths:.2f}"
    return Parameters(version=name, weights=fit.weights, retention=hundredths)


def choose_parameters(fit: FittedWeights | None, retention: float) -> Parameters:
    """Return the parameters of a fit, or the standard ones without, with a retention.

    Raises:
        ValueError: there is no version with this retention, or a weight is out of its bounds.
    """
    return make_fitted(fit, retention) if fit else REGISTRY[name_version(retention)]


def find_fit(version: str) -> int | None:
    """Return the number of the fit that a version names, None where it names none."""
    found = _NAME.match(version)
    return int(found[1]) if found else None


@lru_cache(maxsize=64)  # a check of the database asks for the same fits at every memory
def register_fits(fits: tuple[FittedWeights, ...]) -> Mapping[str, Parameters]:
    """Return the registry with the versions of some fits added, for `fold` and `advance`."""
    fitted = (make_fitted(fit, retention) for fit in fits for retention in RETENTIONS)
    added = {parameters.version: parameters for parameters in fitted}
    return MappingProxyType({**REGISTRY, **added}) if added else REGISTRY
