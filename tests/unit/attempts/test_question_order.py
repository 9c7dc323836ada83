"""The order of an attempt: the same again, another for another learner, blind to the key."""

from dataclasses import replace
from itertools import permutations

import pytest

from quizapp.attempts.order import order_options, order_questions, seed_of
from quizapp.attempts.rules import AssignmentRules
from quizapp.kinds.question import Option, Question, QuestionKey
from tests.unit.kinds.making import make

KEYS = tuple(QuestionKey(f"q{number}") for number in range(8))
WORDS = ("Rome", "Lima", "Oslo", "Bonn", "Cairo")
MIXED = AssignmentRules(shuffle_questions=True)
FIXED = AssignmentRules(shuffle_options=False)
SEEDS = [seed_of(assignment=1, learner=learner, number=1) for learner in range(200)]
CHOICE = make("choice", "Oslo", WORDS)
YEARS = make("choice", "1991", ("1989", "1991", "2001"))
STEPS = make("ordering", "", order=("Moon", "Apple", "Zebra", "Kiwi"))


def test_each_assignment_and_learner_and_attempt_has_a_seed_of_its_own() -> None:
    seeds = {
        seed_of(assignment=a, learner=b, number=c)
        for a in (1, 11)
        for b in (1, 11)
        for c in (1, 11)
    }
    assert len(seeds) == 8


def test_questions_stay_as_given_unless_they_are_shuffled() -> None:
    assert order_questions(KEYS, AssignmentRules(), SEEDS[0]) == KEYS


def test_shuffled_questions_are_all_there_and_the_same_again() -> None:
    for seed in SEEDS:
        order = order_questions(KEYS, MIXED, seed)
        assert sorted(order) == sorted(KEYS)
        assert order_questions(KEYS[::-1], MIXED, seed) == order


def test_the_order_is_that_which_was_once_given_out() -> None:
    # Attempts in progress outlive an upgrade, so this must never change.
    order = order_questions(KEYS, MIXED, seed_of(assignment=1, learner=2, number=3))
    assert order == ("q3", "q1", "q7", "q2", "q5", "q6", "q4", "q0")


def test_every_question_comes_first_for_some_learner() -> None:
    assert {order_questions(KEYS, MIXED, seed)[0] for seed in SEEDS} == set(KEYS)


def test_a_dropped_question_leaves_the_others_in_their_order() -> None:
    for seed in SEEDS[:20]:
        order = order_questions(KEYS, MIXED, seed)
        for dropped in KEYS:
            rest = tuple(key for key in KEYS if key != dropped)
            left = tuple(key for key in order if key != dropped)
            assert order_questions(rest, MIXED, seed) == left


def test_options_are_shuffled_by_learner_and_the_same_again() -> None:
    orders = [order_options(CHOICE, MIXED, seed) for seed in SEEDS]
    assert orders == [order_options(CHOICE, MIXED, seed) for seed in SEEDS]
    assert all(sorted(order) == list(range(5)) for order in orders)
    assert len(set(orders)) > 50


def test_two_questions_of_an_attempt_are_not_shuffled_alike() -> None:
    questions = [replace(CHOICE, id=QuestionKey(f"q{number}")) for number in range(10)]
    assert len({order_options(question, MIXED, SEEDS[0]) for question in questions}) > 5


@pytest.mark.parametrize("rules", [MIXED, FIXED])
def test_options_in_a_natural_order_stay_in_it(rules: AssignmentRules) -> None:
    assert {order_options(YEARS, rules, seed) for seed in SEEDS} == {(0, 1, 2)}


def test_options_that_are_not_shuffled_stay_as_they_were_written() -> None:
    assert {order_options(CHOICE, FIXED, seed) for seed in SEEDS} == {(0, 1, 2, 3, 4)}


def test_things_to_put_in_order_are_mixed_even_where_nothing_is_shuffled() -> None:
    (order,) = {order_options(STEPS, FIXED, seed) for seed in SEEDS}
    items = sorted(STEPS.order or ())
    assert [items[number] for number in order] != list(STEPS.order or ())
    assert len({order_options(STEPS, MIXED, seed) for seed in SEEDS}) > 5


def test_the_order_of_options_does_not_tell_which_is_right() -> None:
    for rules in (MIXED, FIXED):
        for seed in SEEDS[:20]:
            orders = {order_options(question, rules, seed) for question in key_variants(CHOICE)}
            assert len(orders) == 1


def key_variants(question: Question) -> list[Question]:
    """Return the question with each of its options as the right one."""
    return [
        replace(
            question,
            answer=right,
            options=tuple(Option(text=text, correct=text == right) for text in WORDS),
        )
        for right in WORDS
    ]


def test_a_seed_mixes_every_order_of_three() -> None:
    orders = {order_questions(KEYS[:3], MIXED, seed) for seed in SEEDS}
    assert orders == set(permutations(KEYS[:3]))
