"""`quizapp report --marks`: from the file to the printed document."""

import csv
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.cli.main import quizapp
from quizapp.psychometrics.analysing import analyse
from quizapp.psychometrics.document import describe
from quizapp.psychometrics.marks_file import read_marks
from tests.unit.psychometrics.making import make_lsat6

HEADING = "attempt,item,mark,max,option,fact,template\n"
ROWS = HEADING + (
    "ann,i1,1,1,Mali,coup,cloze\n"
    "ann,i2,0.5,2,,coup,choice\n"
    "bob,i1,0,1,=Niger,coup,cloze\n"
    "bob,i2,-1,2,,coup,choice\n"
    "cem,i1,,1,,coup,cloze\n"
    "cem,i2,2,2,,coup,choice\n"
)
# What other programs rely on; more may be added.
TEST_KEYS = {"mean", "median", "sd", "skewness", "kurtosis", "alpha", "error_ratio", "sem"}
ITEM_KEYS = {
    "item",
    "n",
    "facility",
    "sd",
    "guess",
    "intended_weight",
    "effective_weight",
    "discrimination",
    "efficiency",
    "options",
}


def run(folder: Path, content: str | bytes, *options: str) -> Result:
    file = folder / "marks.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return CliRunner().invoke(quizapp, ["report", "--marks", str(file), *options])


def test_the_document_is_the_report_and_nothing_else(tmp_path: Path) -> None:
    result = run(tmp_path, ROWS, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    document = json.loads(result.stdout)
    found = analyse(read_marks(ROWS.encode().splitlines(keepends=True)))
    assert document == json.loads(json.dumps(describe(found)))
    assert document["format"] == "quizapp-report/1"
    assert document["attempts"] == 3
    assert "the higher one" in document["methods"]["thirds"]
    assert set(document["test"]) >= TEST_KEYS
    for item in document["items"]:
        assert set(item) >= ITEM_KEYS
    assert document["items"][0]["facility"] == pytest.approx(1 / 3)
    low, high = document["items"][0]["facility_interval"]
    assert 0 < low < 1 / 3 < high < 1
    options = document["items"][0]["options"]
    assert [option["option"] for option in options] == ["=Niger", "Mali", None]
    assert [fact["fact"] for fact in document["facts"]] == ["coup"]
    assert [each["template"] for each in document["templates"]] == ["cloze", "choice"]


def test_json_is_what_is_printed_if_nothing_is_said(tmp_path: Path) -> None:
    assert run(tmp_path, ROWS).stdout == run(tmp_path, ROWS, "--format", "json").stdout


def test_a_known_answer_comes_out_of_the_command(tmp_path: Path) -> None:
    rows = "".join(
        f"{number},i{item},{mark:g},1\n"
        for number, row in enumerate(make_lsat6().tolist())
        for item, mark in enumerate(row, 1)
    )
    document = json.loads(run(tmp_path, "attempt,item,mark,max\n" + rows).stdout)
    assert round(document["test"]["alpha"], 4) == 0.295
    assert round(document["test"]["sem"], 4) == 0.8691
    found = [round(item["discrimination"], 4) for item in document["items"]]
    assert found == [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]


def test_the_table_holds_the_same_numbers_and_nothing_that_runs(tmp_path: Path) -> None:
    printed = run(tmp_path, ROWS, "--format", "csv").stdout
    rows = list(csv.DictReader(StringIO(printed.removeprefix("\ufeff"))))
    parts = [row["part"] for row in rows]
    assert sorted(set(parts)) == ["bin", "fact", "item", "option", "template", "test"]
    document = json.loads(run(tmp_path, ROWS).stdout)
    by_part = {part: [row for row in rows if row["part"] == part] for part in set(parts)}
    assert float(by_part["test"][0]["alpha"]) == document["test"]["alpha"]
    for row, item in zip(by_part["item"], document["items"], strict=True):
        assert row["item"] == item["item"]
        assert float(row["facility"]) == item["facility"]
        assert float(row["facility_interval_low"]) == item["facility_interval"][0]
        assert float(row["facility_interval_high"]) == item["facility_interval"][1]
        assert row["facts"] == "coup"
        assert row["guess"] == ""
    assert [row["option"] for row in by_part["option"]] == ["'=Niger", "Mali", ""]
    assert [row["role"] for row in by_part["option"]] == ["distractor", "key", "no response"]
    assert {row["item"] for row in by_part["option"]} == {"i1"}
    assert "facility: cannot tell yet (n = 3) (Open University)" in by_part["item"][0]["bands"]


def test_problems_go_to_standard_error_one_a_line_and_nothing_is_printed(tmp_path: Path) -> None:
    result = run(tmp_path, HEADING + "ann,i1,x,1,,,\nann,i2,1,1,,,\nann,i2,1,1,,,\n")
    file = tmp_path / "marks.csv"
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.split(" ")[0] for line in result.stderr.splitlines()] == [
        f"{file}:2:",
        f"{file}:4:",
    ]


def test_a_line_of_ten_megabytes_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    result = run(tmp_path, HEADING.encode() + b"x" * 10_000_000)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{tmp_path / 'marks.csv'}:2: the line has more than")
    assert len(result.stderr) < 300


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(quizapp, ["report", "--marks", str(tmp_path / "none.csv")])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{tmp_path / 'none.csv'}:0: the file cannot be opened")


@pytest.mark.parametrize("arguments", [["report"], ["report", "--marks", "m", "--format", "xls"]])
def test_bad_usage_ends_with_two(arguments: list[str]) -> None:
    result = CliRunner().invoke(quizapp, arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


def test_nobody_and_nothing_is_a_report_too(tmp_path: Path) -> None:
    document = json.loads(run(tmp_path, HEADING).stdout)
    assert (document["attempts"], document["items"]) == (0, [])
    assert "there is no attempt" in document["test"]["notes"]


def test_the_command_is_there_before_numpy_is_imported() -> None:
    code = "import sys, quizapp.cli.report; print('numpy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert ran.stdout.strip() == "False"
