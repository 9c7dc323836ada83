"""Reading YAML as strings only, with the place of every node.

The ready-made loaders guess types (`NO` becomes False, 12:30 becomes 750), so a tree of strings is
built from the parser's events and typed by the schema afterwards. What a fact pack has no use for
is refused: anchors and aliases, tags, deep nesting, a second document, keys twice, sheer size.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

import yaml

from quizapp.errors import InvalidError, Problem

MOST_CHARACTERS = 2_000_000
MOST_DEPTH = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node of the document and where it starts, line and column from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar(Node):
    """A string, whatever it looks like."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Items(Node):
    """A list."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields(Node):
    """A mapping; `keys` holds each key's own place."""

    entries: Mapping[str, Node]
    keys: Mapping[str, Scalar]


def read_yaml(text: str) -> Node:
    """Return the tree of the document.

    Raises:
        InvalidError: the text is not one plain YAML document; the problem says where and why.
    """
    if len(text) > MOST_CHARACTERS:
        _refuse(None, f"longer than {MOST_CHARACTERS:,} characters; split the pack")
    events = yaml.parse(text, Loader=yaml.BaseLoader)
    try:
        root = _read_document(events)
    except yaml.MarkedYAMLError as error:
        _refuse(error.problem_mark, f"not readable as YAML: {error.problem}; mend the line")
    except yaml.YAMLError as error:
        _refuse(None, f"not readable as YAML: {' '.join(str(error).split())}; mend the file")
    return root


def _read_document(events: Iterator[yaml.Event]) -> Node:
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            if root is not None:
                _refuse(event.start_mark, "a second document; keep one in a file")
            root = _read_node(event, events, MOST_DEPTH)
    if root is None:
        _refuse(None, "the file is empty; begin with `format: quizapp-facts/1`")
    return root


def _read_node(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
    line, column = _find_place(event.start_mark)
    if not depth:
        _refuse(event.start_mark, f"nested deeper than {MOST_DEPTH}; flatten it")
    if isinstance(event, yaml.AliasEvent) or (isinstance(event, yaml.NodeEvent) and event.anchor):
        _refuse(event.start_mark, "anchors (&) and aliases (*) are not read; write it out or quote")
    if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag:
        _refuse(event.start_mark, "tags (!) are not read; leave the tag out or quote the text")
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(line=line, column=column, text=event.value)
    children = []
    for child in events:
        if isinstance(child, yaml.CollectionEndEvent):
            break
        children.append(_read_node(child, events, depth - 1))
    if isinstance(event, yaml.SequenceStartEvent):
        return Items(line=line, column=column, items=tuple(children))
    return _pair_fields(line, column, children)


def _pair_fields(line: int, column: int, children: list[Node]) -> Fields:
    entries: dict[str, Node] = {}
    keys: dict[str, Scalar] = {}
    for key, entry in zip(children[::2], children[1::2], strict=True):
        if not isinstance(key, Scalar):
            _refuse_at(key.line, key.column, "a key must be a word; write `key: value`")
        if key.text in entries:
            text = f"the key {key.text!r} stands already in line {keys[key.text].line}; keep one"
            _refuse_at(key.line, key.column, text)
        entries[key.text] = entry
        keys[key.text] = key
    return Fields(line=line, column=column, entries=entries, keys=keys)


def _find_place(mark: object) -> tuple[int, int]:
    line, column = getattr(mark, "line", -1), getattr(mark, "column", -1)
    return line + 1, column + 1


def _refuse(mark: object, text: str) -> NoReturn:
    _refuse_at(*_find_place(mark), text)


def _refuse_at(line: int, column: int, text: str) -> NoReturn:
    problem = Problem(line=line, column=column, text=text)
    raise InvalidError("the file cannot be used", (problem,))
