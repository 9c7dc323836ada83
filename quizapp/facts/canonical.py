"""A pack and its facts written in one way only, for hashing."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal

from quizapp.facts.model import Fact, Pack
from quizapp.facts.origin_reader import FORMAT

Json = str | int | bool | list["Json"] | dict[str, "Json"] | None


def canonical_json(pack: Pack) -> bytes:
    """Return the pack as JSON with sorted keys and one way to write each thing, for hashing."""
    document: Json = {
        "format": FORMAT,
        "title": pack.title,
        "source": _to_json(pack.origin),
        "entities": _to_json(pack.entities),
        "predicates": _to_json(pack.predicates),
        "facts": [_to_json(fact) for fact in pack.facts],
    }
    return _dump(document)


def digest_fact(fact: Fact) -> str:
    """Return the SHA-256 of what a question about the fact asks, as 64 hexadecimal digits.

    That is who or what it is about, the value with its hedge, the claimants and the date; a note or
    a corrected quote does not change it.
    """
    document: Json = {
        "kind": type(fact.value).__name__,
        **{
            name: _to_json(getattr(fact, name))
            for name in ("subject", "predicate", "value", "said", "status", "as_of", "start", "end")
        },
    }
    return hashlib.sha256(_dump(document)).hexdigest()


def _dump(document: Json) -> bytes:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def _to_json(thing: object) -> Json:
    if dataclasses.is_dataclass(thing):
        names = [field.name for field in dataclasses.fields(thing) if field.name != "line"]
        return {name: _to_json(getattr(thing, name)) for name in names}
    if isinstance(thing, Mapping):
        return {str(key): _to_json(value) for key, value in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [_to_json(item) for item in thing]
    if thing is None or isinstance(thing, (str, bool, int)):
        return thing
    assert isinstance(thing, Decimal)
    return f"{thing.normalize():f}"
