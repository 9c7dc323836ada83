"""Bytes that are text, as text with one sort of line end."""

import codecs
import re

from quizapp.extraction.limits import MOST_CHARACTERS, MOST_LINE, PASTE, refuse

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,20})", re.IGNORECASE)
_AS_UTF_8 = f"save it as plain text with the encoding UTF-8, or {PASTE}"
_HEAD = 2_048
_OTHER_CHARSETS = {"windows-1252": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252"}
"""HTML that declares Latin-1 is read as Windows-1252, as browsers do."""


def decode(content: bytes, *, markup: bool = False) -> str:
    """Return the text; `markup` tells that long lines are usual and a charset may be declared.

    Raises:
        InvalidError: it is not UTF-8 (or UTF-16 with its mark), holds NUL, or is too long.
    """
    text = _LINE_END.sub("\n", _decode(content, markup=markup))
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        refuse(f"it holds what no text does (a NUL character); {_AS_UTF_8}", line=line)
    if markup:
        return text
    if len(text) > MOST_CHARACTERS:
        refuse(f"it has more than {MOST_CHARACTERS:,} characters of text; split the article")
    for line, words in enumerate(text.split("\n"), start=1):
        if len(words) > MOST_LINE:
            refuse(f"a line has more than {MOST_LINE:,} characters; break it", line=line)
    return text


def _decode(content: bytes, *, markup: bool) -> str:
    charset = "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        charset = "utf-16"
    elif markup:
        declared = _DECLARED.search(content[:_HEAD])
        name = declared.group(1).decode().lower() if declared else ""
        charset = _OTHER_CHARSETS.get(name, charset)
    try:
        return content.decode(charset)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        refuse(f"its letters are stored in an older way (not UTF-8); {_AS_UTF_8}", line=line)
