"""Wrong options, each proven false by the fact base and carrying the reason as its certificate."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from quizapp.facts.folding import fold
from quizapp.facts.model import Entity, Fact, Pack
from quizapp.facts.values import Entities, EntityId, PartialDate, Period, Quantity, Value, overlap
from quizapp.generation.base import FactBase, Mention
from quizapp.generation.figures import (
    is_figure_apart,
    list_date_steps,
    list_documented_dates,
    list_documented_figures,
    list_figure_steps,
)
from quizapp.generation.frames import write_counted_time, write_frame
from quizapp.generation.realiser import Realiser
from quizapp.generation.slots import Standing, list_slot_values
from quizapp.generation.wording import capitalise, end_sentence, name_entity, write_hedged

_ENOUGH = 3
_MOST = 24
_LOOKED_AT = 240
_SAME_PART, _OTHER_PART, _ONLY_SUBJECT = range(3)
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
    elsewhere in the document, which makes it harder to tell from the right one. `fact` is the one
    that documents it, None for a made-up figure or date.
    """

    value: Value
    text: str
    why: str
    elsewhere: str = ""
    near: bool
    fact: Fact | None = None


def find_distractors(
    base: FactBase, standing: Standing, rng: random.Random
) -> tuple[Distractor, ...]:
    """Return values that are proven wrong in the fact's slot, best first; none if none is proven.

    For a list the fact's value is taken as any one member.
    """
    value = standing.fact.value
    if not standing.proven:
        return ()
    if isinstance(value, Entities):
        return _find_entities(base, standing)
    if isinstance(value, Quantity):
        return _find_figures(base, standing, rng)
    if isinstance(value, PartialDate):
        return _find_dates(base, standing, rng)
    return ()


def contains_name(one: Entity, other: Entity) -> bool:
    """Return whether a spelling of one entity stands within a spelling of the other."""
    ones = [f" {fold(text)} " for text in one.spellings]
    others = [f" {fold(text)} " for text in other.spellings]
    return any(first in second or second in first for first in ones for second in others)


def are_apart(base: FactBase, one: Value, other: Value) -> bool:
    """Return whether the values cannot both be meant by one answer."""
    if isinstance(one, (PartialDate, Period)) and isinstance(other, (PartialDate, Period)):
        return not overlap(one, other)
    if isinstance(one, Entities) and isinstance(other, Entities):
        kin = frozenset[EntityId]().union(*(base.list_kin(item) for item in one.ids))
        sorts = {base.sort_of(item) for item in (*one.ids, *other.ids)}
        places = [sort.place for sort in sorts if sort.place is not None]
        return not kin & set(other.ids) and not _may_overlap(places)
    return one != other


def _may_overlap(places: list[str]) -> bool:
    """Whether one of the sorts of places may hold another, so that an event may be in both."""
    return len(places) > 1 or bool(_AREAS & set(places))


def _find_entities(base: FactBase, standing: Standing) -> tuple[Distractor, ...]:
    fact = standing.fact
    assert isinstance(fact.value, Entities)
    taken = [base.pack.entities[one] for one in _list_taken(base, fact)]
    found: list[tuple[_Role, Entity]] = []
    seen: set[EntityId] = set()
    for role, identity in _walk_roles(base, fact):
        entity = base.pack.entities[identity]
        if identity in seen or (role.tier != _SAME_PART and entity.place in _AREAS):
            continue
        seen.add(identity)
        if any(one is entity or contains_name(entity, one) for one in taken):
            continue
        found.append((_find_closest(base, fact, role, identity), entity))
        if len(found) == _MOST:
            break
    right = frozenset[object]().union(*(base.list_roles(one) for one in fact.value.ids))
    circles = {base.pack.entities[one].circle for one in fact.value.ids} - {None}
    found.sort(
        key=lambda pair: (
            pair[1].circle not in circles,
            pair[0].tier,
            -len(right & base.list_roles(pair[1].id)),
        )
    )
    return tuple(_make_entity(base.pack, standing, entity, role) for role, entity in found)


def _find_closest(base: FactBase, fact: Fact, role: _Role, identity: EntityId) -> _Role:
    """The role that the entity has for the same subject, if it has one, since that tells more."""
    if role.fact.predicate == fact.predicate:
        return role
    for other in base.pack.list_mentions(identity):
        held = other.value.ids if isinstance(other.value, Entities) else ()
        if other.subject == fact.subject and identity in held:
            return _Role(min(role.tier, _OTHER_PART), other)
    return role


def _walk_roles(base: FactBase, fact: Fact) -> Iterator[tuple[_Role, EntityId]]:
    """Yield entities of the value's sort: those in the same part, other values, then subjects.

    A value that its subject's name tells says nothing more of the entity, and is left out.
    """
    assert isinstance(fact.value, Entities)
    sort = base.sort_of(fact.value.ids[0])
    walks: tuple[Iterator[Mention], ...] = (
        base.walk_values(fact, sort, fact.predicate),
        base.walk_values(fact, sort),
        base.walk_subjects(fact, sort),
    )
    for tier, walk in enumerate(walks):
        for other, identity in islice(walk, _LOOKED_AT):
            named = other.predicate in base.pack.entities[other.subject].hide
            if tier == _ONLY_SUBJECT or not named:
                yield _Role(tier, other), identity


def _make_entity(pack: Pack, standing: Standing, entity: Entity, role: _Role) -> Distractor:
    name = name_entity(entity)
    certificate = _certify(pack, standing)
    if role.tier == _ONLY_SUBJECT:
        elsewhere, why = "", f"{name} is the subject of another fact"
    else:
        slot = write_slot(pack, role.fact)
        elsewhere = why = f"{name} {'are' if entity.plural else 'is'} documented as {slot}"
    return Distractor(
        value=Entities(ids=(entity.id,)),
        text=capitalise(name),
        why=f"{certificate}; {why} ({role.fact.id}).",
        elsewhere=end_sentence(elsewhere, ".") if elsewhere else "",
        near=role.tier == _SAME_PART,
        fact=role.fact,
    )


def _list_taken(base: FactBase, fact: Fact) -> list[EntityId]:
    """The subject and its wholes, every value that may be right whoever says so, and its kin."""
    taken = dict.fromkeys(sorted(base.list_wholes(fact.subject)))
    for other in list_slot_values(base.pack, fact):
        for one in other.value.ids if isinstance(other.value, Entities) else ():
            taken |= dict.fromkeys(sorted(base.list_kin(one)))
    return list(taken)


def write_slot(pack: Pack, fact: Fact) -> str:
    """What the fact's value is, with its claimant and date, so that a claim stays one here too."""
    slot = Realiser(pack=pack, fact=fact).write_clause(pack.predicates[fact.predicate].slot)
    return " ".join(
        part for part in (slot, write_counted_time(pack, fact), write_frame(pack, fact)) if part
    )


def _certify(pack: Pack, standing: Standing) -> str:
    fact = standing.fact
    value = Realiser(pack=pack, fact=fact).write_value()
    slot = write_slot(pack, fact)
    if fact.closed:
        return f"As {slot} the complete list names {value} ({fact.id})"
    return f"{capitalise(slot)} has one documented value, {value} ({fact.id})"


def _find_figures(base: FactBase, standing: Standing, rng: random.Random) -> tuple[Distractor, ...]:
    fact, pack = standing.fact, base.pack
    found: list[tuple[Quantity, Fact | None]] = [*list_documented_figures(base, fact)[:_ENOUGH]]
    found += [(figure, None) for figure in list_figure_steps(base, fact, rng)]
    kept: list[tuple[Quantity, Fact | None]] = []
    for figure, source in found:
        touching = [one for one, _ in kept if one.is_range and not is_figure_apart(figure, one)]
        if not touching:
            kept.append((figure, source))
    return drop_doubles([_make_value(pack, standing, *pair) for pair in kept])


def _find_dates(base: FactBase, standing: Standing, rng: random.Random) -> tuple[Distractor, ...]:
    fact, pack = standing.fact, base.pack
    found = [
        _make_value(pack, standing, date, other)
        for date, other in list_documented_dates(base, fact)[:_MOST]
    ]
    steps = [_make_value(pack, standing, one, None) for one in list_date_steps(base, fact, rng)]
    return drop_doubles([*found, *steps])


def _make_value(pack: Pack, standing: Standing, value: Value, source: Fact | None) -> Distractor:
    text = Realiser(pack=pack, fact=replace(standing.fact, value=value)).write_answer()
    certificate = _certify(pack, standing)
    if source is None:
        why = f"{certificate}; {text} is not documented for it."
        return Distractor(value=value, text=text, why=why, near=False)
    figure = source.value
    written = write_hedged(figure) if isinstance(figure, Quantity) else text
    elsewhere = f"{written} is documented as {write_slot(pack, source)}"
    why = f"{certificate}; {elsewhere} ({source.id})."
    return Distractor(
        value=value,
        text=text,
        why=why,
        elsewhere=end_sentence(elsewhere, "."),
        near=True,
        fact=source,
    )


def drop_doubles(distractors: list[Distractor]) -> tuple[Distractor, ...]:
    """Return the distractors without those that read like one before them."""
    first: dict[str, Distractor] = {}
    for one in distractors:
        first.setdefault(one.text, one)
    return tuple(first.values())
