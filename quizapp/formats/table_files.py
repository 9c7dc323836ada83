"""A file with a table, CSV or XLSX, as one text of CSV whose rows count as in the file.

What a page has shown can so be sent back as text and be read again in the same way.
"""

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from quizapp.errors import InvalidError, Problem
from quizapp.facts.folding import fold, fold_space
from quizapp.facts.table_reader import MOST_COLUMNS, Sheet, make_sheet
from quizapp.facts.workbook_reader import BookSheet, read_sheets
from quizapp.facts.yaml_reader import MOST_CHARACTERS
from quizapp.formats.csv_table import decode_csv, find_separator, neutralise, restore
from quizapp.formats.table_templates import FACTS, HELP, QUESTIONS

MOST_BYTES = 2_000_000
_ZIP = b"PK\x03\x04"
_TITLES = (fold(QUESTIONS), fold(FACTS))
_ENTITIES = "entities"
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LETTERS = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A table as CSV, and what should be known about how it was read.

    `named` is the table of the names in a table of facts, if a workbook has a sheet "entities".
    """

    text: str
    named: str = ""
    notes: tuple[str, ...] = ()


def read_table_file(name: str, content: bytes) -> TableFile:
    """Read a file by its name and what it holds.

    Raises:
        InvalidError: too large, of another kind, broken, or with cells whose value is not known.
    """
    if len(content) > MOST_BYTES:
        raise _refuse(f"larger than {MOST_BYTES:,} bytes; split the table")
    if not content:
        raise _refuse("the file is empty; choose another one")
    ending = name.lower().rpartition(".")[2]
    if ending in ("xlsm", "xltm", "xlsb", "xls", "ods"):
        raise _refuse(f"a file .{ending} is not read; save the table as .xlsx or “CSV UTF-8”")
    if ending == "xlsx" or content.startswith(_ZIP):
        return _read_book(content)
    if ending not in ("csv", "tsv", "txt"):
        raise _refuse("only .csv and .xlsx are read; save the table as one of them")
    try:
        text, notes = decode_csv(content)
    except InvalidError as error:
        raise _refuse(str(error).rstrip(".")) from error
    return TableFile(text=text, notes=notes)


def read_table(text: str) -> Sheet:
    """Read CSV with commas, semicolons or tabs; a row counts as a spreadsheet counts it.

    Cells that `neutralise` escaped are restored, line ends within a cell stay.

    Raises:
        InvalidError: empty or too large, or a quotation mark is not closed.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > MOST_CHARACTERS:
        problem = Problem(text=f"longer than {MOST_CHARACTERS:,} characters; split the table")
        raise InvalidError("the table cannot be used", (problem,))
    return make_sheet(_read_rows(text), tidy=_tidy)


def list_cells(
    text: str, rows: Collection[int]
) -> tuple[Sequence[str], Mapping[int, Sequence[str]]]:
    """Return the headings of a table and the cells of some rows, as far as it is readable."""
    names: list[str] = []
    found: dict[int, Sequence[str]] = {}
    try:
        for line, cells in _read_rows(text.removeprefix("\ufeff")):
            if not names and any(cell.strip() for cell in cells):
                names = cells[:MOST_COLUMNS]
            if line in rows:
                found[line] = [_tidy(cell) for cell in cells[:MOST_COLUMNS]]
    except InvalidError:
        pass
    return names, found


def name_place(column: int) -> str:
    """Return the letters by which a spreadsheet calls a column that counts from 1: 28 is AB."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters


def _read_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(
        StringIO(_LINE_END.sub("\n", text), newline=""),
        delimiter=find_separator(text),
        strict=True,
    )
    line = 0
    try:
        for line, cells in enumerate(reader, start=1):
            yield line, cells
    except csv.Error as error:
        words = 'a quotation mark (") is not closed, or the cell is far too long; mend it'
        problem = Problem(line=line + 1, column=1, text=words)
        raise InvalidError("the table cannot be used", (problem,)) from error


def _tidy(cell: str) -> str:
    lines = [fold_space(line) for line in restore(cell.strip(" \n")).split("\n")]
    return "\n".join(lines).strip()


def _read_book(content: bytes) -> TableFile:
    sheets = read_sheets(content)
    filled = [sheet for sheet in sheets if sheet.rows and fold(sheet.title) != fold(HELP)]
    tables = [sheet for sheet in filled if fold(sheet.title) != _ENTITIES]
    if not tables:
        raise _refuse("the workbook is empty; write a row for each question")
    sheet = next((each for each in tables if fold(each.title) in _TITLES), tables[0])
    named = next((each for each in filled if fold(each.title) == _ENTITIES), None)
    problems = (*sheet.problems, *(named.problems if named is not None else ()))
    if problems:
        raise InvalidError("the workbook cannot be used", problems)
    notes = (f"Only the sheet “{sheet.title}” was read.",) if len(tables) > 1 else ()
    names = "" if named is None else _write_rows(named)
    return TableFile(text=_write_rows(sheet), named=names, notes=notes)


def _write_rows(sheet: BookSheet) -> str:
    """Rows that are missing in between are written as empty ones, so that the others keep place."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    line = 1
    for number, cells in sheet.rows:
        stream.write("\n" * max(0, number - line))
        writer.writerow([neutralise(cell) for cell in cells])
        line = number + 1
    return stream.getvalue()


def _refuse(text: str) -> InvalidError:
    return InvalidError("the file cannot be used", (Problem(text=text),))
