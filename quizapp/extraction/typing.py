"""What each name stands for: its own words tell, else what the proposals need it to be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from quizapp.extraction.clues import PERSON
from quizapp.extraction.names import fold_name, guess_type
from quizapp.extraction.proposals import Named, Proposal
from quizapp.facts.model import EntityType, Predicate, PredicateName
from quizapp.facts.values import Words

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
_LITERALS = frozenset({"quantity", "date", "text"})
Predicates = Mapping[PredicateName, Predicate]


def guess_types(
    proposals: Sequence[Proposal], predicates: Predicates, title: str
) -> dict[str, EntityType]:
    """Return the type of each name in the proposals, by its folded form."""
    needs: dict[str, list[tuple[str, ...]]] = {}
    names: dict[str, str] = {}
    for proposal in proposals:
        for name, allowed in _list_needs(proposal, predicates[PredicateName(proposal.predicate)]):
            names.setdefault(fold_name(name), name)
            needs.setdefault(fold_name(name), []).append(allowed)
    people = {
        fold_name(one.subject)
        for one in proposals
        if one.subject is not None
        and one.predicate == "definition"
        and isinstance(one.value, Words)
        and PERSON.match(one.value.text)
    }
    return {
        key: "person"
        if key in people and guess_type(names[key]) is None
        else _choose(names[key], allowed, title)
        for key, allowed in needs.items()
    }


def list_known_types(
    proposals: Sequence[Proposal], predicates: Predicates, title: str
) -> dict[str, EntityType]:
    """Return the types of the names of which the proposals tell one, by their folded form.

    What `guess_types` falls back on for want of anything better is left out.
    """
    told = {
        fold_name(name)
        for one in proposals
        for name, allowed in _list_needs(one, predicates[PredicateName(one.predicate)])
        if allowed or guess_type(name) is not None
    }
    types = guess_types(proposals, predicates, title)
    return {key: kind for key, kind in types.items() if key in told or kind == "person"}


def check_types(
    proposal: Proposal, predicates: Predicates, types: Mapping[str, EntityType]
) -> Proposal:
    """Return the proposal, to be looked at if a name stands for what its predicate cannot take."""
    wrong = list_misfits(proposal, predicates, types)
    return proposal if not wrong else replace(proposal, review=(*proposal.review, *wrong))


def list_misfits(
    proposal: Proposal, predicates: Predicates, types: Mapping[str, EntityType]
) -> list[str]:
    """Return, in words, which names stand for what the proposal's predicate cannot take."""
    needs = _list_needs(proposal, predicates[PredicateName(proposal.predicate)])
    return [
        f"\u201c{name}\u201d is taken for a {types[fold_name(name)].replace('_', ' ')}, "
        f"which {proposal.predicate} does not take"
        for name, allowed in needs
        if allowed and types[fold_name(name)] not in allowed
    ]


def fits_types(proposal: Proposal, predicates: Predicates, types: Mapping[str, EntityType]) -> bool:
    """Return whether every name may stand where it does."""
    needs = _list_needs(proposal, predicates[PredicateName(proposal.predicate)])
    return all(not allowed or types[fold_name(name)] in allowed for name, allowed in needs)


def list_named(proposal: Proposal) -> tuple[str, ...]:
    """Return the names that are the value of a proposal."""
    value = proposal.value
    if isinstance(value, Named):
        return (value.name,)
    return tuple(one.name for one in value) if isinstance(value, tuple) else ()


def _list_needs(proposal: Proposal, predicate: Predicate) -> Iterator[tuple[str, tuple[str, ...]]]:
    if proposal.subject is not None:
        yield proposal.subject, _keep_types(predicate.domain)
    for name in list_named(proposal):
        yield name, _keep_types(predicate.range)
    for name in proposal.said:
        yield name, ()


def _keep_types(types: Iterable[str]) -> tuple[str, ...]:
    """The entity types among what a predicate takes; none is any."""
    kept = tuple(one for one in types if one not in _LITERALS)
    return () if "entity" in kept else kept


def _choose(name: str, needs: Sequence[tuple[str, ...]], title: str) -> EntityType:
    told = guess_type(name)
    if told is not None:
        return told
    wanted = [allowed for allowed in needs if allowed]
    counts = {one: sum(one in allowed for allowed in wanted) for one in ENTITY_TYPES}
    best = max(ENTITY_TYPES, key=lambda one: (counts[one], -_rank(one, wanted)))
    if counts[best]:
        return best
    if not name[:1].isupper() or fold_name(name) == fold_name(title):
        return "term"
    return "thing"


def _rank(kind: EntityType, wanted: Sequence[tuple[str, ...]]) -> int:
    """Among types that fit equally well, the one that a predicate names first."""
    return min((allowed.index(kind) for allowed in wanted if kind in allowed), default=99)
