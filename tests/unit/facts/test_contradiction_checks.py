"""Facts that do not agree are reported, and those that the pack explains are only noted."""

from pathlib import Path

import pytest

from quizapp.facts.checking.contradictions import (
    check_contradictions,
    check_lists,
    check_revisions,
)
from tests.factories.checks import Found, find_problems

KILLED = "s: fair, p: killed"


def check(folder: Path, *facts: str) -> Found:
    rules = (check_contradictions, check_lists, check_revisions)
    return find_problems(folder, *facts, rules=rules)


def test_two_values_for_one_slot_at_one_time_are_an_error(tmp_path: Path) -> None:
    found = check(
        tmp_path,
        "id: a, s: ash, p: leader, v: ann",
        "id: b, s: ash, p: leader, v: bob, as_of: 2001",
    )
    assert found.kinds == [("contradiction", "error", ("a", "b"))]
    problem = found.problems[0]
    assert problem.where == "Text p1"
    assert "Ann Archer (a) and Bob Baker (b: 2001)" in problem.text
    assert "`conflicts`" in problem.remedy


@pytest.mark.parametrize(
    "facts",
    [
        ("s: ash, p: leader, v: ann, as_of: 2001", "s: ash, p: leader, v: bob, as_of: 2002"),
        (
            "s: ash, p: leader, v: ann, from: 2001, to: 2003",
            "s: ash, p: leader, v: bob, from: 2004",
        ),
        ("s: ash, p: leader, v: ann", "s: elm, p: leader, v: bob"),
        ("s: ash, p: leader, v: ann", "s: ash, p: leader, v: ann, as_of: 2001"),
        ("s: fair, p: date, v: 1999-07", "s: fair, p: date, v: 1999-07-04"),
        (f"{KILLED}, v: {{n: 5, unit: cows}}", f"{KILLED}, v: {{n: 6, unit: pigs}}"),
        ("s: fair, p: place, v: rome", "s: fair, p: place, v: north"),
        ("s: ash, p: victim_of, v: ann", "s: ash, p: victim_of, v: bob"),
    ],
    ids=[
        "other year",
        "other period",
        "other subject",
        "same value",
        "coarser",
        "unit",
        "sort",
        "set",
    ],
)
def test_values_that_can_both_be_right_are_no_contradiction(
    tmp_path: Path, facts: tuple[str, str]
) -> None:
    own = "\n  victim_of: {domain: [group], range: [person], slot: 'a victim of {s}'}"
    named = [f"id: {name}, {fact}" for name, fact in zip("ab", facts, strict=True)]
    rules = (check_contradictions, check_lists)
    assert find_problems(tmp_path, *named, rules=rules, predicates=own).problems == ()


def test_claimants_who_do_not_agree_are_rivals(tmp_path: Path) -> None:
    facts = [
        f"id: a, {KILLED}, v: {{n: 5, unit: cows}}, said: [herald]",
        f"id: b, {KILLED}, v: {{n: 8, cmp: '>=', unit: cows}}, said: [courier]",
    ]
    found = check(tmp_path, *facts)
    assert found.kinds == [("rival-claims", "warning", ("a", "b"))]
    assert "5 cows (a: Morning Herald) and at least 8 cows (b: Evening Courier)" in found.texts[0]


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (", conflicts: [b]", ", conflicts: [a]", "a and b are declared as conflicting"),
        (", note: the lead errs", "", "the lead errs"),
        (", supersedes: [b]", "", "a supersedes b"),
    ],
)
def test_a_contradiction_that_the_pack_explains_is_a_note(
    tmp_path: Path, first: str, second: str, words: str
) -> None:
    found = check(
        tmp_path,
        f"id: a, s: ash, p: leader, v: ann{first}",
        f"id: b, s: ash, p: leader, v: bob{second}",
    )
    assert found.kinds[0] == ("contradiction", "note", ("a", "b"))
    assert words in found.texts[0]
    assert all(severity == "note" for _, severity, _ in found.kinds)


def test_a_conflict_across_predicates_is_noted_once(tmp_path: Path) -> None:
    found = check(
        tmp_path,
        "id: a, s: ash, p: leader, v: ann, conflicts: [b]",
        "id: b, s: ann, p: former_role, v: a baker, conflicts: [a]",
    )
    assert found.kinds == [("contradiction", "note", ("a", "b"))]


def test_two_descriptions_by_one_claimant_are_doubtful_by_two_they_are_not(tmp_path: Path) -> None:
    fact = "s: ash, p: described_as"
    one = f"id: a, {fact}, v: large, said: [herald]"
    assert check(tmp_path, one, f"id: b, {fact}, v: small, said: [courier]").problems == ()
    found = check(tmp_path, one, f"id: b, {fact}, v: small, said: [herald]")
    assert found.kinds == [("contradiction", "warning", ("a", "b"))]


def test_lists_of_different_length_for_one_set_are_an_error(tmp_path: Path) -> None:
    facts = [
        "id: a, s: ash, p: founder, v: [ann, bob]",
        "id: b, s: ash, p: founder, v: [ann, bob, cid]",
    ]
    found = check(tmp_path, *facts)
    assert found.kinds == [("list-length", "error", ("a", "b"))]
    assert "2 in a, 3 in b" in found.texts[0]
    explained = check(tmp_path, f"{facts[0]}, set: open", f"{facts[1]}, set: closed")
    assert explained.kinds == [("list-length", "note", ("a", "b"))]
    again = check(tmp_path, f"{facts[0]}, set: closed", f"{facts[1]}, set: open")
    assert again.kinds == [("list-length", "error", ("a", "b"))]


def test_the_same_list_twice_in_another_order_has_one_length(tmp_path: Path) -> None:
    facts = ["id: a, s: ash, p: founder, v: [ann, bob]", "id: b, s: ash, p: founder, v: [bob, ann]"]
    assert check(tmp_path, *facts).problems == ()


def test_a_revised_figure_must_say_what_it_replaces(tmp_path: Path) -> None:
    old = f"id: a, {KILLED}, v: {{n: 5, unit: cows}}, status: initial"
    new = f"id: b, {KILLED}, v: {{n: 9, unit: cows}}, status: revised"
    alone = check(tmp_path, old, new)
    assert alone.kinds == [
        ("revised-number", "warning", ("a",)),
        ("revised-number", "warning", ("b",)),
    ]
    linked = check(tmp_path, old, f"{new}, supersedes: [a]")
    assert linked.kinds == [("revised-number", "note", ("b", "a"))]
    assert "5 cows (a) was replaced by 9 cows (b)" in linked.texts[0]


@pytest.mark.parametrize("link", ["x: {same_as: [y]", "y: {same_as: [x]"])
def test_one_entity_under_two_ids_is_no_other_value(tmp_path: Path, link: str) -> None:
    names = "  x: {type: person, name: Xena Xu}\n  y: {type: person, name: Yan Yi}\n"
    key, _, rest = link.partition(": {")
    linked = names.replace(f"{key}: {{", f"{key}: {{{rest}, ")
    facts = ["id: a, s: ash, p: leader, v: x", "id: b, s: ash, p: leader, v: y"]
    rules = [check_contradictions]
    assert find_problems(tmp_path, *facts, rules=rules, entities=linked).problems == ()
    assert len(find_problems(tmp_path, *facts, rules=rules, entities=names).problems) == 1
