"""Small helpers that type the strings of a document and collect what is wrong with them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from quizapp.errors import InvalidError, Problem
from quizapp.facts.yaml_reader import Fields, Items, Node, Scalar

Word = TypeVar("Word", bound=str)
FLAGS: Mapping[str, bool] = {"yes": True, "true": True, "no": False, "false": False}


FORMAT_RULE = "format"
"""The rule that a fault breaks where no other is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault(Problem):
    """A problem of a pack: the rule that it breaks, and the id of the fact that it stands in."""

    rule: str = FORMAT_RULE
    fact: str | None = None


def suggest(word: str, known: Collection[str]) -> str:
    """Return a remedy for an unknown word: the nearest known one, or all of them."""
    nearest = get_close_matches(word, list(known), n=1)
    if nearest:
        return f"did you mean {nearest[0]!r}?"
    return f"use one of {', '.join(known)}" if known else "leave it out"


class Reader:
    """Types the nodes of one document; every problem is kept, so that one reading tells all."""

    def __init__(self) -> None:
        self.problems: list[Fault] = []
        self.fact: str | None = None

    def report(self, node: Node, text: str, *, rule: str = FORMAT_RULE) -> None:
        """Keep a problem of this node, in the fact that is being read if one is."""
        fault = Fault(line=node.line, column=node.column, text=text, rule=rule, fact=self.fact)
        self.problems.append(fault)

    def list_problems(self) -> tuple[Fault, ...]:
        """Return the problems found so far, in the order of the file."""
        return tuple(sorted(self.problems, key=lambda fault: (fault.line, fault.column)))

    def finish(self) -> None:
        """Refuse the document if anything was wrong.

        Raises:
            InvalidError: with the problems in the order of the file.
        """
        found = self.list_problems()
        if found:
            noun = "problem" if len(found) == 1 else "problems"
            raise InvalidError(f"the fact pack has {len(found)} {noun}", found)

    def fields(
        self, node: Node, what: str, known: Collection[str], needed: Collection[str] = ()
    ) -> Fields:
        """Return the node as a mapping with no key but the known ones; `what` names it."""
        if not isinstance(node, Fields):
            self.report(node, f"{what} must be a mapping; write `key: value` entries")
            return Fields(line=node.line, column=node.column, entries={}, keys={})
        for name, key in node.keys.items():
            if name not in known:
                self.report(key, f"{what}: unknown key {name!r}; {suggest(name, known)}")
        for name in needed:
            if name not in node.entries:
                self.report(node, f"{what}: the key {name!r} is missing; add it")
        return node

    def table(self, node: Node | None, what: str) -> Mapping[str, Node]:
        """Return the entries of a mapping whose keys are free; none if it is left out."""
        if node is None or _is_blank(node):
            return {}
        if not isinstance(node, Fields):
            self.report(node, f"{what} must be a mapping; write `key: value` entries")
            return {}
        return node.entries

    def text(self, fields: Fields, name: str) -> str | None:
        """Return the string of that key; None if it is left out or no string."""
        node = fields.entries.get(name)
        return None if node is None else self.scalar(node, name)

    def scalar(self, node: Node, name: str) -> str | None:
        """Return the node's string, without space at the ends; None if it is none or blank."""
        if not isinstance(node, Scalar):
            self.report(node, f"{name}: one text is expected here; quote it if it is one")
            return None
        text = node.text.strip()
        if not text:
            self.report(node, f"{name}: empty; give it or leave the key out")
        return text or None

    def texts(self, fields: Fields, name: str) -> tuple[str, ...]:
        """Return the strings of a list; one string counts as a list of one."""
        nodes = self.nodes(fields, name)
        found = [self.scalar(node, name) for node in nodes]
        return tuple(text for text in found if text is not None)

    def nodes(self, fields: Fields, name: str) -> tuple[Node, ...]:
        """Return the members of a list; one node counts as a list of one."""
        node = fields.entries.get(name)
        if node is None:
            return ()
        return node.items if isinstance(node, Items) else (node,)

    def choice(
        self, fields: Fields, name: str, known: Mapping[Word, str] | Collection[Word]
    ) -> Word | None:
        """Return the string of that key as one of the known words."""
        text = self.text(fields, name)
        for word in known:
            if text == word:
                return word
        if text is not None:
            self.report(fields.entries[name], f"{name}: unknown {text!r}; {suggest(text, known)}")
        return None

    def flag(self, fields: Fields, name: str) -> bool:
        """Return a yes or no; no if it is left out."""
        text = self.text(fields, name)
        if text is not None and text.lower() not in FLAGS:
            self.report(fields.entries[name], f"{name}: {text!r} is neither; write yes or no")
        return FLAGS.get((text or "no").lower(), False)


def _is_blank(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text.strip()
