"""A fact as a form gives it, in plain texts and names, and as facts.yaml writes it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Literal, TypeAlias

from quizapp.facts.model import Predicate, PredicateName
from quizapp.services.authoring.naming import NameBook
from quizapp.storage.drafts import DraftEntity
from quizapp.storage.tables.content import JsonObject

Shape: TypeAlias = Literal["names", "date", "quantity", "text", "either", "none"]
_PERIOD = re.compile(r"\s*(?:\bto\b|/|\u2013)\s*")
_RANGE = re.compile(r"\s*(?:\bto\b|\u2013|-)\s*")
_KEPT = ("conflicts", "supersedes", "note")
_TIMES = {"as_of": "as_of", "from": "since", "to": "until"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A fact in the texts of a form; empty is not given.

    Several names are parted by semicolons. `subject_type` and `value_type` say what the names stand
    for, where that is to be changed or they are new. `closed` is "", "closed" or "open".
    """

    predicate: str = ""
    subject: str = ""
    subject_type: str = ""
    names: str = ""
    value_type: str = ""
    date: str = ""
    words: str = ""
    number: str = ""
    comparison: str = "="
    unit: str = ""
    of: str = ""
    as_of: str = ""
    since: str = ""
    until: str = ""
    said: str = ""
    status: str = "stated"
    closed: str = ""
    importance: str = "2"
    section: str = ""
    paragraph: str = ""
    quote: str = ""


ENTRY_FIELDS = tuple(each.name for each in fields(Entry))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A fact's body as facts.yaml writes it, and the entities that it makes or changes."""

    body: JsonObject
    entities: tuple[DraftEntity, ...] = field(default=())


def find_shape(predicate: Predicate | None) -> Shape:
    """Return how the value of a predicate is given."""
    if predicate is None:
        return "none"
    kinds = set(predicate.range)
    if "date" in kinds:
        return "date"
    if "quantity" in kinds:
        return "quantity"
    if "text" in kinds:
        return "text" if kinds == {"text"} else "either"
    return "names"


def show_entry(
    body: Mapping[str, object], book: NameBook, predicates: Mapping[PredicateName, Predicate]
) -> Entry:
    """Return the texts of a form that hold what a fact's body says."""
    at = body.get("at")
    place = at if isinstance(at, dict) else {}
    name = str(body.get("p") or "")
    entry = Entry(
        predicate=name,
        subject=book.name_of(body.get("s")),
        said=_join(book.name_of(one) for one in _list(body.get("said"))),
        closed=str(body.get("set") or ""),
        status=str(body.get("status") or "stated"),
        importance=str(body.get("importance") or "2"),
        as_of=str(body.get("as_of") or ""),
        since=str(body.get("from") or ""),
        until=str(body.get("to") or ""),
        section=str(place.get("section") or ""),
        paragraph=str(place.get("para") or ""),
        quote=str(place.get("quote") or ""),
    )
    shape = find_shape(predicates.get(PredicateName(name)))
    return replace(entry, **_show_value(body.get("v"), shape, book))


def read_entry(
    entry: Entry,
    former: Mapping[str, object],
    book: NameBook,
    predicates: Mapping[PredicateName, Predicate],
    digest: str = "",
) -> Entered:
    """Return the body that a form gives; what it leaves empty is left out.

    `former` is the body before, of which links to other facts are kept; `digest` is the hash of the
    paragraph that the quote stands in. The book gets to know new names, and what names stand for.
    """
    predicate = predicates.get(PredicateName(entry.predicate))
    domain = predicate.domain if predicate else ()
    said = [book.key_of(name, (), "") for name in split_names(entry.said)]
    filled: JsonObject = {
        "s": entry.subject and book.key_of(entry.subject, domain, entry.subject_type),
        "p": entry.predicate,
        "v": _read_value(entry, former.get("v"), predicate, book),
        "set": entry.closed,
        **{key: getattr(entry, name) for key, name in _TIMES.items()},
        "said": said,
        "status": entry.status if entry.status != "stated" else "",
        "importance": entry.importance if entry.importance != "2" else "",
        **{key: former.get(key) for key in _KEPT},
        "at": _read_place(entry, digest),
    }
    body = {key: value for key, value in filled.items() if value}
    return Entered(body=body, entities=book.list_changed())


def _read_place(entry: Entry, digest: str) -> JsonObject:
    if not entry.quote:
        return {}
    place = {"section": entry.section, "para": entry.paragraph, "quote": entry.quote}
    return {**place, **({"hash": digest} if digest else {})}


def split_names(text: str) -> list[str]:
    """Return the names that semicolons part."""
    return [name for part in text.split(";") if (name := " ".join(part.split()))]


def _show_value(value: object, shape: Shape, book: NameBook) -> dict[str, str]:
    if isinstance(value, dict):
        return _show_mapping(value, book)
    if shape == "date":
        return {"date": str(value or "")}
    if shape == "text":
        return {"words": str(value or "")}
    return {"names": _join(book.name_of(one) for one in _list(value))}


def _show_mapping(value: Mapping[str, object], book: NameBook) -> dict[str, str]:
    if "text" in value:
        return {"words": str(value["text"])}
    if "from" in value:
        return {"date": f"{value.get('from')} to {value.get('to')}"}
    figures = _list(value.get("range")) or _list(value.get("n"))
    return {
        "number": " to ".join(map(str, figures)),
        "comparison": str(value.get("cmp") or "="),
        "unit": str(value.get("unit") or ""),
        "of": book.name_of(value.get("of")),
    }


def _read_value(
    entry: Entry, former: object, predicate: Predicate | None, book: NameBook
) -> object:
    shape = find_shape(predicate)
    if shape == "date":
        ends = _PERIOD.split(entry.date)
        return {"from": ends[0], "to": ends[1]} if len(ends) > 1 else entry.date
    if shape == "quantity":
        return _read_quantity(entry, book)
    if shape == "text":
        lang = former.get("lang") if isinstance(former, dict) else None
        return {"text": entry.words, "lang": lang} if lang and entry.words else entry.words
    names = split_names(entry.names)
    if shape == "either" and not all(book.knows(name) for name in names):
        return entry.names
    allowed = predicate.range if predicate else ()
    keys = [book.key_of(name, allowed, entry.value_type) for name in names]
    return keys[0] if len(keys) == 1 else keys


def _read_quantity(entry: Entry, book: NameBook) -> JsonObject:
    if not entry.number:
        return {}
    figures = [part.replace(",", "").replace(" ", "") for part in _RANGE.split(entry.number)]
    value: JsonObject = {"n": figures[0]} if len(figures) == 1 else {"range": figures}
    if entry.comparison and entry.comparison != "=":
        value["cmp"] = entry.comparison
    if entry.unit:
        value["unit"] = entry.unit
    if entry.of:
        value["of"] = book.key_of(entry.of, (), "")
    return value


def _join(names: Iterable[str]) -> str:
    return "; ".join(name for name in names if name)


def _list(value: object) -> list[object]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list) else [value]
