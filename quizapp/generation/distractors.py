"""Wrong options, each proven false by the fact base and carrying the reason as its certificate."""

import random
from dataclasses import dataclass, replace
from itertools import islice

from quizapp.facts.folding import fold
from quizapp.facts.model import Entity, Fact, Pack
from quizapp.facts.values import Entities, EntityId, PartialDate, Period, Quantity, Value, overlap
from quizapp.generation.figures import (
    is_figure_apart,
    list_date_steps,
    list_documented_dates,
    list_documented_figures,
    list_figure_steps,
)
from quizapp.generation.frames import write_frame
from quizapp.generation.realiser import Realiser
from quizapp.generation.slots import Standing, examine_fact, list_kin, list_slot_values
from quizapp.generation.wording import capitalise, end_sentence, name_entity, write_hedged

_ENOUGH = 3
_MOST = 24
_ONLY_SUBJECT = 2
_AREAS = frozenset({"region", "continent", "river"})
"""Sorts of places that may hold each other, so that only those in the same part are compared."""


@dataclass(frozen=True, slots=True)
class _Role:
    """How an entity is documented: 0 in the same part, 1 as another value, 2 only as a subject."""

    tier: int
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Distractor:
    """A wrong answer: the value (for the subject's end, the subject), its words, why it is false.

    `elsewhere` says to learners what it is documented as. `near` tells that it plays the same part
    elsewhere in the document, which makes it harder to tell from the right one.
    """

    value: Value
    text: str
    why: str
    elsewhere: str = ""
    near: bool


def find_distractors(pack: Pack, standing: Standing, rng: random.Random) -> tuple[Distractor, ...]:
    """Return values that are proven wrong in the fact's slot, best first; none if none is proven.

    For a list the fact's value is taken as any one member.
    """
    if not standing.proven:
        return ()
    value = standing.fact.value
    if isinstance(value, Entities):
        return _find_entities(pack, standing)
    if isinstance(value, Quantity):
        return _find_figures(pack, standing, rng)
    if isinstance(value, PartialDate):
        return _find_dates(pack, standing, rng)
    return ()


def find_subject_distractors(pack: Pack, standing: Standing) -> tuple[Distractor, ...]:
    """Return subjects that have a value of their own in the same functional slot, not this one.

    That value and not the silence about this one is what proves them wrong.
    """
    fact = standing.fact
    if not standing.proven or not standing.predicate.functional:
        return ()
    others = pack.list_facts_of(fact.predicate)
    nearest = sorted(others, key=lambda other: abs(other.order - fact.order))
    apart = (other for other in nearest if _is_subject_apart(pack, fact, other))
    return _drop_doubles([_make_subject(pack, standing, one) for one in islice(apart, _MOST)])


def is_subject_unique(pack: Pack, fact: Fact) -> bool:
    """Return whether no other subject has this value, or one that may be the same."""
    return not any(
        other.subject != fact.subject and not _are_apart(pack, fact.value, other.value)
        for other in pack.list_facts_of(fact.predicate)
    )


def contains_name(one: Entity, other: Entity) -> bool:
    """Return whether a spelling of one entity stands within a spelling of the other."""
    ones = [f" {fold(text)} " for text in one.spellings]
    others = [f" {fold(text)} " for text in other.spellings]
    return any(first in second or second in first for first in ones for second in others)


def _find_entities(pack: Pack, standing: Standing) -> tuple[Distractor, ...]:
    fact = standing.fact
    assert isinstance(fact.value, Entities)
    key = pack.entities[fact.value.ids[0]]
    taken = [pack.entities[one] for one in _list_taken(pack, fact)]
    found = []
    for entity in pack.entities.values():
        role = _find_role(pack, fact, entity) if _is_same_sort(entity, key) else None
        if role is None:
            continue
        if any(one is entity or contains_name(entity, one) for one in taken):
            continue
        if role.tier == 0 or entity.place not in _AREAS:
            found.append((role, entity))
    found.sort(key=lambda pair: (pair[0].tier, abs(pair[0].fact.order - fact.order)))
    return tuple(_make_entity(pack, standing, entity, role) for role, entity in found[:_MOST])


def _make_entity(pack: Pack, standing: Standing, entity: Entity, role: _Role) -> Distractor:
    name = name_entity(entity)
    certificate = _certify(pack, standing)
    if role.tier == _ONLY_SUBJECT:
        elsewhere, why = "", f"{name} is the subject of another fact"
    else:
        slot = _write_slot(pack, role.fact)
        elsewhere = why = f"{name} {'are' if entity.plural else 'is'} documented as {slot}"
    return Distractor(
        value=Entities(ids=(entity.id,)),
        text=capitalise(name),
        why=f"{certificate}; {why} ({role.fact.id}).",
        elsewhere=end_sentence(elsewhere, ".") if elsewhere else "",
        near=role.tier == 0,
    )


def _list_taken(pack: Pack, fact: Fact) -> list[EntityId]:
    """The subject, every value that may be right under whatever claimant, and all their kin."""
    taken = dict.fromkeys(list_kin(pack, fact.subject))
    for other in list_slot_values(pack, fact):
        for one in other.value.ids if isinstance(other.value, Entities) else ():
            taken |= dict.fromkeys(sorted(list_kin(pack, one)))
    return list(taken)


def _is_same_sort(one: Entity, other: Entity) -> bool:
    return (one.type, one.place) == (other.type, other.place)


def _find_role(pack: Pack, fact: Fact, entity: Entity) -> _Role | None:
    """The fact that documents the entity: in the same part, in another, or only as a subject."""
    mentions = pack.list_mentions(entity.id)
    values = [
        other
        for other in mentions
        if isinstance(other.value, Entities) and entity.id in other.value.ids
    ]
    tiers = (
        [other for other in values if other.predicate == fact.predicate],
        values,
        [other for other in mentions if other.subject == entity.id],
    )
    for tier, facts in enumerate(tiers):
        if facts:
            return _Role(tier, min(facts, key=lambda other: abs(other.order - fact.order)))
    return None


def _write_slot(pack: Pack, fact: Fact) -> str:
    """What the fact's value is, with its claimant and date, so that a claim stays one here too."""
    slot = Realiser(pack=pack, fact=fact).write_clause(pack.predicates[fact.predicate].slot)
    return f"{slot} {write_frame(pack, fact)}".rstrip()


def _certify(pack: Pack, standing: Standing) -> str:
    fact = standing.fact
    value = Realiser(pack=pack, fact=fact).write_value()
    slot = _write_slot(pack, fact)
    if fact.closed:
        return f"As {slot} the complete list names {value} ({fact.id})"
    return f"{capitalise(slot)} has one documented value, {value} ({fact.id})"


def _find_figures(pack: Pack, standing: Standing, rng: random.Random) -> tuple[Distractor, ...]:
    fact = standing.fact
    found: list[tuple[Quantity, Fact | None]] = [*list_documented_figures(pack, fact)[:_ENOUGH]]
    found += [(figure, None) for figure in list_figure_steps(pack, fact, rng)]
    kept: list[tuple[Quantity, Fact | None]] = []
    for figure, source in found:
        touching = [one for one, _ in kept if one.is_range and not is_figure_apart(figure, one)]
        if not touching:
            kept.append((figure, source))
    return _drop_doubles([_make_value(pack, standing, *pair) for pair in kept])


def _find_dates(pack: Pack, standing: Standing, rng: random.Random) -> tuple[Distractor, ...]:
    fact = standing.fact
    found = [
        _make_value(pack, standing, date, other)
        for date, other in list_documented_dates(pack, fact)[:_MOST]
    ]
    steps = [_make_value(pack, standing, one, None) for one in list_date_steps(pack, fact, rng)]
    return _drop_doubles([*found, *steps])


def _make_value(pack: Pack, standing: Standing, value: Value, source: Fact | None) -> Distractor:
    text = Realiser(pack=pack, fact=replace(standing.fact, value=value)).write_answer()
    certificate = _certify(pack, standing)
    if source is None:
        why = f"{certificate}; {text} is not documented for it."
        return Distractor(value=value, text=text, why=why, near=False)
    figure = source.value
    written = write_hedged(figure) if isinstance(figure, Quantity) else text
    elsewhere = f"{written} is documented as {_write_slot(pack, source)}"
    why = f"{certificate}; {elsewhere} ({source.id})."
    return Distractor(
        value=value, text=text, why=why, elsewhere=end_sentence(elsewhere, "."), near=True
    )


def _drop_doubles(distractors: list[Distractor]) -> tuple[Distractor, ...]:
    first: dict[str, Distractor] = {}
    for one in distractors:
        first.setdefault(one.text, one)
    return tuple(first.values())


def _is_subject_apart(pack: Pack, fact: Fact, other: Fact) -> bool:
    one, two = pack.entities[fact.subject], pack.entities[other.subject]
    if two.id in list_kin(pack, one.id) or not _is_same_sort(one, two) or contains_name(one, two):
        return False
    if fact.predicate in two.hide or other.as_of != fact.as_of or other.said != fact.said:
        return False
    own = examine_fact(pack, other)
    return own.proven and _is_wholly_apart(pack, fact, other)


def _is_wholly_apart(pack: Pack, fact: Fact, other: Fact) -> bool:
    """Whether no version of the other subject's value may be the one asked for."""
    return all(_are_apart(pack, fact.value, one.value) for one in list_slot_values(pack, other))


def _are_apart(pack: Pack, one: Value, other: Value) -> bool:
    if isinstance(one, (PartialDate, Period)) and isinstance(other, (PartialDate, Period)):
        return not overlap(one, other)
    if isinstance(one, Entities) and isinstance(other, Entities):
        kin = frozenset[EntityId]().union(*(list_kin(pack, item) for item in one.ids))
        return not kin & set(other.ids)
    return one != other


def _make_subject(pack: Pack, standing: Standing, other: Fact) -> Distractor:
    entity = pack.entities[other.subject]
    own = Realiser(pack=pack, fact=other)
    reason = f"{_write_slot(pack, other)} has one documented value"
    reason = f"{reason}, {own.write_value()} ({other.id})."
    if standing.predicate.inverse is not None:
        asked = Realiser(pack=pack, fact=standing.fact).write_clause(standing.predicate.inverse)
        reason = f"{name_entity(entity)} is not {asked}: {reason}"
    return Distractor(
        value=Entities(ids=(entity.id,)),
        text=capitalise(name_entity(entity)),
        why=capitalise(reason),
        near=True,
    )
