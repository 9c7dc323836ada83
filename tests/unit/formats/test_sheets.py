"""Tables for other programs: numbers stay numbers, and no cell is run as a formula."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from quizapp.formats.sheets import Cell, write_csv, write_workbook

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")
ROWS: list[tuple[Cell, ...]] = [
    ("name", 0.5, 3, None, datetime(2026, 3, 2, 8, tzinfo=UTC)),
    ('كوكب, "x"', -0.25, -3, "", None),
]


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_says_numbers_as_they_are_and_instants_in_full() -> None:
    content = write_csv(ROWS)
    assert content.startswith(b"\xef\xbb\xbf")
    assert read_csv(content) == [
        ["name", "0.5", "3", "", "2026-03-02T08:00:00+00:00"],
        ['كوكب, "x"', "-0.25", "-3", "", ""],
    ]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_neutralised_in_csv(formula: str) -> None:
    assert read_csv(write_csv([(formula,)])) == [["'" + formula]]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_a_text_in_a_workbook(formula: str) -> None:
    cell = load_workbook(BytesIO(write_workbook("T", [(formula,)]))).active["A1"]
    assert cell.data_type == "s"
    assert "".join(cell.value.split()) == "".join(formula.split())


def test_a_workbook_holds_numbers_as_numbers() -> None:
    sheet = load_workbook(BytesIO(write_workbook("Grades", ROWS))).active
    assert [cell.value for cell in sheet[1]] == ["name", 0.5, 3, None, "2026-03-02T08:00:00+00:00"]
    assert [cell.data_type for cell in sheet[1]] == ["s", "n", "n", "n", "s"]
    assert sheet["B2"].value == -0.25


def test_what_a_workbook_cannot_hold_is_left_out() -> None:
    title = "Maths [1/2]: what? " + "x" * 40
    book = load_workbook(BytesIO(write_workbook(title, [("a\x00b\x1f",)])))
    assert book.active["A1"].value == "ab"
    assert book.sheetnames == ["Maths  1 2   what  xxxxxxxxxxxx"]
    assert load_workbook(BytesIO(write_workbook("/", []))).sheetnames == ["Table"]
