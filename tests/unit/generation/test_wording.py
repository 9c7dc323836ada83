"""Pieces of facts become correct English."""

from decimal import Decimal

import pytest

from quizapp.facts.values import Comparison, PartialDate, Period, Quantity
from quizapp.generation.wording import (
    add_possessive,
    ask_how_many,
    ask_when,
    capitalise,
    count_units,
    end_sentence,
    join_words,
    make_singular,
    mention,
    share_words,
    write_date,
    write_figure,
    write_hedged,
    write_number,
    write_when,
)

DAY = PartialDate(year=2017, month=3, day=2)
MONTH = PartialDate(year=2017, month=3)
YEAR = PartialDate(year=2017)


def count(low: str, comparison: Comparison = "=", high: str | None = None) -> Quantity:
    return Quantity(
        low=Decimal(low), high=Decimal(high or low), comparison=comparison, unit="soldiers"
    )


@pytest.mark.parametrize(
    ("value", "written", "when", "asked"),
    [
        (DAY, "2 March 2017", "on 2 March 2017", "on what date"),
        (MONTH, "March 2017", "in March 2017", "in which month and year"),
        (YEAR, "2017", "in 2017", "in which year"),
        (
            Period(start=YEAR, end=PartialDate(year=2023)),
            "2017 to 2023",
            "from 2017 to 2023",
            "in which period",
        ),
    ],
)
def test_dates_are_as_exact_as_their_source(
    value: PartialDate | Period, written: str, when: str, asked: str
) -> None:
    assert (write_date(value), write_when(value), ask_when(value)) == (written, when, asked)


@pytest.mark.parametrize(
    ("quantity", "hedged", "figure", "asked"),
    [
        (count("50", ">="), "at least 50", "50", "at least how many soldiers"),
        (count("100", "~"), "about 100", "100", "about how many soldiers"),
        (count("100", ">"), "more than 100", "100", "more than how many soldiers"),
        (count("80", "<="), "up to 80", "80", "up to how many soldiers"),
        (count("80", "<"), "fewer than 80", "80", "fewer than how many soldiers"),
        (count("1762"), "1,762", "1,762", "how many soldiers"),
        (
            count("2000", high="3000"),
            "between 2,000 and 3,000",
            "2,000 to 3,000",
            "how many soldiers",
        ),
    ],
)
def test_a_hedge_stays_with_its_figure(
    quantity: Quantity, hedged: str, figure: str, asked: str
) -> None:
    assert write_hedged(quantity) == hedged
    assert write_figure(quantity) == figure
    assert ask_how_many(quantity) == asked


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("4", "4"),
        ("945", "945"),
        ("3885", "3,885"),
        ("12.5", "12.5"),
        ("10.0", "10"),
        ("100000", "100,000"),
        ("23000000", "23 million"),
        ("2500000", "2.5 million"),
        ("1234567", "1,234,567"),
        ("3000000000", "3 billion"),
    ],
)
def test_numbers_have_separators_and_round_millions_words(number: str, written: str) -> None:
    assert write_number(Decimal(number)) == written


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("soldiers", "soldier"),
        ("Chadian peacekeepers", "Chadian peacekeeper"),
        ("soldiers of Burkina Faso", "soldier of Burkina Faso"),
        ("deaths from terrorism", "death from terrorism"),
        ("bodies", "body"),
        ("torches", "torch"),
        ("boxes", "box"),
        ("men", "man"),
        ("persons", "person"),
        ("people", "person"),
        ("km", "km"),
        ("glass", "glass"),
    ],
)
def test_one_is_counted_in_the_singular(plural: str, singular: str) -> None:
    assert make_singular(plural) == singular
    one = Quantity(low=Decimal(1), high=Decimal(1), unit=plural)
    two = Quantity(low=Decimal(2), high=Decimal(2), unit=plural)
    assert (count_units(one), count_units(two)) == (singular, plural)


def test_lists_owners_and_sentences_are_punctuated() -> None:
    assert [join_words("ABC"[:size]) for size in range(4)] == ["", "A", "A and B", "A, B and C"]
    assert add_possessive("JNIM") == "JNIM's"
    assert add_possessive("the Russians", plural=True) == "the Russians'"
    assert add_possessive("the people", plural=True) == "the people's"
    assert capitalise("the UN raid") == "The UN raid"
    assert end_sentence("al-Qaeda did", ".") == "Al-Qaeda did."
    assert end_sentence('called "a step."', ".") == 'Called "a step."'


def test_words_in_common_are_seen_through_case_accents_and_endings() -> None:
    assert share_words("Mali", "killing MALIAN soldiers")
    assert share_words("Éire", "the eire road")
    assert not share_words("the group with them", "which group went with them")
    assert mention("UN", "the raid on a UN camp")
    assert not mention("UN", "the unit")
