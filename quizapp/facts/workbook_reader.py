"""Tables in an XLSX workbook, row by row, each cell as the text that it shows.

A workbook of facts has a sheet "facts", or they stand on the first one, and perhaps a sheet
"entities".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizapp.errors import InvalidError, Problem
from quizapp.facts.folding import fold
from quizapp.facts.table_reader import MOST_COLUMNS, Sheet, Tables, make_sheet
from quizapp.facts.workbook_archive import AGAIN, Attributes, open_archive, refuse
from quizapp.facts.workbook_book import Book, to_int, unescape
from quizapp.facts.workbook_cells import show_number

MOST_LINES = 20_000
MOST_SHEETS = 20
_FACTS, _ENTITIES = "facts", "entities"
_MOST_PROBLEMS = 50
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
_LETTERS = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSheet:
    """A sheet of a workbook: each row with its number and its cells.

    `problems` are cells whose value is not in the file, or is an error.
    """

    title: str
    rows: tuple[tuple[int, Sequence[str]], ...]
    problems: tuple[Problem, ...]


def read_workbook(content: bytes) -> Tables:
    """Read the tables of a workbook; a formula counts as the value that was saved with it.

    Raises:
        InvalidError: no workbook, or one that is too large or not plain, or holds cells without a
            value.
    """
    found = read_sheets(content)
    sheets = {fold(sheet.title): sheet for sheet in reversed(found)}
    entities = sheets.get(_ENTITIES)
    return Tables(
        facts=_make_sheet(sheets.get(_FACTS, found[0])),
        entities=None if entities is None else _make_sheet(entities),
    )


def read_sheets(content: bytes) -> tuple[BookSheet, ...]:
    """Return the sheets of a workbook, at least one, in their order.

    Raises:
        InvalidError: no workbook, or one that is too large or not plain.
    """
    with open_archive(content) as archive:
        book = Book(archive)
        titles = book.list_sheets()
        if not titles:
            raise refuse("the workbook has no sheet; add one with a row for each entry")
        if len(titles) > MOST_SHEETS:
            raise refuse(f"more than {MOST_SHEETS} sheets; copy the table alone and {AGAIN}")
        book.read_strings()
        book.read_styles()
        return tuple(_SheetReader(book, title).read(name) for title, name in titles)


def _make_sheet(sheet: BookSheet) -> Sheet:
    if sheet.problems:
        raise InvalidError("the workbook cannot be used", sheet.problems)
    return make_sheet(sheet.rows)


@dataclass(slots=True)
class _Cell:
    """A cell while it is read: `kind` and `style` as stored, the text of its value."""

    column: int
    kind: str
    style: int
    parts: list[str] = field(default_factory=list)
    formula: bool = False
    valued: bool = False


class _SheetReader:
    """Reads the rows of one sheet."""

    def __init__(self, book: Book, title: str) -> None:
        self.book = book
        self.title = title
        self.rows: list[tuple[int, list[str]]] = []
        self.problems: list[Problem] = []
        self.line = 0
        self.cells: dict[int, str] = {}
        self.column = 0
        self.cell: _Cell | None = None
        self.hears = False

    def read(self, name: str) -> BookSheet:
        """Return the sheet in that part."""
        self.book.archive.parse(name, enter=self.enter, leave=self.leave, tell=self.tell)
        return BookSheet(
            title=self.title,
            rows=tuple(self.rows),
            problems=tuple(self.problems[:_MOST_PROBLEMS]),
        )

    def enter(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if name == "row":
            self.line = to_int(attributes.get("r", ""), self.line + 1)
            self.cells, self.column = {}, 0
            if self.line > MOST_LINES:
                raise refuse(
                    f"more than {MOST_LINES:,} rows; remove the empty ones or split the table"
                )
        elif name == "c":
            self.column = _find_column(attributes.get("r", ""), self.column + 1)
            style = to_int(attributes.get("s", ""), 0)
            self.cell = _Cell(self.column, attributes.get("t", "n"), style)
        elif self.cell is not None and name == "f":
            self.cell.formula = True
        elif self.cell is not None and name in ("v", "t"):
            self.cell.valued = self.hears = True

    def leave(self, name: str) -> None:
        """An element ends."""
        if name in ("v", "t"):
            self.hears = False
        elif name == "c" and self.cell is not None:
            # One cell beyond the last column is enough to tell that there are too many.
            shown = self.show(self.cell) if self.cell.column <= MOST_COLUMNS + 1 else ""
            if shown:
                self.cells[self.cell.column] = shown
            self.cell = None
        elif name == "row" and self.cells:
            places = range(1, max(self.cells) + 1)
            self.rows.append((self.line, [self.cells.get(place, "") for place in places]))

    def tell(self, text: str) -> None:
        """Text is met."""
        if self.hears and self.cell is not None:
            self.cell.parts.append(text)

    def show(self, cell: _Cell) -> str:
        """Return what the cell shows; what cannot be known is a problem."""
        text = "".join(cell.parts)
        match cell.kind:
            case "s":
                number, texts = to_int(text, -1), self.book.texts
                shown = texts[number] if 0 <= number < len(texts) else ""
            case "str" | "inlineStr":
                shown = unescape(text)
            case "b":
                shown = "true" if text.strip() in ("1", "true") else "false"
            case "d":
                shown = text.removesuffix("T00:00:00")
            case "e":
                remedy = "mend the formula or type the value"
                shown = self.report(cell, f"shows the error {text[:20]}; {remedy}")
            case _:
                shown = self.show_number(cell, text) if cell.valued or cell.formula else ""
        return shown

    def show_number(self, cell: _Cell, text: str) -> str:
        """Return a number as its format shows it."""
        if not text and cell.formula:
            remedy = "open the file in a spreadsheet and save it, or type the value"
            return self.report(cell, f"a formula without a saved value; {remedy}")
        styles = self.book.styles
        code = styles.find_code(cell.style)
        shown = show_number(text, code, since_1904=styles.since_1904)
        if shown is None:
            return self.report(cell, "no number or date that can be read; type the value as text")
        return shown

    def report(self, cell: _Cell, text: str) -> str:
        """Keep a problem of this cell, which counts as empty."""
        self.problems.append(Problem(line=self.line, column=cell.column, text=text))
        return ""


def _find_column(place: str, default: int) -> int:
    match = _PLACE.fullmatch(place)
    if match is None:
        return default
    number = 0
    for letter in match[1]:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number
