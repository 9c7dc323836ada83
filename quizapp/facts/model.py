"""Entities, predicates, facts, and the pack that holds them with their article."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NewType, TypeVar

from quizapp.errors import NotFoundError
from quizapp.facts.article import Article, Locator
from quizapp.facts.folding import fold
from quizapp.facts.values import Entities, EntityId, PartialDate, Value, Words

FactId = NewType("FactId", str)
PredicateName = NewType("PredicateName", str)
EntityType = Literal[
    "person",
    "group",
    "state_body",
    "state",
    "publisher",
    "place",
    "event",
    "conflict",
    "people",
    "thing",
    "term",
    "role",
    "publication",
]
PlaceKind = Literal[
    "city", "country", "province", "region", "river", "camp", "village", "continent", "place"
]
Status = Literal[
    "stated", "claim", "estimate", "reported", "considered", "initial", "revised", "unofficial"
]
End = Literal["value", "subject", "member", "several"]
Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Something that facts are about; events are entities too.

    `the` and `plural` say how its name stands in a sentence, `past` that it is no more and told of
    in the past; `dated` is the name with the year of an event in it; `hide` lists the predicates
    whose value the name gives away. `same_as` names its other ids, `differs_from` entities that are
    not the same in spite of their names. Entities of one `circle` are plausible beside each other.
    """

    id: EntityId
    type: EntityType
    name: str
    long: str | None = None
    dated: str | None = None
    aliases: tuple[str, ...] = ()
    names: tuple[Words, ...] = ()
    the: bool = False
    plural: bool = False
    past: bool = False
    place: PlaceKind | None = None
    circle: str | None = None
    same_as: tuple[EntityId, ...] = ()
    differs_from: tuple[EntityId, ...] = ()
    hide: tuple[PredicateName, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way in which the pack writes the entity, its name first."""
        long = () if self.long is None else (self.long,)
        return (self.name, *long, *self.aliases, *(name.text for name in self.names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question template of a predicate: which end of the fact it asks for, and for which kinds.

    `subjects` limits it to subjects of these types; empty means any.
    """

    name: str
    end: End
    stem: str
    kinds: tuple[str, ...]
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """What a fact says of its subject.

    `domain` and `range` hold entity types, "entity" for any, and "quantity", "date" or "text".
    A functional predicate has one value per subject, and per claimant and date where the fact gives
    them. `measure` names the sort of quantity, so that figures of one sort stand side by side.
    `moment` tells that the fact happened at its date, and did not hold then.
    `slot` reads "the place of {s}", `inverse` "the event at {v}". `happening` names what happened
    at the date ("the formation of {s}"), `cloze` is the statement in other words, `match` bids to
    match subjects with values. `excludes` names predicates whose values are never values of this
    one.
    """

    name: PredicateName
    domain: tuple[str, ...]
    range: tuple[str, ...]
    functional: bool
    slot: str
    inverse: str | None = None
    measure: str | None = None
    moment: bool = False
    statement: str | None = None
    member: str | None = None
    cloze: str | None = None
    happening: str | None = None
    match: str | None = None
    excludes: tuple[PredicateName, ...] = ()
    asks: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One documented statement.

    `closed` tells that a list is complete, False that names are lost, None that nothing is said.
    `said` names the claimants, the first one makes the claim and the next ones carry it. `order` is
    the position in the pack, `line` that in its file.
    """

    id: FactId
    subject: EntityId
    predicate: PredicateName
    value: Value
    at: Locator
    order: int
    line: int
    closed: bool | None = None
    as_of: PartialDate | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    said: tuple[EntityId, ...] = ()
    status: Status = "stated"
    conflicts: tuple[FactId, ...] = ()
    supersedes: tuple[FactId, ...] = ()
    importance: int = 2
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the article comes from; `id` names the pack."""

    id: str
    title: str
    publisher: str
    licence: str
    article: str
    retrieved: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The documented facts of one article, checked: every id that a fact names is there.

    `title` is what the set made of it is called.
    """

    title: str
    origin: Origin
    article: Article
    entities: Mapping[EntityId, Entity]
    predicates: Mapping[PredicateName, Predicate]
    facts: tuple[Fact, ...]
    _by_id: Mapping[FactId, Fact] = field(init=False, repr=False, compare=False)
    _by_slot: Mapping[tuple[EntityId, PredicateName], tuple[Fact, ...]] = field(
        init=False, repr=False, compare=False
    )
    _by_predicate: Mapping[PredicateName, tuple[Fact, ...]] = field(
        init=False, repr=False, compare=False
    )
    _by_entity: Mapping[EntityId, tuple[Fact, ...]] = field(init=False, repr=False, compare=False)
    _by_link: Mapping[FactId, tuple[Fact, ...]] = field(init=False, repr=False, compare=False)
    _by_name: Mapping[str, tuple[Entity, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the indexes."""
        facts = self.facts
        indexes = {
            "_by_id": {fact.id: fact for fact in facts},
            "_by_slot": _index(((fact.subject, fact.predicate), fact) for fact in facts),
            "_by_predicate": _index((fact.predicate, fact) for fact in facts),
            "_by_entity": _index((one, fact) for fact in facts for one in _list_entities(fact)),
            "_by_link": _index(
                (one, fact) for fact in facts for one in (*fact.conflicts, *fact.supersedes)
            ),
            "_by_name": index_names(self.entities),
        }
        for name, index in indexes.items():
            object.__setattr__(self, name, index)

    def list_facts(self, subject: EntityId, predicate: PredicateName) -> tuple[Fact, ...]:
        """Return the facts that say this of the subject, in the pack's order."""
        return self._by_slot.get((subject, predicate), ())

    def list_facts_of(self, predicate: str) -> tuple[Fact, ...]:
        """Return the facts of that predicate, in the pack's order."""
        return self._by_predicate.get(PredicateName(predicate), ())

    def list_mentions(self, entity: EntityId) -> tuple[Fact, ...]:
        """Return the facts with the entity as subject or in the value, in the pack's order."""
        return self._by_entity.get(entity, ())

    def list_opponents(self, fact: FactId) -> tuple[Fact, ...]:
        """Return the facts that name this one as in conflict with them or superseded by them."""
        return self._by_link.get(fact, ())

    def find_entities(self, name: str) -> tuple[Entity, ...]:
        """Return the entities written so, whatever the case and the diacritics."""
        return self._by_name.get(fold(name), ())

    def get_fact(self, identity: FactId) -> Fact:
        """Return the fact of that id.

        Raises:
            NotFoundError: the pack has no such fact.
        """
        if identity not in self._by_id:
            raise NotFoundError(f"the pack {self.origin.id} has no fact {identity}")
        return self._by_id[identity]


def index_names(entities: Mapping[EntityId, Entity]) -> dict[str, tuple[Entity, ...]]:
    """Return the entities by each of their spellings, folded."""
    return _index(
        (key, entity)
        for entity in entities.values()
        for key in dict.fromkeys(fold(spelling) for spelling in entity.spellings)
    )


def _index(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, tuple[Item, ...]]:
    lists: dict[Key, list[Item]] = {}
    for key, item in pairs:
        lists.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in lists.items()}


def _list_entities(fact: Fact) -> tuple[EntityId, ...]:
    value = fact.value.ids if isinstance(fact.value, Entities) else ()
    return tuple(dict.fromkeys((fact.subject, *value)))
