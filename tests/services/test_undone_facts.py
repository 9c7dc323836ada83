"""The last decision on a fact is taken back: the fact is again as it was, its text included."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from quizapp.errors import ConflictError, NotFoundError
from quizapp.services.authoring.packing import inspect_draft
from quizapp.services.authoring.renaming import NameChange, change_name, find_entity, merge_names
from quizapp.storage.drafts import put_facts
from quizapp.storage.engine import Database
from tests.factories.fact_desk import LATER, Desk, open_desk
from tests.factories.people import MORNING


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """The desk of a folder's draft."""
    with open_desk(database) as found:
        yield found


def test_a_text_that_an_edit_replaced_is_back_with_its_decision(desk: Desk) -> None:
    before = desk.draft
    assert desk.change("u2", names="Caroline Herschel", importance="1") == []
    assert find_entity(desk.draft, "caroline_herschel").position == len(before.entities)
    assert desk.undo("u2") == "u2"
    assert desk.fact("u2") == next(one for one in before.facts if one.key == "u2")
    assert desk.draft.entities == before.entities


def test_each_edit_is_taken_back_one_after_the_other(desk: Desk) -> None:
    for year in ("1782", "1783"):
        assert desk.change("u1", date=year) == []
    assert desk.change("u1", date="1784", accept=False) == []
    found = []
    for _ in range(4):
        assert desk.undo("u1") == "u1"
        found.append((desk.fact("u1").body["v"], desk.fact("u1").state, desk.fact("u1").decided_at))
    assert found == [
        ("1783", "accepted", LATER),
        ("1782", "accepted", LATER),
        ("1781-03-13", "accepted", MORNING),
        # Nobody decided on it before that; it is to be reviewed.
        ("1781-03-13", "proposed", None),
    ]
    with pytest.raises(ConflictError):
        desk.undo("u1")


def test_what_was_decided_again_is_taken_back_first(desk: Desk) -> None:
    desk.change("u1", date="1782")
    desk.undo("u1")
    desk.change("u1", date="1783")
    desk.undo("u1")
    assert desk.fact("u1").body["v"] == "1781-03-13"
    desk.drop("u1")
    desk.undo("u1")
    assert desk.fact("u1").state == "accepted"


def test_decisions_on_others_are_taken_back_the_latest_first(desk: Desk) -> None:
    assert desk.undo("u3") == "u3"
    desk.change("u1", date="1782")
    desk.drop("u2")
    assert [desk.undo("u3"), desk.undo("u3")] == ["u2", "u1"]
    assert [desk.fact(key).state for key in ("u1", "u2", "u3")] == [
        "accepted",
        "accepted",
        "proposed",
    ]
    assert desk.fact("u1").body["v"] == "1781-03-13"
    with pytest.raises(ConflictError):
        desk.undo("u3")
    with pytest.raises(NotFoundError):
        desk.undo("nothing")


def test_a_text_that_was_only_saved_is_back_too(desk: Desk) -> None:
    desk.undo("u1")
    desk.change("u1", date="", accept=False)
    assert "v" not in desk.fact("u1").body
    assert desk.undo("u1") == "u1"
    assert (desk.fact("u1").state, desk.fact("u1").body["v"]) == ("proposed", "1781-03-13")


def test_a_fact_that_was_added_is_to_be_reviewed(desk: Desk) -> None:
    key = desk.add("u2", predicate="definition", words="a planet")
    body = desk.fact(key).body
    desk.undo(key)
    assert (desk.fact(key).state, desk.fact(key).body) == ("proposed", body)


def test_a_fact_that_was_changed_since_keeps_its_text(desk: Desk) -> None:
    ids = desk.session, desk.tess, desk.set_id
    desk.change("u2", names="Clyde Tombaugh")
    merge_names(*ids, "galle", "tombaugh", LATER)
    desk.undo("u2")
    assert (desk.fact("u2").state, desk.fact("u2").body["v"]) == ("proposed", "galle")


def test_a_text_whose_name_is_gone_is_to_be_reviewed(desk: Desk) -> None:
    ids = desk.session, desk.tess, desk.set_id
    desk.change("u2", names="Clyde Tombaugh")
    merge_names(*ids, "galle", "herschel", LATER)
    desk.undo("u2")
    assert (desk.fact("u2").state, desk.fact("u2").body["v"]) == ("proposed", "herschel")
    assert inspect_draft(desk.draft).faults == ()


def test_a_name_that_is_used_or_was_changed_since_stays(desk: Desk) -> None:
    ids = desk.session, desk.tess, desk.set_id
    for name, key in (("Caroline Herschel", "caroline_herschel"), ("John Adams", "john_adams")):
        desk.change("u2", names=name)
        if key == "john_adams":
            change = NameChange(name="John Couch Adams", type="person", aliases=())
            change_name(*ids, key, change, LATER)
        else:
            desk.change("c2", names=name)
        desk.undo("u2")
        assert desk.fact("u2").body["v"] == "herschel"
        assert find_entity(desk.draft, key).key == key


def test_a_fact_that_is_back_is_named_again_by_those_that_did(desk: Desk) -> None:
    """One supersedes it, one is declared to be in conflict with it."""
    u5, u3, c3 = (desk.fact(key) for key in ("u5", "u3", "c3"))
    linked = [
        replace(u5, body={**u5.body, "supersedes": ["u3"]}),
        replace(u3, body={**u3.body, "conflicts": ["c3"]}),
        replace(c3, body={**c3.body, "conflicts": ["u3"]}),
    ]
    put_facts(desk.session, desk.set_id, linked, desk.tess.id)
    desk.drop("u3")
    assert ("supersedes" in desk.fact("u5").body, "conflicts" in desk.fact("c3").body) == (
        False,
        False,
    )
    desk.undo("u3")
    assert [desk.fact(one.key).body for one in linked] == [one.body for one in linked]
    assert inspect_draft(desk.draft).faults == ()
