"""`quizapp facts` as its users call it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.cli.facts import facts
from quizapp.cli.main import quizapp
from tests.factories.fact_packs import list_pack_folders, write_tiny_pack

GOOD = "id: a, s: ash, p: leader, v: bob"
KEYS = ["rule", "severity", "where", "facts", "text", "remedy"]
INVENTED = [folder for folder in list_pack_folders() if folder.parent.name == "packs"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(facts, [str(argument) for argument in arguments])


def test_a_sound_pack_has_no_problem_and_the_exit_code_is_zero(tmp_path: Path) -> None:
    folder = write_tiny_pack(tmp_path, [GOOD])
    result = run("check", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "0 errors, 0 warnings, 0 notes\n"
    assert json.loads(run("check", folder / "facts.yaml", "--json").stdout) == {
        "format": "quizapp-problems/1",
        "problems": [],
    }


def test_an_error_is_one_row_and_makes_the_exit_code_one(tmp_path: Path) -> None:
    folder = write_tiny_pack(tmp_path, [GOOD, "id: b, s: ash, p: leader, v: ann"])
    result = run("check", folder, "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    (problem,) = json.loads(result.stdout)["problems"]
    assert list(problem) == KEYS
    assert problem["rule"] == "contradiction"
    assert problem["severity"] == "error"
    assert problem["where"] == "Text p1"
    assert problem["facts"] == ["a", "b"]
    assert all(problem[key] for key in KEYS)


def test_warnings_and_notes_alone_leave_the_exit_code_zero(tmp_path: Path) -> None:
    size = "id: b, s: ash, p: size, v: {n: 5, unit: members}"
    folder = write_tiny_pack(tmp_path, [f"{GOOD}, as_of: 2001", size])
    result = run("check", folder)
    assert result.exit_code == 0
    assert result.stdout.startswith("warning undated")
    assert "Text p1 (b): size of Ash League: 5 members (b)" in result.stdout
    assert result.stdout.endswith("0 errors, 1 warning, 0 notes\n")


def test_what_the_reader_refuses_is_listed_by_line_beside_what_the_rules_find(
    tmp_path: Path,
) -> None:
    folder = write_tiny_pack(
        tmp_path,
        [
            "id: a, s: nobody, p: leader, v: bob",
            "id: b, s: ash, p: leader, v: ann, conflicts: [zz]",
            "id: c, s: ash, p: leader, v: bob",
            "id: d, s: ash, p: size, v: {n: 5, unit: members}, as_of: 2001, status: claim",
            "id: e, s: elm, p: leader, v: eve",
            "id: f, s: fir, p: leader, v: dan",
        ],
    )
    file = folder / "facts.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    quote = "All that the facts need is said here."
    lines[-2] = lines[-2].replace(quote, "Never said.")
    lines[-1] = lines[-1].partition("hash: '")[0] + "hash: '000000000000'}}"
    file.write_text("\n".join(lines), encoding="utf-8")
    result = run("check", folder, "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    found = {
        (one["rule"], one["where"], *one["facts"]) for one in json.loads(result.stdout)["problems"]
    }
    start = len(lines) - 5
    assert found == {
        ("dangling-id", f"facts.yaml:{start}", "a"),
        ("dangling-id", f"facts.yaml:{start + 1}", "b"),
        ("claim-without-claimant", f"facts.yaml:{start + 3}", "d"),
        ("lost-quote", f"facts.yaml:{start + 4}", "e"),
        ("wrong-hash", f"facts.yaml:{start + 5}", "f"),
        ("contradiction", "Text p1", "b", "c"),
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [("a: [", "facts.yaml:1: not readable as YAML"), ("", "facts.yaml:0: the file is empty")],
)
def test_a_file_that_cannot_be_read_at_all_is_bad_input(
    tmp_path: Path, content: str, words: str
) -> None:
    folder = write_tiny_pack(tmp_path, [GOOD])
    (folder / "facts.yaml").write_text(content, encoding="utf-8")
    result = run("check", folder, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_missing_pack_and_a_missing_article_are_bad_input(tmp_path: Path) -> None:
    assert run("check", tmp_path / "nowhere").exit_code == 2
    folder = write_tiny_pack(tmp_path, [GOOD])
    (folder / "article.md").unlink()
    result = run("check", folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no file 'article.md'" in result.stderr


@pytest.mark.parametrize("folder", list_pack_folders(), ids=lambda folder: str(folder.name))
def test_every_pack_explains_all_that_is_found(folder: Path) -> None:
    result = run("check", folder, "--json")
    assert result.exit_code == 0
    severities = {problem["severity"] for problem in json.loads(result.stdout)["problems"]}
    assert severities <= {"note"}


def test_the_invented_life_that_contradicts_itself_is_reported_so() -> None:
    folder = next(folder for folder in INVENTED if folder.name == "cartographer")
    problems = json.loads(run("check", folder, "--json").stdout)["problems"]
    found = {(problem["rule"], *problem["facts"]) for problem in problems}
    assert found >= {
        ("contradiction", "y1", "l1"),
        ("rival-claims", "e2", "e4"),
        ("revised-number", "e7", "e6"),
        ("open-list", "s6"),
    }


def test_the_shipped_topic_lists_what_is_wrong_with_its_source() -> None:
    folder = next(folder for folder in list_pack_folders() if folder.name == "jnim")
    problems = json.loads(run("check", folder / "facts.yaml", "--json").stdout)["problems"]
    words = {
        "list-length": "formed by of JNIM",
        "contradiction|rival-claims": "Droukdel",
        "rival-claims": "killed of the Battle of Tinzaouaten",
        "revised-number": "20 jihadists",
        "name-variant": "Iyad ag Ghali",
        "open-list": "opponent of JNIM",
        "undated-event": "Nigeria",
        "date-without-year": "October",
    }
    for rules, text in words.items():
        assert any(one["rule"] in rules.split("|") and text in one["text"] for one in problems), (
            rules
        )


def test_two_runs_print_the_same_bytes() -> None:
    folder = INVENTED[0]
    assert (
        run("check", folder, "--json").stdout_bytes == run("check", folder, "--json").stdout_bytes
    )


def test_the_schema_is_one_json_document() -> None:
    result = run("schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["$schema"].endswith("2020-12/schema")


def test_the_group_is_found_under_the_program() -> None:
    result = CliRunner().invoke(quizapp, ["facts", "check", "--help"])
    assert result.exit_code == 0
    assert "quizapp facts check questions/jnim" in result.stdout
