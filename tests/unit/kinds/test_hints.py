"""Hints: what each kind gives away, and how likely a guess is right after it."""

from dataclasses import replace
from math import ceil

import pytest

from quizapp.kinds.hinting import Hint
from quizapp.kinds.question import FactKey, KindName, Question
from quizapp.kinds.registry import KINDS, get_kind
from tests.factories.kinds import ALL, make_kind

SEEDS = [f"seed {number}" for number in range(30)]


def hint_at(question: Question, seed: str = "s", about: str = "f1") -> Hint:
    hint = get_kind(question.kind).hint(question, seed, FactKey(about))
    assert hint is not None
    return hint


@pytest.mark.parametrize("kind", ALL)
def test_a_hint_is_the_same_each_time_and_raises_the_chance_of_a_guess(kind: KindName) -> None:
    question = make_kind(kind)
    hints = [KINDS[kind].hint(question, "s", FactKey("f1")) for _ in range(3)]
    assert hints[0] == hints[1] == hints[2]
    if kind == "true_false":
        assert hints[0] is None
    else:
        assert hints[0] is not None
        assert question.guess < hints[0].guess < 1


@pytest.mark.parametrize(("options", "removed"), [(5, 2), (4, 1), (3, 1)])
def test_a_choice_loses_half_of_its_wrong_options(options: int, removed: int) -> None:
    question = make_kind("choice")
    question = replace(question, options=(*question.options, *question.options[2:3])[:options])
    right = {place for place, option in enumerate(question.options) if option.correct}
    taken = [hint_at(question, seed) for seed in SEEDS]
    assert {len(hint.removed) for hint in taken} == {removed}
    assert all(right.isdisjoint(hint.removed) for hint in taken)
    assert len({hint.removed for hint in taken}) > 1
    assert taken[0].guess == pytest.approx(1 / (options - removed))


def test_a_choice_of_two_has_none() -> None:
    question = make_kind("choice")
    question = replace(question, options=question.options[:2])
    assert KINDS["choice"].hint(question, "s", FactKey("f1")) is None


def test_where_several_apply_the_hint_says_how_many() -> None:
    question = make_kind("select_all")
    hint = hint_at(question)
    assert hint == Hint(text="Of the 5, 3 apply.", guess=3 / 5)
    whole = hint_at(replace(question, facts=question.facts[:1]))
    assert whole.guess == pytest.approx(1 / 10)
    every = replace(question, options=tuple(each for each in question.options if each.correct))
    assert KINDS["select_all"].hint(every, "s", FactKey("f1")) is None


@pytest.mark.parametrize("kind", ["cloze", "flashcard"])
def test_of_words_the_first_letters_and_lengths_are_told(kind: KindName) -> None:
    question = replace(make_kind(kind), answer="Georgium Sidus")
    assert hint_at(question).text == "First letters, and how many there are: G… (8) S… (5)"


@pytest.mark.parametrize(
    ("answer", "text", "guess"),
    [
        ("13 March 1781", "It is in 1781.", 1 / 365),
        ("March 1781", "It is in 1781.", 1 / 12),
        ("1781", "It is in the 1780s.", 1 / 10),
    ],
)
def test_of_a_date_the_year_is_told_and_of_a_year_the_decade(
    answer: str, text: str, guess: float
) -> None:
    hint = hint_at(replace(make_kind("date"), answer=answer))
    assert hint == Hint(text=text, guess=guess)


@pytest.mark.parametrize(
    ("answer", "tolerance", "chances"),
    [
        ("5,000", "0", {4, 5, 6, 7}),
        ("1,762", "0", range(1000, 2000)),
        ("1", "0", {2, 3}),
        ("4", "1", {2}),
        ("0.25", "0", range(15, 40)),
    ],
)
def test_of_a_number_a_range_is_told_in_which_it_lies_anywhere(
    answer: str, tolerance: str, chances: set[int]
) -> None:
    question = replace(make_kind("numeric"), answer=answer, tolerance=tolerance)
    found = [hint_at(question, seed) for seed in SEEDS]
    key = float(answer.replace(",", ""))
    for hint in found:
        low, high = (float(word.replace(",", "")) for word in read_range(hint))
        assert low <= key <= high
        assert high <= ceil(key * 2)
        assert round(1 / hint.guess) in chances
    assert key < 10 or len({hint.text for hint in found}) > 5


def read_range(hint: Hint) -> tuple[str, str]:
    low, high = hint.text.removeprefix("It is between ").removesuffix(".").split(" and ")
    return low, high


def test_of_an_order_the_first_is_told() -> None:
    question = make_kind("ordering")
    hint = hint_at(question)
    assert hint == Hint(text="First comes: The landing", guess=1 / 2)
    two = replace(question, order=(question.order or ())[:2])
    assert KINDS["ordering"].hint(two, "s", FactKey("f1")) is None


def test_a_pair_is_told_that_is_not_the_facts_own() -> None:
    question = make_kind("matching")
    texts = {hint_at(question, seed, "f2").text for seed in SEEDS}
    assert texts == {
        "“The landing” goes with “1 May 1901”.",
        "“The return” goes with “3 July 1903”.",
    }
    assert hint_at(question).guess == pytest.approx(1 / 3)
    alone = replace(question, facts=question.facts[:1])
    assert KINDS["matching"].hint(alone, "s", FactKey("f1")) is None
