from math import log

import pytest
from hypothesis import given, settings

from quizapp.memory import Grade, Memory, advance, grade_marked, recall
from tests.factories.reviews import (
    EVERY,
    PLAIN,
    guesses,
    histories,
    make_memory,
    make_review,
    right_grades,
)


def answer(memory: Memory | None, day: int, grade: Grade, guess: float) -> Memory:
    return advance(memory, make_review(day, grade, guess=guess), seed="s", registry=EVERY)


def find_known(before: Memory | None, day: int, grade: Grade, guess: float) -> tuple[float, float]:
    """Return how far ln(stability) and difficulty moved from Again (0) to the grade (1)."""
    wrong, right = (answer(before, day, each, 0) for each in (Grade.AGAIN, grade))
    blend = answer(before, day, grade, guess)
    stability = log(blend.stability / wrong.stability) / log(right.stability / wrong.stability)
    difficulty = (blend.difficulty - wrong.difficulty) / (right.difficulty - wrong.difficulty)
    return stability, difficulty


@pytest.mark.parametrize(("guess", "known"), [(1, 1 / 2), (1 / 2, 2 / 3), (1 / 4, 4 / 5)])
def test_a_first_right_answer_is_known_by_even_odds_against_the_guess(
    guess: float, known: float
) -> None:
    assert find_known(None, 0, Grade.GOOD, guess) == pytest.approx((known, known))


@pytest.mark.parametrize("grade", [Grade.HARD, Grade.GOOD, Grade.EASY])
def test_a_later_right_answer_is_known_as_far_as_recall_outweighs_the_guess(grade: Grade) -> None:
    memory = make_memory([(0, Grade.GOOD), (2, Grade.GOOD)])
    day = 40
    expected = recall(memory, make_review(day).study_day, PLAIN)
    known = expected / (expected + (1 - expected) * 0.5)
    assert expected < 0.9
    assert find_known(memory, day, grade, 0.5) == pytest.approx((known, known))


@settings(max_examples=60, deadline=None)
@given(history=histories, grade=right_grades, lower=guesses, higher=guesses)
def test_the_likelier_the_guess_the_weaker_the_memory(
    history: list[tuple[int, Grade]], grade: Grade, lower: float, higher: float
) -> None:
    memory = make_memory(history)
    day = sum(gap for gap, _ in history) + 7
    lower, higher = sorted((lower, higher))
    sure, unsure = (answer(memory, day, grade, guess) for guess in (lower, higher))
    assert sure.stability >= unsure.stability * (1 - 1e-12)
    assert sure.difficulty <= unsure.difficulty * (1 + 1e-12)


@settings(max_examples=60, deadline=None)
@given(history=histories, guess=guesses)
def test_a_wrong_answer_weighs_the_same_whatever_the_guess(
    history: list[tuple[int, Grade]], guess: float
) -> None:
    memory = make_memory(history)
    assert answer(memory, 900, Grade.AGAIN, guess) == answer(memory, 900, Grade.AGAIN, 0)


def test_a_tiny_guess_changes_next_to_nothing() -> None:
    memory = make_memory()
    sure, nearly = answer(memory, 9, Grade.GOOD, 0), answer(memory, 9, Grade.GOOD, 1e-9)
    assert nearly.stability != sure.stability
    assert nearly.stability == pytest.approx(sure.stability, rel=1e-7)


@pytest.mark.parametrize("guess", [-0.1, 1.1, float("nan")])
def test_a_guess_that_is_no_probability_is_refused(guess: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        make_review(guess=guess)


@pytest.mark.parametrize(
    ("fraction", "grade"),
    [(0, Grade.AGAIN), (0.49, Grade.AGAIN), (0.5, Grade.GOOD), (1, Grade.GOOD)],
)
def test_half_of_the_marks_is_a_pass(fraction: float, grade: Grade) -> None:
    assert grade_marked(fraction) is grade
