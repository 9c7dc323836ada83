"""Typed answers: numbers, dates and names in the ways that people write them."""

import pytest

from quizapp.errors import InvalidError
from quizapp.kinds.dates import parse_dates
from quizapp.kinds.marking import Response
from quizapp.kinds.numbers import parse_number
from quizapp.kinds.question import KindName, Question
from quizapp.kinds.registry import get_kind
from quizapp.kinds.spelling import is_same_answer
from tests.unit.kinds.making import make


def mark(question: Question, typed: str) -> float:
    kind = get_kind(question.kind)
    return kind.mark(question, kind.parse(question, {"answer": typed})).fraction


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,762", "1762"),
        ("1 762", "1762"),
        ("1762", "1762"),
        ("1762 soldiers", "1762"),
        ("about 1,762 Soldiers", "1762"),
        ("at least 154", "154"),
        ("23 million", "23000000"),
        ("23m", "23000000"),
        ("$3 bn", "3000000000"),
        ("1.5 thousand", "1500.0"),
        ("12,34", None),
        ("fifty", "50"),
        ("50 ships", None),
        ("1762 or 1763", None),
        ("", None),
        ("9" * 61, None),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, number: str | None) -> None:
    found = parse_number(typed, "soldiers")
    assert (None if found is None else str(found)) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("zero", 0),
        ("Four", 4),
        ("about four", 4),
        ("four soldiers", 4),
        ("twelve", 12),
        ("nineteen soldiers", 19),
        ("forty", 40),
        ("twenty-three", 23),
        ("twenty three", 23),
        ("a hundred", 100),
        ("a hundred and one", 101),
        ("one hundred and fifty-four", 154),
        ("one hundred fifty four", 154),
        ("two thousand", 2000),
        ("two thousand three hundred", 2300),
        ("two hundred thousand", 200_000),
        ("a million", 1_000_000),
        ("twenty-three million", 23_000_000),
        ("one million two thousand three hundred and forty-five", 1_002_345),
        ("two thousand and five", 2005),
        ("nine hundred thousand nine hundred and ninety", 900_990),
    ],
)
def test_numbers_are_read_in_words(typed: str, number: int) -> None:
    assert parse_number(typed, "soldiers") == number


@pytest.mark.parametrize(
    "typed",
    [
        *("three four", "ten one", "twenty-ten", "twenty twenty", "twelve three"),
        *("four or five", "one hundred and", "thirty-fifth", "fifty-", "and", "a", "-"),
        *("fifty ships", "forty 5", "soldiers", "one hundred and " * 5 + "one"),
        *("hundred", "thousand", "a one", "twenty-a", "forty and two", "one-hundred", "zero zero"),
        *("one hundred one hundred", "two thousand three thousand", "a thousand two million"),
        *("five and", "one thousand and", "twenty--three", "seven hundreds", "zero hundred"),
    ],
)
def test_words_that_are_no_number_are_not_read_as_one(typed: str) -> None:
    assert parse_number(typed, "soldiers") is None


@pytest.mark.parametrize(
    ("kind", "key", "typed", "fraction"),
    [
        ("numeric", "23", "twenty-three", 1.0),
        ("numeric", "23", "twenty-four", 0.0),
        ("cloze", "4", "four", 1.0),
        ("cloze", "4", "five", 0.0),
        ("cloze", "23 million", "twenty-three million", 1.0),
    ],
)
def test_a_number_in_words_is_marked_as_in_digits(
    kind: KindName, key: str, typed: str, fraction: float
) -> None:
    assert mark(make(kind, key, unit="cows"), typed) == fraction


@pytest.mark.parametrize(
    ("typed", "dates"),
    [
        ("2 March 2017", ["2017-03-02"]),
        ("March 2, 2017", ["2017-03-02"]),
        ("the 2nd of March 2017", ["2017-03-02"]),
        ("on 2 mar. 2017", ["2017-03-02"]),
        ("2017-03-02", ["2017-03-02"]),
        ("02.03.2017", ["2017-03-02", "2017-02-03"]),
        ("30/10/2020", ["2020-10-30"]),
        ("10/30/2020", ["2020-10-30"]),
        ("March 2017", ["2017-03"]),
        ("sept 2017", ["2017-09"]),
        ("03/2017", ["2017-03"]),
        ("2017-03", ["2017-03"]),
        ("in 2017", ["2017"]),
        ("31 February 2017", []),
        ("ma 2017", []),
        ("13/2017", []),
        ("17", []),
        ("soon", []),
    ],
)
def test_dates_are_read_in_the_usual_formats(typed: str, dates: list[str]) -> None:
    assert sorted(one.iso for one in parse_dates(typed)) == sorted(dates)


@pytest.mark.parametrize(
    ("typed", "key", "same"),
    [
        ("iyad ag ghaly", "Iyad Ag Ghaly", True),
        ("Iyad Ag Gahly", "Iyad Ag Ghaly", True),
        ("Iyad Ag Ghalli", "Iyad Ag Ghaly", True),
        ("Ayad Ak Gali", "Iyad Ag Ghaly", False),
        ("the taliban", "Taliban", True),
        ("Muller", "Müller", True),
        ("Dao", "Gao", False),
        ("Camp 13", "Camp 12", False),
        ("Brigade 27", "Brigade 27", True),
        ("", "Gao", False),
    ],
)
def test_a_slip_is_allowed_in_a_long_name_but_never_in_a_number(
    typed: str, key: str, *, same: bool
) -> None:
    assert is_same_answer(typed, key) is same


@pytest.mark.parametrize(
    ("key", "tolerance", "typed", "fraction"),
    [
        ("1,762", "0", "1762", 1.0),
        ("1,762", "0", "1763", 0.0),
        ("100", "10", "90", 1.0),
        ("100", "10", "111", 0.0),
        ("23 million", "0", "23,000,000 US dollars", 1.0),
        ("23 million", "0", "dont_know", 0.0),
    ],
)
def test_a_number_is_right_within_its_tolerance(
    key: str, tolerance: str, typed: str, fraction: float
) -> None:
    question = make("numeric", key, unit="US dollars", tolerance=tolerance)
    assert mark(question, typed) == fraction


@pytest.mark.parametrize(
    ("key", "typed", "fraction"),
    [
        ("2 March 2017", "02/03/2017", 1.0),
        ("2 March 2017", "03/02/2017", 1.0),
        ("2 March 2017", "3 March 2017", 0.0),
        ("March 2017", "2017-03", 1.0),
        ("March 2017", "April 2017", 0.0),
        ("2017", "2017", 1.0),
        ("2017", "dont_know", 0.0),
    ],
)
def test_a_date_is_right_in_the_grain_that_was_asked(key: str, typed: str, fraction: float) -> None:
    assert mark(make("date", key), typed) == fraction


@pytest.mark.parametrize(
    ("kind", "key", "typed"),
    [
        ("numeric", "50", "many"),
        ("numeric", "50", ""),
        ("date", "March 2017", "2 March 2017"),
        ("date", "2 March 2017", "March 2017"),
        ("date", "2017", "soon"),
        ("cloze", "Gao", "  "),
        ("cloze", "Gao", "x" * 201),
    ],
)
def test_what_cannot_be_the_answer_is_handed_back_not_marked(
    kind: KindName, key: str, typed: str
) -> None:
    with pytest.raises(InvalidError):
        get_kind(kind).parse(make(kind, key), {"answer": typed})


@pytest.mark.parametrize(
    ("key", "accept", "typed", "fraction"),
    [
        ("Iyad Ag Ghaly", ("Ghali",), "GHALI", 1.0),
        ("Iyad Ag Ghaly", ("Ghali",), "Koufa", 0.0),
        ("2 March 2017", (), "2017-03-02", 1.0),
        ("2012", (), "2013", 0.0),
        ("154", (), "at least 154", 1.0),
        ("154", (), "155", 0.0),
        ("1,762", (), "1762", 1.0),
    ],
)
def test_a_blank_takes_every_spelling_and_numbers_exactly(
    key: str, accept: tuple[str, ...], typed: str, fraction: float
) -> None:
    assert mark(make("cloze", key, accept=accept), typed) == fraction


def test_the_stored_response_is_canonical() -> None:
    date, number = make("date", "2 March 2017"), make("numeric", "23 million", unit="US dollars")
    parse = {kind: get_kind(kind).parse for kind in ("date", "numeric")}
    assert parse["date"](date, {"answer": "03/02/2017"}) == Response(text="2017-03-02")
    assert parse["numeric"](number, {"answer": "23 million"}) == Response(text="23000000")
