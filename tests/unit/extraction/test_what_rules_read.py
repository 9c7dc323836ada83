"""What the rules read of plain sentences, and what they leave to people."""

import pytest

from tests.unit.extraction.test_guards import describe, find


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Elm Tower has a height of 40 metres.", "Elm Tower height = 40 metres"),
        (
            "The Elm Island has an area of about 7 square kilometres.",
            "Elm Island area ~ 7 square kilometres",
        ),
        (
            "Elm Island is an island of 0.7 square kilometres.",
            "Elm Island area = 0.7 square kilometres",
        ),
        (
            "The population of Port Elm reached 46 in 1950.",
            "Port Elm population = 46 inhabitants",
        ),
        ("Port Elm had a population of 2,300 people.", "Port Elm population = 2300 people ?"),
        (
            "In 1853 the Elm Shipowners' Association was founded by the merchant Ann Bell.",
            "Elm Shipowners' Association founder Ann Bell",
        ),
        ("Elm Bridge was built in 1871.", "Elm Bridge built_on 1871"),
        ("Elm Bridge was opened on 3 May 1872.", "Elm Bridge opened_on 1872-05-03"),
        ("Elm Bridge was closed in 1967.", "Elm Bridge closed_on 1967"),
        (
            "According to the Royal Society, 12 German soldiers were killed in the Battle of Elm.",
            "Battle of Elm killed = 12 German soldiers claim [Royal Society]",
        ),
        (
            "At least 212 sailors drowned in the Battle of Elm.",
            "Battle of Elm killed >= 212 sailors",
        ),
    ],
)
def test_a_plain_sentence_tells_a_fact(sentence: str, expected: str) -> None:
    assert expected in [describe(one) for one in find(sentence).proposals]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Elm Tower has a height of less than half of 40 metres.",
        "The Elm Tower has half a height of 40 metres.",
        "The population of Port Elm never reached 46.",
        "Elm Bridge was built about 1871.",
        "Elm Bridge was not opened in 1872.",
        "Elm Bridge was closed to traffic on most days.",
        "Elm Bridge opened the door in 1871.",
        "The railway to Port Elm was opened in 1858.",
        "A railway between Leeds and Port Elm was opened in 1858.",
        "The Allies' General Smith was born there.",
    ],
)
def test_what_is_not_plain_tells_none(sentence: str) -> None:
    found = [one for one in find(sentence).proposals if one.predicate != "definition"]
    assert [describe(one) for one in found] == []
