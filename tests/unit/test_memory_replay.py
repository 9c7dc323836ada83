"""`quizapp memory replay`: the memory applied to a log, from the file to the printed document."""

import io
import json
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from quizapp.cli import memory as command
from quizapp.memory import (
    DEFAULT_PARAMETERS,
    Review,
    StudyCalendar,
    due_instant,
    fold,
    read_rows,
    replay_rows,
)

HEADING = "learner,fact,time,grade,g\n"
SIX_DAYS = ("01-01", "01-01", "01-02", "01-05", "01-13", "02-03")
SIX_REVIEWS = HEADING + "".join(
    f"ann,f1,2024-{day}T12:00:00Z,{3 if number else 1},\n" for number, day in enumerate(SIX_DAYS)
)
PLAIN = '{"learning_steps": [], "relearning_steps": [], "fuzz": false}'
TWO_LEARNERS = HEADING + (
    "ann,f1,2024-01-01T20:00:00,3,0.25\n"
    "bob,f1,2024-01-01T20:00:30,4,\n"
    "ann,f1,2024-01-01T20:11:00,3,0.25\n"
    "ann,f2,2024-01-02T05:00:00+02:00,1,\n"
    "bob,f1,2024-01-11T20:00:00,1,\n"
    "ann,f1,2024-01-15T20:00:00,3,0.25\n"
)


def run(folder: Path, log: str, *options: str, parameters: str | None = None) -> Result:
    (folder / "log.csv").write_text(log, encoding="utf-8")
    if parameters is not None:
        (folder / "p.json").write_text(parameters, encoding="utf-8")
        options = (*options, "--parameters", str(folder / "p.json"))
    return CliRunner().invoke(command.memory, ["replay", str(folder / "log.csv"), *options])


def test_the_published_history_gives_the_published_memory(tmp_path: Path) -> None:
    result = run(tmp_path, SIX_REVIEWS, "--json", parameters=PLAIN)
    document = json.loads(result.stdout)
    assert document["format"] == "quizapp-memory/1"
    (memory,) = document["memories"]
    assert memory.pop("stability") == pytest.approx(53.62691, rel=2e-7)
    assert memory.pop("difficulty") == pytest.approx(6.3574867, rel=2e-7)
    assert memory == {
        "learner": "ann",
        "fact": "f1",
        "due": "2024-03-28T04:00:00+00:00",  # 54 days after the third of February
        "reps": 6,
        "lapses": 0,
    }


def test_reviews_come_in_the_order_of_the_file_with_what_was_predicted(tmp_path: Path) -> None:
    reviews = json.loads(run(tmp_path, TWO_LEARNERS, "--json").stdout)["reviews"]
    rows = [line.split(",") for line in TWO_LEARNERS.splitlines()[1:]]
    assert [[r["learner"], r["fact"], r["time"], str(r["grade"])] for r in reviews] == [
        row[:4] for row in rows
    ]
    recalls = [review["recall"] for review in reviews]
    assert recalls[:4] == [None, None, 1, None]
    assert 0.8 < recalls[4] < 0.9
    assert 0 < recalls[5] < recalls[4]


def test_a_replay_is_the_fold_of_each_log() -> None:
    rows = list(read_rows(TWO_LEARNERS.encode().splitlines(keepends=True)))
    calendar = StudyCalendar(timezone=ZoneInfo("Europe/Paris"))
    last = {
        (each.row.learner, each.row.fact): each.memory
        for each in replay_rows(rows, calendar=calendar, parameters=DEFAULT_PARAMETERS)
    }
    for (learner, fact), memory in last.items():
        log = [
            Review(
                number=number,
                at=row.at,
                arrived=row.at,
                study_day=calendar.study_day(row.at),
                grade=row.grade,
                guess=row.guess,
                parameters=DEFAULT_PARAMETERS.version,
            )
            for number, row in enumerate(rows)
            if (row.learner, row.fact) == (learner, fact)
        ]
        assert fold(log, seed=f"{learner}:{fact}") == memory
    assert len(last) == 3


def test_what_is_printed_is_the_product_s_own_memory_with_steps_and_fuzz(tmp_path: Path) -> None:
    zone = ZoneInfo("Asia/Tokyo")
    options = ("--timezone", zone.key, "--rollover", "2", "--json")
    memories = json.loads(run(tmp_path, TWO_LEARNERS, *options).stdout)["memories"]
    calendar = StudyCalendar(timezone=zone, rollover_hour=2)
    rows = read_rows(TWO_LEARNERS.encode().splitlines(keepends=True))
    last = {
        (each.row.learner, each.row.fact): each.memory
        for each in replay_rows(rows, calendar=calendar, parameters=DEFAULT_PARAMETERS)
    }
    assert {(m["learner"], m["fact"]): (m["stability"], m["due"]) for m in memories} == {
        key: (memory.stability, due_instant(memory, calendar).isoformat())
        for key, memory in last.items()
    }
    dues = {(m["learner"], m["fact"]): m["due"] for m in memories}
    assert dues["ann", "f2"] == "2024-01-02T03:01:00+00:00"  # the first step, of a minute
    assert dues["bob", "f1"] == "2024-01-11T20:10:00+00:00"  # relearning, ten minutes


def test_no_fuzz_overrules_the_parameters(tmp_path: Path) -> None:
    long_ago = HEADING + "".join(
        f"learner {n},f,{day},4,\n" for day in ("2024-01-01", "2024-02-01") for n in range(20)
    )

    def count_dues(*options: str, parameters: str | None = None) -> int:
        printed = run(tmp_path, long_ago, "--json", *options, parameters=parameters).stdout
        return len({memory["due"] for memory in json.loads(printed)["memories"]})

    assert count_dues() > 1
    assert count_dues("--no-fuzz") == 1
    assert count_dues(parameters=PLAIN) == 1
    assert count_dues("--fuzz", parameters=PLAIN) > 1


def test_a_time_zone_moves_the_border_between_days(tmp_path: Path) -> None:
    log = HEADING + "ann,f1,2024-01-01T20:00:00,4,\nann,f1,2024-01-02T03:00:00,3,\n"

    def find_recall(zone: str) -> object:
        printed = run(tmp_path, log, "--json", "--timezone", zone).stdout
        return json.loads(printed)["reviews"][1]["recall"]

    assert find_recall("UTC") == 1
    assert find_recall("Europe/Moscow") != 1  # six in the morning there


def test_a_log_without_reviews_gives_an_empty_document(tmp_path: Path) -> None:
    assert json.loads(run(tmp_path, HEADING, "--json").stdout) == {
        "format": "quizapp-memory/1",
        "memories": [],
        "reviews": [],
    }


def test_without_json_the_memories_due_first_are_printed_as_a_table(tmp_path: Path) -> None:
    rows = [line.split() for line in run(tmp_path, TWO_LEARNERS).stdout.splitlines()]
    assert rows[0] == ["learner", "fact", "stability", "difficulty", "due", "reps", "lapses"]
    assert [row[:2] for row in rows[1:4]] == [["ann", "f2"], ["bob", "f1"], ["ann", "f1"]]
    assert [row[5:] for row in rows[1:4]] == [["1", "0"], ["2", "1"], ["3", "0"]]
    assert " ".join(rows[4]).startswith("3 memories of 6 reviews")


def test_a_long_table_is_cut(tmp_path: Path) -> None:
    log = HEADING + "".join(f"ann,f{n},2024-01-01,3,\n" for n in range(30))
    lines = run(tmp_path, log).stdout.splitlines()
    assert len(lines) == 22
    assert lines[-1].startswith("30 memories of 30 reviews")


def test_problems_go_to_standard_error_one_a_line_and_nothing_is_printed(tmp_path: Path) -> None:
    log = HEADING + "ann,f1,2024-01-02,3,\nann,f1,2024-01-01,3,\nann,f1,2024-01-03,x,\n"
    result = run(tmp_path, log, "--json")
    file = tmp_path / "log.csv"
    assert result.exit_code == 2
    assert result.stdout == ""
    assert [line.split(" ")[0] for line in result.stderr.splitlines()] == [
        f"{file}:3:",
        f"{file}:4:",
    ]


@pytest.mark.parametrize(
    ("parameters", "line"), [('{\n"retention": 7}', 2), ("no", 1), ('{\n"version": "\udcff"}', 2)]
)
def test_parameters_that_cannot_be_used_are_named_by_file_and_line(
    tmp_path: Path, parameters: str, line: int
) -> None:
    (tmp_path / "log.csv").write_text(SIX_REVIEWS, encoding="utf-8")
    file = tmp_path / "p.json"
    file.write_bytes(parameters.encode(errors="surrogateescape"))
    arguments = ["replay", str(tmp_path / "log.csv"), "--parameters", str(file)]
    result = CliRunner().invoke(command.memory, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"{file}:{line}: ")
    assert result.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(command.memory, ["replay", str(tmp_path / "none.csv")])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{tmp_path / 'none.csv'}:0: the file cannot be opened")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd"])
def test_a_time_zone_that_does_not_exist_is_bad_usage(tmp_path: Path, zone: str) -> None:
    result = run(tmp_path, SIX_REVIEWS, "--timezone", zone)
    assert result.exit_code == 2
    assert "write a name like Europe/Paris" in result.stderr


def test_the_help_shows_an_example() -> None:
    result = CliRunner().invoke(command.memory, ["replay", "--help"])
    assert result.exit_code == 0
    assert "Example: quizapp memory replay reviews.csv" in result.stdout


def test_the_command_is_there_before_the_memory_model_is_imported() -> None:
    code = "import sys, quizapp.cli.memory; print('fsrs' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert ran.stdout.strip() == "False"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    assert run(tmp_path, SIX_REVIEWS, "--json").stderr == ""
    monkeypatch.setattr(sys, "stderr", terminal)
    with (tmp_path / "log.csv").open("rb") as file:
        assert b"".join(command._show_progress(file)) == SIX_REVIEWS.encode()
    assert "Replaying" in terminal.getvalue()
    assert "100%" in terminal.getvalue()
