"""People decide on the facts and names of a draft; each step is stored, and can be taken back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from quizapp.errors import InvalidError, NotFoundError
from quizapp.services.authoring.checking_facts import preview_fact
from quizapp.services.authoring.renaming import (
    NameChange,
    change_name,
    find_entity,
    list_suggestions,
    merge_names,
    part_names,
)
from quizapp.services.authoring.reviewing import (
    add_fact,
    enter,
)
from quizapp.storage.drafts import put_entities
from quizapp.storage.engine import Database
from tests.factories.fact_desk import LATER, Desk, open_desk


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """The desk of a folder's draft."""
    with open_desk(database) as found:
        yield found


def test_a_form_gives_back_every_fact_as_it_was(desk: Desk) -> None:
    for fact in desk.draft.facts:
        _, entered, made = enter(desk.draft, fact, desk.entry(fact.key))
        rest = {key: one for key, one in fact.body.items() if key != "importance"}
        assert {key: one for key, one in entered.body.items() if key != "importance"} == rest
        assert made.entities == ()


def test_what_is_changed_is_accepted_with_a_new_name(desk: Desk) -> None:
    entry = replace(desk.entry("u2"), names="Caroline Herschel-Smith")
    assert desk.save("u2", entry) == []
    value = desk.fact("u2").body["v"]
    assert find_entity(desk.draft, str(value)).body == {
        "type": "person",
        "name": "Caroline Herschel-Smith",
    }
    assert desk.fact("u2").decided_at == LATER


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"subject": "Uranus; Neptune"}, "subject"),
        ({"predicate": ""}, "predicate"),
        ({"date": ""}, "date"),
        ({"date": "last spring"}, "date"),
        ({"quote": ""}, "quote"),
        ({"quote": "nobody wrote this"}, "quote"),
        ({"as_of": "soon"}, "as_of"),
        ({"status": "claim"}, "said"),
        ({"subject_type": "person"}, "subject_type"),
    ],
)
def test_what_is_incomplete_is_told_beside_its_field_and_not_stored(
    desk: Desk, change: dict[str, str], field: str
) -> None:
    before = desk.fact("u1")
    assert desk.save("u1", replace(desk.entry("u1"), **change)) == [field]
    assert desk.fact("u1") == before


def test_a_preview_shows_the_questions_of_the_changed_fact(desk: Desk) -> None:
    entry = replace(desk.entry("u1"), date="1782-03-14")
    draft, fact, _ = enter(desk.draft, desk.fact("u1"), entry)
    preview = preview_fact(draft, fact, entry)
    assert preview.questions
    assert all("u1" in map(str, each.facts) for each in preview.questions)
    assert "14 March 1782" in preview.statement


def test_what_is_not_there_cannot_be_dropped(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.drop("nothing")


def test_a_new_fact_stands_in_its_place(desk: Desk) -> None:
    entry = replace(desk.entry("u2"), predicate="definition", words="a planet")
    saved = add_fact(desk.session, desk.tess, desk.set_id, entry, LATER)
    keys = [fact.key for fact in desk.draft.facts]
    added = desk.fact(saved.key)
    assert (added.origin, added.state, added.body["v"]) == ("hand", "accepted", "a planet")
    first_of_neptune = next(one.key for one in desk.draft.facts if one.body["s"] == "neptune")
    assert keys.index("u1") < keys.index(saved.key) < keys.index(first_of_neptune)


def test_facts_follow_names_that_are_merged(desk: Desk) -> None:
    uses = [fact.key for fact in desk.draft.facts if fact.body["s"] == "ceres"]
    assert uses
    merge_names(desk.session, desk.tess, desk.set_id, "pluto", "ceres", LATER)
    assert {desk.fact(key).body["s"] for key in uses} == {"pluto"}
    assert find_entity(desk.draft, "pluto").body["aliases"] == ["Ceres"]
    with pytest.raises(NotFoundError):
        find_entity(desk.draft, "ceres")
    with pytest.raises(InvalidError):
        merge_names(desk.session, desk.tess, desk.set_id, "pluto", "pluto", LATER)


def test_names_that_are_not_the_same_are_suggested_no_more(desk: Desk) -> None:
    hinted = replace(find_entity(desk.draft, "pluto"), suggestions=("charon",))
    put_entities(desk.session, desk.set_id, [hinted])
    assert [(a.key, b.key) for a, b in list_suggestions(desk.draft)] == [("pluto", "charon")]
    part_names(desk.session, desk.tess, desk.set_id, "pluto", "charon", LATER)
    assert list(list_suggestions(desk.draft)) == []


def test_a_name_is_written_otherwise_and_becomes_a_place(desk: Desk) -> None:
    change = NameChange(name="Pluto, the dwarf", type="place", aliases=("Pluto", "Pluton"))
    change_name(desk.session, desk.tess, desk.set_id, "pluto", change, LATER)
    assert find_entity(desk.draft, "pluto").body == {
        "type": "place",
        "name": "Pluto, the dwarf",
        "aliases": ["Pluto", "Pluton"],
        "place": "place",
    }
    taken = replace(change, name="Ceres")
    with pytest.raises(InvalidError, match="merge"):
        change_name(desk.session, desk.tess, desk.set_id, "pluto", taken, LATER)
