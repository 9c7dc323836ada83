"""Reading the entities of a pack."""

import re
from collections.abc import Mapping
from typing import get_args

from quizapp.facts.model import Entity, EntityType, PlaceKind, Predicate, PredicateName
from quizapp.facts.schema import Reader, suggest
from quizapp.facts.values import EntityId, Words
from quizapp.facts.yaml_reader import Fields, Node

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
PLACE_KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
ENTITY_KEYS = (
    "type",
    "name",
    "long",
    "dated",
    "aliases",
    "names",
    "the",
    "plural",
    "past",
    "place",
    "circle",
    "same_as",
    "differs_from",
    "hide",
)
ENTITY_NEEDS = ("type", "name")
NAME_KEYS = ("text", "lang")
_YEAR = re.compile(r"\b\d{4}\b")


def read_entities(
    reader: Reader, node: Node | None, predicates: Mapping[PredicateName, Predicate]
) -> dict[EntityId, Entity]:
    """Return the entities of a mapping id -> entity; faults go to the reader."""
    entries = reader.table(node, "entities")
    entities: dict[EntityId, Entity] = {}
    for identity, entry in entries.items():
        fields = reader.fields(entry, f"entity {identity}", ENTITY_KEYS, ENTITY_NEEDS)
        _check_links(reader, fields, entries, predicates)
        entities[EntityId(identity)] = _read_entity(reader, EntityId(identity), fields)
    return entities


def _read_entity(reader: Reader, identity: EntityId, fields: Fields) -> Entity:
    kind = reader.choice(fields, "type", ENTITY_TYPES) or "thing"
    place = reader.choice(fields, "place", PLACE_KINDS)
    if kind == "place" and "place" not in fields.entries:
        text = f"entity {identity}: what sort of place? add place: one of {', '.join(PLACE_KINDS)}"
        reader.report(fields, text)
    return Entity(
        id=identity,
        type=kind,
        name=reader.text(fields, "name") or identity,
        long=reader.text(fields, "long"),
        dated=_read_dated(reader, fields),
        aliases=reader.texts(fields, "aliases"),
        names=_read_names(reader, fields),
        the=reader.flag(fields, "the"),
        plural=reader.flag(fields, "plural"),
        past=reader.flag(fields, "past"),
        place=place,
        circle=reader.text(fields, "circle"),
        same_as=tuple(EntityId(text) for text in reader.texts(fields, "same_as")),
        differs_from=tuple(EntityId(text) for text in reader.texts(fields, "differs_from")),
        hide=tuple(PredicateName(text) for text in reader.texts(fields, "hide")),
    )


def _read_dated(reader: Reader, fields: Fields) -> str | None:
    text = reader.text(fields, "dated")
    if text is not None and not _YEAR.search(text):
        fault = f"dated: {text!r} holds no year; write the name with the year of the event in it"
        reader.report(fields.entries["dated"], fault)
    return text


def _read_names(reader: Reader, fields: Fields) -> tuple[Words, ...]:
    names = []
    for node in reader.nodes(fields, "names"):
        entry = reader.fields(node, "names", NAME_KEYS, NAME_KEYS)
        text = reader.text(entry, "text")
        if text is not None:
            names.append(Words(text=text, lang=reader.text(entry, "lang")))
    return tuple(names)


def _check_links(
    reader: Reader,
    fields: Fields,
    entities: Mapping[str, Node],
    predicates: Mapping[PredicateName, Predicate],
) -> None:
    for key in ("same_as", "differs_from"):
        for identity in reader.texts(fields, key):
            if identity not in entities:
                text = f"{key}: no entity {identity!r}; add it or mend the id"
                reader.report(fields.entries[key], text, rule="dangling-id")
    for name in reader.texts(fields, "hide"):
        if PredicateName(name) not in predicates:
            text = f"hide: unknown predicate {name!r}; {suggest(name, predicates)}"
            reader.report(fields.entries["hide"], text)
