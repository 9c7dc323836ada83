"""Cells of a workbook are read as what they show."""

import zipfile
from datetime import date, datetime, time
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from quizapp.facts.workbook_cells import show_number
from quizapp.facts.workbook_reader import read_sheets


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (50.0, "General", "50"),
        (0.1 + 0.2, "General", "0.3"),
        (3.1, "0.00", "3.1"),
        (1e21, "General", "1000000000000000000000"),
        (1e-7, "General", "0.0000001"),
        (-0.0, "General", "0"),
        (0.45, "0%", "45%"),
        (0.455, "0.0%", "45.5%"),
        (1200, '#,##0 "days"', "1200"),
        (5, "[Red]0", "5"),
        (date(2017, 3, 2), "yyyy-mm-dd", "2017-03-02"),
        (date(2017, 3, 2), "d/m/yy", "2017-03-02"),
        (date(2017, 3, 1), "mmm yyyy", "2017-03"),
        (date(2017, 1, 1), "yyyy", "2017"),
        (datetime.fromisoformat("2017-03-02T14:30"), "yyyy-mm-dd hh:mm", "2017-03-02T14:30:00"),
        (datetime.fromisoformat("2017-03-02"), "yyyy-mm-dd hh:mm", "2017-03-02"),
        (time(14, 30), "hh:mm", "14:30:00"),
        (True, "General", "true"),
        ("007", "General", "007"),
        ("=1+1 ", "@", "=1+1 "),
        ("a\rb", "General", "a\rb"),
        ("two\nlines", "General", "two\nlines"),
    ],
)
@pytest.mark.parametrize("old_mac", [False, True])
def test_a_cell_is_read_as_what_it_shows(
    value: object, code: str, shown: str, *, old_mac: bool
) -> None:
    book = Workbook()
    if old_mac:
        book.epoch = CALENDAR_MAC_1904
    cell = book.worksheets[0].cell(row=3, column=2, value=value)
    cell.number_format = code
    if isinstance(value, str):
        cell.data_type = "s"
    stream = BytesIO()
    book.save(stream)
    (sheet,) = read_sheets(stream.getvalue())
    assert sheet.rows == ((3, ["", shown]),)


def test_the_first_days_of_1900_count_as_a_spreadsheet_counts_them() -> None:
    shown = {day: show_number(str(day), "d/m/yyyy", since_1904=False) for day in (1, 59, 61)}
    assert shown == {1: "1900-01-01", 59: "1900-02-28", 61: "1900-03-01"}


@pytest.mark.parametrize("stored", ["nan", "inf", "1e999", "many", ""])
def test_what_is_no_number_shows_none(stored: str) -> None:
    assert show_number(stored, "", since_1904=False) is None


def test_a_day_before_the_calendar_or_after_it_shows_none() -> None:
    assert show_number("-1", "yyyy", since_1904=False) is None
    assert show_number("99999999", "yyyy", since_1904=False) is None


def test_a_saved_value_of_a_formula_counts_and_nothing_it_links_to_is_asked_for() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "=[1]Other!A1"
    stream, changed = BytesIO(), BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            text = old.read(name).replace(b"<v></v>", b"<v>7</v>").replace(b"<v />", b"<v>7</v>")
            new.writestr(name, text)
        new.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
        new.writestr(
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            '<R><Relationship Id="r" TargetMode="External" Target="https://example.org/x"/></R>',
        )
    (sheet,) = read_sheets(changed.getvalue())
    assert (sheet.rows, sheet.problems) == (((1, ["7"]),), ())
