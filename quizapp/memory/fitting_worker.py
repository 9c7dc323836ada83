"""Fits weights to a log from standard input in a process of its own, which may be ended.

The library (`fsrs-rs-python`, the extra `fitting`) holds the interpreter while it works, and a
fault in it ends the process. So time and memory are the limits of a process, and nothing else
imports it. Standard input holds {"seed": N, "fits": [[number, 21 weights], ...], "histories":
[[learner, number of the fit in use or null, [[study day, grade, guess], ...]], ...]}; the answer is
{"weights": null or 21 numbers, "figures": as `FitFigures.to_document` gives them}.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypedDict

from quizapp.memory.fit_figures import FitFigures
from quizapp.memory.fitting import (
    Answer,
    FactHistory,
    count_answers,
    is_enough,
    judge,
    list_tested,
    tidy_weights,
)
from quizapp.memory.grades import Grade
from quizapp.memory.parameters import DEFAULT_PARAMETERS
from quizapp.processes import limit_process

MOST_SECONDS = 300
"""Of the processor's time."""
MOST_MEMORY = 3_000_000_000
"""In bytes of addresses, those of shared libraries and of threads' stacks included."""
MISSING = "Fitting needs the extra “fitting” (pip install 'quizapp[fitting]') on this server."
EXHAUSTED = "Fitting took too much memory."
OUT_OF_BOUNDS = "The fitted parameters were out of the bounds in which they make sense."
Fit = Callable[[Sequence[FactHistory], int], Sequence[float]]
Document = dict[str, object]


class Log(TypedDict):
    """What standard input holds."""

    seed: int
    fits: list[tuple[int, list[float]]]
    histories: list[tuple[int, int | None, list[tuple[int, int, float]]]]


def main() -> None:
    """Read standard input, write the answer to standard output."""
    limit_process(MOST_SECONDS, MOST_MEMORY)
    try:
        answer = answer_document(json.load(sys.stdin), fit_weights)
    except MemoryError:
        answer = _refuse(FitFigures(outcome="failed"), EXHAUSTED)
    sys.stdout.write(json.dumps(answer))


def answer_document(document: Log, fit: Fit) -> Document:
    """Return the answer to what standard input holds; `fit` makes weights of a log."""
    fits = {number: tuple(weights) for number, weights in document["fits"]}
    histories = [
        _read_history(learner, answers, None if number is None else fits[number])
        for learner, number, answers in document["histories"]
    ]
    return fit_and_judge(histories, document["seed"], fit)


def fit_and_judge(histories: Sequence[FactHistory], seed: int, fit: Fit) -> Document:
    """Fit weights to all but the held-out days, and judge them on these."""
    figures = count_answers(histories)
    if not is_enough(figures) or figures.split_day is None:
        return {"weights": None, "figures": figures.to_document()}
    try:
        weights = tidy_weights(fit(histories, figures.split_day))
    except ImportError:
        return _refuse(figures, MISSING)
    except ValueError:
        return _refuse(figures, OUT_OF_BOUNDS)
    judged = judge(histories, weights, seed=seed)
    return {"weights": list(weights), "figures": judged.to_document()}


def fit_weights(histories: Sequence[FactHistory], until: int) -> Sequence[float]:
    """Return the library's weights for the answers before a study day.

    Raises:
        ImportError: the library is not installed.
        ValueError: it found no weights.
    """
    from fsrs_rs_python import FSRS, FSRSItem, FSRSReview  # noqa: PLC0415 - an optional extra

    items, facts = [], []
    for fact, history in enumerate(histories):
        gaps = _list_reviews(history)
        reviews = [FSRSReview(grade, gap) for grade, gap in gaps]
        for position, answer in list_tested(history):
            if answer.day < until and not answer.guess:
                items.append(FSRSItem(reviews[: position + 1]))
                facts.append(fact)
    weights: list[float] = FSRS(DEFAULT_PARAMETERS.weights).compute_parameters(items, facts)
    return weights


def _list_reviews(history: FactHistory) -> list[tuple[int, int]]:
    """Return each answer as the library wants it: grade, and days since the one before."""
    days = [answer.day for answer in history.answers]
    gaps = (max(day - before, 0) for before, day in zip([days[0], *days], days, strict=False))
    return [(int(each.grade), gap) for each, gap in zip(history.answers, gaps, strict=True)]


def _read_history(
    learner: int, answers: list[tuple[int, int, float]], used: tuple[float, ...] | None
) -> FactHistory:
    return FactHistory(
        learner=learner,
        used=used,
        answers=tuple(
            Answer(day=day, grade=Grade(grade), guess=guess) for day, grade, guess in answers
        ),
    )


def _refuse(figures: FitFigures, why: str) -> Document:
    failed = replace(figures, outcome="failed", why=why)
    return {"weights": None, "figures": failed.to_document()}


if __name__ == "__main__":
    main()
