"""Accepted facts that cannot both be right name each other, as long as they are so."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from quizapp.facts.checking.contradictions import check_contradictions
from quizapp.services.authoring.checking_facts import preview_fact
from quizapp.services.authoring.conflicting import Rivalry, list_links
from quizapp.services.authoring.folder import read_folder, write_folder
from quizapp.services.authoring.packing import inspect_draft
from quizapp.services.authoring.renaming import merge_names
from quizapp.services.authoring.reviewing import enter
from quizapp.storage.drafts import put_facts
from quizapp.storage.engine import Database
from tests.factories.fact_desk import LATER, Desk, open_desk


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    """The desk of a folder's draft."""
    with open_desk(database) as found:
        yield found


def list_all(desk: Desk) -> dict[str, list[str]]:
    """Return which facts name which, sorted; the pack of the draft must have no fault."""
    assert inspect_draft(desk.draft).faults == ()
    return {one.key: sorted(links) for one in desk.draft.facts if (links := list_links(one))}


def find_rivalry(desk: Desk, key: str) -> Rivalry | None:
    entry = desk.entry(key)
    draft, fact, _ = enter(desk.draft, desk.fact(key), entry)
    return preview_fact(draft, fact, entry).rivalry


def test_a_fact_that_is_added_and_its_rival_name_each_other(desk: Desk) -> None:
    key = desk.add("u2", names="Johann Galle")
    assert list_all(desk) == {"u2": [key], key: ["u2"]}
    problems = list(check_contradictions(inspect_draft(desk.draft).pack))
    assert [(one.rule, one.severity) for one in problems] == [("contradiction", "note")]
    written = read_folder(write_folder(desk.draft), desk.set_id, LATER)
    bodies = {one.key: one.body for one in written.facts}
    assert (bodies["u2"]["conflicts"], bodies[key]["conflicts"]) == ([key], ["u2"])


def test_three_rivals_name_both_others(desk: Desk) -> None:
    first, second = desk.add("u2", names="Johann Galle"), desk.add("u2", names="Clyde Tombaugh")
    assert list_all(desk) == {
        "u2": [first, second],
        first: [second, "u2"],
        second: [first, "u2"],
    }
    desk.change(first, names="Clyde Tombaugh")
    assert list_all(desk) == {"u2": [first, second], first: ["u2"], second: ["u2"]}


@pytest.mark.parametrize("change", [{"names": "William Herschel"}, {"subject": "Triton"}])
def test_a_fact_that_says_something_else_leaves_the_links(
    desk: Desk, change: dict[str, str]
) -> None:
    key = desk.add("u2", names="Johann Galle")
    assert desk.change(key, accept=False, **change) == []
    assert list_all(desk) == {}


def test_facts_of_different_times_are_no_rivals(desk: Desk) -> None:
    assert desk.change("u5", number="27", as_of="2022") == []
    key = desk.add("u5", number="28", as_of="2023")
    assert list_all(desk) == {}
    desk.change(key, as_of="2022")
    assert list_all(desk) == {"u5": [key], key: ["u5"]}


def test_a_fact_that_is_dropped_leaves_the_links_until_that_is_taken_back(desk: Desk) -> None:
    key = desk.add("u2", names="Johann Galle")
    desk.drop("u2")
    assert list_all(desk) == {}
    desk.undo("u2")
    assert list_all(desk) == {"u2": [key], key: ["u2"]}
    desk.undo(key)
    assert desk.fact(key).state == "proposed"
    assert list_all(desk) == {}
    desk.change(key)
    assert list_all(desk) == {"u2": [key], key: ["u2"]}


def test_an_edit_that_is_taken_back_brings_no_link_back_that_is_over(desk: Desk) -> None:
    key = desk.add("u2", names="Johann Galle")
    desk.change(key, subject="Triton")
    desk.change("u2", names="Johann Galle")
    desk.undo(key)
    assert desk.fact(key).body["v"] == "galle"
    assert list_all(desk) == {}


def test_what_is_only_saved_is_named_by_nobody(desk: Desk) -> None:
    key = desk.add("u2", names="Johann Galle")
    desk.undo(key)
    desk.change(key, names="Clyde Tombaugh", accept=False)
    assert list_all(desk) == {}


def test_words_may_both_be_right(desk: Desk) -> None:
    desk.add("u2", predicate="reason", words="it moved")
    desk.add("u2", predicate="reason", words="it shone")
    assert list_all(desk) == {}


def test_a_conflict_that_somebody_declared_stays(desk: Desk) -> None:
    u3, c3 = desk.fact("u3"), desk.fact("c3")
    linked = [
        replace(u3, body={**u3.body, "conflicts": ["c3"]}),
        replace(c3, body={**c3.body, "conflicts": ["u3"]}),
    ]
    put_facts(desk.session, desk.set_id, linked, desk.tess.id)
    desk.change("u3", names="Berlin")
    assert list_all(desk) == {"u3": ["c3"], "c3": ["u3"]}


def test_facts_whose_subjects_are_merged_become_rivals(desk: Desk) -> None:
    merge_names(desk.session, desk.tess, desk.set_id, "neptune", "uranus", LATER)
    found = list_all(desk)
    assert {key: found[key] for key in ("u1", "n1")} == {"u1": ["n1"], "n1": ["u1"]}


def test_it_is_told_which_do_not_agree_and_how_questions_tell_them_apart(desk: Desk) -> None:
    assert find_rivalry(desk, "u2") is None
    key = desk.add("u2", names="Johann Galle")
    assert find_rivalry(desk, "u2") == Rivalry(
        others=((key, "Johann Galle discovered Uranus."),), version="unnamed"
    )
    desk.change(key, said="Urbain Le Verrier", status="claim")
    rivalry = find_rivalry(desk, key)
    assert rivalry is not None
    assert rivalry.version == "framed"
    desk.drop(key)
    assert find_rivalry(desk, "u2") is None
