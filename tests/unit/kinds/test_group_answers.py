"""Ticking, ordering and matching: forms, partial credit, and each fact's own part."""

from dataclasses import replace
from typing import Any

import pytest

from quizapp.errors import InvalidError
from quizapp.kinds.marking import Response
from quizapp.kinds.matching import list_matches
from quizapp.kinds.ordering import list_items, shuffle_items
from quizapp.kinds.question import FactKey, Option
from quizapp.kinds.registry import get_kind
from tests.unit.kinds.making import make

FACTS = tuple(map(FactKey, "abcd"))
TICKS = make(
    "select_all",
    "Rome; Lima",
    facts=(FactKey("f"),),
    options=tuple(
        Option(text=text, correct=text in ("Rome", "Lima"))
        for text in ("Rome", "Oslo", "Lima", "Kyiv", "Bath")
    ),
)
ORDER = make("ordering", "", order=("War", "Truce", "Peace", "Aid"), facts=FACTS)
PAIRS = make(
    "matching",
    "",
    pairs=(("War", "May 2001"), ("Truce", "June 1999"), ("Aid", "1 May 2003")),
    options=(Option(text="July 2000", correct=False, refuted_by="no"),),
    facts=FACTS[:3],
)


class Form(dict[str, str]):
    """A form in which a field may come several times, as a browser sends it."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        super().__init__(pairs)
        self.pairs = pairs

    def getlist(self, key: str) -> list[str]:
        return [value for name, value in self.pairs if name == key]


@pytest.mark.parametrize(
    ("ticked", "fraction"),
    [
        (("0", "2"), 1.0),
        (("2", "0", "2"), 1.0),
        (("0",), 0.5),
        (("0", "1"), 0.0),
        (("0", "2", "1"), 0.5),
        (("0", "1", "2", "3", "4"), 0.0),
        (("1", "3"), 0.0),
        (("dont_know",), 0.0),
    ],
)
def test_ticks_earn_right_minus_wrong_and_never_less_than_nothing(
    ticked: tuple[str, ...], fraction: float
) -> None:
    kind = get_kind("select_all")
    fields = Form(*(("answer", place) for place in ticked), ("key", "x"))
    assert kind.mark(TICKS, kind.parse(TICKS, fields)).fraction == fraction


def test_a_plain_mapping_holds_the_ticks_in_one_value() -> None:
    assert get_kind("select_all").parse(TICKS, {"answer": "2 0"}) == Response(text="0 2")


@pytest.mark.parametrize("ticked", [(), ("5",), ("Rome",), ("0", "dont_know")])
def test_no_tick_or_an_unknown_one_is_refused(ticked: tuple[str, ...]) -> None:
    fields = Form(*(("answer", place) for place in ticked))
    with pytest.raises(InvalidError, match="tick one or more"):
        get_kind("select_all").parse(TICKS, fields)


def test_each_right_option_is_the_part_of_its_own_fact() -> None:
    two = make("select_all", "", facts=FACTS[:2], options=TICKS.options)
    kind = get_kind("select_all")
    assert kind.mark(two, Response(text="1 2")).parts == (0.0, 1.0)
    assert kind.mark(TICKS, Response(text="0")).parts == (0.5,)


def test_the_numbers_of_the_items_do_not_tell_their_places() -> None:
    assert list_items(ORDER) == ("Aid", "Peace", "Truce", "War")


@pytest.mark.parametrize(
    ("given", "fraction"),
    [
        ("3 2 1 0", 1.0),
        ("2 1 0 3", 2 / 3),
        ("0 3 2 1", 2 / 3),
        ("3 2 0 1", 1 / 3),
        ("0 1 2 3", 0.0),
    ],
)
def test_an_order_earns_the_share_of_right_neighbours(given: str, fraction: float) -> None:
    kind = get_kind("ordering")
    places = {f"place_{number}": str(place) for place, number in enumerate(given.split(), 1)}
    response = kind.parse(ORDER, places)
    assert response == Response(text=given)
    assert kind.mark(ORDER, response).fraction == pytest.approx(fraction)


def test_each_item_has_the_share_of_its_own_neighbours() -> None:
    mark = get_kind("ordering").mark(ORDER, Response(text="3 2 0 1"))
    assert mark.parts == (1.0, 0.5, 0.0, 0.0)
    assert get_kind("ordering").mark(ORDER, Response(given=False)).fraction == 0.0


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"place_0": "1", "place_1": "2", "place_2": "3"},
        {"place_0": "1", "place_1": "1", "place_2": "2", "place_3": "3"},
        {"place_0": "0", "place_1": "1", "place_2": "2", "place_3": "3"},
        {"answer": "0 1 2"},
    ],
)
def test_an_item_without_a_place_of_its_own_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(InvalidError, match="a place of its own, from 1 to 4"):
        get_kind("ordering").parse(ORDER, fields)


def test_items_are_shown_in_any_order_but_the_right_one() -> None:
    orders = {tuple(get_kind("ordering").order(ORDER, str(seed))) for seed in range(300)}
    assert len(orders) == 23
    assert (3, 2, 1, 0) not in orders


def test_matches_stand_by_time_and_words_alphabetically() -> None:
    assert list_matches(PAIRS) == ("June 1999", "July 2000", "May 2001", "1 May 2003")
    words = make("matching", "", pairs=(("a", "Rome"), ("b", "Oslo")), options=())
    assert list_matches(words) == ("Oslo", "Rome")


@pytest.mark.parametrize(
    ("chosen", "parts"),
    [
        (("2", "0", "3"), (1.0, 1.0, 1.0)),
        (("0", "2", "3"), (0.0, 0.0, 1.0)),
        (("2", "", ""), (1.0, 0.0, 0.0)),
        (("1", "0", ""), (0.0, 1.0, 0.0)),
    ],
)
def test_matches_earn_their_share_and_each_fact_its_own_part(
    chosen: tuple[str, ...], parts: tuple[float, ...]
) -> None:
    kind = get_kind("matching")
    fields = {f"match_{prompt}": number for prompt, number in enumerate(chosen)}
    mark = kind.mark(PAIRS, kind.parse(PAIRS, fields))
    assert mark.parts == parts
    assert mark.fraction == pytest.approx(sum(parts) / 3)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "at least one item"),
        ({"match_0": "4"}, "at least one item"),
        ({"match_0": "2", "match_1": "2"}, "only once"),
        ({"answer": "0 1"}, "at least one item"),
    ],
)
def test_no_match_an_unknown_one_or_one_twice_is_refused(fields: dict[str, str], why: str) -> None:
    with pytest.raises(InvalidError, match=why):
        get_kind("matching").parse(PAIRS, fields)


@pytest.mark.parametrize("question", [TICKS, ORDER, PAIRS])
def test_not_knowing_is_an_answer_of_every_kind(question: Any) -> None:
    kind = get_kind(question.kind)
    response = kind.parse(question, {"answer": "dont_know"})
    assert response == Response(given=False)
    mark = kind.mark(question, response)
    assert mark.fraction == 0.0
    assert set(mark.parts) == {0.0}


def test_where_answers_are_secret_items_come_in_any_order_even_the_right_one() -> None:
    right = [list_items(ORDER).index(text) for text in ORDER.order or ()]
    other = replace(ORDER, order=tuple(reversed(ORDER.order or ())))
    orders = [tuple(shuffle_items(ORDER, str(seed))) for seed in range(300)]
    assert len(set(orders)) == 24
    assert tuple(right) in orders
    assert orders == [tuple(shuffle_items(other, str(seed))) for seed in range(300)]
