"""The schema for editors takes every pack that the reader takes, and knows every key it knows."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from quizapp.facts.editor_schema import Schema, SchemaValue, build_schema
from quizapp.facts.entity_reader import ENTITY_KEYS
from quizapp.facts.fact_reader import FACT_KEYS, STATUSES
from quizapp.facts.predicates import PREDICATE_KEYS
from quizapp.facts.yaml_reader import Fields, Items, Node, Scalar, read_yaml
from tests.factories.fact_packs import list_pack_folders, write_tiny_pack

Data = str | list["Data"] | dict[str, "Data"]
SCHEMA = build_schema()
GOOD = "id: a, s: ash, p: leader, v: bob"


def to_data(node: Node) -> Data:
    """The document as an editor sees it, all scalars as strings."""
    if isinstance(node, Fields):
        return {key: to_data(entry) for key, entry in node.entries.items()}
    if isinstance(node, Items):
        return [to_data(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


def get_part(schema: Schema, key: str) -> Mapping[str, SchemaValue]:
    part = schema.get(key, {})
    assert isinstance(part, dict)
    return part


def resolve(schema: Schema) -> Schema:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    found = get_part(SCHEMA, "$defs")[str(reference).rpartition("/")[2]]
    assert isinstance(found, dict)
    return found


def find_faults(data: Data, unresolved: SchemaValue) -> list[str]:
    """The words of the draft that the schema uses, and no others."""
    assert isinstance(unresolved, dict)
    schema = resolve(unresolved)
    known = {"$schema", "title", "type", "properties", "required", "additionalProperties", "$defs"}
    known |= {"anyOf", "enum", "items", "pattern", "minItems", "maxItems"}
    assert set(schema) <= known
    faults = find_type_faults(data, schema) or find_word_faults(data, schema)
    if faults:
        return faults
    if isinstance(data, dict):
        return find_key_faults(data, schema)
    return find_item_faults(data, schema) if isinstance(data, list) else []


def find_word_faults(data: Data, schema: Schema) -> list[str]:
    choices, words, pattern = (schema.get(key) for key in ("anyOf", "enum", "pattern"))
    if isinstance(choices, list) and all(find_faults(data, choice) for choice in choices):
        return [f"{data!r} fits nothing"]
    if isinstance(words, list) and data not in words:
        return [f"{data!r} is none of {words}"]
    if isinstance(pattern, str) and (not isinstance(data, str) or not re.search(pattern, data)):
        return [f"{data!r} does not match {pattern}"]
    return []


def find_type_faults(data: Data, schema: Schema) -> list[str]:
    allowed = schema.get("type")
    if allowed is None:
        return []
    names = {str: "string", list: "array", dict: "object"}
    own = names[type(data)]
    blank = data == "" and allowed == "null"
    listed = isinstance(allowed, list) and own in allowed
    return [] if listed or own == allowed or blank else [f"{data!r} is no {allowed}"]


def find_key_faults(data: dict[str, Data], schema: Schema) -> list[str]:
    if schema.get("type") != "object":
        return []
    properties = get_part(schema, "properties")
    rest = schema.get("additionalProperties")
    needed = schema.get("required", [])
    assert isinstance(needed, list)
    faults = [f"{key} is missing" for key in needed if key not in data]
    for key, entry in data.items():
        if key not in properties and rest is False:
            faults.append(f"{key} is unknown")
        elif key in properties:
            faults += find_faults(entry, properties[key])
        elif isinstance(rest, dict):
            faults += find_faults(entry, rest)
    return faults


def find_item_faults(data: list[Data], schema: Schema) -> list[str]:
    if schema.get("type") != "array":
        return []
    least, most = schema.get("minItems", 0), schema.get("maxItems", len(data))
    assert isinstance(least, int)
    assert isinstance(most, int)
    counted = [] if least <= len(data) <= most else [f"{len(data)} items"]
    return counted + [fault for item in data for fault in find_faults(item, schema["items"])]


def validate(text: str) -> list[str]:
    return find_faults(to_data(read_yaml(text)), SCHEMA)


@pytest.mark.parametrize("folder", list_pack_folders(), ids=lambda folder: str(folder.name))
def test_every_pack_fits_the_schema(folder: Path) -> None:
    assert validate((folder / "facts.yaml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("v: bob", "v: bob, pp: leader"),
        ("v: bob", "v: {n: many}"),
        ("v: bob", "v: {range: [1, 2, 3]}"),
        ("v: bob", "v: []"),
        ("v: bob", "v: bob, status: sure"),
        ("v: bob", "v: bob, set: half"),
        ("v: bob", "v: bob, as_of: 7 May 2001"),
        ("v: bob", "v: bob, importance: 4"),
        ("para: 1", "para: one"),
        ("id: a, ", ""),
        ("type: person, name: Ann", "type: persn, name: Ann"),
        ("quizapp-facts/1", "quizapp-facts/9"),
    ],
)
def test_what_the_reader_refuses_in_a_field_does_not_fit(
    tmp_path: Path, old: str, new: str
) -> None:
    text = (write_tiny_pack(tmp_path, [GOOD]) / "facts.yaml").read_text(encoding="utf-8")
    assert validate(text) == []
    assert old in text
    assert len(validate(text.replace(old, new))) == 1


@pytest.mark.parametrize(
    ("entity", "fits"),
    [
        ("{type: event, name: X, dated: X of 1999, past: yes}", True),
        ("{type: place, name: X, place: place}", True),
        ("{type: person, name: X, circle: mill}", True),
        ("{type: person, name: X, circle: [mill, port]}", False),
        ("{type: event, name: X, past: maybe}", False),
        ("{type: event, name: X, dated: [X of 1999]}", False),
        ("{type: place, name: X, place: plac}", False),
    ],
)
def test_an_entity_fits_with_what_the_reader_takes(
    tmp_path: Path, entity: str, *, fits: bool
) -> None:
    folder = write_tiny_pack(tmp_path, [GOOD], entities=f"  x: {entity}\n")
    assert len(validate((folder / "facts.yaml").read_text(encoding="utf-8"))) == (not fits)


def test_the_schema_has_the_keys_and_words_of_the_readers() -> None:
    parts = get_part(SCHEMA, "$defs")
    keys = {"fact": FACT_KEYS, "entity": ENTITY_KEYS, "predicate": PREDICATE_KEYS}
    for name, known in keys.items():
        part = parts[name]
        assert isinstance(part, dict)
        assert list(get_part(part, "properties")) == list(known)
    fact = parts["fact"]
    assert isinstance(fact, dict)
    assert get_part(fact, "properties")["status"] == {"enum": list(STATUSES)}


def test_numbers_and_truth_values_of_an_editor_are_allowed_where_they_are_written() -> None:
    parts = get_part(SCHEMA, "$defs")
    flag, date = parts["flag"], parts["date"]
    assert isinstance(flag, dict)
    assert isinstance(date, dict)
    assert flag["enum"] == ["yes", "true", "no", "false", True, False]
    assert date["type"] == ["string", "number"]
