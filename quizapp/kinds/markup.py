"""The Markdown of stems that people write: a part of it that is safe and stays a question.

Paragraphs, lists, quotations, emphasis, code, links to the web, and pictures of the set's own,
which are written `![what it shows](image:DIGEST)`. No HTML, no headings, no rules. The first
paragraph is the question itself; whatever follows stands below it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quizapp.kinds.cloze import BLANK

# Underscores are emphasis in Markdown, so that a blank is something else while it is read.
GAP = "\ue000"
_WEB = re.compile(r"https?://", re.IGNORECASE)
_IMAGE = re.compile(r"image:([0-9a-f]{64})")
_LEFT_OUT = (
    *("heading", "lheading", "hr", "html_block", "html_inline", "reference", "code"),
    *("autolink", "entity"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StemImage:
    """A picture in a stem: what it says it shows, and its digest, "" if it is none of a set."""

    text: str
    digest: str


@cache
def get_reader() -> MarkdownIt:
    """Return the reader of stems, made when the first one is read."""
    reader = MarkdownIt("commonmark", {"html": False}).disable(_LEFT_OUT)
    reader.validateLink = _is_address  # type: ignore[method-assign] # the way to set it
    return reader


def read_stem(text: str) -> list[Token]:
    """Return the tokens of a stem, its blank as `GAP`."""
    return get_reader().parse(text.replace(BLANK, GAP))


def split_stem(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """Return what is in the first paragraph, and the blocks below it."""
    if not tokens or tokens[0].type != "paragraph_open":
        return (), tokens
    return tokens[1].children or (), tokens[3:]


def strip_markup(text: str) -> str:
    """Return the words of a stem in one line, a picture as what it shows."""
    return _write_words(_walk(read_stem(text)))


def strip_below(text: str) -> str:
    """Return the words of the first paragraph alone, which is the question itself."""
    first, _ = split_stem(read_stem(text))
    return _write_words(first)


def list_images(text: str) -> tuple[StemImage, ...]:
    """Return the pictures of a stem."""
    return tuple(
        StemImage(text=token.content.strip(), digest=find_digest(token))
        for token in _walk(read_stem(text))
        if token.type == "image"
    )


def find_digest(token: Token) -> str:
    """Return the digest in the address of a picture, "" if it has another address."""
    found = _IMAGE.fullmatch(str(token.attrGet("src") or ""))
    return found[1] if found else ""


def _is_address(url: str) -> bool:
    return bool(_WEB.match(url) or _IMAGE.fullmatch(url))


def _walk(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "inline":
            yield from token.children or ()
        yield token


def _write_words(tokens: Iterable[Token]) -> str:
    return " ".join("".join(map(_write_plain, tokens)).split()).replace(GAP, BLANK)


def _write_plain(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak", "inline"):
        return " "
    return token.content if token.type in ("text", "code_inline", "image", "fence") else ""
