"""Wrong figures and dates: as exact as the right one, and never right themselves."""

from decimal import Decimal
from pathlib import Path

import pytest

from quizapp.facts.value_reader import parse_date
from quizapp.facts.values import Comparison, Quantity
from quizapp.generation.figures import is_figure_apart, shift_date
from tests.unit.generation.small_cases import ask, choose_at, count_cows, list_wrong, make


@pytest.mark.parametrize(
    ("key", "other", "apart"),
    [
        (("20", "=", "20"), ("21", "=", "21"), True),
        (("20", "=", "20"), ("20", "=", "20"), False),
        (("20", "~", "20"), ("24", "=", "24"), False),
        (("20", "~", "20"), ("15", "=", "15"), False),
        (("20", "~", "20"), ("30", "=", "30"), True),
        (("20", "=", "30"), ("30", "=", "40"), False),
        (("20", "=", "30"), ("31", "=", "40"), True),
        (("20", "=", "30"), ("25", "=", "25"), False),
    ],
)
def test_no_wrong_figure_lies_inside_the_hedge(
    key: tuple[str, Comparison, str], other: tuple[str, Comparison, str], *, apart: bool
) -> None:
    one, two = (
        Quantity(low=Decimal(low), high=Decimal(high), comparison=comparison)
        for low, comparison, high in (other, key)
    )
    assert is_figure_apart(one, two) is apart


@pytest.mark.parametrize(
    ("position", "options"),
    [(1, ["40", "50", "60", "70"]), (2, ["30", "40", "50", "70"])],
)
def test_figures_of_the_same_sort_come_first_and_none_of_the_event_itself(
    tmp_path: Path, position: int, options: list[str]
) -> None:
    facts = (
        "id: a, s: race, p: killed, v: {n: 50, unit: cows}",
        "id: b, s: race, p: killed, v: {n: 80, unit: hens}",
        "id: c, s: fair, p: killed, v: {n: 40, unit: hens}",
        "id: d, s: feast, p: wounded, v: {n: 70, unit: hens}",
        "id: e, s: storm, p: duration, v: {n: 60, unit: hours}",
        "id: f, s: storm, p: killed, v: {n: 33, unit: hens}",
    )
    assert choose_at(tmp_path, position, *facts)[0] == options


def test_a_documented_figure_is_proven_wrong_by_what_it_is_documented_as(tmp_path: Path) -> None:
    question = ask(tmp_path, *count_cows(40, 30, 20))
    reasons = {option.text: option.refuted_by for option in question.options}
    assert reasons["40"] == (
        "The number of cows killed in the river race has one documented value, 50 cows (a); "
        "40 is documented as the number of cows killed in the autumn fair (fair)."
    )


@pytest.mark.parametrize(
    ("figure", "unit"), [("600", 100), ("200", 100), ("50", 10), ("23000000", 1_000_000)]
)
def test_made_up_figures_are_as_round_as_the_right_one(
    tmp_path: Path, figure: str, unit: int
) -> None:
    question = ask(tmp_path, f"id: a, s: race, p: killed, v: {{n: {figure}, unit: cows}}")
    texts = [
        option.text.replace(",", "").replace(" million", "000000") for option in question.options
    ]
    numbers = [int(text) for text in texts]
    assert numbers == sorted(numbers)
    assert all(number % unit == 0 for number in numbers)


def test_a_range_stands_among_ranges_that_do_not_touch_it(tmp_path: Path) -> None:
    question = ask(
        tmp_path,
        "id: a, s: ash, p: size, v: {range: [2000, 3000], unit: members}, as_of: 2022",
        "id: b, s: ash, p: size, v: {range: [5000, 6000], unit: members}, as_of: 2024",
    )
    ranges = [option.text.replace(",", "").split(" to ") for option in question.options]
    bounds = [int(bound) for pair in ranges for bound in pair]
    assert bounds == sorted(bounds)
    assert len(set(bounds)) == len(bounds)
    assert "5,000 to 6,000" in list_wrong(question)


def test_dates_are_of_one_grain_sorted_and_none_of_the_subject_itself(tmp_path: Path) -> None:
    facts = (
        "id: a, s: race, p: date, v: 2001-05-01",
        "id: b, s: race, p: began, v: 2001-04-30",
        "id: c, s: fair, p: date, v: 2001-05-09",
        "id: d, s: feast, p: date, v: 1999-12-24",
        "id: e, s: storm, p: date, v: 2002-02",
    )
    options, _ = choose_at(tmp_path, 2, *facts)
    assert options == ["24 December 1999", "22 April 2001", "1 May 2001", "9 May 2001"]


def test_no_made_up_date_is_later_than_the_last_documented_one(tmp_path: Path) -> None:
    question = ask(tmp_path, "id: a, s: race, p: date, v: 2001", template="when")
    assert all(int(option.text) <= 2001 for option in question.options)


@pytest.mark.parametrize(
    ("date", "steps", "moved"),
    [
        ("2001", -2, "1999"),
        ("2001-12", 1, "2002-07"),
        ("2001-01", -1, "2000-06"),
        ("2001-03-01", -1, "2001-02-20"),
    ],
)
def test_a_date_is_moved_by_steps_of_its_own_grain(date: str, steps: int, moved: str) -> None:
    start = parse_date(date)
    assert start is not None
    assert shift_date(start, steps).iso == moved


OTHER_FIGURES = (
    "id: c, s: fair, p: killed, v: {n: 40, unit: hens}",
    "id: d, s: feast, p: wounded, v: {n: 70, unit: hens}",
)


@pytest.mark.parametrize(
    ("own", "rival"),
    [
        (", said: [herald]", ", said: [courier]"),
        (", said: [herald]", ""),
        (", status: initial", ", status: revised"),
        (", said: [herald], conflicts: [b]", ", said: [courier], conflicts: [a]"),
    ],
)
def test_the_figure_of_a_version_that_the_frame_names_apart_is_offered_as_wrong(
    tmp_path: Path, own: str, rival: str
) -> None:
    facts = (
        f"id: a, s: race, p: killed, v: {{n: 50, unit: cows}}{own}",
        f"id: b, s: race, p: killed, v: {{n: 80, unit: cows}}{rival}",
        *OTHER_FIGURES,
    )
    assert choose_at(tmp_path, 1, *facts) == (["40", "50", "70", "80"], [1])


def test_the_figure_of_another_version_is_proven_wrong_by_who_gives_it(tmp_path: Path) -> None:
    question = ask(
        tmp_path,
        "id: a, s: race, p: killed, v: {n: 50, unit: cows}, said: [herald]",
        "id: b, s: race, p: killed, v: {n: 80, unit: cows}, said: [courier]",
    )
    reasons = {option.text: option.refuted_by for option in question.options}
    assert reasons["80"] == (
        "The number of cows killed in the river race according to the Morning Herald has one "
        "documented value, 50 cows (a); 80 is documented as the number of cows killed in the "
        "river race according to the Evening Courier (b)."
    )


@pytest.mark.parametrize(
    ("own", "rival"),
    [
        ("unit: cows}", "unit: hens}"),
        ("unit: cows}, said: [herald]", "unit: hens}, said: [herald]"),
        ("unit: cows}, said: [herald]", "unit: hens}, said: [courier]"),
    ],
)
def test_a_figure_of_the_same_event_that_is_no_other_version_is_never_offered(
    tmp_path: Path, own: str, rival: str
) -> None:
    facts = (
        f"id: a, s: race, p: killed, v: {{n: 50, {own}",
        f"id: b, s: race, p: killed, v: {{n: 80, {rival}",
        *OTHER_FIGURES,
    )
    for position in (1, 2):
        options, possible = choose_at(tmp_path, position, *facts)
        assert "80" not in options
        assert possible == [1, 2]


@pytest.mark.parametrize(("own", "rival"), [("", ", said: [courier]"), ("", "")])
def test_without_a_frame_of_its_own_a_version_has_no_options(
    tmp_path: Path, own: str, rival: str
) -> None:
    facts = (
        f"id: a, s: race, p: killed, v: {{n: 50, unit: cows}}{own}",
        f"id: b, s: race, p: killed, v: {{n: 80, unit: cows}}{rival}",
        *OTHER_FIGURES,
    )
    assert not [one for one in make(tmp_path, "choice", *facts) if one.facts == ("a",)]


@pytest.mark.parametrize("figure", [34, 1762])
def test_beside_an_exact_count_no_figure_is_made_up(tmp_path: Path, figure: int) -> None:
    fact = f"id: a, s: race, p: killed, v: {{n: {figure}, unit: cows}}"
    assert make(tmp_path, "choice", fact) == []
