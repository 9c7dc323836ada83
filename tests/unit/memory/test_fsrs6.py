"""The memory against the package `fsrs`, which is the reference."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import (
    DEFAULT_PARAMETERS as REFERENCE_WEIGHTS,
)
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from quizapp.memory import DEFAULT_PARAMETERS, Grade, Memory, Parameters, advance, recall
from tests.factories.reviews import FIRST_DAY, PLAIN, make_memory, make_review

GAPS = (0, 0, 1, 2, 3, 8, 21, 100, 700)


def draw_parameters(rng: Random) -> Parameters:
    bounds = zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    weights = tuple(
        min(max(weight * rng.uniform(0.7, 1.4), low), high)
        for weight, (low, high) in zip(PLAIN.weights, bounds, strict=True)
    )
    return replace(PLAIN, weights=weights, retention=rng.uniform(0.8, 0.97))


def midnight(day: int) -> datetime:
    return datetime.fromordinal(day).replace(tzinfo=UTC)


@pytest.mark.parametrize("seed", range(500))
def test_a_random_history_gives_what_the_package_gives_for_study_days(seed: int) -> None:
    rng = Random(seed)
    parameters = draw_parameters(rng) if seed % 2 else PLAIN
    package = Scheduler(
        parameters.weights,
        desired_retention=parameters.retention,
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=False,
    )
    card, memory, day = Card(card_id=1, due=midnight(FIRST_DAY)), None, 0
    for _ in range(rng.randint(1, 20)):
        day += rng.choice(GAPS)
        grade = rng.choice(list(Grade))
        if memory is not None:
            expected = package.get_card_retrievability(card, midnight(FIRST_DAY + day))
            assert recall(memory, FIRST_DAY + day, parameters) == pytest.approx(expected, rel=1e-9)
        card, _ = package.review_card(card, Rating(grade), midnight(FIRST_DAY + day))
        memory = advance(
            memory, make_review(day, grade), seed="", registry={parameters.version: parameters}
        )
        assert (memory.stability, memory.difficulty) == pytest.approx(
            (card.stability, card.difficulty), rel=1e-9
        )
        assert midnight(memory.due_day) == card.due


def test_six_reviews_give_the_published_memory() -> None:
    days = zip((0, 0, 1, 3, 8, 21), (1, 3, 3, 3, 3, 3), strict=True)
    memory = make_memory([(gap, Grade(grade)) for gap, grade in days])
    # Published in single precision: its last digit is good to one part in ten million.
    assert memory.stability == pytest.approx(53.62691, rel=2e-7)
    assert memory.difficulty == pytest.approx(6.3574867, rel=2e-7)


def test_the_first_version_has_the_weights_of_the_package() -> None:
    assert DEFAULT_PARAMETERS.weights == REFERENCE_WEIGHTS


def test_recall_falls_to_nine_tenths_when_the_stability_has_passed() -> None:
    memory = replace(make_memory(), stability=30.0)
    assert recall(memory, memory.last_day + 30, PLAIN) == pytest.approx(0.9, rel=1e-12)


def test_recall_is_certain_on_the_day_of_the_review_and_never_more() -> None:
    memory = make_memory()
    assert recall(memory, memory.last_day, PLAIN) == 1
    assert recall(memory, memory.last_day - 3, PLAIN) == 1


@pytest.mark.parametrize("grade", Grade)
def test_a_review_on_an_earlier_day_counts_as_one_on_the_same_day(grade: Grade) -> None:
    memory = make_memory([(5, Grade.GOOD)])
    early = advance(memory, make_review(2, grade), seed="", registry={"plain": PLAIN})
    same = advance(memory, make_review(5, grade), seed="", registry={"plain": PLAIN})
    assert (early.stability, early.difficulty) == (same.stability, same.difficulty)


@pytest.mark.parametrize("seed", range(100))
def test_phases_and_steps_are_those_of_the_package(seed: int) -> None:
    rng = Random(seed)
    steps = tuple(timedelta(minutes=m) for m in rng.choice(((1, 10), (5,), (1, 3, 9))))
    parameters = replace(PLAIN, learning_steps=steps, relearning_steps=steps[:2])
    package = Scheduler(learning_steps=steps, relearning_steps=steps[:2], enable_fuzzing=False)
    card, memory = Card(card_id=1, due=midnight(FIRST_DAY)), None
    for minute in range(30):
        review = make_review(0, rng.choice((*Grade, Grade.AGAIN)), minute=minute)
        card, _ = package.review_card(card, Rating(review.grade), review.at)
        memory = advance(memory, review, seed="", registry={parameters.version: parameters})
        assert (memory.phase, memory.step) == (card.state.name.lower(), card.step or 0)
        assert read_delay(memory) == card.due - review.at


def read_delay(memory: Memory) -> timedelta:
    if memory.due_at is None:
        return timedelta(days=memory.due_day - memory.last_day)
    return memory.due_at - memory.last_at
