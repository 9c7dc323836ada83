"""XML and HTML as events: no tree is built, so that no document can be too deep for one.

What an article has no use for is refused: document types in XML, declared entities, deep nesting.
Nothing is fetched.
"""

import re
from typing import Protocol

from lxml import etree

from quizapp.extraction.limits import MOST_DEPTH, make_refusal, refuse

_DECLARES = re.compile(r"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_CHUNK = 65_536


class Target(Protocol):
    """What receives the events; names of elements and attributes are without their namespace."""

    def enter(self, tag: str, attributes: dict[str, str]) -> None:
        """Enter an element."""

    def leave(self, tag: str) -> None:
        """Leave an element."""

    def take(self, text: str) -> None:
        """Take text."""


def parse_xml(content: bytes, target: Target, again: str) -> None:
    """Send the events of an XML document to `target`; `again` is the remedy if it is refused.

    Raises:
        InvalidError: not well-formed, declares a document type, or is nested too deep.
    """
    parser = etree.XMLParser(
        target=_Strict(target, again),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
    )
    try:
        etree.fromstring(content, parser)
    except etree.LxmlError as error:
        raise make_refusal(f"it is damaged inside; {again}") from error


def parse_html(text: str, target: Target, again: str) -> None:
    """Send the events of an HTML page to `target`; its document type is no more than a name.

    Raises:
        InvalidError: not readable, declares entities, or is nested too deep.
    """
    if _DECLARES.search(text):
        refuse(f"it declares entities, which can hide other files; {again}")
    parser = etree.HTMLParser(target=_Checked(target, again), no_network=True, huge_tree=False)
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK])
        parser.close()
    except (etree.LxmlError, AssertionError) as error:
        raise make_refusal(f"it is damaged, or no HTML; {again}") from error


class _Checked:
    """Stands before a target and counts how deep it is."""

    def __init__(self, target: Target, again: str) -> None:
        self.target = target
        self.again = again
        self.depth = 0

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            refuse(f"its parts stand in each other more than {MOST_DEPTH} deep; {self.again}")
        self.target.enter(_bare(tag), {_bare(key): _text(text) for key, text in attrib.items()})

    def end(self, tag: str | bytes) -> None:
        self.depth -= 1
        self.target.leave(_bare(tag))

    def data(self, data: str | bytes) -> None:
        self.target.take(_text(data))

    def comment(self, text: str | bytes) -> None:
        pass

    def close(self) -> None:
        pass


class _Strict(_Checked):
    """Refuses a document type, with which XML could expand or fetch."""

    def doctype(self, *_details: str | None) -> None:
        refuse(f"it declares a document type, as no word processor does; {self.again}")


def _text(words: str | bytes) -> str:
    return words if isinstance(words, str) else words.decode()


def _bare(name: str | bytes) -> str:
    return _text(name).rpartition("}")[2]
