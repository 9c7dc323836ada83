"""Whether fitted weights foretell answers better than those in use: split by time, score, decide.

The last fifth of the study days is held out. Weights are fitted to the days before (by
`fitting_worker`, with a library) and judged on the days held out by the product's own memory, so
that guessing counts as it does in reviews: a right answer is foretold with g + (1 - g) R.

The library knows of no guessing. So it learns only from answers that could not be guessed; of those
before them it takes a lucky one for knowledge. What that costs shows in the judging.

Answers on the study day of the one before are no test of a memory, and are not judged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from quizapp.memory.fit_figures import (
    LEAST_HELD_OUT,
    LEAST_LEARNED_FROM,
    FitFigures,
    Outcome,
    Score,
)
from quizapp.memory.grades import Grade
from quizapp.memory.log import Review
from quizapp.memory.parameters import DEFAULT_PARAMETERS, Parameters
from quizapp.memory.scheduling import advance
from quizapp.memory.state import Memory
from quizapp.memory.strength import recall

HELD_OUT_SHARE = 0.2
# Students differ more than days do; but an interval over a few students would be too narrow.
LEAST_STUDENTS, LEAST_DAYS = 10, 5
# In log loss; a smaller gain hardly moves a day, even where it is beyond chance.
LEAST_GAIN = 0.001
KEPT_DECAY = DEFAULT_PARAMETERS.weights[20]
_DIGITS = 4
_RESAMPLES = 2_000
_NEARLY = 1e-6  # nothing is foretold as certain
_STEPS, _SETTLED, _STEEPEST = 30, 1e-9, 50.0
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer: its study day, grade, and the probability of a right one by chance."""

    day: int
    grade: Grade
    guess: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FactHistory:
    """The answers of one learner to one fact, in the order in which they count.

    `used` are the weights in use for the two, None for the standard ones.
    """

    learner: int
    answers: tuple[Answer, ...]
    used: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The first study day held out, and how many answers are on either side of it."""

    day: int
    learned_from: int
    held_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """An answer and the probability with which it was foretold to be right."""

    learner: int
    day: int
    guess: float
    right: bool
    chance: float


def count_answers(histories: Sequence[FactHistory]) -> FitFigures:
    """Return the figures of a log that are known before anything is fitted: too few, so far."""
    split = split_by_time(histories)
    return FitFigures(
        outcome="few",
        answers=sum(len(each.answers) for each in histories),
        learners=len({each.learner for each in histories}),
        learned_from=split.learned_from if split else 0,
        held_out=split.held_out if split else 0,
        split_day=split.day if split else None,
    )


def split_by_time(histories: Sequence[FactHistory]) -> Split | None:
    """Hold out the last fifth of the study days with answers; None if there are none to judge."""
    tested = [pair for each in histories for pair in list_tested(each)]
    days = sorted({answer.day for _, answer in tested})
    if not days:
        return None
    day = days[-ceil(HELD_OUT_SHARE * len(days))]
    return Split(
        day=day,
        learned_from=sum(answer.day < day and not answer.guess for _, answer in tested),
        held_out=sum(answer.day >= day for _, answer in tested),
    )


def list_tested(history: FactHistory) -> Iterator[tuple[int, Answer]]:
    """Yield the answers that tell of memory, with their positions: a day or more after another."""
    for position, (before, answer) in enumerate(pairwise(history.answers), start=1):
        if answer.day > before.day:
            yield position, answer


def is_enough(figures: FitFigures) -> bool:
    """Return whether there are enough answers to fit weights to and to judge them by."""
    return figures.learned_from >= LEAST_LEARNED_FROM and figures.held_out >= LEAST_HELD_OUT


def tidy_weights(weights: Sequence[float]) -> tuple[float, ...]:
    """Return fitted weights as they would be used: four decimals, the decay of the standard ones.

    Raises:
        ValueError: they are not 21, or one is out of its bounds.
    """
    tidy = (*(round(float(weight), _DIGITS) for weight in weights[:20]), *weights[20:])
    if len(tidy) == len(DEFAULT_PARAMETERS.weights):
        tidy = (*tidy[:20], KEPT_DECAY)
    return Parameters(version="tidy", weights=tidy).weights


def judge(histories: Sequence[FactHistory], fitted: Sequence[float], *, seed: int) -> FitFigures:
    """Return the figures of fitted weights, and whether they are better than those in use.

    They are better if they gain `LEAST_GAIN` in log loss, the whole interval of the difference is
    below 0, and they also beat the standard ones; `seed` fixes the resampling.
    """
    figures = count_answers(histories)
    first_day = figures.split_day or 0
    others_used = any(each.used is not None for each in histories)
    standard = foretell(histories, DEFAULT_PARAMETERS.weights, first_day)
    former = foretell(histories, None, first_day) if others_used else standard
    latter = foretell(histories, fitted, first_day)
    found = _find_difference(former, latter, seed)
    if found is None:
        return figures
    interval, clusters = found
    scores = _score(standard), _score(latter)
    return replace(
        figures,
        outcome=_decide(interval, beats_standard=scores[1].log_loss < scores[0].log_loss),
        guessable=sum(each.guess > 0 for each in latter) / len(latter),
        standard=scores[0],
        used=_score(former) if others_used else None,
        fitted=scores[1],
        difference=interval,
        clusters=clusters,
    )


def foretell(
    histories: Sequence[FactHistory], weights: Sequence[float] | None, first_day: int
) -> list[Foretold]:
    """Return what the memory foretells of each tested answer since a study day.

    The weights, or if None those in use for each history, hold from the first answer on.
    """
    given = None if weights is None else tuple(weights)
    return [
        found
        for each in histories
        for found in _foretell(each, _make_judged(given or each.used), first_day)
    ]


@lru_cache(maxsize=64)  # making them checks the bounds, for which the reference is slow
def _make_judged(weights: tuple[float, ...] | None) -> Parameters:
    wanted = weights or DEFAULT_PARAMETERS.weights
    return replace(DEFAULT_PARAMETERS, version="judged", weights=wanted, fuzz=False)


def _foretell(history: FactHistory, parameters: Parameters, first_day: int) -> Iterator[Foretold]:
    if history.answers[-1].day < first_day:
        return
    memory: Memory | None = None
    for number, answer in enumerate(history.answers):
        if memory is not None and answer.day >= max(first_day, memory.last_day + 1):
            recalled = recall(memory, answer.day, parameters)
            yield Foretold(
                learner=history.learner,
                day=answer.day,
                guess=answer.guess,
                right=answer.grade != Grade.AGAIN,
                chance=answer.guess + (1 - answer.guess) * recalled,
            )
        review = _make_review(number, answer, parameters)
        memory = advance(memory, review, seed="", registry={parameters.version: parameters})


def _make_review(number: int, answer: Answer, parameters: Parameters) -> Review:
    at = datetime.fromordinal(answer.day).replace(tzinfo=UTC)
    return Review(
        number=number,
        at=at,
        arrived=at,
        study_day=answer.day,
        grade=answer.grade,
        guess=answer.guess,
        parameters=parameters.version,
    )


def _decide(interval: tuple[float, float, float], *, beats_standard: bool) -> Outcome:
    mean, low, high = interval
    if high < 0 and mean <= -LEAST_GAIN and beats_standard:
        return "better"
    return "worse" if low > 0 else "tie"


def _columns(foretold: Sequence[Foretold]) -> tuple[Floats, Floats]:
    """Return what was foretold, short of certainty, and what came (1 if right)."""
    chances = np.clip([each.chance for each in foretold], _NEARLY, 1 - _NEARLY)
    return chances, np.array([each.right for each in foretold], dtype=np.float64)


def _lose(foretold: Sequence[Foretold]) -> Floats:
    chances, right = _columns(foretold)
    return np.asarray(-np.log(np.where(right > 0, chances, 1 - chances)), dtype=np.float64)


def _score(foretold: Sequence[Foretold]) -> Score:
    chances, right = _columns(foretold)
    return Score(
        log_loss=float(_lose(foretold).mean()),
        brier=float(((chances - right) ** 2).mean()),
        slope=_find_slope(np.log(chances / (1 - chances)), right),
    )


def _find_slope(logits: Floats, right: Floats) -> float | None:
    """Fit P(right) = 1 / (1 + exp(-(a + b logit))) by Newton's method, and return b."""
    if np.ptp(logits) < _SETTLED or np.ptp(right) == 0:
        return None
    columns = np.column_stack([np.ones_like(logits), logits])
    found = np.array([0.0, 1.0])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(columns @ found, -_STEEPEST, _STEEPEST)))
        bend = columns.T @ (columns * (chances * (1 - chances))[:, np.newaxis])
        try:
            step = np.linalg.solve(bend, columns.T @ (right - chances))
        except np.linalg.LinAlgError:
            return None
        found = found + step
        if np.abs(step).max() < _SETTLED:
            return float(found[1])
    return None


def _find_difference(
    former: Sequence[Foretold], latter: Sequence[Foretold], seed: int
) -> tuple[tuple[float, float, float], Literal["students", "days"]] | None:
    """Return the mean difference in log loss with its interval, resampling students or days.

    None if there are few of both: then nothing can be told apart from chance.
    """
    by_students = len({each.learner for each in latter}) >= LEAST_STUDENTS
    if not by_students and len({each.day for each in latter}) < LEAST_DAYS:
        return None
    clusters = [each.learner if by_students else each.day for each in latter]
    _, which = np.unique(clusters, return_inverse=True)
    sums = np.bincount(which, weights=_lose(latter) - _lose(former))
    counts = np.bincount(which)
    drawn = np.random.default_rng(seed).integers(len(counts), size=(_RESAMPLES, len(counts)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    interval = float(sums.sum() / counts.sum()), float(low), float(high)
    return interval, "students" if by_students else "days"
