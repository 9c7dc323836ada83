"""A JSON document of named parts, written piece by piece, so that long lists are never held."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date


def write_parts(parts: Mapping[str, object]) -> Iterator[str]:
    """Yield the document; a part that is an iterator is written as an array, an item a line.

    Dates and instants are written in ISO 8601.
    """
    yield "{"
    for number, (name, part) in enumerate(parts.items()):
        yield f"{',' if number else ''}\n{json.dumps(name)}: "
        yield from _write_array(part) if isinstance(part, Iterator) else (_write(part),)
    yield "\n}\n"


def _write_array(items: Iterable[object]) -> Iterator[str]:
    yield "["
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n{_write(item)}"
    yield "]"


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=_write_date)


def _write_date(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not written to JSON")
