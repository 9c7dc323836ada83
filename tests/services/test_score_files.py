"""The page's value, CSV, XLSX and JSON carry the same figures, numbers as numbers."""

import csv
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from quizapp.services.reporting.files import export_csv, export_json, export_workbook
from quizapp.services.reporting.values import AssignmentReport
from quizapp.storage.engine import Database
from quizapp.storage.tables import AccountRow
from tests.cli.commands import run
from tests.factories.reports import LATER, Quiz, build_quiz, read_report
from tests.support.databases import opened

MARKS = [(1.0, 0.5, 1.0), (1.0, 1.0, 0.0), (0.0, 0.25, None), (1.0, 0.0, 1.0)] * 4
PARTS = ("report", "test", "bin", "question", "option", "fact", "template", "check", "learner")
# Where a part of the files stands in the value, and the fields whose figures both have.
SHARED = {
    "test": ("n", "mean", "median", "sd", "alpha", "sem", "skewness", "kurtosis"),
    "question": ("n", "facility", "sd", "discrimination", "efficiency", "effective_weight"),
    "option": ("count", "share", "top", "middle", "bottom", "r"),
    "fact": ("n", "facility", "discrimination"),
    "template": ("n", "facility", "discrimination"),
    "learner": ("points", "maximum", "share", "blank", "seconds"),
}
Rows = list[Mapping[str, object]]


@pytest.fixture
def quiz(sqlite_database: Database) -> Quiz:
    """An assignment of three questions that sixteen have sat, one of them with an evil name."""
    made = build_quiz(sqlite_database, (1.0, 2.0, 1.0), MARKS)
    with sqlite_database.writing() as session:
        evil = update(AccountRow).where(AccountRow.id == made.world.bob.id).values(name="=1+1")
        session.execute(evil)
        session.commit()
    return made


@pytest.fixture
def report(sqlite_database: Database, quiz: Quiz) -> AssignmentReport:
    """Its report."""
    return read_report(sqlite_database, quiz)


def read_csv(content: bytes) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for row in csv.DictReader(StringIO(content.decode("utf-8-sig"))):
        found.setdefault(row["part"], []).append({**row})
    return found


def read_workbook(content: bytes) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for sheet in load_workbook(BytesIO(content)):
        names, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(map(str, names), row, strict=True)) for row in rows]
    return found


def list_values(report: AssignmentReport) -> dict[str, Rows]:
    analysis = report.report
    return {
        "test": [asdict(analysis.test)],
        "question": [asdict(each) for each in analysis.items],
        "option": [asdict(option) for each in analysis.items for option in each.options],
        "fact": [asdict(each) for each in analysis.facts],
        "template": [asdict(each) for each in analysis.templates],
        "learner": [asdict(each) for each in report.learners],
    }


def test_every_part_is_in_both_tables(report: AssignmentReport) -> None:
    assert set(read_csv(export_csv(report))) == set(PARTS)
    assert set(read_workbook(export_workbook(report))) == set(PARTS)


@pytest.mark.parametrize("part", SHARED)
def test_the_figures_are_the_same_in_every_file(report: AssignmentReport, part: str) -> None:
    table, book = read_csv(export_csv(report))[part], read_workbook(export_workbook(report))[part]
    values = list_values(report)[part]
    assert len(table) == len(book) == len(values)
    for line, cells, value in zip(table, book, values, strict=True):
        for name in SHARED[part]:
            wanted = value[name]
            # A workbook holds sixteen digits.
            assert cells[name] == (wanted if wanted is None else pytest.approx(wanted, rel=1e-14))
            assert line[name] == ("" if wanted is None else str(wanted))
            assert wanted is None or isinstance(cells[name], int | float)


def test_the_json_is_the_value_itself(report: AssignmentReport) -> None:
    document = json.loads(export_json(report))
    value = json.loads(json.dumps(asdict(report), default=datetime.isoformat))
    assert {name: document[name] for name in value} == value
    assert document["format"] == "quizapp-assignment-report/1"
    assert "breaks" in document["methods"]["question_time"]


def test_a_name_is_never_a_formula(report: AssignmentReport) -> None:
    assert any(line["name"] == "'=1+1" for line in read_csv(export_csv(report))["learner"])
    sheet = load_workbook(BytesIO(export_workbook(report)))["learner"]
    cells = {cell.value: cell.data_type for cell in next(iter(sheet.columns))}
    assert cells["=1+1"] == "s"


def test_the_command_line_writes_the_same_report(address: str, tmp_path: Path) -> None:
    with opened(address) as database:
        quiz = build_quiz(database, (1.0, 2.0, 1.0), MARKS)
        wanted = read_report(database, quiz, at=LATER)
    number, file = str(quiz.assignment_id), tmp_path / "report.xlsx"
    printed = run("report", number, database=address)
    assert (printed.code, printed.stderr) == (0, "")
    found = json.loads(printed.stdout)["report"]
    assert found == json.loads(json.dumps(asdict(wanted.report)))
    assert run("report", number, "--format", "xlsx", "-o", file, database=address).code == 0
    assert read_workbook(file.read_bytes())["test"][0]["mean"] == wanted.report.test.mean
    table = run("report", number, "--format", "csv", "--which", "all", database=address)
    assert "Every attempt counts" in table.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["99"], 1, "No course has published such an assignment."),
        (["1", "--format", "xlsx"], 2, "add -o FILE"),
        (["1", "--marks", "some.csv"], 2, "either an assignment or a file"),
        ([], 2, "either an assignment or a file"),
    ],
)
def test_what_the_command_line_cannot_report_it_says(
    sqlite_address: str, arguments: list[str], code: int, words: str
) -> None:
    done = run("report", *arguments, database=sqlite_address)
    assert (done.code, done.stdout) == (code, "")
    assert words in done.stderr
