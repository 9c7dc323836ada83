"""Facts in an XLSX workbook: the sheet "facts", or the first one, and perhaps a sheet "entities".

A workbook is a zip of XML files. Before the library opens it, each file is checked: how many there
are, how large they are unpacked, how deep they are nested, and that none declares a document type,
which could expand without end.
"""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from io import BytesIO
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from quizapp.errors import InvalidError, Problem
from quizapp.facts.folding import fold
from quizapp.facts.table_reader import MOST_COLUMNS, Tables, make_sheet

MOST_FILES = 200
MOST_UNPACKED = 30_000_000
MOST_LINES = 20_000
MOST_XML_DEPTH = 50
_FACTS, _ENTITIES = "facts", "entities"
_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    EOFError,
    OSError,
)
"""What the library raises on workbooks that are none; it has no one exception for it."""


def read_workbook(content: bytes) -> Tables:
    """Read the tables of a workbook; a formula counts as the value that was saved with it.

    Raises:
        InvalidError: no workbook, or one that is too large or not plain.
    """
    _check_archive(content)
    try:
        sheets = {name: list(rows) for name, rows in _read_sheets(content)}
    except _BROKEN as error:
        raise _refuse("not readable as an XLSX workbook; save it again as .xlsx") from error
    if not sheets:
        raise _refuse("the workbook has no sheet; add one with a row for each fact")
    facts = sheets.get(_FACTS) or next(iter(sheets.values()))
    entities = sheets.get(_ENTITIES)
    return Tables(
        facts=make_sheet(facts), entities=make_sheet(entities) if entities is not None else None
    )


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            if len(members) > MOST_FILES or size > MOST_UNPACKED:
                raise _refuse(f"larger than {MOST_UNPACKED:,} bytes unpacked; split the pack")
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as file:
                        _check_xml(file.read(MOST_UNPACKED))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _refuse("not readable as an XLSX workbook; save it again as .xlsx") from error


def _check_xml(content: bytes) -> None:
    """Refuse a declared document type and deep nesting, without building a tree."""
    depth = 0

    def enter(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_XML_DEPTH:
            raise _refuse("the workbook is nested too deep; save it again as .xlsx")

    def leave(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse_type(*_details: object) -> None:
        raise _refuse("the workbook declares a document type; save it again as .xlsx")

    parser = expat.ParserCreate()
    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    parser.StartDoctypeDeclHandler = refuse_type
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise _refuse("not readable as an XLSX workbook; save it again as .xlsx") from error


def _read_sheets(content: bytes) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    workbook = load_workbook(BytesIO(content), read_only=True, data_only=True)
    try:
        for sheet in workbook.worksheets:
            rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
            yield fold(str(sheet.title)), list(_write_rows(rows))
    finally:
        workbook.close()


def _write_rows(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[int, list[str]]]:
    for line, cells in enumerate(rows, start=1):
        if line > MOST_LINES:
            raise _refuse(f"more than {MOST_LINES:,} rows; remove the empty ones or split the pack")
        texts = [_write_cell(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        yield line, texts


def _write_cell(cell: object) -> str:
    """What a person would have typed: 50 for 50.0, 2017-03-02 for a date cell."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _refuse(text: str) -> InvalidError:
    return InvalidError("the workbook cannot be used", (Problem(text=text),))
