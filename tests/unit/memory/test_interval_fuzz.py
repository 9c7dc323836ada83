from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.memory import Grade, advance
from quizapp.memory.fuzz import find_range, spread
from tests.factories.reviews import (
    EVERY,
    FUZZY,
    PLAIN,
    guesses,
    histories,
    make_memory,
    make_review,
)

LONGEST = 36500


@pytest.mark.parametrize(
    ("interval", "expected"),
    [(1, (1, 1)), (2, (2, 2)), (3, (2, 4)), (7, (5, 9)), (20, (17, 23)), (100, (93, 107))],
)
def test_the_ranges_are_those_of_anki(interval: int, expected: tuple[int, int]) -> None:
    assert find_range(interval, LONGEST) == expected


@pytest.mark.parametrize("interval", [3, 10, 50])
def test_every_interval_of_the_range_comes_up_and_no_other(interval: int) -> None:
    drawn = {spread(interval, maximum=LONGEST, seed=f"learner {n}", number=1) for n in range(500)}
    shortest, longest = find_range(interval, LONGEST)
    assert drawn == set(range(shortest, longest + 1))


@settings(max_examples=100, deadline=None)
@given(
    interval=st.integers(1, 400),
    maximum=st.integers(1, 400),
    seed=st.text(max_size=5),
    number=st.integers(1, 9),
)
def test_fuzz_keeps_to_the_longest_interval(
    interval: int, maximum: int, seed: str, number: int
) -> None:
    interval = min(interval, maximum)
    assert 1 <= spread(interval, maximum=maximum, seed=seed, number=number) <= maximum


def test_learner_and_fact_and_the_number_of_the_review_fix_the_fuzz() -> None:
    def draw(seed: str, number: int) -> list[int]:
        return [
            spread(interval, maximum=LONGEST, seed=seed, number=number)
            for interval in range(1000, 1020)
        ]

    assert draw("1:2", 3) == draw("1:2", 3)
    assert len({tuple(draw(seed, n)) for seed in ("1:2", "2:1") for n in (1, 2)}) == 4


@settings(max_examples=100, deadline=None)
@given(history=histories, gap=st.integers(0, 90), guess=guesses, seed=st.text(max_size=5))
def test_a_better_grade_never_gets_a_shorter_interval(
    history: list[tuple[int, Grade]], gap: int, guess: float, seed: str
) -> None:
    memory = make_memory(history)
    day = sum(each for each, _ in history) + gap
    due = [
        advance(
            memory,
            make_review(day, grade, guess=guess, parameters=FUZZY.version),
            seed=seed,
            registry=EVERY,
        ).due_day
        for grade in (Grade.HARD, Grade.GOOD, Grade.EASY)
    ]
    assert due == sorted(due)


def test_each_review_of_a_fact_has_a_chance_of_its_own() -> None:
    memory = replace(make_memory(), stability=500.0)
    review = make_review(30, parameters=FUZZY.version)
    due = {
        advance(replace(memory, reps=reps), review, seed="s", registry=EVERY).due_day
        for reps in range(1, 6)
    }
    assert len(due) > 1


def test_fuzz_moves_the_due_day_and_nothing_else() -> None:
    history = [(0, Grade.GOOD), (3, Grade.GOOD), (15, Grade.GOOD)]
    plain, fuzzy = make_memory(history, PLAIN), make_memory(history, FUZZY)
    shortest, longest = find_range(plain.due_day - plain.last_day, LONGEST)
    assert shortest <= fuzzy.due_day - fuzzy.last_day <= longest
    assert (fuzzy.stability, fuzzy.difficulty) == (plain.stability, plain.difficulty)
