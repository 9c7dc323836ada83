"""A roster as people have it: a table of e-mail, name and section, as CSV or pasted from a sheet.

Separated by semicolon, comma or tab; the line of headings may be missing. What is wrong is data
(`Problem`, its column the number of the cell), so that a page can show all of it at once.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from email_validator import EmailNotValidError, validate_email

from quizapp.errors import Problem
from quizapp.formats.csv_table import find_separator, restore
from quizapp.services.courses.grouping import SEPARATOR, find_title_problem

MOST_LINES = 1000
LONGEST_NAME = 120
_COLUMNS = ("email", "name", "section")
_HEADINGS = {
    "email": "email",
    "e-mail": "email",
    "e-mail address": "email",
    "email address": "email",
    "mail": "email",
    "name": "name",
    "full name": "name",
    "student": "name",
    "section": "section",
    "sections": "section",
    "group": "section",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_TOO_MANY = (
    f"the roster has {{:,}} lines, and at most {MOST_LINES:,} can be taken at once; divide it"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """One learner of a file; the name is empty where the file gives none."""

    line: int
    email: str
    name: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFile:
    """What a file says, what is wrong with it, and what should be known about its reading."""

    entries: tuple[RosterEntry, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def read_roster(text: str) -> RosterFile:
    """Read a roster."""
    reading = _Reading()
    rows = list(_read_rows(text.removeprefix("\ufeff"), reading.report))
    columns, rows = _find_columns(rows, reading)
    if len(rows) > MOST_LINES:
        reading.report(rows[MOST_LINES][0], 0, _TOO_MANY.format(len(rows)))
        rows = []
    entries = [_read_entry(line, cells, columns, reading) for line, cells in rows]
    kept = tuple(entry for entry in entries if entry is not None)
    if not kept and not reading.problems:
        reading.report(0, 0, "there is no student in it; enter one in each line")
    problems = sorted(reading.problems, key=lambda problem: (problem.line, problem.column))
    return RosterFile(entries=kept, problems=tuple(problems), notes=tuple(reading.notes))


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What is gathered while a file is read."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def report(self, line: int, column: int, text: str) -> None:
        self.problems.append(Problem(line=line, column=column, text=text))


def _read_rows(
    text: str, report: Callable[[int, int, str], None]
) -> Iterator[tuple[int, list[str]]]:
    """Yield each line that holds anything, with its number, spaces folded."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=find_separator(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            report(line, 0, 'a quotation mark (") is not closed or stands within a cell; mend it')
            return
        cells = [_fold(cell) for cell in cells]
        if any(cells):
            yield line, cells


def _fold(cell: str) -> str:
    return restore(" ".join(cell.split()))


def _find_columns(
    rows: list[tuple[int, list[str]]], reading: _Reading
) -> tuple[dict[str, int], list[tuple[int, list[str]]]]:
    """Return where each column stands, by the line of headings if there is one."""
    if not rows or not _is_heading(rows[0][1]):
        return dict(zip(_COLUMNS, range(3), strict=True)), rows
    line, cells = rows[0]
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = _HEADINGS.get(cell.casefold())
        if name is None and cell:
            reading.notes.append(f"The column “{cell}” is not used.")
        elif name in columns:
            reading.report(line, place + 1, f"there is a second column of {name}; remove one")
        elif name is not None:
            columns[name] = place
    if "email" not in columns:
        reading.report(line, 0, "the column “email” is missing; add it")
        return {}, []
    return columns, rows[1:]


def _is_heading(cells: Sequence[str]) -> bool:
    return any(cell.casefold() in _HEADINGS for cell in cells) and not any(
        "@" in cell for cell in cells
    )


def _read_entry(
    line: int, cells: Sequence[str], columns: dict[str, int], reading: _Reading
) -> RosterEntry | None:
    before = len(reading.problems)
    values = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
    for place, cell in enumerate(cells, 1):
        if _CONTROL.search(cell):
            reading.report(line, place, "the cell holds a character that cannot be written")
    email = _read_email(line, columns["email"] + 1, values["email"], reading)
    name = values.get("name", "")
    if len(name) > LONGEST_NAME:
        text = f"the name has more than {LONGEST_NAME} characters; shorten it"
        reading.report(line, columns["name"] + 1, text)
    sections = _read_sections(
        line, columns.get("section", 0) + 1, values.get("section", ""), reading
    )
    if len(reading.problems) > before:
        return None
    return RosterEntry(line=line, email=email, name=name, sections=sections)


def _read_email(line: int, column: int, cell: str, reading: _Reading) -> str:
    if not cell:
        reading.report(line, column, "the e-mail address is missing; enter it")
        return ""
    try:
        found = validate_email(cell, check_deliverability=False, test_environment=True)
    except EmailNotValidError as problem:
        reading.report(line, column, f"“{cell[:80]}” is no e-mail address: {problem}")
        return ""
    email = found.normalized.lower()
    if email in reading.lines:
        text = f"{email} stands in line {reading.lines[email]} already; remove one of the lines"
        reading.report(line, column, text)
    reading.lines.setdefault(email, line)
    return email


def _read_sections(line: int, column: int, cell: str, reading: _Reading) -> tuple[str, ...]:
    titles = dict.fromkeys(part.strip() for part in cell.split(SEPARATOR) if part.strip())
    for title in titles:
        problem = find_title_problem(title)
        if problem:
            reading.report(line, column, problem)
    return tuple(titles)
