"""From log to memory: one review, all reviews, and what each grade would lead to."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from quizapp.memory.fsrs6 import find_days
from quizapp.memory.fuzz import spread
from quizapp.memory.grades import Grade
from quizapp.memory.log import Entry, Review, Undo
from quizapp.memory.parameters import REGISTRY, Parameters, get_parameters
from quizapp.memory.state import Memory
from quizapp.memory.steps import next_step
from quizapp.memory.strength import strengthen


def advance(
    memory: Memory | None,
    review: Review,
    *,
    seed: str,
    registry: Mapping[str, Parameters] = REGISTRY,
) -> Memory:
    """Return the memory after a review; `memory` is None before the first.

    `seed` names learner and fact; with the number of the review it fixes the fuzz.

    Raises:
        NotFoundError: the registry has no parameters of the version that the review names.
    """
    parameters = get_parameters(review.parameters, registry)
    stability, difficulty = strengthen(memory, review, parameters)
    step = next_step(memory, review.grade, parameters)
    reps = 1 if memory is None else memory.reps + 1
    if step.delay is None:
        due_day = review.study_day + _find_interval(stability, parameters, seed, reps)
        due_at = None
    else:
        due_day = review.study_day
        due_at = review.at + step.delay
    return Memory(
        stability=stability,
        difficulty=difficulty,
        phase=step.phase,
        step=step.index,
        due_day=due_day,
        due_at=due_at,
        last_day=review.study_day,
        last_at=review.at,
        reps=reps,
        lapses=_count_lapses(memory, review.grade),
    )


def fold(
    entries: Iterable[Entry], *, seed: str, registry: Mapping[str, Parameters] = REGISTRY
) -> Memory | None:
    """Return the memory that a log of one learner and one fact amounts to, None if of no review.

    Reviews count in the order of the time they were given, then of arrival, then of number,
    whatever the order of `entries`; those that an undo names are left out.
    """
    log = tuple(entries)
    undone = {entry.undoes for entry in log if isinstance(entry, Undo)}
    reviews = [e for e in log if isinstance(e, Review) and e.number not in undone]
    memory = None
    for review in sorted(reviews, key=lambda each: (each.at, each.arrived, each.number)):
        memory = advance(memory, review, seed=seed, registry=registry)
    return memory


def preview(
    memory: Memory | None,
    *,
    at: datetime,
    study_day: int,
    guess: float,
    parameters: Parameters,
    seed: str,
) -> dict[Grade, Memory]:
    """Return the memory that each grade would lead to, for the interval above its button."""
    registry = {parameters.version: parameters}
    reviews = [
        Review(
            number=0,
            at=at,
            arrived=at,
            study_day=study_day,
            grade=grade,
            guess=guess,
            parameters=parameters.version,
        )
        for grade in Grade
    ]
    return {r.grade: advance(memory, r, seed=seed, registry=registry) for r in reviews}


def _find_interval(stability: float, parameters: Parameters, seed: str, number: int) -> int:
    days = find_days(stability, parameters.retention, parameters.weights)
    interval = min(max(round(days), 1), parameters.maximum_interval)
    if not parameters.fuzz:
        return interval
    return spread(interval, maximum=parameters.maximum_interval, seed=seed, number=number)


def _count_lapses(memory: Memory | None, grade: Grade) -> int:
    if memory is None:
        return 0
    return memory.lapses + (memory.phase == "review" and grade == Grade.AGAIN)
