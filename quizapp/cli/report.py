"""`quizapp report`: what the marks of an assignment or of a file tell of a test and its items.

The ground is imported where it is used: NumPy takes longer to import than `--help` may take.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, TypeAlias

import click

from quizapp.cli.refusals import open_file, refusing

if TYPE_CHECKING:
    from quizapp.psychometrics.marks import Marks
    from quizapp.services.reporting.values import Which

Form: TypeAlias = Literal["json", "csv", "xlsx"]


@click.command()
@click.argument("assignment", type=click.IntRange(min=1), required=False)
@click.option(
    "--marks",
    "file",
    type=click.Path(path_type=Path),
    help="A CSV file with the columns attempt, item, mark, max and, if wished, option, guess, "
    "slot, fact, template.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "xlsx"]),
    default="json",
    show_default=True,
    help="One JSON document, one table of rows, or, of an assignment, a workbook.",
)
@click.option(
    "--which",
    type=click.Choice(["first", "last", "highest", "all"]),
    default="first",
    show_default=True,
    help="Which attempts of a student at the assignment count.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; by default the report is printed.",
)
def report(
    *, assignment: int | None, file: Path | None, form: Form, which: "Which", output: Path | None
) -> None:
    """Analyse marks: the test, each item and option, facts and templates.

    Either those of ASSIGNMENT, the number in its address, from the database in
    QUIZAPP_DATABASE_URL; or those of a file. A row of the file is one item in one attempt. An empty
    mark is an item left blank or not reached, and counts as 0. Without a row, the item was not in
    that attempt. Items with one slot are drawn in place of each other; guess is the share of 1 that
    a blind guess brings.

    Proportions are fractions of 1, intervals are 95 %. What the marks cannot tell is null, and the
    notes say why.

    Example: quizapp report 7 --format xlsx -o report.xlsx

    Example: quizapp report --marks marks.csv --format json
    """
    if (assignment is None) == (file is None):
        raise click.UsageError("Name either an assignment or a file by --marks.")
    if form == "xlsx" and (output is None or file is not None):
        raise click.UsageError("A workbook is written of an assignment, to a file: add -o FILE.")
    if assignment is not None:
        content = _report_assignment(assignment, form, which)
    elif file is not None:
        content = _report_marks(file, form)
    if output is None:
        click.echo(content, nl=False)
    else:
        _write(output, content)


def _report_assignment(number: int, form: Form, which: "Which") -> bytes:
    from quizapp.cli.serving import check_schema
    from quizapp.cli.settings import opened, read_database
    from quizapp.services.reporting.files import export_csv, export_json, export_workbook
    from quizapp.services.reporting.scores import report_for_operator
    from quizapp.storage.ids import AssignmentId

    check_schema(read_database())
    with opened() as database, database.snapshot() as session:
        found = report_for_operator(session, AssignmentId(number), datetime.now(UTC), which)
    writers = {"csv": export_csv, "json": export_json, "xlsx": export_workbook}
    return writers[form](found)


def _report_marks(file: Path, form: Form) -> bytes:
    from quizapp.psychometrics.analysing import analyse
    from quizapp.psychometrics.document import describe, list_rows

    found = analyse(_read(file))
    if form == "json":
        text = json.dumps(describe(found), ensure_ascii=False, allow_nan=False, indent=1)
        return f"{text}\n".encode()
    from quizapp.formats.sheets import write_csv

    return write_csv(list_rows(found))


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        click.echo(f"{file}:0: cannot be written ({error.strerror}); give another file", err=True)
        raise SystemExit(1) from error


def _read(path: Path) -> "Marks":
    from quizapp.psychometrics.marks_file import read_marks

    with refusing(path), open_file(path) as file:
        return read_marks(_list_lines(file))


def _list_lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines; of one that is too long, no more than shows that it is."""
    from quizapp.psychometrics.marks_file import LONGEST_LINE

    while line := file.readline(LONGEST_LINE + 1):
        yield line
