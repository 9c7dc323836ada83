"""Nodes of a document from plain strings, lists and mappings, and back."""

from collections.abc import Mapping
from typing import TypeAlias

from quizapp.facts.yaml_reader import Fields, Items, Node, Scalar

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


def make_node(plain: object, line: int = 1) -> Node:
    """Return the tree that YAML with this content has; every node stands in `line`.

    Raises:
        TypeError: there is something else than strings, lists and mappings in it.
    """
    if isinstance(plain, str):
        return Scalar(line=line, column=1, text=plain)
    if isinstance(plain, (list, tuple)):
        return Items(line=line, column=1, items=tuple(make_node(one, line) for one in plain))
    if not isinstance(plain, Mapping):
        raise TypeError(f"a document holds strings, lists and mappings, not {plain!r}")
    return make_fields({str(key): make_node(one, line) for key, one in plain.items()}, line)


def make_fields(entries: Mapping[str, Node], line: int = 1) -> Fields:
    """Return a mapping of these nodes."""
    keys = {key: Scalar(line=line, column=1, text=key) for key in entries}
    return Fields(line=line, column=1, entries=dict(entries), keys=keys)


def read_plain(node: Node) -> Plain:
    """Return what a node holds."""
    if isinstance(node, Fields):
        return {key: read_plain(one) for key, one in node.entries.items()}
    if isinstance(node, Items):
        return [read_plain(one) for one in node.items]
    assert isinstance(node, Scalar)
    return node.text
