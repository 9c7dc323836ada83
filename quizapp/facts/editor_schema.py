"""The JSON Schema (draft 2020-12) of `facts.yaml`, for editors that check while one types.

It is built from the tables that the readers use: a key that a reader learns and that has no shape
here is an error at once, and words of a closed set are those that the reader takes. What needs more
than the file itself (ids, quotes, hashes) is left to `quizapp facts check`.
"""

from collections.abc import Collection, Mapping

from quizapp.facts.entity_reader import (
    ENTITY_KEYS,
    ENTITY_NEEDS,
    ENTITY_TYPES,
    NAME_KEYS,
    PLACE_KINDS,
)
from quizapp.facts.fact_reader import (
    FACT_KEYS,
    FACT_NEEDS,
    IMPORTANCES,
    MOST_PARAGRAPH_DIGITS,
    PLACE_KEYS,
    PLACE_NEEDS,
    SETS,
    STATUSES,
)
from quizapp.facts.origin_reader import FORMAT, ORIGIN_KEYS, ORIGIN_NEEDS
from quizapp.facts.packs import PACK_KEYS, PACK_NEEDS
from quizapp.facts.predicates import (
    ASK_KEYS,
    ASK_KINDS,
    ENDS,
    PREDICATE_KEYS,
    PREDICATE_NEEDS,
    TYPES,
    list_shipped_predicates,
)
from quizapp.facts.schema import FLAGS
from quizapp.facts.value_reader import (
    COMPARISONS,
    DATE,
    NUMBER,
    PERIOD_KEYS,
    QUANTITY_KEYS,
    WORDS_KEYS,
)

Schema = dict[str, "SchemaValue"]
SchemaValue = str | int | bool | list["SchemaValue"] | Schema

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALARS: list[SchemaValue] = ["string", "number", "boolean"]
"""An editor may take `2017` for a number and `yes` for a boolean; the reader has strings only."""


def build_schema() -> Schema:
    """Return the schema of a fact pack in YAML."""
    parts: Mapping[str, Schema] = {
        "text": {"type": list(_SCALARS)},
        "texts": {"anyOf": [_refer("text"), _list(_refer("text"))]},
        "flag": _choose([*FLAGS, True, False]),
        "date": _match(DATE.pattern),
        "figure": _match(NUMBER.pattern),
        "source": _build_source(),
        "name": _object(NAME_KEYS, dict.fromkeys(NAME_KEYS, _refer("text")), NAME_KEYS),
        "entity": _build_entity(),
        "ask": _build_ask(),
        "predicate": _build_predicate(),
        "value": _build_value(),
        "place": _build_place(),
        "fact": _build_fact(),
    }
    shapes = {
        "format": _choose([FORMAT]),
        "title": _refer("text"),
        "source": _refer("source"),
        "entities": _table("entity"),
        "predicates": _table("predicate"),
        "facts": _list(_refer("fact")),
    }
    return {
        "$schema": _DIALECT,
        "title": f"A fact pack, {FORMAT}",
        **_object(PACK_KEYS, shapes, PACK_NEEDS),
        "$defs": dict(parts),
    }


def _build_source() -> Schema:
    return _object(ORIGIN_KEYS, dict.fromkeys(ORIGIN_KEYS, _refer("text")), ORIGIN_NEEDS)


def _build_entity() -> Schema:
    texts = ("aliases", "same_as", "differs_from", "hide")
    shapes: dict[str, Schema] = {
        "type": _choose(ENTITY_TYPES),
        "name": _refer("text"),
        "long": _refer("text"),
        "dated": _refer("text"),
        "names": {"anyOf": [_refer("name"), _list(_refer("name"))]},
        "the": _refer("flag"),
        "plural": _refer("flag"),
        "past": _refer("flag"),
        "place": _choose(PLACE_KINDS),
        "circle": _refer("text"),
        **{key: _refer("texts") for key in texts},
    }
    return _object(ENTITY_KEYS, shapes, ENTITY_NEEDS)


def _build_predicate() -> Schema:
    """All keys hold a template but for those named here."""
    asks: Schema = {
        "anyOf": [
            _refer("text"),
            {
                "type": "object",
                "additionalProperties": {"anyOf": [_refer("text"), _refer("ask")]},
            },
        ]
    }
    types: Schema = {"anyOf": [_choose(TYPES), _list(_choose(TYPES))]}
    shapes: dict[str, Schema] = {key: _refer("text") for key in PREDICATE_KEYS}
    shapes |= {key: _refer("flag") for key in ("functional", "moment")}
    shapes |= {"domain": types, "range": types, "excludes": _refer("texts")}
    shapes |= dict.fromkeys(ENDS, asks)
    return _object(PREDICATE_KEYS, shapes, PREDICATE_NEEDS)


def _build_ask() -> Schema:
    kinds = _choose(ASK_KINDS)
    types = _choose(TYPES)
    shapes: dict[str, Schema] = {
        "stem": _refer("text"),
        "kinds": {"anyOf": [kinds, _list(kinds)]},
        "subjects": {"anyOf": [types, _list(types)]},
    }
    return _object(ASK_KEYS, shapes, ("stem",))


def _build_value() -> Schema:
    """Which of these a predicate takes is known by its range, which an editor cannot look up."""
    quantity: dict[str, Schema] = {
        "n": _refer("figure"),
        "range": {**_list(_refer("figure")), "minItems": 2, "maxItems": 2},
        "cmp": _choose(COMPARISONS),
        "unit": _refer("text"),
        "of": _refer("text"),
    }
    return {
        "anyOf": [
            _refer("text"),
            {**_list(_refer("text")), "minItems": 1},
            _object(QUANTITY_KEYS, quantity, ()),
            _object(PERIOD_KEYS, dict.fromkeys(PERIOD_KEYS, _refer("date")), PERIOD_KEYS),
            _object(WORDS_KEYS, dict.fromkeys(WORDS_KEYS, _refer("text")), ("text",)),
        ]
    }


def _build_place() -> Schema:
    shapes: dict[str, Schema] = {
        "section": _refer("text"),
        "para": _match(rf"[0-9]{{1,{MOST_PARAGRAPH_DIGITS}}}"),
        "quote": _refer("text"),
        "hash": _refer("text"),
    }
    return _object(PLACE_KEYS, shapes, PLACE_NEEDS)


def _build_fact() -> Schema:
    shipped = _choose(list_shipped_predicates())
    shapes: dict[str, Schema] = {
        "id": _refer("text"),
        "s": _refer("text"),
        "p": {"anyOf": [shipped, _refer("text")]},
        "v": _refer("value"),
        "set": _choose(SETS),
        "as_of": _refer("date"),
        "from": _refer("date"),
        "to": _refer("date"),
        "said": _refer("texts"),
        "status": _choose(STATUSES),
        "conflicts": _refer("texts"),
        "supersedes": _refer("texts"),
        "importance": _choose([*IMPORTANCES, *IMPORTANCES.values()]),
        "note": _refer("text"),
        "at": _refer("place"),
    }
    return _object(FACT_KEYS, shapes, FACT_NEEDS)


def _object(keys: Collection[str], shapes: Mapping[str, Schema], needed: Collection[str]) -> Schema:
    return {
        "type": "object",
        "properties": {key: shapes[key] for key in keys},
        "required": list(needed),
        "additionalProperties": False,
    }


def _table(part: str) -> Schema:
    """A mapping with free keys; left empty it is null."""
    return {"anyOf": [{"type": "null"}, {"type": "object", "additionalProperties": _refer(part)}]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _match(pattern: str) -> Schema:
    """Text of this form; a number that an editor has made of it passes unread."""
    return {"type": ["string", "number"], "pattern": f"^(?:{pattern})$"}


def _choose(words: Collection[SchemaValue]) -> Schema:
    return {"enum": list(words)}


def _refer(part: str) -> Schema:
    return {"$ref": f"#/$defs/{part}"}
