"""No year is invented, no hedge dropped: what is not understood whole is not taken."""

import re

import pytest

from quizapp.extraction.dates import find_dates, has_yearless_date, read_date_words
from quizapp.extraction.quantities import QUANTITY, read_quantity


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("on 3 May 1900", ["1900-05-03"]),
        ("on May 3rd, 1900, and", ["1900-05-03"]),
        ("in May 1900", ["1900-05"]),
        ("in 1900.", ["1900"]),
        ("(1871 \u2013 3 May 1900)", ["1871", "1900-05-03"]),
        ("on 1900-05-03", ["1900-05-03"]),
        ("on 3 May", []),
        ("in May", []),
        ("on 31 February 1900", []),
        ("in 1900 ships", []),
        ("1900 soldiers", []),
        ("in the 1900s", []),
        ("in 1,900", []),
        ("on 3 May 190", []),
        ("in 480 BC", []),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(words: str, found: list[str]) -> None:
    assert [date.value.iso for date in find_dates(words)] == found


@pytest.mark.parametrize(
    "words",
    [
        "about 1900",
        "c. 1900",
        "in late 1900",
        "in the summer of 1900",
        "before 1900",
        "by 1900",
        "in 1900 or 1901",
        "in 1900 BC",
        "in 1900 at the latest",
        "probably in 1900",
        "in 1900/01",
    ],
)
def test_a_date_that_is_less_than_certain_is_marked(words: str) -> None:
    assert all(date.hedged for date in find_dates(words))


def test_a_day_without_a_year_is_noticed() -> None:
    assert has_yearless_date("on 3 May, and")
    assert has_yearless_date("on May 3 it")
    assert not has_yearless_date("on 3 May 1900")


def test_a_day_that_reads_in_two_ways_is_no_date() -> None:
    assert read_date_words("02/03/1900") is None


@pytest.mark.parametrize(
    ("words", "low", "high", "comparison"),
    [
        ("40", "40", "40", "="),
        ("At least 40", "40", "40", ">="),
        ("no fewer than 1,500", "1500", "1500", ">="),
        ("more than 1.5 million", "1500000", "1500000", ">"),
        ("up to two thousand", "2000", "2000", "<="),
        ("fewer than 12", "12", "12", "<"),
        ("some 500", "500", "500", "~"),
        ("nearly 500", "500", "500", "~"),
        ("between 300 and 400", "300", "400", "="),
        ("about 300 to 400", "300", "400", "~"),
        ("300\u2013400", "300", "400", "="),
        ("500 or more", "500", "500", ">="),
        ("a total of twelve", "12", "12", "="),
    ],
)
def test_a_quantity_keeps_its_hedge(words: str, low: str, high: str, comparison: str) -> None:
    assert re.fullmatch(QUANTITY, words)
    found = read_quantity(words, "men")
    assert found is not None
    assert (f"{found.low.normalize():f}", f"{found.high.normalize():f}") == (low, high)
    assert (found.comparison, found.unit) == (comparison, "men")


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("another ", "12"),
        ("20 or ", "12"),
        ("half of ", "the 12"),
        ("one in ", "12"),
        ("not ", "more than 12"),
        ("$", "12"),
        ("", "at least 40 or fewer"),
        ("", "more than 300 to 400"),
        ("", "400 to 300"),
    ],
)
def test_a_quantity_that_is_not_understood_is_none(before: str, words: str) -> None:
    assert read_quantity(words, "men", before) is None
