"""`quizapp questions generate` as its users call it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.cli.questions import questions
from quizapp.formats.questions_json import read_questions
from tests.factories.fact_packs import list_pack_folders, write_tiny_pack

PLANETS = next(folder for folder in list_pack_folders() if folder.name == "planets")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(questions, [str(argument) for argument in arguments])


def test_the_json_document_is_all_that_is_printed() -> None:
    result = run("generate", PLANETS, "--json", "--seed", "5")
    assert result.exit_code == 0
    assert result.stderr == ""
    found = read_questions(result.stdout.encode())
    assert (found.pack, found.seed) == ("planets", 5)
    assert len(found.bank.questions) > 40


def test_the_facts_file_itself_may_be_named() -> None:
    assert (
        run("generate", PLANETS / "facts.yaml", "--json").stdout
        == run("generate", PLANETS, "--json").stdout
    )


def test_a_file_takes_the_document_and_the_screen_a_listing(tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    result = run("generate", PLANETS, "-o", output)
    assert result.exit_code == 0
    assert output.read_bytes() == run("generate", PLANETS, "--json").stdout_bytes
    assert "u2 choice: Who discovered Uranus?" in result.stdout
    assert "  * William Herschel" in result.stdout
    assert "  - Johann Galle" in result.stdout
    bank = read_questions(output.read_bytes()).bank
    assert f"{len(bank.questions)} questions from 17 facts: " in result.stdout


def test_only_the_kinds_asked_for_are_made() -> None:
    document = json.loads(run("generate", PLANETS, "--json", "--kinds", " flashcard,choice").stdout)
    kinds = {question["kind"] for question in document["questions"]}
    assert kinds == {"choice", "flashcard"}


def test_facts_without_a_question_are_listed_with_the_reason(tmp_path: Path) -> None:
    folder = write_tiny_pack(tmp_path, ["id: a, s: may_march, p: date, v: 1901-05-02"])
    result = run("generate", folder)
    assert result.exit_code == 0
    assert "1 facts without a question:" not in result.stdout
    assert "1 fact without a question:" in result.stdout
    assert "  a: the name 'the march of May 1901' gives the date away" in result.stdout


@pytest.mark.parametrize("kinds", ["riddle", "choice,riddle", ""])
def test_an_unknown_kind_is_bad_usage(kinds: str) -> None:
    result = run("generate", PLANETS, "--kinds", kinds)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "use choice, select_all, true_false, cloze, numeric, date, ordering" in result.stderr


def test_problems_of_a_pack_are_told_by_file_and_line(tmp_path: Path) -> None:
    folder = write_tiny_pack(
        tmp_path, ["id: a, s: nobody, p: leader, v: bob", "id: b, s: ash, p: leadr, v: bob"]
    )
    lines = (folder / "facts.yaml").read_text(encoding="utf-8").splitlines()
    result = run("generate", folder)
    assert result.exit_code == 2
    assert result.stdout == ""
    told = result.stderr.splitlines()
    assert len(told) == 2
    assert told[0].startswith(f"{folder / 'facts.yaml'}:{len(lines) - 1}: s: no entity 'nobody'")
    assert told[1].startswith(f"{folder / 'facts.yaml'}:{len(lines)}: p: unknown predicate 'leadr'")


def test_a_pack_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    result = run("generate", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{tmp_path / 'nowhere'}:0: no fact pack")
    assert result.stderr.count("\n") == 1


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    result = run("generate", PLANETS, "-o", tmp_path / "no" / "out.json")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_help_shows_an_example_and_loads_nothing_heavy() -> None:
    result = run("generate", "--help")
    assert result.exit_code == 0
    assert "quizapp questions generate questions/jnim" in result.stdout


def test_the_linter_finds_what_is_generated_clean(tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    run("generate", PLANETS, "-o", output)
    result = run("check", output)
    assert result.exit_code == 0
    assert result.stdout.endswith(" questions: 0 errors, 0 warnings\n")
    assert json.loads(run("check", output, "--json").stdout) == {
        "format": "quizapp-problems/1",
        "problems": [],
    }


def test_the_linter_tells_what_is_wrong_where_and_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    run("generate", PLANETS, "-o", file)
    document = json.loads(file.read_bytes())
    (first,) = (
        one
        for one in document["questions"]
        if one["id"].startswith("planets-u2-") and one["kind"] == "choice"
    )
    first["stem"] = "Who discovered the group?"
    file.write_text(json.dumps(document), encoding="utf-8")
    result = run("check", file, "--json")
    assert result.exit_code == 1
    (problem,) = json.loads(result.stdout)["problems"]
    assert problem == {
        "rule": "reference",
        "severity": "error",
        "where": "Uranus p1",
        "facts": ["u2"],
        "questions": [first["id"]],
        "text": "'the group' does not say which",
        "remedy": "name who or what is meant",
    }
    listing = run("check", file)
    assert listing.exit_code == 1
    assert "'the group' does not say which; name who or what is meant" in listing.stdout


@pytest.mark.parametrize(
    ("content", "line"), [("{", 1), ('{"format": "other"}', 0), ('{\n"a":\n}', 3)]
)
def test_a_file_that_is_no_questions_is_told_by_line(
    tmp_path: Path, content: str, line: int
) -> None:
    file = tmp_path / "bad.json"
    file.write_text(content, encoding="utf-8")
    result = run("check", file)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"{file}:{line}: ")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = run("check", tmp_path / "none.json")
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr
