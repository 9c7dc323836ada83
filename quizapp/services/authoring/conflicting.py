"""Accepted facts that cannot both be right name each other as conflicts, as a pack does.

Which they are is what the check of packs says. Words are left out: two descriptions may both be
right. Links that somebody declared for another reason stay as long as both facts are accepted.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from quizapp.facts.checking.contradictions import list_rival_pairs
from quizapp.facts.model import FactId, Pack
from quizapp.facts.values import Words
from quizapp.generation.slots import Version, examine_fact
from quizapp.generation.statements import state_fact
from quizapp.services.authoring.packing import inspect_draft
from quizapp.storage.drafts import Draft, DraftFact

LINKS = ("conflicts", "supersedes")
_Pair: TypeAlias = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivalry:
    """What does not agree with a fact: keys and sentences, and how questions name this version."""

    others: tuple[tuple[str, str], ...]
    version: Version


def find_rivalry(pack: Pack, key: str) -> Rivalry | None:
    """Return which facts of a pack are in conflict with one, None if there are none."""
    fact = next((one for one in pack.facts if one.id == key), None)
    if fact is None or not fact.conflicts:
        return None
    others = tuple((str(one), state_fact(pack, pack.get_fact(one))) for one in fact.conflicts)
    return Rivalry(others=others, version=examine_fact(pack, fact).version)


def relink(before: Draft, after: Draft, keys: Collection[str]) -> Draft:
    """Return a draft in which facts that were changed name their rivals, and are named by them.

    `before` is the draft as it was: a fact that was a rival and is none leaves the links.
    """
    gone, now = _list_rivals(before, keys), _list_rivals(after, keys)
    accepted = {one.key for one in after.facts if one.state == "accepted"}
    wanted: dict[str, list[str]] = {}
    for fact in after.facts:
        if fact.key in keys:
            kept = [one for one in list_links(fact) if not _is_over(fact, one, gone, now)]
            if fact.key in accepted:
                kept = [one for one in kept if one in accepted]
                kept += [one for one in _list_of(fact.key, after, now) if one not in kept]
            wanted[fact.key] = kept
    others = [fact for fact in after.facts if fact.key not in wanted]
    links = {**wanted, **{fact.key: _mirror(fact, wanted, accepted) for fact in others}}
    linked = [_put_links(fact, links[fact.key]) for fact in after.facts]
    return replace(after, facts=tuple(linked))


def part_rivals(draft: Draft, fact: DraftFact) -> DraftFact:
    """Return a fact of a draft without its links to rivals, which follow from what both say."""
    rivals = _list_rivals(draft, [fact.key]) if list_links(fact) else set()
    rest = [one for one in list_links(fact) if frozenset((fact.key, one)) not in rivals]
    return _put_links(fact, rest)


def swap_fact(draft: Draft, fact: DraftFact) -> Draft:
    """Return the draft with a fact in place of the one with its key, or after all others."""
    facts = {one.key: one for one in draft.facts} | {fact.key: fact}
    return replace(draft, facts=tuple(facts.values()))


def list_changed(before: Draft, after: Draft) -> list[DraftFact]:
    """Return the facts of a draft that are not as they were."""
    former = {one.key: one for one in before.facts}
    return [one for one in after.facts if former.get(one.key) != one]


def unlink(fact: DraftFact, key: str) -> DraftFact:
    """Return a fact without its links to another that is no longer there."""
    body = dict(fact.body)
    for name in LINKS:
        links = list_links(fact, name)
        rest = [one for one in links if one != key]
        if rest != links:
            body = {**body, name: rest} if rest else {k: v for k, v in body.items() if k != name}
    return replace(fact, body=body)


def list_links(fact: DraftFact, name: str = "conflicts") -> list[str]:
    """Return the facts that a fact names as conflicts, or under another name."""
    links = fact.body.get(name)
    return [str(one) for one in links] if isinstance(links, list) else [str(links)] if links else []


def _is_over(fact: DraftFact, other: str, gone: set[_Pair], now: set[_Pair]) -> bool:
    pair = frozenset((fact.key, other))
    return pair in gone and pair not in now


def _mirror(
    fact: DraftFact, wanted: Mapping[str, list[str]], accepted: Collection[str]
) -> list[str]:
    """What a fact that nobody changed names, when others name it, or do so no more."""
    naming = [key for key, links in wanted.items() if key in accepted and fact.key in links]
    kept = [one for one in list_links(fact) if one not in wanted or one in naming]
    return [*kept, *(one for one in naming if one not in kept)]


def _list_rivals(draft: Draft, keys: Collection[str]) -> set[_Pair]:
    """The pairs of accepted facts that cannot both be right, of which these keys are one."""
    accepted = [one for one in draft.facts if one.state == "accepted"]
    slots = {_slot_of(one) for one in accepted if one.key in keys}
    near = tuple(one for one in accepted if _slot_of(one) in slots)
    if len(near) == len(slots):
        return set()
    pack = inspect_draft(replace(draft, facts=near)).pack
    return {
        frozenset(map(str, (one.id, other.id)))
        for one, other in list_rival_pairs(pack)
        if {one.id, other.id} & {FactId(key) for key in keys}
        and not isinstance(one.value, Words)
        and other.id not in one.supersedes
        and one.id not in other.supersedes
    }


def _slot_of(fact: DraftFact) -> tuple[str, str]:
    return str(fact.body.get("s")), str(fact.body.get("p"))


def _list_of(key: str, draft: Draft, pairs: set[_Pair]) -> list[str]:
    return [one.key for one in draft.facts if one.key != key and frozenset((key, one.key)) in pairs]


def _put_links(fact: DraftFact, links: list[str]) -> DraftFact:
    if links == list_links(fact):
        return fact
    rest = {name: part for name, part in fact.body.items() if name != "conflicts"}
    return replace(fact, body={**rest, **({"conflicts": links} if links else {})})
