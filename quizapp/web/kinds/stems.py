"""A stem as markup: the question itself, and what stands below it where somebody wrote more."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from flask import url_for
from markdown_it.token import Token
from markupsafe import Markup, escape

from quizapp.kinds.cloze import BLANK
from quizapp.kinds.markup import GAP, find_digest, read_stem, split_stem
from quizapp.kinds.question import WRITTEN, Question
from quizapp.web.words import write_bidi

NOTHING = Markup("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """A stem to be shown; `heading` may stand in a heading or a label, `below` holds blocks.

    The blank of a cloze stands in the heading as it is written.
    """

    heading: Markup
    below: Markup = NOTHING

    @property
    def around(self) -> tuple[Markup, Markup]:
        """The parts of the heading before and after its blank."""
        before, _, after = self.heading.partition(BLANK)
        return Markup(before), Markup(after)  # noqa: S704 - parts of what was escaped


def show_stem(question: Question) -> Stem:
    """Return the stem of a question: Markdown if somebody wrote it, else plain words."""
    if question.template != WRITTEN:
        return Stem(heading=write_bidi(question.stem))
    first, blocks = split_stem(read_stem(question.stem))
    return Stem(heading=_write(first).replace(GAP, BLANK), below=_write(blocks).replace(GAP, BLANK))


def _write(tokens: Sequence[Token]) -> Markup:
    return NOTHING.join(_WRITERS.get(token.type, _write_nothing)(token) for token in tokens)


def _write_nothing(_token: Token) -> Markup:
    return NOTHING


def _write_inline(token: Token) -> Markup:
    return _write(token.children or ())


def _write_text(token: Token) -> Markup:
    return write_bidi(token.content)


def _write_code(token: Token) -> Markup:
    return Markup("<code>{}</code>").format(token.content)


def _write_fence(token: Token) -> Markup:
    return Markup("<pre><code>{}</code></pre>").format(token.content)


def _write_link(token: Token) -> Markup:
    opening = Markup('<a href="{}" rel="noopener noreferrer nofollow">')
    return opening.format(str(token.attrGet("href")))


def _write_image(token: Token) -> Markup:
    digest = find_digest(token)
    if not digest:
        return escape(token.content)
    address = url_for("images.show", digest=digest)
    return Markup('<img class="stem-image" src="{}" alt="{}">').format(address, token.content)


def _write_tag(token: Token) -> Markup:
    """A tag that opens or closes; the paragraphs of a list without empty lines are hidden."""
    if token.hidden:
        return NOTHING
    return Markup("<{}{}>").format("/" if token.nesting < 0 else "", token.tag)


_TAGS = ("em", "strong", "paragraph", "bullet_list", "ordered_list", "list_item", "blockquote")
_WRITERS: Mapping[str, Callable[[Token], Markup]] = MappingProxyType(
    {
        **{f"{name}_{end}": _write_tag for name in _TAGS for end in ("open", "close")},
        "inline": _write_inline,
        "text": _write_text,
        "code_inline": _write_code,
        "fence": _write_fence,
        "softbreak": lambda _token: Markup(" "),
        "hardbreak": lambda _token: Markup("<br>"),
        "link_open": _write_link,
        "link_close": lambda _token: Markup("</a>"),
        "image": _write_image,
    }
)
