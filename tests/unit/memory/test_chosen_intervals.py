"""Intervals that a log entry names because of what else was due."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.memory import (
    DEFAULT_PARAMETERS,
    Entry,
    Grade,
    Undo,
    advance,
    fold,
    list_choices,
)
from quizapp.memory.fuzz import find_range
from tests.factories.reviews import (
    EVERY,
    FUZZY,
    PLAIN,
    guesses,
    histories,
    make_memory,
    make_review,
    right_grades,
)

OLD = replace(make_memory(), stability=30.0)
REVIEW = make_review(20, parameters=FUZZY.version)
BY_CHANCE = advance(OLD, REVIEW, seed="s", registry=EVERY)


@settings(max_examples=60, deadline=None)
@given(history=histories, grade=right_grades, guess=guesses, gap=st.integers(0, 90))
def test_every_choice_becomes_the_interval_and_nothing_else_changes(
    history: list[tuple[int, Grade]], grade: Grade, guess: float, gap: int
) -> None:
    memory = make_memory(history)
    day = sum(each for each, _ in history) + gap
    review = make_review(day, grade, guess=guess, parameters=FUZZY.version)
    by_chance = advance(memory, review, seed="s", registry=EVERY)
    choices = list_choices(by_chance, FUZZY)
    assert by_chance.due_day - by_chance.last_day in choices
    for interval in choices:
        chosen = advance(memory, replace(review, interval=interval), seed="s", registry=EVERY)
        assert chosen == replace(by_chance, due_day=by_chance.last_day + interval)


def test_the_choices_are_those_of_the_fuzz() -> None:
    unfuzzed = advance(OLD, replace(REVIEW, parameters=PLAIN.version), seed="s", registry=EVERY)
    shortest, longest = find_range(unfuzzed.due_day - unfuzzed.last_day, FUZZY.maximum_interval)
    assert list_choices(BY_CHANCE, FUZZY) == range(shortest, longest + 1)
    assert longest - shortest > 5


@pytest.mark.parametrize("beyond", ["shorter", "longer"])
def test_an_interval_out_of_the_range_leaves_it_to_chance(beyond: str) -> None:
    choices = list_choices(BY_CHANCE, FUZZY)
    interval = choices.start - 1 if beyond == "shorter" else choices.stop
    review = replace(REVIEW, interval=interval)
    assert advance(OLD, review, seed="s", registry=EVERY) == BY_CHANCE


def test_a_step_has_no_interval_to_choose() -> None:
    review = make_review(20, Grade.AGAIN, parameters=DEFAULT_PARAMETERS.version)
    after = advance(OLD, review, seed="s")
    assert after.due_at is not None
    assert not list_choices(after, DEFAULT_PARAMETERS)
    assert advance(OLD, replace(review, interval=30), seed="s") == after


def test_without_fuzz_there_is_one_interval() -> None:
    review = replace(REVIEW, parameters=PLAIN.version)
    after = advance(OLD, review, seed="s", registry=EVERY)
    interval = after.due_day - after.last_day
    assert list_choices(after, PLAIN) == range(interval, interval + 1)
    assert advance(OLD, replace(review, interval=interval + 1), seed="s", registry=EVERY) == after


def test_a_fold_keeps_what_was_chosen_also_after_an_undo() -> None:
    first = make_review(0, Grade.EASY, number=1, parameters=FUZZY.version)
    undone = make_review(1, Grade.AGAIN, number=2, parameters=FUZZY.version)
    before = advance(None, first, seed="s", registry=EVERY)
    third = make_review(9, Grade.GOOD, number=3, parameters=FUZZY.version)
    choices = list_choices(advance(before, third, seed="s", registry=EVERY), FUZZY)
    for interval in choices:
        log: list[Entry] = [first, undone, replace(third, interval=interval)]
        memory = fold([*log, Undo(number=4, undoes=2)], seed="s", registry=EVERY)
        assert memory is not None
        assert memory.due_day - memory.last_day == interval
    assert len(choices) > 1


@pytest.mark.parametrize("interval", [0, -3])
def test_an_interval_below_a_day_is_refused(interval: int) -> None:
    with pytest.raises(ValueError, match="1 study day or more"):
        replace(REVIEW, interval=interval)
