"""Facts in a table, one a row: the cells by their column, each knowing its row and place.

The first row names the columns, in any order and case. Sizes are bounded before anything is typed.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from quizapp.errors import InvalidError, Problem
from quizapp.facts.folding import fold, fold_space
from quizapp.facts.schema import FORMAT_RULE, Reader, suggest
from quizapp.facts.yaml_reader import MOST_CHARACTERS, Node, Scalar

FACT_COLUMNS = (
    "subject",
    "predicate",
    "value",
    "unit",
    "qualifier",
    "of",
    "as of",
    "from",
    "to",
    "according to",
    "section",
    "quote",
    "id",
    "importance",
    "conflicts",
    "supersedes",
    "note",
)
FACT_COLUMNS_NEEDED = ("subject", "predicate", "value", "quote")
MOST_ROWS = 5_000
MOST_COLUMNS = 50
MOST_CELL = 5_000
_DELIMITERS = (",", ";", "\t")
_COLUMN_OF_FIELD: Mapping[str, str] = {
    "s": "subject",
    "p": "predicate",
    "v": "value",
    "n": "value",
    "range": "value",
    "cmp": "qualifier",
    "status": "qualifier",
    "set": "qualifier",
    "as_of": "as of",
    "said": "according to",
}
"""The column that a field of the model comes from, where their names differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Node):
    """A row of a table: its filled cells by the name of their column."""

    cells: Mapping[str, Scalar]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table as it was read: the cells of the first row, and the rows below that hold anything."""

    columns: tuple[Scalar, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The table of facts and, if there is one, that of entities."""

    facts: Sheet
    entities: Sheet | None = None


class TableReader(Reader):
    """A reader that speaks of columns where a file of another form has fields.

    `placed` tells that its texts name row and column, for whoever sees nothing else of a problem.
    """

    def __init__(self, *, placed: bool = True) -> None:
        super().__init__()
        self.placed = placed

    def report(self, node: Node, text: str, *, rule: str = FORMAT_RULE) -> None:
        """Keep a problem of this cell, its field named by the column."""
        field, colon, rest = text.partition(": ")
        column = _COLUMN_OF_FIELD.get(field, field)
        where = f", column {node.column}" if node.column else ""
        place = f"row {node.line}{where}: " if self.placed else ""
        super().report(node, f"{place}{column}{colon}{rest}", rule=rule)

    def check_columns(self, sheet: Sheet, known: Sequence[str], needed: Sequence[str]) -> None:
        """Report columns that are unknown, stand twice or are missing."""
        names = [cell.text for cell in sheet.columns]
        for position, cell in enumerate(sheet.columns):
            if cell.text and cell.text not in known:
                self.report(cell, f"unknown column {cell.text!r}; {suggest(cell.text, known)}")
            elif cell.text and cell.text in names[:position]:
                self.report(cell, f"the column {cell.text!r} stands twice; keep one")
        for name in needed:
            if name not in names:
                self.report(Node(line=1, column=0), f"the column {name!r} is missing; add it")


def read_csv(text: str) -> Sheet:
    """Read a table from CSV with commas, semicolons or tabs, the commonest of the first line.

    A row counts by the line that it begins in.

    Raises:
        InvalidError: too large, or a quotation mark is not closed.
    """
    if len(text) > MOST_CHARACTERS:
        raise _refuse(0, f"longer than {MOST_CHARACTERS:,} characters; split the pack")
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise _refuse(line, f"not readable as CSV: {error}; mend the quotation marks") from error
    return make_sheet(rows)


def make_sheet(
    rows: Iterable[tuple[int, Sequence[str]]], *, tidy: Callable[[str], str] = fold_space
) -> Sheet:
    """Return a table from its rows, each with its line and its cells; blank rows are left out.

    `tidy` cleans the text of each cell.

    Raises:
        InvalidError: the table is empty, or has too many rows, columns or letters in a cell.
    """
    columns: tuple[Scalar, ...] = ()
    found: list[Row] = []
    for line, cells in rows:
        scalars = [_read_cell(line, place, text, tidy) for place, text in enumerate(cells, start=1)]
        if len(scalars) > MOST_COLUMNS:
            raise _refuse(line, f"more than {MOST_COLUMNS} columns; remove the empty ones")
        if not any(scalar.text for scalar in scalars):
            continue
        if not columns:
            columns = tuple(_name_column(scalar) for scalar in scalars)
        elif len(found) == MOST_ROWS:
            raise _refuse(line, f"more than {MOST_ROWS:,} rows; split the pack")
        else:
            found.append(Row(line=line, column=0, cells=_name_cells(columns, scalars)))
    if not columns:
        raise _refuse(0, "the table is empty; begin it with a row that names the columns")
    return Sheet(columns=columns, rows=tuple(found))


def _read_cell(line: int, column: int, text: str, tidy: Callable[[str], str]) -> Scalar:
    if len(text) > MOST_CELL:
        raise _refuse(line, f"column {column}: more than {MOST_CELL:,} characters; shorten it")
    return Scalar(line=line, column=column, text=tidy(text))


def _name_column(cell: Scalar) -> Scalar:
    """A column's name as the program writes it: "As_of" and "as  of" are one."""
    return Scalar(line=cell.line, column=cell.column, text=fold(cell.text.replace("_", " ")))


def _name_cells(columns: Sequence[Scalar], cells: Sequence[Scalar]) -> dict[str, Scalar]:
    named: dict[str, Scalar] = {}
    for column, cell in zip(columns, cells, strict=False):
        if cell.text and column.text:
            named.setdefault(column.text, cell)
    return named


def _refuse(line: int, text: str) -> InvalidError:
    problem = Problem(line=line, column=1 if line else 0, text=text)
    return InvalidError("the table cannot be used", (problem,))
