"""The fact base as generation asks it: a pack with indexes, so that no fact looks at all others.

Everything is looked up by slot, sort, grain or name, and "nearest" walks outward from the fact's
own place in a sorted index. So the work for one fact does not grow with the number of the others.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, TypeVar

from quizapp.facts.model import Fact, Pack, PredicateName
from quizapp.facts.values import (
    Entities,
    EntityId,
    Grain,
    PartialDate,
    Period,
    Quantity,
    Value,
)

_WHOLES = ("located_in", "part_of")
_PARTS = ("formed_by",)
Item = TypeVar("Item")


class Mention(NamedTuple):
    """An entity in a fact, as its value or as its subject."""

    fact: Fact
    entity: EntityId


class Sort(NamedTuple):
    """What entities must share to stand side by side: the type and the sort of place."""

    type: str
    place: str | None


class FactBase:
    """A pack and its indexes, built once for all questions."""

    def __init__(self, pack: Pack) -> None:
        """Index nothing yet; each index is built when it is first asked for."""
        self.pack = pack
        self._kin: dict[EntityId, frozenset[EntityId]] = {}

    def list_kin(self, identity: EntityId) -> frozenset[EntityId]:
        """Return the entity, those it is the same as, and its wholes and parts of any depth."""
        if identity not in self._kin:
            upward, downward = self._links
            found = _walk(identity, upward) | _walk(identity, downward)
            self._kin[identity] = frozenset(found)
        return self._kin[identity]

    def list_wholes(self, identity: EntityId) -> frozenset[EntityId]:
        """Return the entity, those it is the same as, and its wholes of any depth."""
        return frozenset(_walk(identity, self._links[0]))

    def sort_of(self, identity: EntityId) -> Sort:
        """Return the sort of an entity."""
        entity = self.pack.entities[identity]
        return Sort(entity.type, entity.place)

    def list_roles(self, identity: EntityId) -> frozenset[tuple[PredicateName, bool]]:
        """Return the predicates that the entity is a value of, and with True those it is under."""
        return self._roles.get(identity, frozenset())

    def walk_values(self, fact: Fact, sort: Sort, predicate: str = "") -> Iterator[Mention]:
        """Yield entities of that sort that are values, of one predicate or any, nearest first."""
        mentions = self._values.get((predicate, sort), [])
        return _walk_outward(mentions, fact.order, _order_of)

    def walk_subjects(self, fact: Fact, sort: Sort) -> Iterator[Mention]:
        """Yield entities of that sort that are subjects, nearest first."""
        return _walk_outward(self._subjects.get(sort, []), fact.order, _order_of)

    def walk_facts_of(self, fact: Fact) -> Iterator[Fact]:
        """Yield the other facts of the same predicate, nearest first."""
        facts = self.pack.list_facts_of(fact.predicate)
        walked = _walk_outward(facts, fact.order, lambda other: other.order)
        return (other for other in walked if other.id != fact.id)

    def walk_figures(self, fact: Fact, low: Decimal) -> Iterator[tuple[Quantity, Fact]]:
        """Yield distinct figures of the fact's sort, each with a fact, outward from `low`."""
        return _walk_outward(self._figures.get(self._measure(fact), []), low, _low_of)

    def walk_dates(self, date: PartialDate) -> Iterator[tuple[PartialDate, Fact]]:
        """Yield distinct dates of the same grain, each with a fact, nearest first."""
        dates = self._dates.get(date.grain, [])
        return _walk_outward(dates, date.first.toordinal(), lambda pair: pair[0].first.toordinal())

    def list_dates_of(self, subject: EntityId) -> Sequence[PartialDate | Period]:
        """Return the distinct dates that facts about the subject give."""
        return self._dates_of.get(subject, ())

    def list_subjects(self, predicate: PredicateName, value: Value) -> Sequence[EntityId]:
        """Return the subjects with that very value, or, for a date, one that it may mean."""
        if isinstance(value, Entities):
            kin = dict.fromkeys(one for item in value.ids for one in sorted(self.list_kin(item)))
            keys: list[object] = list(kin)
        elif isinstance(value, PartialDate):
            return self._list_subjects_then(predicate, value)
        else:
            keys = [value]
        found = [one for key in keys for one in self._by_value.get((predicate, key), ())]
        return tuple(dict.fromkeys(found))

    @cached_property
    def newest(self) -> PartialDate | Period | None:
        """The last date that any fact gives, as value or for itself."""
        dates = [fact.as_of for fact in self.pack.facts if fact.as_of is not None]
        values = [fact.value for fact in self.pack.facts]
        found = [*dates, *(one for one in values if isinstance(one, (PartialDate, Period)))]
        return max(found, key=lambda date: date.last, default=None)

    def _list_subjects_then(
        self, predicate: PredicateName, date: PartialDate
    ) -> Sequence[EntityId]:
        parts = date.iso.split("-")
        coarser = ["-".join(parts[:count]) for count in range(1, len(parts))]
        found = [*self._by_value.get((predicate, f"{date.iso}*"), ())]
        found += [one for iso in coarser for one in self._by_value.get((predicate, iso), ())]
        return tuple(dict.fromkeys(found))

    def _measure(self, fact: Fact) -> tuple[str, str]:
        assert isinstance(fact.value, Quantity)
        measure = self.pack.predicates[fact.predicate].measure
        return (measure, "") if measure is not None else (fact.predicate, fact.value.unit)

    @cached_property
    def _links(self) -> tuple[dict[EntityId, list[EntityId]], dict[EntityId, list[EntityId]]]:
        """From each part to its wholes, and from each whole to its parts."""
        upward: dict[EntityId, list[EntityId]] = defaultdict(list)
        downward: dict[EntityId, list[EntityId]] = defaultdict(list)
        for part, whole in self._list_part_links():
            upward[part].append(whole)
            downward[whole].append(part)
        return upward, downward

    def _list_part_links(self) -> Iterator[tuple[EntityId, EntityId]]:
        for name in (*_WHOLES, *_PARTS):
            for fact in self.pack.list_facts_of(name):
                for one in fact.value.ids if isinstance(fact.value, Entities) else ():
                    yield (fact.subject, one) if name in _WHOLES else (one, fact.subject)
        for entity in self.pack.entities.values():
            for other in entity.same_as:
                yield entity.id, other
                yield other, entity.id

    @cached_property
    def _values(self) -> dict[tuple[str, Sort], list[Mention]]:
        found: dict[tuple[str, Sort], list[Mention]] = defaultdict(list)
        for fact in self.pack.facts:
            for one in fact.value.ids if isinstance(fact.value, Entities) else ():
                for predicate in ("", fact.predicate):
                    found[predicate, self.sort_of(one)].append(Mention(fact, one))
        return found

    @cached_property
    def _roles(self) -> dict[EntityId, frozenset[tuple[PredicateName, bool]]]:
        found: dict[EntityId, set[tuple[PredicateName, bool]]] = defaultdict(set)
        for fact in self.pack.facts:
            found[fact.subject].add((fact.predicate, True))
            for one in fact.value.ids if isinstance(fact.value, Entities) else ():
                found[one].add((fact.predicate, False))
        return {identity: frozenset(roles) for identity, roles in found.items()}

    @cached_property
    def _subjects(self) -> dict[Sort, list[Mention]]:
        found: dict[Sort, list[Mention]] = defaultdict(list)
        for fact in self.pack.facts:
            found[self.sort_of(fact.subject)].append(Mention(fact, fact.subject))
        return found

    @cached_property
    def _figures(self) -> dict[tuple[str, str], list[tuple[Quantity, Fact]]]:
        firsts: dict[tuple[str, str], dict[Quantity, Fact]] = defaultdict(dict)
        for fact in self.pack.facts:
            if isinstance(fact.value, Quantity):
                figure = Quantity(low=fact.value.low, high=fact.value.high)
                firsts[self._measure(fact)].setdefault(figure, fact)
        return {key: sorted(found.items(), key=_low_of) for key, found in firsts.items()}

    @cached_property
    def _dates(self) -> dict[Grain, list[tuple[PartialDate, Fact]]]:
        firsts: dict[Grain, dict[PartialDate, Fact]] = defaultdict(dict)
        for fact in self.pack.facts:
            if isinstance(fact.value, PartialDate):
                firsts[fact.value.grain].setdefault(fact.value, fact)
        return {
            grain: sorted(found.items(), key=lambda pair: pair[0].iso)
            for grain, found in firsts.items()
        }

    @cached_property
    def _dates_of(self) -> dict[EntityId, tuple[PartialDate | Period, ...]]:
        found: dict[EntityId, dict[PartialDate | Period, None]] = defaultdict(dict)
        for fact in self.pack.facts:
            if isinstance(fact.value, (PartialDate, Period)):
                found[fact.subject][fact.value] = None
        return {subject: tuple(dates) for subject, dates in found.items()}

    @cached_property
    def _by_value(self) -> dict[tuple[str, object], dict[EntityId, None]]:
        """Subjects by predicate and value; a date also by each time that holds it, with a star."""
        found: dict[tuple[str, object], dict[EntityId, None]] = defaultdict(dict)
        for fact in self.pack.facts:
            for key in _list_value_keys(fact.value):
                found[fact.predicate, key][fact.subject] = None
        return found


def _list_value_keys(value: Value) -> list[object]:
    if isinstance(value, Entities):
        return list(value.ids)
    if isinstance(value, PartialDate):
        parts = value.iso.split("-")
        return [value.iso, *("-".join(parts[: count + 1]) + "*" for count in range(len(parts)))]
    return [value]


def _walk(start: EntityId, links: dict[EntityId, list[EntityId]]) -> set[EntityId]:
    seen, waiting = {start}, [start]
    while waiting:
        for other in links.get(waiting.pop(), ()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


Number = TypeVar("Number", int, Decimal)


def _walk_outward(
    items: Sequence[Item], start: Number, measure: Callable[[Item], Number]
) -> Iterator[Item]:
    """Yield the sorted items by their distance from `start`, the lower first at equal distance."""
    upper = bisect_left(items, start, key=measure)
    lower = upper - 1
    while lower >= 0 or upper < len(items):
        if upper == len(items):
            down = True
        elif lower < 0:
            down = False
        else:
            down = start - measure(items[lower]) <= measure(items[upper]) - start
        yield items[lower if down else upper]
        lower, upper = (lower - 1, upper) if down else (lower, upper + 1)


def _order_of(mention: Mention) -> int:
    return mention.fact.order


def _low_of(pair: tuple[Quantity, Fact]) -> Decimal:
    return pair[0].low
