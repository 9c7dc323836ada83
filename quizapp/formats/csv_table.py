"""Tables as CSV that a spreadsheet opens without running anything in them."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from quizapp.errors import InvalidError

# A spreadsheet takes a cell that starts so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SEPARATORS = ";,\t"
_NO_TEXT = (b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")
_WINDOWS = (
    "The file is not in UTF-8; it was read as Windows-1252. Look whether the names are spelt right."
)


def write_table(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV, separated by commas; cells that look like formulas become text.

    The text starts with a byte order mark, without which spreadsheets do not expect UTF-8.
    """
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerows([neutralise(cell) for cell in row] for row in rows)
    return f"\ufeff{stream.getvalue()}"


def neutralise(cell: str) -> str:
    """Return the cell, an apostrophe before it if a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def restore(cell: str) -> str:
    """Return what `neutralise` made this cell of."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def decode_csv(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file, and what to tell about how it was read.

    Raises:
        InvalidError: it is no text, or one of two bytes a character.
    """
    if content.startswith(_NO_TEXT) or b"\x00" in content:
        raise InvalidError("The file is no CSV file; save the sheet as “CSV UTF-8”.")
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), (_WINDOWS,)
    except UnicodeDecodeError:
        raise InvalidError(
            "The file is neither in UTF-8 nor in Windows-1252; save the sheet as “CSV UTF-8”."
        ) from None


def find_separator(text: str) -> str:
    """Return the commonest of semicolon, comma and tab in the first line that holds anything."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    found = max(_SEPARATORS, key=first.count)
    return found if found in first else ","
