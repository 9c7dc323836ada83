"""Each kind reads its answer, refuses what is none, marks it, and keeps or turns its options."""

import random
from dataclasses import replace
from typing import Any, get_args

import pytest

from quizapp.errors import InvalidError, NotFoundError
from quizapp.kinds.marking import Response
from quizapp.kinds.question import KindName, Question
from quizapp.kinds.registry import KINDS, get_kind
from tests.unit.kinds.making import make

CITIES = ("Rome", "Oslo", "Lima", "Kyiv")


CHOICE = make("choice", "Lima", CITIES)
TRUE = make("true_false", "true")
CARD = make("flashcard", "Lima")


@pytest.mark.parametrize(
    ("question", "field", "fraction"),
    [
        (CHOICE, "2", 1.0),
        (CHOICE, "0", 0.0),
        (CHOICE, "dont_know", 0.0),
        (TRUE, "true", 1.0),
        (TRUE, "false", 0.0),
        (TRUE, "dont_know", 0.0),
        (replace(TRUE, answer="false"), "false", 1.0),
        (CARD, "1", 0.0),
        (CARD, "2", 1.0),
        (CARD, "4", 1.0),
    ],
)
def test_an_answer_is_read_and_marked(question: Question, field: str, fraction: float) -> None:
    kind = get_kind(question.kind)
    response = kind.parse(question, {"answer": field, "score": "1"})
    assert response == Response(text="" if field == "dont_know" else field, given=field.isalnum())
    assert kind.mark(question, response).fraction == fraction


@pytest.mark.parametrize(
    ("question", "field"),
    [
        *((CHOICE, field) for field in ("", "4", "-1", "01", "2 ", "Lima", "\u0662", "2.0")),
        *((TRUE, field) for field in ("", "True", "1", "yes")),
        *((CARD, field) for field in ("", "0", "5", "dont_know", "good")),
    ],
)
def test_what_is_no_answer_is_refused(question: Question, field: str) -> None:
    with pytest.raises(InvalidError):
        get_kind(question.kind).parse(question, {"answer": field})


@pytest.mark.parametrize("question", [CHOICE, TRUE, CARD])
def test_a_form_without_an_answer_is_refused(question: Question) -> None:
    with pytest.raises(InvalidError):
        get_kind(question.kind).parse(question, {})


def test_options_in_words_are_turned_by_the_seed_alone() -> None:
    kind = get_kind("choice")
    orders = {tuple(kind.order(CHOICE, str(seed))) for seed in range(200)}
    assert len(orders) == 24
    assert all(sorted(order) == [0, 1, 2, 3] for order in orders)
    state = random.getstate()
    assert kind.order(CHOICE, "seed") == kind.order(CHOICE, "seed")
    assert random.getstate() == state


@pytest.mark.parametrize(
    "texts",
    [
        ("4", "34", "1,762", "23 million"),
        ("2,000 to 3,000", "5,000 to 6,000", "7,000 to 8,000"),
        ("2 March 2017", "16 March 2017", "30 October 2020"),
        ("March 2019", "February 2022", "June 2022"),
        ("1866", "1889", "2012"),
    ],
)
def test_numbers_and_dates_stay_sorted(texts: tuple[str, ...]) -> None:
    question = make("choice", texts[0], texts)
    orders = [list(get_kind("choice").order(question, str(seed))) for seed in range(20)]
    assert orders == [list(range(len(texts)))] * 20


def test_one_word_among_numbers_makes_options_that_are_turned() -> None:
    question = make("choice", "4", ("4", "5", "6", "seven", "8"))
    orders = [list(get_kind("choice").order(question, str(seed))) for seed in range(20)]
    assert orders != [[0, 1, 2, 3, 4]] * 20


def test_true_always_stands_before_false_and_a_card_has_no_options() -> None:
    assert [list(get_kind("true_false").order(TRUE, str(seed))) for seed in range(9)] == [
        [0, 1]
    ] * 9
    assert list(get_kind("flashcard").order(CARD, "seed")) == []


def test_a_kind_that_cannot_be_answered_is_not_found() -> None:
    assert set(KINDS) == set(get_args(KindName))
    unknown: Any = "riddle"
    with pytest.raises(NotFoundError):
        get_kind(unknown)
