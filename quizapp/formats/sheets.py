"""Tables of texts and numbers as CSV and as a workbook, in which nothing is run as a formula."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from quizapp.formats.csv_table import neutralise

Cell: TypeAlias = str | int | float | datetime | None
_LONGEST_TITLE = 31
_NO_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_CELL = 32_767


def write_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as CSV in UTF-8 with its mark; numbers are numbers, instants ISO 8601.

    A text that looks like a formula gets an apostrophe before it.
    """
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerows([_to_text(cell) for cell in row] for row in rows)
    return f"\ufeff{stream.getvalue()}".encode()


def write_workbook(title: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as an XLSX workbook of one sheet; numbers are numbers, all else is typed as text.

    Instants are written in ISO 8601, since a workbook knows no time zones.
    """
    return write_sheets({title: rows})


def write_sheets(
    sheets: Mapping[str, Iterable[Sequence[Cell]]], *, widths: Sequence[int] = ()
) -> bytes:
    """Return rows as an XLSX workbook of several sheets, by their titles, as `write_workbook`.

    `widths` are those of every sheet's columns, in characters; with them the first row stays in
    sight.
    """
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.translate(_NO_TITLE)[:_LONGEST_TITLE].strip() or "Table")
        if widths:
            sheet.freeze_panes = "A2"
        for place, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        for row in rows:
            sheet.append([_to_cell(sheet, cell) for cell in row])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _to_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return neutralise(cell)
    if isinstance(cell, datetime):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _to_cell(sheet: object, cell: Cell) -> object:
    if isinstance(cell, datetime):
        cell = cell.isoformat()
    if not isinstance(cell, str):
        return cell
    made = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", cell)[:_LONGEST_CELL])
    # What begins with = is a formula to the library, unless it is told otherwise.
    made.data_type = "s"
    return made
