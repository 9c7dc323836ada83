"""What a pack holds once it is read: typed values, indexes, one canonical form."""

import dataclasses
import json
from decimal import Decimal
from pathlib import Path

import pytest

from quizapp.errors import NotFoundError
from quizapp.facts.canonical import canonical_json, digest_fact
from quizapp.facts.model import FactId
from quizapp.facts.packs import load_pack
from quizapp.facts.predicates import list_shipped_predicates
from quizapp.facts.templates import find_template_fault
from quizapp.facts.values import (
    Entities,
    EntityId,
    PartialDate,
    Period,
    Quantity,
    Words,
    overlap,
)
from tests.factories.fact_packs import (
    get_fact,
    get_pack,
    list_pack_folders,
    make_tiny_pack,
    write_tiny_pack,
)

SHIPPED = {
    "founded_on",
    "formed_by",
    "founder",
    "leader",
    "deputy",
    "former_role",
    "role",
    "nationality",
    "ethnic_group",
    "headquarters",
    "ideology",
    "size",
    "part_of",
    "allegiance",
    "ally",
    "opponent",
    "predecessor",
    "designated_by",
    "native_name",
    "acronym",
    "active_in",
    "described_as",
    "date",
    "began",
    "place",
    "actor",
    "target",
    "killed",
    "wounded",
    "captured",
    "arrested",
    "strength",
    "duration",
    "distance",
    "victim",
    "claimed_by",
    "announced",
    "announced_by",
    "count",
    "share",
    "uses",
    "reason",
    "aim",
    "funded_by",
    "support",
    "paid",
}


def test_values_are_typed_by_the_range_of_their_predicate(tmp_path: Path) -> None:
    pack = make_tiny_pack(
        tmp_path,
        "id: d, s: fair, p: date, v: 1999-07",
        "id: p, s: race, p: date, v: {from: 1999, to: 2001-02-03}",
        "id: q, s: fair, p: killed, v: {n: 50, cmp: '>=', unit: cows, of: ann}",
        "id: r, s: ash, p: size, v: {range: [2000, 3000.5], unit: members}",
        "id: w, s: ash, p: native_name, v: {text: 'Éi', lang: ga}",
        "id: e, s: ash, p: founder, v: [ann, bob], set: closed",
        "id: t, s: fair, p: target, v: the town hall",
        "id: u, s: race, p: target, v: rome",
    )
    values = {fact.id: fact.value for fact in pack.facts}
    assert values == {
        "d": PartialDate(year=1999, month=7),
        "p": Period(start=PartialDate(year=1999), end=PartialDate(year=2001, month=2, day=3)),
        "q": Quantity(
            low=Decimal(50), high=Decimal(50), comparison=">=", unit="cows", of=EntityId("ann")
        ),
        "r": Quantity(low=Decimal(2000), high=Decimal("3000.5"), unit="members"),
        "w": Words(text="Éi", lang="ga"),
        "e": Entities(ids=(EntityId("ann"), EntityId("bob"))),
        "t": Words(text="the town hall"),
        "u": Entities(ids=(EntityId("rome"),)),
    }


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("2017-03-02", "2017-03", True),
        ("2017-03-02", "2017", True),
        ("2017-03-02", "2017-03-03", False),
        ("2016", "2017-01", False),
        ("2016-02", "2016-02-29", True),
    ],
)
def test_dates_of_different_grain_may_be_the_same_day(
    tmp_path: Path, one: str, other: str, *, together: bool
) -> None:
    pack = make_tiny_pack(
        tmp_path, f"id: a, s: fair, p: date, v: {one}", f"id: b, s: race, p: date, v: {other}"
    )
    first, second = (fact.value for fact in pack.facts)
    assert isinstance(first, PartialDate)
    assert isinstance(second, PartialDate)
    assert overlap(first, second) is together
    assert (first.iso, second.iso) == (one, other)


def test_names_are_found_whatever_the_case_the_accents_and_the_apostrophe(tmp_path: Path) -> None:
    names = "  zoe: {type: person, name: Zoë O'Neil, aliases: [Zed]}\n"
    pack = make_tiny_pack(tmp_path, "id: a, s: ash, p: leader, v: bob", entities=names)
    for spelling in ("zoe o\u2019neil", "ZOË O'NEIL", "zed"):
        assert [entity.id for entity in pack.find_entities(spelling)] == ["zoe"]
    assert pack.find_entities("Nobody") == ()


def test_facts_are_found_by_slot_predicate_and_mention(tmp_path: Path) -> None:
    pack = make_tiny_pack(
        tmp_path,
        "id: a, s: ash, p: leader, v: bob",
        "id: b, s: ash, p: founder, v: [bob, ann]",
        "id: c, s: bob, p: role, v: baker",
    )
    leader = get_fact(pack, "a").predicate
    assert [one.id for one in pack.list_facts(EntityId("ash"), leader)] == ["a"]
    assert [one.id for one in pack.list_facts_of("founder")] == ["b"]
    assert [one.id for one in pack.list_mentions(EntityId("bob"))] == ["a", "b", "c"]
    with pytest.raises(NotFoundError):
        pack.get_fact(FactId("x"))


def test_a_pack_may_replace_a_shipped_predicate(tmp_path: Path) -> None:
    own = "\n  leader: {domain: [group], range: [person], slot: 'the chair of {s}'}"
    pack = make_tiny_pack(tmp_path, "id: a, s: ash, p: leader, v: bob", predicates=own)
    predicate = pack.predicates[get_fact(pack, "a").predicate]
    assert (predicate.slot, predicate.functional) == ("the chair of {s}", False)


def test_the_shipped_predicates_are_those_that_packs_are_written_for() -> None:
    shipped = list_shipped_predicates()
    assert set(shipped) >= SHIPPED
    for predicate in shipped.values():
        templates = [predicate.slot, *(ask.stem for ask in predicate.asks)]
        assert [find_template_fault(template) for template in templates] == [None] * len(templates)


def test_the_canonical_form_does_not_depend_on_layout_or_order_of_keys(tmp_path: Path) -> None:
    facts = ["id: a, s: ash, p: leader, v: bob, importance: 3"]
    first = write_tiny_pack(tmp_path / "one", facts)
    second = write_tiny_pack(
        tmp_path / "two", ["importance: 3, v:    bob, p: leader, s: ash, id: a"]
    )
    assert canonical_json(load_pack(first)) == canonical_json(load_pack(second))
    third = write_tiny_pack(tmp_path / "three", ["id: a, s: ash, p: leader, v: ann, importance: 3"])
    assert canonical_json(load_pack(first)) != canonical_json(load_pack(third))


@pytest.mark.parametrize("folder", list_pack_folders(), ids=lambda folder: str(folder.name))
def test_every_pack_reads_and_has_a_canonical_form(folder: Path) -> None:
    pack = get_pack(folder)
    document = json.loads(canonical_json(pack))
    assert [fact["id"] for fact in document["facts"]] == [fact.id for fact in pack.facts]
    assert len({digest_fact(fact) for fact in pack.facts}) == len(pack.facts)


def test_the_digest_of_a_fact_changes_with_what_is_asked_and_with_nothing_else(
    tmp_path: Path,
) -> None:
    pack = make_tiny_pack(
        tmp_path,
        "id: a, s: fair, p: killed, v: {n: 50, unit: cows}, said: [herald], as_of: 2001",
    )
    fact = get_fact(pack, "a")
    assert isinstance(fact.value, Quantity)
    same = [
        dataclasses.replace(fact, note="mended", importance=1, order=7, id=FactId("b")),
        dataclasses.replace(fact, at=dataclasses.replace(fact.at, quote="is said here")),
    ]
    other = [
        dataclasses.replace(fact, said=()),
        dataclasses.replace(fact, as_of=PartialDate(year=2002)),
        dataclasses.replace(fact, value=dataclasses.replace(fact.value, comparison=">=")),
        dataclasses.replace(fact, value=dataclasses.replace(fact.value, high=Decimal(60))),
    ]
    assert {digest_fact(one) for one in same} == {digest_fact(fact)}
    assert digest_fact(fact) not in {digest_fact(one) for one in other}
