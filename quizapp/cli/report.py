"""`quizapp report`: what marks tell of a test and its items.

The ground is imported where it is used: NumPy takes longer to import than `--help` may take.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from quizapp.cli.refusals import open_file, refusing

if TYPE_CHECKING:
    from quizapp.psychometrics.findings import Report
    from quizapp.psychometrics.marks import Marks


@click.command()
@click.option(
    "--marks",
    "file",
    type=click.Path(path_type=Path),
    required=True,
    help="A CSV file with the columns attempt, item, mark, max and, if wished, option, guess, "
    "slot, fact, template.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv"]),
    default="json",
    show_default=True,
    help="One JSON document, or one table of rows.",
)
def report(*, file: Path, form: str) -> None:
    """Analyse marks: the test, each item and option, facts and templates.

    A row of the file is one item in one attempt. An empty mark is an item left blank or not
    reached, and counts as 0. Without a row, the item was not in that attempt. Items with one slot
    are drawn in place of each other; guess is the share of 1 that a blind guess brings.

    Proportions are fractions of 1, intervals are 95 %. What the marks cannot tell is null, and the
    notes say why.

    Example: quizapp report --marks marks.csv --format json
    """
    from quizapp.psychometrics.analysing import analyse

    _print(analyse(_read(file)), form)


def _read(path: Path) -> "Marks":
    from quizapp.psychometrics.marks_file import read_marks

    with refusing(path), open_file(path) as file:
        return read_marks(_list_lines(file))


def _list_lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines; of one that is too long, no more than shows that it is."""
    from quizapp.psychometrics.marks_file import LONGEST_LINE

    while line := file.readline(LONGEST_LINE + 1):
        yield line


def _print(found: "Report", form: str) -> None:
    from quizapp.psychometrics.document import describe, list_rows

    if form == "json":
        click.echo(json.dumps(describe(found), ensure_ascii=False, allow_nan=False, indent=1))
        return
    from quizapp.formats.sheets import write_csv

    click.echo(write_csv(list_rows(found)), nl=False)
