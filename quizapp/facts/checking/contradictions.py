"""Facts that do not agree: contradictions, rival claims, lists of different length, revisions."""

from collections.abc import Iterator
from itertools import combinations

from quizapp.facts.checking.comparing import differ_in_time, disagree, key_slot
from quizapp.facts.checking.problems import PackProblem, explain_pair, find_note, report
from quizapp.facts.checking.wording import describe_fact, describe_slot
from quizapp.facts.model import Fact, FactId, Pack
from quizapp.facts.values import Entities, Words

_REVISION = frozenset({"initial", "revised"})
_LIST = 2


def check_contradictions(pack: Pack) -> Iterator[PackProblem]:
    """Yield two values of a functional slot at one time, and every declared conflict."""
    told: set[frozenset[FactId]] = set()
    for one, other in list_rival_pairs(pack):
        told.add(frozenset((one.id, other.id)))
        yield _report_rivals(pack, one, other)
    for fact in pack.facts:
        for link in fact.conflicts:
            other, pair = pack.get_fact(link), frozenset((fact.id, link))
            if pair not in told and {fact.status, other.status} != _REVISION:
                told.add(pair)
                yield _report_declared(pack, fact, other)


def list_rival_pairs(pack: Pack) -> Iterator[tuple[Fact, Fact]]:
    """Yield the pairs of facts that cannot both be right; a revised figure and its first may."""
    for one, other in _list_pairs(pack):
        if {one.status, other.status} != _REVISION and _are_rivals(pack, one, other):
            yield one, other


def check_lists(pack: Pack) -> Iterator[PackProblem]:
    """Yield two lists for one set that do not have the same members."""
    for one, other in _list_pairs(pack):
        if pack.predicates[one.predicate].functional or differ_in_time(one, other):
            continue
        first, second = one.value, other.value
        if not isinstance(first, Entities) or not isinstance(second, Entities):
            continue
        if min(len(first.ids), len(second.ids)) < _LIST or not disagree(pack, first, second):
            continue
        slot = describe_slot(pack, one)
        numbers = f"{len(first.ids)} in {one.id}, {len(second.ids)} in {other.id}"
        yield report(
            "list-length",
            (one, other),
            f"{slot}: two lists of different members, {numbers}",
            "name each in the other's `conflicts`, or make them one list",
            severity="error",
            explanation=explain_pair(one, other) or _explain_open(one, other),
        )


def check_revisions(pack: Pack) -> Iterator[PackProblem]:
    """Yield figures called initial or revised, with what supersedes them or without."""
    superseded = {link: fact for fact in pack.facts for link in fact.supersedes}
    for fact in pack.facts:
        slot = describe_slot(pack, fact)
        for link in fact.supersedes:
            older = pack.get_fact(link)
            yield report(
                "revised-number",
                (fact, older),
                f"{slot}: {describe_fact(pack, older)} was replaced by {describe_fact(pack, fact)}",
                "",
                explanation=explain_pair(fact, older),
            )
        if fact.status == "revised" and not fact.supersedes:
            text = f"{slot}: {describe_fact(pack, fact)} is called revised, but of what?"
            remedy = "add `supersedes` with the id of the earlier figure"
            yield report("revised-number", (fact,), text, remedy, explanation=find_note(fact))
        elif fact.status == "initial" and fact.id not in superseded:
            text = f"{slot}: {describe_fact(pack, fact)} is called initial; no later figure is here"
            remedy = "add the later figure with `supersedes`, or a note that there is none"
            yield report("revised-number", (fact,), text, remedy, explanation=find_note(fact))


def _list_pairs(pack: Pack) -> Iterator[tuple[Fact, Fact]]:
    """All pairs of facts of one slot; slots are small, so this grows with the facts."""
    slots: dict[tuple[object, ...], list[Fact]] = {}
    for fact in pack.facts:
        slots.setdefault(key_slot(pack, fact), []).append(fact)
    for facts in slots.values():
        yield from combinations(facts, 2)


def _are_rivals(pack: Pack, one: Fact, other: Fact) -> bool:
    if not pack.predicates[one.predicate].functional or differ_in_time(one, other):
        return False
    if isinstance(one.value, Words) and one.said != other.said:
        return False  # two people may describe one thing in two ways
    return disagree(pack, one.value, other.value)


def _report_rivals(pack: Pack, one: Fact, other: Fact) -> PackProblem:
    same = one.said == other.said
    values = f"{describe_fact(pack, one)} and {describe_fact(pack, other)}"
    words = isinstance(one.value, Words)
    return report(
        "contradiction" if same else "rival-claims",
        (one, other),
        f"{describe_slot(pack, one)}: two values for one time, {values}",
        "name each in the other's `conflicts`, date them apart, or correct one",
        severity="error" if same and not words else "warning",
        explanation=explain_pair(one, other),
    )


def _report_declared(pack: Pack, one: Fact, other: Fact) -> PackProblem:
    facts = [f"{describe_slot(pack, fact)} {describe_fact(pack, fact)}" for fact in (one, other)]
    rule = "rival-claims" if one.said and other.said and one.said != other.said else "contradiction"
    text = " against ".join(facts)
    return report(rule, (one, other), text, "", explanation=explain_pair(one, other))


def _explain_open(one: Fact, other: Fact) -> str | None:
    """A list that is declared incomplete may lack what the other one names."""
    assert isinstance(one.value, Entities)
    assert isinstance(other.value, Entities)
    for short, long in ((one, other), (other, one)):
        assert isinstance(short.value, Entities)
        assert isinstance(long.value, Entities)
        if short.closed is False and set(short.value.ids) < set(long.value.ids):
            return f"{short.id} is declared `set: open`"
    if one.closed is False and other.closed is False:
        return f"{one.id} and {other.id} are declared `set: open`"
    return None
