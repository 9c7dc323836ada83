"""Markdown -> blocks: emphasis and links become plain words, since quotes are found in those."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from quizapp.extraction.blocks import Block, Losses, Reading, pair_cells
from quizapp.extraction.decoding import decode
from quizapp.extraction.limits import MOST_BRACKETS, MOST_LINE, refuse

_PICTURE = ("picture", "picture", "say in words what it shows")
_HTML = ("html", "piece of HTML", "write it as Markdown")
_BLOCKS = MarkdownIt("commonmark").enable("table").disable("inline")
_WORDS = MarkdownIt("commonmark")
_BREAKS = frozenset({"softbreak", "hardbreak"})


def read_markdown(content: bytes) -> Reading:
    """Return the blocks of a Markdown document.

    Raises:
        InvalidError: the bytes are no text, or too many.
    """
    losses = Losses()
    tokens = _BLOCKS.parse(decode(content))
    blocks = tuple(_list_blocks(tokens, losses))
    return Reading(blocks=blocks, damage=losses.list_damage())


def _list_blocks(tokens: list[Token], losses: Losses) -> Iterator[Block]:
    inside: list[Token] = []
    for token in tokens:
        if token.level == 0 and token.nesting == 1:
            inside = [token]
        elif token.level == 0 and token.nesting == -1:
            yield _make_block(inside, losses)
        elif token.level == 0:
            yield from _make_leaf(token, losses)
        else:
            inside.append(token)


def _make_leaf(token: Token, losses: Losses) -> Iterator[Block]:
    if token.type == "html_block":
        losses.add(*_HTML)
    elif token.type in {"fence", "code_block"}:
        yield Block(text=token.content)


def _make_block(tokens: list[Token], losses: Losses) -> Block:
    opening = tokens[0]
    if opening.type == "table_open":
        return Block(items=pair_cells(_list_rows(tokens, losses)))
    texts = [_read_leaf(token, losses) for token in tokens if token.content]
    if opening.type in {"bullet_list_open", "ordered_list_open"}:
        return Block(items=tuple(texts))
    level = int(opening.tag[1]) if opening.type == "heading_open" else 0
    return Block(text=" ".join(texts), level=level)


def _list_rows(tokens: list[Token], losses: Losses) -> list[list[str]]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_read_leaf(token, losses))
    return rows


def _read_leaf(token: Token, losses: Losses) -> str:
    if token.type == "html_block":
        losses.add(*_HTML)
        return ""
    if token.type != "inline":
        return token.content
    if len(token.content) > MOST_LINE or token.content.count("[") > MOST_BRACKETS:
        limits = f"{MOST_LINE:,} characters or {MOST_BRACKETS:,} brackets"
        refuse(f"a paragraph has more than {limits}; part it", line=(token.map or [-1])[0] + 1)
    (words,) = _WORDS.parseInline(token.content)
    return "".join(_read_inline(child, losses) for child in words.children or ())


def _read_inline(token: Token, losses: Losses) -> str:
    if token.type in _BREAKS:
        return " "
    if token.type == "image":
        losses.add(*_PICTURE)
        return ""
    if token.type == "html_inline":
        losses.add(*_HTML)
        return ""
    return token.content
