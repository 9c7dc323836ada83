"""What became of the questions of a pack that has changed since."""

from pathlib import Path

import pytest

from quizapp.facts.model import Pack
from quizapp.generation.bank import generate
from quizapp.generation.bank_diff import Change, Fate, compare_banks, digest_facts
from quizapp.kinds.question import KindName
from tests.factories.fact_packs import make_tiny_pack

KINDS: tuple[KindName, ...] = ("choice", "true_false", "flashcard")
FACTS = (
    "id: a, s: ash, p: leader, v: ann",
    "id: b, s: elm, p: leader, v: bob",
    "id: c, s: fir, p: leader, v: cid",
    "id: d, s: oak, p: leader, v: dan",
    "id: e, s: fair, p: date, v: 1999-07-04",
    "id: f, s: race, p: date, v: 1998-05-01",
    "id: g, s: storm, p: date, v: 1997-03-02",
    "id: h, s: feast, p: killed, v: {n: 50, unit: cows}",
)


def make(folder: Path, *facts: str, entities: str = "", predicates: str = "") -> Pack:
    return make_tiny_pack(folder, *facts, entities=entities, predicates=predicates)


def compare(old: Pack, new: Pack, *, digests: bool) -> tuple[Change, ...]:
    before, after = (generate(pack, kinds=KINDS) for pack in (old, new))
    return compare_banks(before, after, new, digest_facts(old) if digests else None)


def list_fates(changes: tuple[Change, ...], fact: str) -> set[Fate]:
    return {change.fate for change in changes if fact in change.facts}


both_ways = pytest.mark.parametrize("digests", [True, False], ids=["digests", "answers"])


@both_ways
def test_nothing_changes_in_the_same_pack(tmp_path: Path, *, digests: bool) -> None:
    pack = make(tmp_path, *FACTS)
    changes = compare(pack, pack, digests=digests)
    assert {change.fate for change in changes} == {"unchanged"}
    assert len(changes) == len(generate(pack, kinds=KINDS).questions)


@both_ways
@pytest.mark.parametrize(
    ("place", "fact", "name"),
    [
        (0, "id: a, s: ash, p: leader, v: eve", "a"),
        (4, "id: e, s: fair, p: date, v: 1999-07-05", "e"),
        (7, "id: h, s: feast, p: killed, v: {n: 60, unit: cows}", "h"),
        (7, "id: h, s: feast, p: killed, v: {n: 50, cmp: '>=', unit: cows}", "h"),
        (7, "id: h, s: feast, p: killed, v: {n: 50, unit: cows}, said: [herald]", "h"),
    ],
    ids=["entity", "date", "figure", "hedge", "claimant"],
)
def test_a_changed_value_hedge_or_claimant_changes_all_questions_on_the_fact_and_no_other(
    tmp_path: Path, place: int, fact: str, name: str, *, digests: bool
) -> None:
    old = make(tmp_path / "old", *FACTS)
    new = make(tmp_path / "new", *FACTS[:place], fact, *FACTS[place + 1 :])
    changes = compare(old, new, digests=digests)
    earlier = tuple(change for change in changes if change.fate != "new")
    assert list_fates(earlier, name) == {"changed"}
    others = {fate for other in "abcdefgh" if other != name for fate in list_fates(earlier, other)}
    assert others <= {"unchanged", "reworded", "orphaned"}
    assert "unchanged" in others


@both_ways
def test_another_name_of_an_entity_only_rewords(tmp_path: Path, *, digests: bool) -> None:
    entities = "  gil: {type: person, name: Gil Green%s}\n"
    facts = ["id: a, s: ash, p: leader, v: gil", *FACTS[1:]]
    old = make(tmp_path / "old", *facts, entities=entities % "")
    renamed = entities.replace("Gil Green", "Gilbert Green") % ", aliases: [Gil Green]"
    changes = compare(old, make(tmp_path / "new", *facts, entities=renamed), digests=digests)
    assert list_fates(changes, "a") == {"reworded"}


@both_ways
def test_another_template_only_rewords(tmp_path: Path, *, digests: bool) -> None:
    own = (
        "\n  leader: {domain: [group], range: [person], functional: yes, slot: 'the head of {s}', "
        "statement: '{v} heads {s}', ask: {who: '%s'}}"
    )
    old = make(tmp_path / "old", *FACTS, predicates=own % "who heads {s}")
    new = make(tmp_path / "new", *FACTS, predicates=own % "who is at the head of {s}")
    changes = compare(old, new, digests=digests)
    told = {change.fate for change in changes if "who" in change.question}
    assert told == {"reworded"}
    assert all("memory stays" in one.why for one in changes if one.fate == "reworded")


@both_ways
def test_a_fact_that_is_gone_leaves_orphans(tmp_path: Path, *, digests: bool) -> None:
    old = make(tmp_path / "old", *FACTS)
    changes = compare(old, make(tmp_path / "new", *FACTS[:-1]), digests=digests)
    assert list_fates(changes, "h") == {"orphaned"}
    assert {one.why for one in changes if "h" in one.facts} == {"the pack has no fact h any more"}


@both_ways
@pytest.mark.parametrize(
    ("old_rest", "rival"),
    [
        ("", "id: z, s: feast, p: killed, v: {n: 80, unit: cows}, said: [herald]"),
        (
            ", conflicts: [z]",
            "id: z, s: feast, p: killed, v: {n: 80, unit: cows}, said: [herald], conflicts: [h]",
        ),
        ("", "id: z, s: feast, p: killed, v: {n: 80, unit: cows}, supersedes: [h]"),
    ],
    ids=["undeclared", "conflict", "supersession"],
)
def test_a_new_rival_contradicts_the_questions_on_the_fact(
    tmp_path: Path, old_rest: str, rival: str, *, digests: bool
) -> None:
    old = make(tmp_path / "old", *FACTS)
    new = make(tmp_path / "new", *FACTS[:-1], FACTS[-1] + old_rest, rival)
    changes = tuple(one for one in compare(old, new, digests=digests) if one.fate != "new")
    assert list_fates(changes, "h") == {"contradicted"}
    assert {one.why for one in changes if "h" in one.facts} == {"z gives another version"}
    assert "contradicted" not in list_fates(changes, "a")


def test_a_rival_that_was_known_before_contradicts_nothing(tmp_path: Path) -> None:
    facts = (
        "id: h, s: feast, p: killed, v: {n: 50, unit: cows}, said: [herald], conflicts: [z]",
        "id: z, s: feast, p: killed, v: {n: 80, unit: cows}, said: [courier], conflicts: [h]",
    )
    pack = make(tmp_path, *FACTS[:-1], *facts)
    assert list_fates(compare(pack, pack, digests=True), "h") == {"unchanged"}


def test_a_question_that_is_no_longer_made_is_orphaned_with_the_reason(tmp_path: Path) -> None:
    march = "id: m, s: walk, p: date, v: 1901-05-02"
    entity = "  walk: {type: event, name: the walk of 2 May 1901%s}\n"
    plain, hiding = (entity % rest for rest in ("", ", hide: [date]"))
    shown = plain.replace(" of 2 May 1901", "")
    old = make(tmp_path / "old", march, *FACTS, entities=shown)
    new = make(tmp_path / "new", march, *FACTS, entities=hiding)
    changes = compare(old, new, digests=True)
    assert list_fates(changes, "m") == {"orphaned"}
    assert any("gives the date away" in change.why for change in changes)


def test_new_facts_bring_new_questions(tmp_path: Path) -> None:
    old = make(tmp_path / "old", *FACTS)
    new = make(tmp_path / "new", *FACTS, "id: z, s: pines, p: leader, v: eve")
    changes = compare(old, new, digests=True)
    assert list_fates(changes, "z") == {"new"}
    places = [change.fate == "new" for change in changes]
    assert places == sorted(places)
