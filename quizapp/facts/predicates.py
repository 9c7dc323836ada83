"""Reading predicates: those that ship with the program, and those that a pack brings itself."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import get_args

from quizapp.facts.model import Ask, End, EntityType, Predicate, PredicateName
from quizapp.facts.schema import Reader, suggest
from quizapp.facts.templates import find_template_fault
from quizapp.facts.yaml_reader import Fields, Node, Scalar, read_yaml

VALUE_TYPES = ("quantity", "date", "text")
TYPES: tuple[str, ...] = (*get_args(EntityType), "entity", *VALUE_TYPES)
PREDICATE_KEYS = (
    "domain",
    "range",
    "functional",
    "slot",
    "inverse",
    "measure",
    "moment",
    "statement",
    "member",
    "cloze",
    "happening",
    "match",
    "excludes",
    "ask",
    "ask_subject",
    "ask_member",
    "ask_several",
)
PREDICATE_NEEDS = ("domain", "range", "slot")
ASK_KEYS = ("stem", "kinds", "subjects")
ENDS: Mapping[str, End] = {
    "ask": "value",
    "ask_subject": "subject",
    "ask_member": "member",
    "ask_several": "several",
}
ASK_KINDS = ("choice", "flashcard", "numeric", "date")


@cache
def list_shipped_predicates() -> Mapping[PredicateName, Predicate]:
    """Return the predicates that ship with the program, by name."""
    text = files("quizapp.facts").joinpath("predicates.yaml").read_text(encoding="utf-8")
    reader = Reader()
    predicates = read_predicates(reader, read_yaml(text))
    reader.finish()
    return MappingProxyType(predicates)


def read_predicates(reader: Reader, node: Node | None) -> dict[PredicateName, Predicate]:
    """Return the predicates of a mapping name -> definition; faults go to the reader."""
    entries = reader.table(node, "predicates")
    return {
        PredicateName(name): _read_predicate(reader, PredicateName(name), entry)
        for name, entry in entries.items()
    }


def _read_predicate(reader: Reader, name: PredicateName, node: Node) -> Predicate:
    fields = reader.fields(node, f"predicate {name}", PREDICATE_KEYS, PREDICATE_NEEDS)
    return Predicate(
        name=name,
        domain=_read_types(reader, fields, "domain"),
        range=_read_types(reader, fields, "range"),
        functional=reader.flag(fields, "functional"),
        slot=_read_template(reader, fields, "slot") or "",
        inverse=_read_template(reader, fields, "inverse"),
        measure=reader.text(fields, "measure"),
        moment=reader.flag(fields, "moment"),
        statement=_read_template(reader, fields, "statement"),
        member=_read_template(reader, fields, "member"),
        cloze=_read_template(reader, fields, "cloze"),
        happening=_read_template(reader, fields, "happening"),
        match=_read_template(reader, fields, "match"),
        excludes=tuple(PredicateName(one) for one in reader.texts(fields, "excludes")),
        asks=tuple(ask for key in ENDS for ask in _read_asks(reader, fields, key)),
    )


def _read_types(reader: Reader, fields: Fields, key: str) -> tuple[str, ...]:
    words = reader.texts(fields, key)
    for word in words:
        if word not in TYPES:
            reader.report(fields.entries[key], f"{key}: unknown type {word!r}; {_hint(word)}")
    return words


def _hint(word: str) -> str:
    return suggest(word, TYPES)


def _read_template(reader: Reader, fields: Fields, key: str) -> str | None:
    template = reader.text(fields, key)
    fault = None if template is None else find_template_fault(template)
    if fault is not None:
        reader.report(fields.entries[key], f"{key}: {fault}")
        return None
    return template


def _read_asks(reader: Reader, fields: Fields, key: str) -> list[Ask]:
    node = fields.entries.get(key)
    if isinstance(node, Scalar):
        asks = [_read_ask(reader, _wrap_stem(node), key, key)]
    else:
        entries = reader.table(node, key)
        asks = [
            _read_ask(reader, _wrap_stem(entry) if isinstance(entry, Scalar) else entry, key, name)
            for name, entry in entries.items()
        ]
    return asks


def _wrap_stem(node: Scalar) -> Fields:
    return Fields(line=node.line, column=node.column, entries={"stem": node}, keys={"stem": node})


def _read_ask(reader: Reader, node: Node, key: str, name: str) -> Ask:
    fields = reader.fields(node, f"{key} {name}", ASK_KEYS, ("stem",))
    kinds = reader.texts(fields, "kinds")
    for kind in kinds:
        if kind not in ASK_KINDS:
            text = f"kinds: unknown {kind!r}; {suggest(kind, ASK_KINDS)}"
            reader.report(fields.entries["kinds"], text)
    return Ask(
        name=name,
        end=ENDS[key],
        stem=_read_template(reader, fields, "stem") or "",
        kinds=kinds or ASK_KINDS,
        subjects=_read_types(reader, fields, "subjects"),
    )
