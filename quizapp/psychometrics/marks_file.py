"""Reads marks from CSV: columns attempt, item, mark, max and, if wished, what else is known.

An empty mark is an item left blank or not reached. A pair of attempt and item without a row is an
item that was not in that attempt.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from quizapp.errors import InvalidError, Problem
from quizapp.psychometrics.marks import LARGEST_MARK, Marks
from quizapp.psychometrics.marks_table import (
    Answer,
    ItemCells,
    MarksTable,
    build_marks,
    check_items,
)

LONGEST_LINE: Final = 100_000  # bytes
_NEEDED = ("attempt", "item", "mark", "max")
_OF_ITEM = ("max", "guess", "slot", "fact", "template")
_COLUMNS = (*_NEEDED, "option", *_OF_ITEM[1:])
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_MOST_PROBLEMS = 100
_MOST_QUOTED = 40


class _LineError(Exception):
    """What is wrong with a line, and what to do."""


def read_marks(lines: Iterable[bytes]) -> Marks:
    """Return the marks of a CSV file in UTF-8 whose first line names the columns, in any order.

    Optional are option (the one that was chosen), guess (the share of 1 that a blind guess brings),
    slot, fact (several separated by semicolons) and template; what belongs to the item is the same
    in all its rows. An option is a key if most who chose it got the maximum. A mark may be
    negative, but not above its maximum. Other columns are left alone.

    Raises:
        InvalidError: it carries every problem, up to 100.
    """
    table, problems = MarksTable(), []
    for problem in _read_lines(lines, table):
        problems.append(problem)
        if len(problems) == _MOST_PROBLEMS:
            break
    if not problems:
        problems += check_items(table)
    if problems:
        raise InvalidError("the marks cannot be read", tuple(problems))
    return build_marks(table)


def _read_lines(lines: Iterable[bytes], table: MarksTable) -> Iterator[Problem]:
    """Fill the table and yield what is wrong; a line counts by where its row begins."""
    reader = csv.reader(_decode(lines), strict=True)
    line = 1
    try:
        heading = next(reader, [])
        columns = _find_columns(heading)
        line = reader.line_num + 1
        for cells in reader:
            if cells:
                yield from _read_row(line, cells, columns, len(heading), table)
                _check_size(table)
            line = reader.line_num + 1
    except UnicodeDecodeError:
        text = "the line is not UTF-8; save the file as UTF-8"
        yield Problem(line=reader.line_num + 1, text=text)
    except csv.Error as error:
        yield Problem(line=line, text=f"the line is no CSV ({error}); mend its quotation marks")
    except _LineError as error:
        yield Problem(line=line, text=str(error))


def _decode(lines: Iterable[bytes]) -> Iterator[str]:
    encoding = "utf-8-sig"
    for line in lines:
        if len(line) > LONGEST_LINE:
            raise _LineError(f"the line has more than {LONGEST_LINE:,} bytes; shorten it")
        yield line.decode(encoding)
        encoding = "utf-8"


def _find_columns(cells: list[str]) -> dict[str, int]:
    names = [cell.strip() for cell in cells]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        text = f"the first line names no column {', '.join(missing)}; begin the file with "
        raise _LineError(f"{text}{','.join(_NEEDED)}")
    twice = [name for name in _COLUMNS if names.count(name) > 1]
    if twice:
        raise _LineError(f"the column {twice[0]} stands twice; remove one of them")
    return {name: place for place, name in enumerate(names)}


def _read_row(
    line: int, row: list[str], columns: Mapping[str, int], width: int, table: MarksTable
) -> Iterator[Problem]:
    if len(row) != width:
        text = f"the row has {len(row)} fields, but the first line {width}; "
        yield Problem(line=line, text=f"{text}give each column one field")
        return
    try:
        cells = {name: row[columns[name]].strip() for name in _COLUMNS if name in columns}
        _add(line, cells, table)
    except _LineError as error:
        yield Problem(line=line, text=str(error))


def _check_size(table: MarksTable) -> None:
    excess = table.find_excess()
    if excess:
        raise _LineError(f"the file has {excess}; divide it")


def _add(line: int, cells: Mapping[str, str], table: MarksTable) -> None:
    for name in ("attempt", "item"):
        if not cells[name]:
            raise _LineError(f"the {name} is empty; write which it is")
    item = _find_item(line, cells, table)
    answer = _read_answer(line, cells, item)
    attempts, items = table.attempts, table.items
    column = items.setdefault(cells["item"], len(items))
    key = (attempts.setdefault(cells["attempt"], len(attempts)), column)
    if key in table.answers:
        first = table.answers[key].line
        raise _LineError(f"this attempt and item stand in line {first} already; keep one of them")
    table.answers[key] = answer


def _find_item(line: int, cells: Mapping[str, str], table: MarksTable) -> ItemCells:
    """Return the item of a row, from its first row, with which this one must agree."""
    first = table.cells.get(cells["item"])
    if first is None:
        first = ItemCells(
            line=line,
            cells=cells,
            maximum=_read_maximum(cells["max"]),
            guess=_read_guess(cells.get("guess", "")),
            facts=_read_facts(cells.get("fact", "")),
        )
        table.cells[cells["item"]] = first
        return first
    for name in _OF_ITEM:
        if cells.get(name) != first.cells.get(name) and not _is_same(name, cells, first):
            text = f"the {name} of item {_quote(cells['item'])} is {_quote(cells[name])}, but "
            other = f"{_quote(first.cells[name])} in line {first.line}"
            raise _LineError(f"{text}{other}; give all its rows the same")
    return first


def _is_same(name: str, cells: Mapping[str, str], first: ItemCells) -> bool:
    """Tell whether two spellings are one number, as 1 and 1.0."""
    if name == "max":
        return _read_maximum(cells["max"]) == first.maximum
    return name == "guess" and _read_guess(cells["guess"]) == first.guess


def _read_answer(line: int, cells: Mapping[str, str], item: ItemCells) -> Answer:
    option = cells.get("option", "")
    if not cells["mark"]:
        if option:
            raise _LineError("an option was chosen, but the mark is empty; write 0 if it is wrong")
        return Answer(line=line, mark=None, option="")
    mark = _read_number("mark", cells["mark"])
    if mark > item.maximum:
        text = f"the mark {_quote(cells['mark'])} is over the maximum of {item.maximum:g}; "
        raise _LineError(f"{text}correct one of them")
    return Answer(line=line, mark=mark, option=option)


def _read_number(name: str, text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise _LineError(f"the {name} {_quote(text)} is no number; write it like 0.5")
    number = float(text)
    if abs(number) > LARGEST_MARK:
        raise _LineError(f"the {name} {_quote(text)} is over {LARGEST_MARK:,.0f}; correct it")
    return number


def _read_maximum(text: str) -> float:
    maximum = _read_number("max", text)
    if maximum < 0:
        raise _LineError(f"the max {_quote(text)} is negative; write what the item can bring")
    return maximum


def _read_guess(text: str) -> float | None:
    if not text:
        return None
    guess = _read_number("guess", text)
    if not 0 <= guess <= 1:
        raise _LineError(f"the guess {_quote(text)} is not from 0 to 1; write it like 0.25")
    return guess


def _read_facts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def _quote(text: str) -> str:
    return repr(text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…")
