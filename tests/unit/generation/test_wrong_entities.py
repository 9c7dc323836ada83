"""Which wrong entities come first, which may not be offered, and what is told of them."""

from pathlib import Path

import pytest

from quizapp.facts.values import EntityId
from quizapp.generation.base import FactBase
from tests.factories.fact_packs import make_tiny_pack
from tests.unit.generation.small_cases import LEADERS, ask, find_wrong, list_names, make

CIRCLES = (
    "  gus: {type: person, name: Gus Gray, circle: mill}\n"
    "  hal: {type: person, name: Hal Hill, circle: mill}\n"
    "  ian: {type: person, name: Ian Iron, circle: port}\n"
    "  jon: {type: person, name: Jon Jay}\n"
)
MORE_GROUPS = (
    "  bay: {type: group, name: Bay Council}\n"
    "  dell: {type: group, name: Dell Band}\n"
    "  yew: {type: group, name: Yew Crew}\n"
    "  cinders: {type: group, name: Cinders, same_as: [ash]}\n"
)


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("gus", ["Hal Hill", "Ian Iron", "Jon Jay"]),
        ("eve", ["Ian Iron", "Jon Jay", "Hal Hill"]),
    ],
)
def test_those_of_the_circle_of_the_right_one_come_first(
    tmp_path: Path, key: str, names: list[str]
) -> None:
    facts = (
        f"id: a, s: ash, p: leader, v: {key}",
        "id: b, s: elm, p: leader, v: ian",
        "id: c, s: fir, p: leader, v: jon",
        "id: d, s: oak, p: founder, v: hal, set: open",
    )
    assert list_names(tmp_path, *facts, entities=CIRCLES) == names


def test_those_of_one_circle_are_ordered_as_all_others(tmp_path: Path) -> None:
    facts = (
        "id: a, s: ash, p: founder, v: [gus, ian], set: closed",
        "id: b, s: elm, p: founder, v: jon, set: open",
        "id: c, s: fir, p: leader, v: hal",
        "id: d, s: oak, p: founder, v: kit, set: open",
    )
    entities = f"{CIRCLES}  kit: {{type: person, name: Kit King, circle: port}}\n"
    names = ["Kit King", "Hal Hill", "Jon Jay"]
    assert list_names(tmp_path, *facts, entities=entities) == names


def test_wholes_of_the_subject_may_not_stand_beside_the_right_one_but_parts_may(
    tmp_path: Path,
) -> None:
    facts = (
        "id: a, s: ash, p: opponent, v: [elm, pines], set: closed",
        "id: b, s: fir, p: part_of, v: ash",
        "id: c, s: ash, p: part_of, v: oak",
        "id: d, s: oak, p: part_of, v: bay",
        "id: e, s: ash, p: formed_by, v: [dell], set: closed",
        "id: f, s: race, p: actor, v: cinders",
        "id: g, s: fair, p: actor, v: yew",
    )
    names = list_names(tmp_path, *facts, entities=MORE_GROUPS)
    assert set(names) == {"Dell Band", "The Fir Circle", "Yew Crew"}
    base = FactBase(make_tiny_pack(tmp_path, *facts, entities=MORE_GROUPS))
    assert base.list_wholes(EntityId("ash")) == {"ash", "cinders", "oak", "bay"}
    assert base.list_wholes(EntityId("bay")) == {"bay"}
    kin = {"ash", "cinders", "oak", "bay", "fir", "dell"}
    assert base.list_kin(EntityId("ash")) == kin


def test_parts_of_the_right_one_may_still_not_stand_beside_it(tmp_path: Path) -> None:
    facts = (
        "id: a, s: race, p: actor, v: ash",
        "id: b, s: fir, p: part_of, v: ash",
        "id: c, s: fair, p: actor, v: yew",
    )
    assert list_names(tmp_path, *facts, entities=MORE_GROUPS) == ["Yew Crew"]


def test_a_wrong_one_is_told_by_its_role_for_the_same_subject_if_it_has_one(
    tmp_path: Path,
) -> None:
    found = find_wrong(
        tmp_path,
        LEADERS[0],
        "id: b, s: elm, p: deputy, v: bob",
        "id: c, s: fir, p: leader, v: cid",
        "id: d, s: oak, p: deputy, v: dan",
        "id: e, s: ash, p: founder, v: [bob, cid], set: open",
    )
    assert {one.text: one.elsewhere for one in found} == {
        "Bob Baker": "Bob Baker is documented as a founder of the Ash League.",
        "Cid Cooper": "Cid Cooper is documented as the leader of the Fir Circle.",
        "Dan Dyer": "Dan Dyer is documented as the second-in-command of the Oak Union.",
    }
    assert {one.text: one.fact and one.fact.id for one in found} == {
        "Bob Baker": "e",
        "Cid Cooper": "c",
        "Dan Dyer": "d",
    }
    assert {one.text: one.near for one in found} == {
        "Bob Baker": False,
        "Cid Cooper": True,
        "Dan Dyer": False,
    }
    reason = "The leader of the Ash League has one documented value, Ann Archer (a); "
    (bob,) = (one.why for one in found if one.text == "Bob Baker")
    assert bob == f"{reason}Bob Baker is documented as a founder of the Ash League (e)."


def test_a_role_that_the_name_of_its_subject_tells_makes_nothing_a_wrong_option(
    tmp_path: Path,
) -> None:
    facts = (
        "id: a, s: race, p: place, v: rome",
        "id: b, s: fete, p: place, v: oslo",
        "id: c, s: feast, p: place, v: lima",
        "id: d, s: storm, p: place, v: kyiv",
    )
    fete = "  fete: {type: event, name: the fair by the fjord%s}\n"
    hidden, other = fete % ", hide: [place]", fete % ", hide: [actor]"
    assert list_names(tmp_path, *facts, entities=other) == ["Oslo", "Lima", "Kyiv"]
    assert list_names(tmp_path, *facts, entities=hidden) == ["Lima", "Kyiv"]
    plain = "id: e, s: ash, p: headquarters, v: oslo"
    found = find_wrong(tmp_path, *facts, plain, entities=hidden)
    assert [(one.text, one.near, one.elsewhere) for one in found][-1] == (
        "Oslo",
        False,
        "Oslo is documented as the place of the headquarters of the Ash League.",
    )


def test_whose_own_name_tells_a_value_is_still_offered_as_the_subject_of_that_fact(
    tmp_path: Path,
) -> None:
    own = (
        "  club: {type: group, name: Club of the Baker, hide: [leader]}\n"
        "  gus: {type: person, name: Gus Miller, hide: [role]}\n"
    )
    facts = (
        LEADERS[0],
        "id: b, s: club, p: leader, v: bob",
        "id: c, s: gus, p: role, v: miller",
    )
    (found,) = find_wrong(tmp_path, *facts, entities=own)
    assert (found.text, found.near, found.elsewhere) == ("Gus Miller", False, "")
    assert found.why.endswith("; Gus Miller is the subject of another fact (c).")


@pytest.mark.parametrize(("kind", "complete"), [("choice", 1), ("select_all", 1), ("flashcard", 0)])
def test_beside_the_options_of_a_complete_list_stands_that_it_is_complete(
    tmp_path: Path, kind: str, complete: int
) -> None:
    facts = (
        "id: a, s: ash, p: founder, v: [ann, bob, cid], set: closed",
        "id: b, s: elm, p: leader, v: dan",
        "id: c, s: fir, p: leader, v: eve",
    )
    questions = [
        *make(tmp_path, "choice", *facts),
        *make(tmp_path, "select_all", *facts),
        *make(tmp_path, "flashcard", *facts),
    ]
    (feedback,) = (one.feedback for one in questions if (one.kind, one.facts) == (kind, ("a",)))
    stated = "Ann Archer, Bob Baker and Cid Cooper were founders of the Ash League."
    told = (
        " The list is complete. Dan Dyer is documented as the leader of the Elm Guild. "
        "Eve Ewing is documented as the leader of the Fir Circle. Passages: Text, paragraph 1: "
        "\u201cAll that the facts need is said here.\u201d."
    )
    assert feedback == stated + told * complete


def test_of_what_is_no_list_nothing_is_called_complete(tmp_path: Path) -> None:
    question = ask(tmp_path, *LEADERS, template="which")
    assert question.feedback == (
        "Ann Archer is the leader of the Ash League. Bob Baker is the leader of the Elm Guild. "
        "Cid Cooper is the leader of the Fir Circle. Dan Dyer is the leader of the Oak Union. "
        "Passages: Text, paragraph 1: \u201cAll that the facts need is said here.\u201d."
    )
