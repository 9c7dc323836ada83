"""Reads the parameters of the memory model from JSON; every key may be left out."""

import json
import math
from collections.abc import Mapping
from datetime import timedelta
from typing import TypeGuard

from quizapp.errors import InvalidError, Problem
from quizapp.memory.parameters import DEFAULT_PARAMETERS, Parameters

_KEYS = (
    "version",
    "weights",
    "retention",
    "learning_steps",
    "relearning_steps",
    "maximum_interval",
    "fuzz",
)
_LONGEST_STEP = 1440
_LONGEST_INTERVAL = 36500


def read_parameters(text: str) -> Parameters:
    """Return the parameters of a JSON object; steps are in minutes, `maximum_interval` in days.

    A key that is left out has the product's default, the version the name "file".

    Raises:
        InvalidError: with every problem found, each at the line of its key.
    """
    fields = _Fields(text)
    default = DEFAULT_PARAMETERS
    parameters = Parameters(
        version=fields.read_text("version", "file"),
        weights=fields.read_weights("weights", default.weights),
        retention=fields.read_number("retention", default.retention, 0.5, 0.999),
        learning_steps=fields.read_steps("learning_steps", default.learning_steps),
        relearning_steps=fields.read_steps("relearning_steps", default.relearning_steps),
        maximum_interval=fields.read_days("maximum_interval", default.maximum_interval),
        fuzz=fields.read_flag("fuzz", default.fuzz),
    )
    if fields.problems:
        raise InvalidError("the parameters cannot be used", tuple(fields.problems))
    return parameters


class _Fields:
    """Reads one field after another; a field that is wrong is noted and gives its default."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._values = _parse_object(text)
        self.problems: list[Problem] = []
        for key in self._values:
            if key not in _KEYS:
                self._note(key, f"is unknown; use {', '.join(_KEYS)}")

    def read_text(self, key: str, default: str) -> str:
        value = self._values.get(key, default)
        if isinstance(value, str) and value:
            return value
        self._note(key, 'is no text; write a name like "mine-1"')
        return default

    def read_flag(self, key: str, default: bool) -> bool:
        value = self._values.get(key, default)
        if isinstance(value, bool):
            return value
        self._note(key, "is neither true nor false; write one of them")
        return default

    def read_number(self, key: str, default: float, low: float, high: float) -> float:
        value = self._values.get(key, default)
        if _is_number(value) and low <= value <= high:
            return value
        self._note(key, f"is no number from {low} to {high}; write one")
        return default

    def read_days(self, key: str, default: int) -> int:
        value = self._values.get(key, default)
        if _is_whole(value) and 1 <= value <= _LONGEST_INTERVAL:
            return value
        self._note(key, f"is no whole number of days from 1 to {_LONGEST_INTERVAL}; write one")
        return default

    def read_steps(self, key: str, default: tuple[timedelta, ...]) -> tuple[timedelta, ...]:
        if key not in self._values:
            return default
        minutes = _find_numbers(self._values[key])
        if minutes is not None and all(0 < each <= _LONGEST_STEP for each in minutes):
            return tuple(timedelta(minutes=each) for each in minutes)
        self._note(
            key,
            f"is no list of minutes above 0 and up to {_LONGEST_STEP}; "
            "write it like [1, 10], or [] for no steps",
        )
        return default

    def read_weights(self, key: str, default: tuple[float, ...]) -> tuple[float, ...]:
        if key not in self._values:
            return default
        weights = _find_numbers(self._values[key])
        if weights is None:
            self._note(key, "is no list of numbers; write the 21 weights of FSRS-6")
            return default
        try:
            Parameters(version=key, weights=weights)
        except ValueError as error:
            reason = " ".join(str(error).split())
            self._note(key, f"cannot be used ({reason}); write the 21 weights of FSRS-6")
            return default
        return weights

    def _note(self, key: str, text: str) -> None:
        line = self._text[: max(self._text.find(json.dumps(key)), 0)].count("\n") + 1
        self.problems.append(Problem(line=line, text=f"{key} {text}"))


def _parse_object(text: str) -> Mapping[str, object]:
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        problem = Problem(
            line=error.lineno,
            column=error.colno,
            text=f"the text is no JSON ({error.msg}); correct it there",
        )
        raise InvalidError("the parameters cannot be read", (problem,)) from None
    if isinstance(value, dict):
        return value
    problem = Problem(line=1, text='the file holds no JSON object; write {"retention": 0.9}')
    raise InvalidError("the parameters cannot be read", (problem,))


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < math.inf


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _find_numbers(value: object) -> tuple[float, ...] | None:
    if isinstance(value, list) and all(_is_number(each) for each in value):
        return tuple(value)
    return None
