"""A stem as markup: the question itself, and what stands below it where somebody wrote more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for
from markupsafe import Markup, escape

from quizapp.kinds.cloze import BLANK
from quizapp.kinds.question import WRITTEN, Question
from quizapp.web.words import write_bidi

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAGS = {
    **{"em": "em", "strong": "strong", "paragraph": "p", "bullet_list": "ul"},
    **{"ordered_list": "ol", "list_item": "li", "blockquote": "blockquote"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """A stem to be shown; `heading` may stand in a heading or a label, `below` holds blocks.

    The blank of a cloze stands in the heading as it is written.
    """

    heading: Markup
    below: Markup = Markup("")

    @property
    def around(self) -> tuple[Markup, Markup]:
        """The parts of the heading before and after its blank."""
        before, _, after = self.heading.partition(BLANK)
        return Markup(before), Markup(after)  # noqa: S704 - parts of what was escaped


def show_stem(question: Question) -> Stem:
    """Return the stem of a question: Markdown if somebody wrote it, else plain words."""
    if question.template != WRITTEN:
        return Stem(heading=write_bidi(question.stem))
    from quizapp.kinds.markup import GAP, read_stem, split_stem

    first, blocks = split_stem(read_stem(question.stem))
    heading = _write(first).replace(GAP, BLANK)
    return Stem(heading=heading, below=_write(blocks).replace(GAP, BLANK))


def _write(tokens: Sequence["Token"]) -> Markup:
    return Markup("").join(_write_token(token) for token in tokens)


def _write_token(token: "Token") -> Markup:
    if token.type == "inline":
        return _write(token.children or ())
    if token.type == "text":
        return write_bidi(token.content)
    if token.type == "image":
        return _write_image(token)
    if token.type in ("code_inline", "fence"):
        return Markup("<code>{}</code>").format(token.content)
    if token.type in ("softbreak", "hardbreak"):
        return Markup("<br>") if token.type == "hardbreak" else Markup(" ")
    if token.type == "link_open":
        rel = "noopener noreferrer nofollow"
        return Markup('<a href="{}" rel="{}">').format(token.attrGet("href"), rel)
    if token.type == "link_close":
        return Markup("</a>")
    return _write_tag(token)


def _write_tag(token: "Token") -> Markup:
    """A tag that opens or closes; the paragraphs of a tight list are hidden."""
    name, _, end = token.type.rpartition("_")
    tag = _TAGS.get(name, "")
    if token.hidden or not tag:
        return escape(token.content)
    return Markup("<{}{}>").format("/" if end == "close" else "", tag)


def _write_image(token: "Token") -> Markup:
    from quizapp.kinds.markup import find_digest

    digest = find_digest(token)
    if not digest:
        return escape(token.content)
    return Markup('<img class="stem-image" src="{}" alt="{}">').format(
        url_for("images.show", digest=digest), token.content
    )
