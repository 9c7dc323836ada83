"""Typing the value of a fact by the range of its predicate."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import get_args

from quizapp.facts.model import Entity, Predicate
from quizapp.facts.schema import Reader, suggest
from quizapp.facts.values import (
    Comparison,
    Entities,
    EntityId,
    PartialDate,
    Period,
    Quantity,
    Value,
    Words,
)
from quizapp.facts.yaml_reader import Fields, Items, Node

COMPARISONS: tuple[Comparison, ...] = get_args(Comparison)
QUANTITY_KEYS = ("n", "range", "cmp", "unit", "of")
PERIOD_KEYS = ("from", "to")
WORDS_KEYS = ("text", "lang")
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,6})?", re.ASCII)
_RANGE_ENDS = 2


def parse_date(text: str) -> PartialDate | None:
    """Return a date written as `2017-03-02`, `2017-03` or `2017`; None if there is no such day."""
    match = DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (None if part is None else int(part) for part in match.groups())
    assert year is not None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year=year, month=month, day=day)


def read_date(reader: Reader, fields: Fields, name: str) -> PartialDate | None:
    """Return the date of that key, None if it is left out or no date."""
    text = reader.text(fields, name)
    found = None if text is None else parse_date(text)
    if text is not None and found is None:
        reader.report(fields.entries[name], _describe_date_fault(name, text))
    return found


def _describe_date_fault(name: str, text: str) -> str:
    return f"{name}: {text!r} is no date; write a real one as 2017-03-02, 2017-03 or 2017"


class ValueReader:
    """Reads the values of one pack's facts."""

    def __init__(self, reader: Reader, entities: Mapping[EntityId, Entity]) -> None:
        self.reader = reader
        self.entities = entities

    def read(self, node: Node, predicate: Predicate) -> Value | None:
        """Return the node as a value in the predicate's range; faults go to the reader."""
        if isinstance(node, Items):
            return self._read_list(node, predicate)
        if isinstance(node, Fields):
            return self._read_fields(node, predicate)
        text = self.reader.scalar(node, "v")
        return None if text is None else self._read_scalar(node, text, predicate)

    def find_entity(self, node: Node, name: str) -> Entity | None:
        """Return the entity that the node names by its id; an unknown id is reported."""
        text = self.reader.scalar(node, name)
        entity = None if text is None else self.entities.get(EntityId(text))
        if text is not None and entity is None:
            hint = suggest(text, self.entities)
            fault = f"{name}: no entity {text!r}; {_shorten(hint)}"
            self.reader.report(node, fault, rule="dangling-id")
        return entity

    def _read_list(self, node: Items, predicate: Predicate) -> Value | None:
        if not node.items:
            self.reader.report(node, "v: an empty list; name its members or drop the fact")
        found = [self._read_entity(item, predicate) for item in node.items]
        ids = [entity.id for entity in found if entity is not None]
        if len(set(ids)) < len(ids):
            self.reader.report(node, "v: an entity stands twice in the list; keep it once")
        return Entities(ids=tuple(ids)) if ids else None

    def _read_entity(self, node: Node, predicate: Predicate) -> Entity | None:
        entity = self.find_entity(node, "v")
        if entity is not None and not {entity.type, "entity"} & set(predicate.range):
            allowed = ", ".join(predicate.range)
            text = f"v: {entity.id!r} is a {entity.type}; {predicate.name} takes {allowed}"
            self.reader.report(node, text)
        return entity

    def _read_scalar(self, node: Node, text: str, predicate: Predicate) -> Value | None:
        if "date" in predicate.range:
            found = parse_date(text)
            if found is None:
                self.reader.report(node, _describe_date_fault("v", text))
            return found
        if set(predicate.range) == {"quantity"}:
            self.reader.report(node, f"v: {text!r} is no quantity; write {{n: 50, unit: soldiers}}")
            return None
        if "text" in predicate.range and EntityId(text) not in self.entities:
            return Words(text=text)
        if set(predicate.range) == {"text"}:
            return Words(text=text)
        entity = self._read_entity(node, predicate)
        return None if entity is None else Entities(ids=(entity.id,))

    def _read_fields(self, node: Fields, predicate: Predicate) -> Value | None:
        if "date" in predicate.range:
            return self._read_period(node)
        if "quantity" in predicate.range:
            return self._read_quantity(node)
        if "text" in predicate.range:
            return self._read_words(node)
        allowed = ", ".join(predicate.range)
        self.reader.report(node, f"v: a mapping, but {predicate.name} takes {allowed}; give its id")
        return None

    def _read_period(self, node: Fields) -> Period | None:
        self.reader.fields(node, "v", PERIOD_KEYS, PERIOD_KEYS)
        start, end = read_date(self.reader, node, "from"), read_date(self.reader, node, "to")
        if start is None or end is None:
            return None
        if end.last < start.first:
            self.reader.report(node, "v: the period ends before it begins; exchange from and to")
        return Period(start=start, end=end)

    def _read_words(self, node: Fields) -> Words | None:
        self.reader.fields(node, "v", WORDS_KEYS, ("text",))
        text = self.reader.text(node, "text")
        return None if text is None else Words(text=text, lang=self.reader.text(node, "lang"))

    def _read_quantity(self, node: Fields) -> Quantity | None:
        self.reader.fields(node, "v", QUANTITY_KEYS)
        figures = self._read_figures(node)
        comparison: Comparison = self.reader.choice(node, "cmp", COMPARISONS) or "="
        of = node.entries.get("of")
        whom = None if of is None else self.find_entity(of, "of")
        if figures is None:
            return None
        if figures[0] != figures[1] and comparison not in ("=", "~"):
            self.reader.report(node, f"cmp: a range cannot be {comparison!r}; leave cmp out or ~")
        return Quantity(
            low=figures[0],
            high=figures[1],
            comparison=comparison,
            unit=self.reader.text(node, "unit") or "",
            of=None if whom is None else whom.id,
        )

    def _read_figures(self, node: Fields) -> tuple[Decimal, Decimal] | None:
        key = "range" if "range" in node.entries else "n"
        if ("range" in node.entries) == ("n" in node.entries):
            self.reader.report(node, "v: write either n, one figure, or range, two figures")
            return None
        texts = self.reader.texts(node, key)
        wanted = _RANGE_ENDS if key == "range" else 1
        if len(texts) != wanted or not all(NUMBER.fullmatch(text) for text in texts):
            example = "[2000, 3000]" if wanted > 1 else "50"
            text = f"{key}: {', '.join(texts) or 'nothing'}; write plain digits, as {example}"
            self.reader.report(node.entries[key], text)
            return None
        low, high = Decimal(texts[0]), Decimal(texts[-1])
        if wanted == _RANGE_ENDS and low >= high:
            self.reader.report(node.entries[key], "range: the first figure must be the smaller one")
            return None
        return low, high


def _shorten(hint: str) -> str:
    """An unknown id without a near one would list every entity; say what to do instead."""
    return hint if hint.startswith("did") else "add it under entities or mend the id"
