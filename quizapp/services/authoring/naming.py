"""The names of a draft: found by any of their spellings, made where they are new."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import get_args

from quizapp.extraction.names import guess_type
from quizapp.facts.folding import fold
from quizapp.facts.model import EntityType
from quizapp.storage.drafts import DraftEntity
from quizapp.storage.tables.content import JsonObject

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_LONGEST_KEY = 40
_UNSURE = "thing"
"""What a name is taken for as long as nothing tells more."""


class NameBook:
    """The entities of a draft while a form is read; it remembers which are new or changed."""

    def __init__(
        self,
        entities: Iterable[DraftEntity],
        article: str = "",
        settled: frozenset[str] = frozenset(),
    ) -> None:
        """`article` tells by its words whether a new name is written with "the".

        `settled` are keys of entities in accepted facts, which stay what they are.
        """
        self._settled = settled
        self._by_key = {one.key: one for one in entities}
        self._by_name: dict[str, str] = {}
        self._changed: dict[str, DraftEntity] = {}
        self._article = article
        for one in self._by_key.values():
            for spelling in list_spellings(one.body):
                self._by_name.setdefault(fold(spelling), one.key)

    def name_of(self, key: object) -> str:
        """Return the name of an entity; a key that is none is shown as it is."""
        found = self._by_key.get(str(key)) if key else None
        return str(found.body.get("name")) if found else str(key or "")

    def type_of(self, key: object) -> str:
        """Return what an entity is, nothing if there is none."""
        found = self._by_key.get(str(key))
        return str(found.body.get("type") or "") if found else ""

    def knows(self, name: str) -> bool:
        """Tell whether an entity is written so."""
        return fold(name) in self._by_name

    def key_of(self, name: str, allowed: Collection[str], kind: str) -> str:
        """Return the key of a name; a new one is what `kind` says, or else what is `allowed`.

        So is one that nobody has said more of than that it is a thing.
        """
        key = self._by_name.get(fold(name))
        if key is None:
            key = self._make_key(name)
            self._put(key, self._describe(name, _choose_type(name, allowed, kind)))
            self._by_name[fold(name)] = key
            return key
        if not kind and self._is_unsure(key, allowed):
            kind = _choose_type(name, allowed, "")
        if kind in ENTITY_TYPES and kind != self.type_of(key):
            self._put(key, retype(self._by_key[key].body, kind))
        return key

    def _is_unsure(self, key: str, allowed: Collection[str]) -> bool:
        fits = not allowed or bool({_UNSURE, "entity"} & set(allowed))
        return self.type_of(key) == _UNSURE and key not in self._settled and not fits

    def list_changed(self) -> tuple[DraftEntity, ...]:
        """Return the entities that are new or changed."""
        return tuple(self._changed.values())

    def _put(self, key: str, body: JsonObject) -> None:
        former = self._by_key.get(key)
        one = (
            DraftEntity(key=key, position=len(self._by_key), body=body)
            if former is None
            else replace(former, body=body)
        )
        self._by_key[key] = self._changed[key] = one

    def _describe(self, name: str, kind: str) -> JsonObject:
        body: JsonObject = {"type": kind, "name": name}
        if re.search(rf"\bthe {re.escape(name)}\b", self._article):
            body["the"] = "yes"
        return retype(body, kind)

    def _make_key(self, name: str) -> str:
        base = key = _NOT_KEY.sub("_", fold(name)).strip("_")[:_LONGEST_KEY] or "name"
        number = 1
        while key in self._by_key:
            number += 1
            key = f"{base}_{number}"
        return key


def retype(body: JsonObject, kind: str) -> JsonObject:
    """Return the entity as something else; a place says what sort of place it is."""
    rest = {key: one for key, one in body.items() if key != "place"}
    return {**rest, "type": kind, **({"place": "place"} if kind == "place" else {})}


def list_spellings(body: JsonObject) -> list[str]:
    """Return every way in which an entity is written, its name first."""
    aliases = body.get("aliases")
    others = aliases if isinstance(aliases, list) else [aliases] if aliases else []
    named = [body.get("name"), body.get("long"), *others]
    return [str(one) for one in named if one]


def list_mentioned(body: JsonObject) -> set[str]:
    """Return every text of a fact that may be the key of an entity."""
    values = [body.get(name) for name in ("s", "v", "said")]
    lists = [one if isinstance(one, list) else [one] for one in values]
    found = [one for each in lists for one in each]
    found += [one.get("of") for one in found if isinstance(one, dict)]
    return {one for one in found if isinstance(one, str)}


def _choose_type(name: str, allowed: Collection[str], kind: str) -> str:
    if kind in ENTITY_TYPES:
        return kind
    fitting = [one for one in allowed if one in ENTITY_TYPES]
    guess = guess_type(name)
    if guess and (not fitting or guess in fitting):
        return guess
    return fitting[0] if fitting else "thing"
