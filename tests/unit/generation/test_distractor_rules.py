"""Wrong options are proven wrong, of the same sort as the right one, and say why."""

from pathlib import Path

from quizapp.facts.values import EntityId
from quizapp.generation.bank import generate
from quizapp.generation.base import FactBase
from tests.factories.fact_packs import make_tiny_pack
from tests.unit.generation.small_cases import ask, list_names, list_wrong

PLACES = tuple(
    f"id: {place}, s: {event}, p: place, v: {place}"
    for event, place in (("fair", "oslo"), ("feast", "lima"), ("storm", "kyiv"))
)


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
        "id: e, s: pines, p: leader, v: eve",
        template="which",
    )
    assert list_wrong(question) == {"The Elm Guild", "The Fir Circle", "The Pines"}
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


def test_another_version_of_the_same_claimant_is_never_offered(tmp_path: Path) -> None:
    pack = make_tiny_pack(
        tmp_path,
        "id: a, s: race, p: place, v: rome, said: [herald], as_of: 1999-07",
        "id: b, s: race, p: place, v: oslo, said: [herald]",
        *PLACES[1:],
    )
    offered = {
        option.text
        for question in generate(pack, kinds=["choice"]).questions
        if question.facts == ("a",)
        for option in question.options
    }
    assert "Oslo" not in offered


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


def test_a_group_whose_name_gives_its_date_away_is_no_option_for_a_date(tmp_path: Path) -> None:
    question = ask(
        tmp_path,
        "id: a, s: ash, p: founded_on, v: 2001-05-01",
        "id: b, s: mayers, p: founded_on, v: 1901-05-01",
        "id: c, s: elm, p: founded_on, v: 2003-05-01",
        "id: d, s: fir, p: founded_on, v: 2004-05",
        "id: e, s: oak, p: founded_on, v: 2005-05-01",
        entities="  mayers: {type: group, name: Mayers of 1901, hide: [founded_on]}\n",
        template="which",
    )
    assert list_wrong(question) == {"The Elm Guild", "The Fir Circle", "The Oak Union"}


def test_a_date_that_another_group_may_share_does_not_ask_for_its_group(tmp_path: Path) -> None:
    pack = make_tiny_pack(
        tmp_path,
        "id: a, s: ash, p: founded_on, v: 2001-05-01",
        "id: e, s: pines, p: founded_on, v: 2001",
        "id: b, s: elm, p: founded_on, v: 2003",
        "id: c, s: fir, p: founded_on, v: 2004",
        "id: d, s: oak, p: founded_on, v: 2005",
    )
    asked = generate(pack, kinds=["choice"]).questions
    assert {one.facts for one in asked if one.template == "founded_on/which"} == {
        ("b",),
        ("c",),
        ("d",),
    }


def test_a_subject_whose_own_value_is_in_dispute_proves_nothing(tmp_path: Path) -> None:
    question = ask(
        tmp_path,
        "id: a, s: ash, p: leader, v: ann",
        "id: b, s: elm, p: leader, v: bob",
        "id: c, s: fir, p: leader, v: cid",
        "id: d, s: oak, p: leader, v: eve, conflicts: [e]",
        "id: e, s: oak, p: deputy, v: eve, conflicts: [d]",
        "id: f, s: pines, p: leader, v: dan",
        template="which",
    )
    assert list_wrong(question) == {"The Elm Guild", "The Fir Circle", "The Pines"}


def test_a_wrong_value_that_the_stem_names_is_not_offered(tmp_path: Path) -> None:
    question = ask(
        tmp_path,
        "id: a, s: ash, p: leader, v: ann, said: [bob]",
        "id: b, s: elm, p: leader, v: bob",
        "id: c, s: fir, p: leader, v: cid",
        "id: d, s: oak, p: leader, v: dan",
        template="who",
    )
    assert question.stem == "According to Bob Baker, who is the leader of the Ash League?"
    assert list_wrong(question) == {"Cid Cooper", "Dan Dyer"}


def test_of_one_tier_those_come_first_that_share_most_roles_with_the_right_one(
    tmp_path: Path,
) -> None:
    facts = (
        "id: a, s: ash, p: leader, v: ann",
        "id: b, s: elm, p: leader, v: bob",
        "id: c, s: fir, p: leader, v: cid",
        "id: d, s: oak, p: leader, v: dan",
        "id: g, s: cid, p: role, v: baker",
        "id: h, s: eve, p: role, v: miller",
        "id: i, s: ann, p: role, v: joiner",
        "id: f, s: pines, p: founder, v: [ann, dan, eve]",
    )
    assert list_names(tmp_path, *facts[:5]) == ["Bob Baker", "Cid Cooper", "Dan Dyer"]
    assert list_names(tmp_path, *facts) == ["Cid Cooper", "Dan Dyer", "Bob Baker", "Eve Ewing"]


def test_a_role_is_the_predicate_and_the_end_of_it(tmp_path: Path) -> None:
    facts = (
        "id: a, s: race, p: actor, v: elm",
        "id: b, s: fair, p: actor, v: pines",
        "id: c, s: feast, p: actor, v: fir",
        "id: d, s: storm, p: actor, v: oak",
        "id: e, s: pines, p: ally, v: [elm, oak], set: open",
    )
    assert list_names(tmp_path, *facts[:4]) == ["The Pines", "The Fir Circle", "The Oak Union"]
    assert list_names(tmp_path, *facts) == ["The Oak Union", "The Pines", "The Fir Circle"]
    base = FactBase(make_tiny_pack(tmp_path, *facts))
    assert base.list_roles(EntityId("pines")) == {("actor", False), ("ally", True)}
    assert base.list_roles(EntityId("oak")) == {("actor", False), ("ally", False)}
    assert base.list_roles(EntityId("rome")) == frozenset()
