"""Where the right one stands among figures and dates, and which of them stand around it."""

from collections import Counter
from pathlib import Path

import pytest

from quizapp.generation.bank import generate
from quizapp.generation.choice import is_ordered
from tests.factories.fact_packs import get_fact, make_tiny_pack
from tests.unit.generation.small_cases import LEADERS, choose_at, count_cows, date_events, draft


def count_places(folder: Path, *facts: str, seed: int) -> dict[str, Counter[int]]:
    """Return by template how often the right one stands at each place."""
    places: dict[str, Counter[int]] = {}
    for question in generate(make_tiny_pack(folder, *facts), seed=seed, kinds=["choice"]).questions:
        place = [option.correct for option in question.options].index(True)
        places.setdefault(question.template, Counter())[place] += 1
    return places


@pytest.mark.parametrize(
    ("figures", "possible"),
    [
        ((), [0, 1, 2, 3]),
        ((40,), [1, 2, 3]),
        ((70,), [0, 1, 2]),
        ((40, 70), [1, 2]),
        ((40, 30, 70), [2]),
        ((60, 70, 80), [0]),
        ((20, 30, 40), [3]),
    ],
)
def test_the_right_figure_may_stand_only_where_most_documented_figures_are_offered(
    tmp_path: Path, figures: tuple[int, ...], possible: list[int]
) -> None:
    facts = count_cows(*figures)
    assert choose_at(tmp_path, possible[0], *facts)[1] == possible


@pytest.mark.parametrize(
    ("position", "options"),
    [
        (1, ["40", "50", "60", "70"]),
        (2, ["30", "40", "50", "70"]),
        (3, ["20", "30", "40", "50"]),
    ],
)
def test_as_many_figures_stand_below_the_right_one_as_its_place_says_documented_ones_first(
    tmp_path: Path, position: int, options: list[str]
) -> None:
    assert choose_at(tmp_path, position, *count_cows(30, 40, 70))[0] == options


@pytest.mark.parametrize(
    ("dates", "possible"),
    [
        (("1999-01", "2001-01", "2003-01"), [2]),
        (("2001-11", "2004-01", "2005-01"), [0]),
        (("1999-01", "2000-01", "2003-01"), [2]),
        (("2003-01", "2004-01", "2005-01"), [0]),
    ],
)
def test_the_right_date_may_stand_only_where_most_documented_dates_are_offered(
    tmp_path: Path, dates: tuple[str, ...], possible: list[int]
) -> None:
    assert choose_at(tmp_path, possible[0], *date_events(*dates))[1] == possible


@pytest.mark.parametrize("seed", range(5))
def test_right_figures_stand_at_every_place_equally_often_apart_from_options_in_words(
    tmp_path: Path, seed: int
) -> None:
    figures = [
        f"id: n{event}, s: {event}, p: killed, v: {{n: {figure}, unit: cows}}"
        for event, figure in (("race", 40), ("fair", 500), ("feast", 6000), ("storm", 70_000))
    ]
    mixed = [fact for pair in zip(LEADERS, figures, strict=True) for fact in pair]
    places = count_places(tmp_path, *mixed, seed=seed)
    assert places["killed/howmany"] == dict.fromkeys(range(4), 1)
    assert places["leader/who"] + places["leader/which"] == dict.fromkeys(range(4), 2)


@pytest.mark.parametrize("seed", range(5))
def test_right_groups_of_a_date_stand_at_every_place_equally_often(
    tmp_path: Path, seed: int
) -> None:
    days = (("ash", "1901-02"), ("elm", "1931-02-03"), ("fir", "1961"), ("oak", "1991-02-03"))
    founded = [f"id: {group}, s: {group}, p: founded_on, v: {day}" for group, day in days]
    places = count_places(tmp_path, *founded, seed=seed)
    assert places["founded_on/which"] == dict.fromkeys(range(4), 1)


@pytest.mark.parametrize(
    ("dates", "position", "options"),
    [
        (
            ("2002-01", "2002-02", "2002-03", "2001-12"),
            0,
            ["June 2001", "December 2001", "January 2002", "February 2002"],
        ),
        (
            ("2000-12", "2001-02", "2000-11", "2000-10"),
            3,
            ["November 2000", "December 2000", "February 2001", "June 2001"],
        ),
        (
            ("2000-12", "2000-11", "2003-05", "2003-06"),
            2,
            ["November 2000", "December 2000", "June 2001", "May 2003"],
        ),
    ],
)
def test_the_nearest_documented_dates_stand_around_the_right_one(
    tmp_path: Path, dates: tuple[str, ...], position: int, options: list[str]
) -> None:
    assert choose_at(tmp_path, position, *date_events(*dates))[0] == options


@pytest.mark.parametrize(
    ("dates", "position", "options"),
    [
        (
            ("1999-12-24", "1998-02-03", "1997-02-03"),
            3,
            ["3 February 1997", "3 February 1998", "24 December 1999", "1 May 2001"],
        ),
        (
            ("2002-12-24", "2003-02-03", "2004-02-03"),
            0,
            ["1 May 2001", "24 December 2002", "3 February 2003", "3 February 2004"],
        ),
        (
            ("1999-12-24", "1998-02-03"),
            3,
            ["3 February 1998", "24 December 1999", "22 April 2001", "1 May 2001"],
        ),
    ],
)
def test_a_made_up_date_of_the_year_of_the_right_one_comes_after_documented_ones_of_any(
    tmp_path: Path, dates: tuple[str, ...], position: int, options: list[str]
) -> None:
    facts = ("id: a, s: race, p: date, v: 2001-05-01", *date_events(*dates)[1:])
    assert choose_at(tmp_path, position, *facts)[0] == options


@pytest.mark.parametrize(
    ("dates", "possible", "alike"),
    [
        (("2001-02", "2003-01", "2004-02", "2005-02"), [0, 1], [1, 2]),
        (("2001-12", "1997-01", "1998-02", "1999-02"), [2, 3], [2, 1]),
        (("2000-01", "2000-02", "2000-03", "2001-09"), [2, 3], [2, 1]),
        (("1999-01", "2000-01", "2001-09"), [2], [2]),
        (("2002-01", "2002-02", "2001-01"), [1], [2]),
    ],
)
def test_a_date_of_the_year_of_the_right_one_is_offered_where_that_stands_beside_it(
    tmp_path: Path, dates: tuple[str, ...], possible: list[int], alike: list[int]
) -> None:
    found = [choose_at(tmp_path, place, *date_events(*dates)) for place in possible]
    assert [places for _, places in found] == [possible] * len(possible)
    assert [sum("2001" in text for text in options) for options, _ in found] == alike


def test_figures_and_dates_alone_stand_by_their_size(tmp_path: Path) -> None:
    pack = make_tiny_pack(
        tmp_path,
        "id: a, s: ash, p: founded_on, v: 2001-05-01",
        "id: b, s: race, p: killed, v: {n: 50, unit: cows}",
        "id: c, s: ash, p: leader, v: ann",
        "id: d, s: ash, p: founder, v: [ann, bob], set: closed",
    )
    ordered = {
        f"{identity} {asked.name}": is_ordered(draft(pack, identity, "choice"), asked)
        for identity in "abcd"
        for asked in pack.predicates[get_fact(pack, identity).predicate].asks
        if asked.end != "several"
    }
    assert ordered == {
        "a when": True,
        "a which": False,
        "b howmany": True,
        "c who": False,
        "c which": False,
        "d who": False,
        "d which": False,
        "d member": False,
    }
