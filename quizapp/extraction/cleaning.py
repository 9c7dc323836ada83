"""Text as it is kept: composed letters, plain spaces, nothing invisible, no marks of notes."""

import re
import unicodedata

from quizapp.extraction.blocks import Block, Losses
from quizapp.extraction.limits import MOST_LINE, refuse
from quizapp.facts.folding import fold_space

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u2060\ufeff]")
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOTE_MARK = re.compile(r"\s?\[(?:\d{1,3}|[a-z]|note \d{1,2}|edit|citation needed)\]")
_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi"})


def clean_blocks(blocks: tuple[Block, ...], losses: Losses) -> tuple[Block, ...]:
    """Return the blocks cleaned, without the empty ones; what is lost is counted.

    Raises:
        InvalidError: a paragraph is longer than is read.
    """
    cleaned = [
        Block(
            text=clean(block.text, losses),
            level=block.level,
            items=tuple(item for one in block.items if (item := clean(one, losses))),
        )
        for block in blocks
    ]
    return tuple(block for block in cleaned if block.text or block.items)


def clean(text: str, losses: Losses) -> str:
    """Return the text of one paragraph, heading or item as it is kept."""
    if len(text) > MOST_LINE:
        refuse(f"a paragraph has more than {MOST_LINE:,} characters; part it with blank lines")
    for pattern, rule, noun, remedy in (
        (_NOTE_MARK, "note-mark", "mark of a note", "nothing to do unless it was text"),
        (_CONTROL, "control-character", "control character", "look whether a letter was meant"),
        (_DIRECTIONS, "direction-mark", "mark of direction", "look whether names read right"),
    ):
        text, count = pattern.subn("", text)
        for _ in range(count):
            losses.add(rule, noun, remedy)
    plain = _INVISIBLE.sub("", text).translate(_LIGATURES)
    return fold_space(unicodedata.normalize("NFC", plain))
