"""What a fact's slot holds: its rivals, whether other values are proven false, how it is named.

A slot is what one question asks: subject and predicate, and claimant, date, unit and whom it counts
where the fact gives them. Not mentioned is not false: a value is proven false only where the slot
is functional, or its list is declared complete, and no rival version stands beside it unnamed.
"""

from dataclasses import dataclass
from typing import Literal

from quizapp.facts.model import Fact, Pack, Predicate
from quizapp.facts.values import (
    Entities,
    PartialDate,
    Quantity,
    Value,
    Words,
    overlap,
)
from quizapp.generation.frames import write_counted_time, write_frame

Version = Literal["only", "framed", "section", "unnamed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a fact stands in the fact base.

    `version` tells how a question names this version among its rivals: there are none, by claimant,
    status or date, by the section of the article, or not at all. `proven` tells that every other
    value of the slot is false.
    """

    fact: Fact
    predicate: Predicate
    rivals: tuple[Fact, ...]
    version: Version
    proven: bool


def examine_fact(pack: Pack, fact: Fact) -> Standing:
    """Return how the fact stands among the others of its pack."""
    predicate = pack.predicates[fact.predicate]
    rivals = list_rivals(pack, fact)
    version = _name_version(pack, fact, rivals)
    single = not isinstance(fact.value, Entities) or len(fact.value.ids) == 1
    certain = (predicate.functional and single and fact.closed is not False) or fact.closed is True
    return Standing(
        fact=fact,
        predicate=predicate,
        rivals=rivals,
        version=version,
        proven=certain and version in ("only", "framed"),
    )


def list_rivals(pack: Pack, fact: Fact) -> tuple[Fact, ...]:
    """Return the facts that give another version of this one, declared or not.

    Declared are conflicts and supersessions in either direction. Undeclared is another value in a
    functional slot for a time that is not another one, whoever says so; free words are left out,
    since two descriptions may both be right.
    """
    named = [pack.get_fact(one) for one in (*fact.conflicts, *fact.supersedes)]
    twins = [
        other
        for other in pack.list_facts(fact.subject, fact.predicate)
        if _is_undeclared_rival(pack, fact, other)
    ]
    found = {other.id: other for other in (*named, *twins, *pack.list_opponents(fact.id))}
    return tuple(sorted(found.values(), key=lambda other: other.order))


def _is_undeclared_rival(pack: Pack, fact: Fact, other: Fact) -> bool:
    if not pack.predicates[fact.predicate].functional or isinstance(fact.value, Words):
        return False
    same = _key_slot(pack, other) == _key_slot(pack, fact)
    return same and other.value != fact.value and not differ_in_time(fact, other)


def list_slot_values(pack: Pack, fact: Fact) -> tuple[Fact, ...]:
    """Return the facts whose values may be right for this one's slot, itself and rivals first.

    Another claimant's value counts; a value documented for another time does not.
    """
    same = [
        other
        for other in pack.list_facts(fact.subject, fact.predicate)
        if other.id != fact.id and not differ_in_time(fact, other)
    ]
    known = dict.fromkeys([fact.id, *(rival.id for rival in list_rivals(pack, fact))])
    known |= dict.fromkeys(other.id for other in same)
    return tuple(pack.get_fact(identity) for identity in known)


def list_own_values(pack: Pack, fact: Fact) -> tuple[Fact, ...]:
    """Return the facts whose values may be right for the question as it is framed.

    Where it names its claimant, or how sure the value is, one that others give is none of them.
    """
    others = list_slot_values(pack, fact)
    if _name_version(pack, fact, list_rivals(pack, fact)) != "framed":
        return others
    return tuple(one for one in others if (one.said, one.status) == (fact.said, fact.status))


def differ_in_time(one: Fact, other: Fact) -> bool:
    """Return whether both facts are dated and their times have no day in common."""
    if one.as_of is None or other.as_of is None:
        return False
    return not overlap(one.as_of, other.as_of)


def _key_slot(pack: Pack, fact: Fact) -> tuple[object, ...]:
    """What is asked, whoever answers: the claimant and the date of the answer are left out."""
    value = _key_value(pack, fact.value)
    return (fact.subject, fact.predicate, fact.start, fact.end, *value)


def _key_value(pack: Pack, value: Value) -> tuple[object, ...]:
    """What of the value belongs to the question: unit and whom, sort of place, language, grain."""
    if isinstance(value, Quantity):
        return (value.unit, value.of)
    if isinstance(value, Entities):
        return tuple(dict.fromkeys(pack.entities[one].place for one in value.ids))
    if isinstance(value, Words):
        return (value.lang,)
    return (value.grain,) if isinstance(value, PartialDate) else ()


def _name_version(pack: Pack, fact: Fact, rivals: tuple[Fact, ...]) -> Version:
    if not rivals:
        return "only"
    frame = _write_whole_frame(pack, fact)
    if frame and all(_write_whole_frame(pack, rival) != frame for rival in rivals):
        return "framed"
    if all(rival.at.section != fact.at.section for rival in rivals):
        return "section"
    return "unnamed"


def _write_whole_frame(pack: Pack, fact: Fact) -> str:
    return f"{write_frame(pack, fact)} {write_counted_time(pack, fact)}".strip()
