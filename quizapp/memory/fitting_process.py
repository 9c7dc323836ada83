"""Runs the fitting of weights in a process of its own, until it ends or nobody wants it."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from quizapp.memory.fit_figures import FitFigures, read_figures
from quizapp.memory.fitted import FittedWeights

PATIENCE = 600
"""Seconds by the clock; the worker itself ends earlier unless the machine is crowded."""
_WORKER = ("-P", "-m", "quizapp.memory.fitting_worker")
_LOOK = 0.5
TOO_LONG = "Fitting took too long, and was ended."
BROKE_OFF = "Fitting broke off (the process ended with {code})."
LoggedAnswers = Sequence[tuple[int, int | None, Sequence[tuple[int, int, float]]]]
"""Of each learner and fact the learner, the number of the fit in use for them (None where the
standard weights are), and of each answer study day, grade and guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FitResult:
    """Fitted weights, None if there are none, and the decision on them."""

    weights: tuple[float, ...] | None
    figures: FitFigures


def run_fitting(
    log: LoggedAnswers,
    fits: Sequence[FittedWeights],
    *,
    seed: int,
    is_cancelled: Callable[[], bool],
    worker: Sequence[str] = _WORKER,
    patience: float = PATIENCE,
) -> FitResult | None:
    """Fit weights to a log and judge them beside those in use; None if it was cancelled.

    `fits` are those that the log names as in use, `worker` is what the interpreter runs. Whatever
    goes wrong in it is a result that says so.
    """
    with tempfile.TemporaryFile("w+") as source, tempfile.TemporaryFile("w+") as answer:
        used = [(fit.number, fit.weights) for fit in fits]
        json.dump({"seed": seed, "fits": used, "histories": log}, source)
        source.seek(0)
        with subprocess.Popen(  # noqa: S603 - the program itself, with nothing from outside
            [sys.executable, *worker], stdin=source, stdout=answer, stderr=subprocess.DEVNULL
        ) as process:
            code = _wait(process, is_cancelled, patience)
        if code is None:
            return _fail(TOO_LONG) if not is_cancelled() else None
        answer.seek(0)
        return _read(answer, code)


def _wait(
    process: "subprocess.Popen[bytes]", is_cancelled: Callable[[], bool], patience: float
) -> int | None:
    """Return how the process ended; None if it was ended here."""
    for _ in range(max(round(patience / _LOOK), 1)):
        try:
            return process.wait(_LOOK)
        except subprocess.TimeoutExpired:
            if is_cancelled():
                break
    process.kill()
    return None


def _read(answer: IO[str], code: int) -> FitResult:
    try:
        document: dict[str, dict[str, object] | list[float] | None] = json.load(answer)
    except ValueError:
        return _fail(BROKE_OFF.format(code=code))
    weights, figures = document.get("weights"), document.get("figures")
    assert isinstance(figures, dict)
    return FitResult(
        weights=tuple(weights) if isinstance(weights, list) else None,
        figures=read_figures(figures),
    )


def _fail(why: str) -> FitResult:
    return FitResult(weights=None, figures=FitFigures(outcome="failed", why=why))
