"""Wrong options are proven wrong, of the same sort as the right one, and say why."""

from decimal import Decimal
from pathlib import Path

import pytest

from quizapp.facts.value_reader import parse_date
from quizapp.facts.values import Comparison, Quantity
from quizapp.generation.bank import generate
from quizapp.generation.figures import is_figure_apart, shift_date
from quizapp.kinds.question import Question
from tests.factories.fact_packs import make_tiny_pack

PLACES = tuple(
    f"id: {place}, s: {event}, p: place, v: {place}"
    for event, place in (("fair", "oslo"), ("feast", "lima"), ("storm", "kyiv"))
)


def ask(folder: Path, *facts: str, entities: str = "", template: str = "") -> Question:
    """Return the choice question about the fact `a`."""
    pack = make_tiny_pack(folder, *facts, entities=entities)
    found = [
        question
        for question in generate(pack, kinds=["choice"]).questions
        if question.facts == ("a",) and template in question.template
    ]
    assert len(found) == 1
    return found[0]


def list_wrong(question: Question) -> set[str]:
    return {option.text for option in question.options if not option.correct}


def test_the_certificate_names_the_slot_its_value_and_what_the_wrong_value_is(
    tmp_path: Path,
) -> None:
    question = ask(tmp_path, "id: a, s: ash, p: headquarters, v: rome", *PLACES, template="where")
    reasons = {option.text: option.refuted_by for option in question.options}
    assert reasons["Rome"] is None
    assert reasons["Oslo"] == (
        "The place of the headquarters of the Ash League has one documented value, Rome (a); "
        "Oslo is documented as the place of the autumn fair (oslo)."
    )


def test_a_subject_is_proven_wrong_by_the_value_of_its_own(tmp_path: Path) -> None:
    question = ask(
        tmp_path,
        "id: a, s: ash, p: leader, v: ann",
        "id: b, s: elm, p: leader, v: bob",
        "id: c, s: fir, p: leader, v: cid",
        "id: d, s: oak, p: leader, v: dan, as_of: 1999",
        template="which",
    )
    assert list_wrong(question) == {"The Elm Guild", "The Fir Circle"}
    reasons = [option.refuted_by for option in question.options if option.text == "The Elm Guild"]
    why = "the leader of the Elm Guild has one documented value, Bob Baker (b)."
    assert reasons == [f"The Elm Guild is not the group led by Ann Archer: {why}"]


def test_no_alias_same_entity_part_or_whole_of_the_value_is_offered(tmp_path: Path) -> None:
    entities = (
        "  roma: {type: place, place: city, name: Roma, same_as: [rome]}\n"
        "  old_rome: {type: place, place: city, name: old Rome}\n"
        "  trastevere: {type: place, place: city, name: Trastevere}\n"
        "  latium: {type: place, place: city, name: Latium}\n"
    )
    question = ask(
        tmp_path,
        "id: a, s: ash, p: headquarters, v: rome",
        "id: r1, s: elm, p: headquarters, v: roma",
        "id: r2, s: fir, p: headquarters, v: old_rome",
        "id: r3, s: oak, p: headquarters, v: trastevere",
        "id: r4, s: pines, p: headquarters, v: latium",
        "id: r5, s: trastevere, p: located_in, v: rome",
        "id: r6, s: rome, p: located_in, v: latium",
        *PLACES,
        entities=entities,
        template="where",
    )
    assert list_wrong(question) == {"Oslo", "Lima", "Kyiv"}


def test_no_value_of_another_claimant_is_offered(tmp_path: Path) -> None:
    question = ask(
        tmp_path,
        "id: a, s: race, p: place, v: rome, said: [herald]",
        "id: b, s: race, p: place, v: oslo, said: [courier]",
        *PLACES[1:],
    )
    assert list_wrong(question) == {"Lima", "Kyiv"}


def test_options_are_of_one_sort_and_no_region_that_may_hold_the_right_one(
    tmp_path: Path,
) -> None:
    cities = ask(
        tmp_path,
        "id: a, s: race, p: place, v: rome",
        *PLACES,
        "id: x, s: may_march, p: place, v: north",
        template="where",
    )
    assert list_wrong(cities) == {"Oslo", "Lima", "Kyiv"}
    regions = ask(
        tmp_path,
        "id: a, s: race, p: place, v: north",
        "id: x, s: fair, p: place, v: south",
        "id: y, s: feast, p: place, v: east",
        "id: z, s: ash, p: active_in, v: west",
        template="where",
    )
    assert list_wrong(regions) == {"The southern plain", "The eastern hills"}


def test_values_in_the_same_part_come_before_others(tmp_path: Path) -> None:
    question = ask(
        tmp_path,
        "id: f, s: ash, p: founder, v: [dan, eve]",
        "id: a, s: ash, p: leader, v: bob",
        "id: r, s: ann, p: role, v: baker",
        "id: x, s: elm, p: leader, v: cid",
        template="who",
    )
    assert list_wrong(question) == {"Cid Cooper", "Dan Dyer", "Eve Ewing"}


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


def test_figures_of_the_same_sort_come_first_and_none_of_the_slot_itself(tmp_path: Path) -> None:
    question = ask(
        tmp_path,
        "id: a, s: race, p: killed, v: {n: 50, unit: cows}, said: [herald]",
        "id: b, s: race, p: killed, v: {n: 80, unit: cows}, said: [courier]",
        "id: c, s: fair, p: killed, v: {n: 40, unit: hens}",
        "id: d, s: feast, p: wounded, v: {n: 70, unit: hens}",
        "id: e, s: storm, p: duration, v: {n: 60, unit: hours}",
        "id: f, s: storm, p: killed, v: {n: 33, unit: hens}",
    )
    assert {"40", "70"} < list_wrong(question)
    assert not {"80", "33"} & list_wrong(question)
    reasons = [option.refuted_by or "" for option in question.options]
    assert any(
        "40 is documented as the number of hens killed in the autumn" in why for why in reasons
    )


@pytest.mark.parametrize(
    ("figure", "unit"), [("600", 100), ("50", 10), ("1762", 1), ("23000000", 1_000_000)]
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
    if unit == 1:
        assert all(number % 10 for number in numbers)


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
    question = ask(
        tmp_path,
        "id: a, s: race, p: date, v: 2001-05-01",
        "id: b, s: race, p: began, v: 2001-04-30",
        "id: c, s: fair, p: date, v: 2001-05-09",
        "id: d, s: feast, p: date, v: 1999-12-24",
        "id: e, s: storm, p: date, v: 2002-02",
        template="when",
    )
    texts = [option.text for option in question.options]
    assert texts[0] == "24 December 1999"
    assert {"1 May 2001", "9 May 2001"} < set(texts)
    assert not {"30 April 2001", "February 2002"} & set(texts)


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


def test_an_event_whose_name_gives_its_date_away_is_no_option_for_a_date(tmp_path: Path) -> None:
    question = ask(
        tmp_path,
        "id: a, s: race, p: date, v: 2001-05-01",
        "id: b, s: may_march, p: date, v: 1901-05-01",
        "id: c, s: fair, p: date, v: 2003-05-01",
        "id: d, s: feast, p: date, v: 2004-05",
        template="which",
    )
    assert list_wrong(question) == {"The autumn fair", "The winter feast"}


def test_a_date_that_another_event_may_share_does_not_ask_for_its_event(tmp_path: Path) -> None:
    events = ("id: b, s: fair, p: date, v: 2003", "id: c, s: feast, p: date, v: 2004")
    pack = make_tiny_pack(
        tmp_path,
        "id: a, s: race, p: date, v: 2001-05-01",
        "id: e, s: storm, p: date, v: 2001",
        *events,
    )
    asked = [one for one in generate(pack).questions if one.template == "date/which"]
    assert {one.facts for one in asked} == {("b",), ("c",)}


def test_a_subject_whose_own_value_is_in_dispute_proves_nothing(tmp_path: Path) -> None:
    question = ask(
        tmp_path,
        "id: a, s: ash, p: leader, v: ann",
        "id: b, s: elm, p: leader, v: bob",
        "id: c, s: fir, p: leader, v: cid",
        "id: d, s: oak, p: leader, v: eve, conflicts: [e]",
        "id: e, s: oak, p: deputy, v: eve, conflicts: [d]",
        template="which",
    )
    assert list_wrong(question) == {"The Elm Guild", "The Fir Circle"}


def test_a_wrong_value_that_the_stem_names_is_not_offered(tmp_path: Path) -> None:
    question = ask(
        tmp_path,
        "id: a, s: ash, p: leader, v: ann, said: [bob]",
        "id: b, s: elm, p: leader, v: bob",
        "id: c, s: fir, p: leader, v: cid",
        "id: d, s: oak, p: leader, v: dan",
        template="who",
    )
    assert question.stem == "According to Bob Baker, who is named as the leader of the Ash League?"
    assert list_wrong(question) == {"Cid Cooper", "Dan Dyer"}
