"""Tables as CSV that a spreadsheet opens without running anything in them."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

# A spreadsheet takes a cell that starts so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
