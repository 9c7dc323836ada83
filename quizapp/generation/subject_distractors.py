"""Wrong subjects: each has a value of its own in the slot, which proves that it is not the one."""

from itertools import islice

from quizapp.facts.model import Fact, Pack
from quizapp.facts.values import Entities, Value
from quizapp.generation.base import FactBase
from quizapp.generation.distractors import (
    Distractor,
    are_apart,
    contains_name,
    drop_doubles,
    write_slot,
)
from quizapp.generation.realiser import Realiser
from quizapp.generation.slots import Standing, examine_fact, list_slot_values
from quizapp.generation.wording import capitalise, name_entity

_MOST = 24
_LOOKED_AT = 240


def find_subject_distractors(base: FactBase, standing: Standing) -> tuple[Distractor, ...]:
    """Return subjects that have a value of their own in the same functional slot, not this one.

    That value and not the silence about this one is what proves them wrong.
    """
    fact = standing.fact
    if not standing.proven or not standing.predicate.functional:
        return ()
    nearest = islice(base.walk_facts_of(fact), _LOOKED_AT)
    apart = (other for other in nearest if _is_subject_apart(base, fact, other))
    return drop_doubles([_make_subject(base.pack, standing, one) for one in islice(apart, _MOST)])


def is_subject_unique(base: FactBase, fact: Fact) -> bool:
    """Return whether no other subject has this value, or one that may be the same."""
    return set(base.list_subjects(fact.predicate, fact.value)) <= {fact.subject}


def is_wholly_apart(base: FactBase, value: Value, other: Fact) -> bool:
    """Return whether no version of the other fact's value may be the one asked for."""
    versions = list_slot_values(base.pack, other)
    return all(are_apart(base, value, one.value) for one in versions)


def _is_subject_apart(base: FactBase, fact: Fact, other: Fact) -> bool:
    pack = base.pack
    one, two = pack.entities[fact.subject], pack.entities[other.subject]
    if two.id in base.list_kin(one.id) or base.sort_of(one.id) != base.sort_of(two.id):
        return False
    if contains_name(one, two):
        return False
    if fact.predicate in two.hide or other.as_of != fact.as_of or other.said != fact.said:
        return False
    own = examine_fact(pack, other)
    return own.proven and is_wholly_apart(base, fact.value, other)


def _make_subject(pack: Pack, standing: Standing, other: Fact) -> Distractor:
    entity = pack.entities[other.subject]
    own = Realiser(pack=pack, fact=other)
    reason = f"{write_slot(pack, other)} has one documented value"
    reason = f"{reason}, {own.write_value()} ({other.id})."
    if standing.predicate.inverse is not None:
        asked = Realiser(pack=pack, fact=standing.fact).write_clause(standing.predicate.inverse)
        reason = f"{name_entity(entity)} is not {asked}: {reason}"
    return Distractor(
        value=Entities(ids=(entity.id,)),
        text=capitalise(name_entity(entity)),
        why=capitalise(reason),
        near=True,
        fact=other,
    )
