"""From log to memory: one review, all reviews, and what each grade would lead to."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from quizapp.memory.fsrs6 import find_days
from quizapp.memory.fuzz import find_range, spread
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

    `seed` names learner and fact; with the number of the review it fixes the fuzz. An interval that
    the review names is taken where fuzz could have led to it, and is else as if not there: an
    answer that came late, or an undo, may have moved the range.

    Raises:
        NotFoundError: the registry has no parameters of the version that the review names.
    """
    parameters = get_parameters(review.parameters, registry)
    stability, difficulty = strengthen(memory, review, parameters)
    step = next_step(memory, review.grade, parameters)
    reps = 1 if memory is None else memory.reps + 1
    if step.delay is None:
        due_day = review.study_day + _settle_interval(stability, review, parameters, seed, reps)
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


def list_choices(after: Memory, parameters: Parameters) -> range:
    """Return the intervals, in study days, that the entry which led to `after` may name.

    There are none while a step lasts, and only one where fuzz moves nothing: under 2.5 days, or
    with parameters that want no fuzz.
    """
    if after.due_at is not None:
        return range(0)
    return _list_intervals(_find_interval(after.stability, parameters), parameters)


def _settle_interval(
    stability: float, review: Review, parameters: Parameters, seed: str, number: int
) -> int:
    interval, chosen = _find_interval(stability, parameters), review.interval
    if chosen is not None and chosen in _list_intervals(interval, parameters):
        return chosen
    if not parameters.fuzz:
        return interval
    return spread(interval, maximum=parameters.maximum_interval, seed=seed, number=number)


def _find_interval(stability: float, parameters: Parameters) -> int:
    days = find_days(stability, parameters.retention, parameters.weights)
    return min(max(round(days), 1), parameters.maximum_interval)


def _list_intervals(interval: int, parameters: Parameters) -> range:
    if not parameters.fuzz:
        return range(interval, interval + 1)
    shortest, longest = find_range(interval, parameters.maximum_interval)
    return range(shortest, longest + 1)


def _count_lapses(memory: Memory | None, grade: Grade) -> int:
    if memory is None:
        return 0
    return memory.lapses + (memory.phase == "review" and grade == Grade.AGAIN)
