"""`quizapp questions generate --since` as its users call it."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from quizapp.cli.questions import questions
from tests.factories.fact_packs import write_tiny_pack

FACTS = [
    "id: a, s: ash, p: leader, v: ann",
    "id: b, s: elm, p: leader, v: bob",
    "id: c, s: fir, p: leader, v: cid",
    "id: d, s: oak, p: leader, v: dan",
]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(questions, ["generate", *(str(one) for one in arguments)])


def write_old(folder: Path) -> Path:
    file = folder / "old.json"
    assert run(write_tiny_pack(folder / "pack", FACTS), "-o", file).exit_code == 0
    return file


def change_pack(folder: Path) -> Path:
    return write_tiny_pack(folder / "pack", ["id: a, s: ash, p: leader, v: eve", *FACTS[1:3]])


def test_a_changed_pack_is_told_question_by_question(tmp_path: Path) -> None:
    old = write_old(tmp_path)
    result = run(change_pack(tmp_path), "--since", old)
    assert result.exit_code == 0
    assert "a has another value, claimant or date" in result.stdout
    assert "orphaned" in result.stdout
    assert "wait until an instructor has looked" in result.stdout


def test_with_json_the_changes_stand_beside_the_questions(tmp_path: Path) -> None:
    old = write_old(tmp_path)
    document = json.loads(run(change_pack(tmp_path), "--since", old, "--json").stdout)
    assert document["format"] == "quizapp-questions/1"
    assert document["questions"]
    rows = document["changes"]
    assert {tuple(row) for row in rows} == {("question", "facts", "change", "why")}
    fates = {fact: {row["change"] for row in rows if row["facts"] == [fact]} for fact in "abd"}
    assert fates["a"] >= {"changed"}
    assert fates["d"] == {"orphaned"}
    assert fates["b"] == {"unchanged", "reworded", "orphaned"}


def test_an_unchanged_pack_has_nothing_to_tell(tmp_path: Path) -> None:
    old = write_old(tmp_path)
    result = run(tmp_path / "pack", "--since", old)
    count = len(json.loads(old.read_text(encoding="utf-8"))["questions"])
    assert result.stdout == f"{count} unchanged\n"


def test_an_old_file_without_digests_is_compared_by_its_answers(tmp_path: Path) -> None:
    old = write_old(tmp_path)
    document = json.loads(old.read_text(encoding="utf-8"))
    assert set(document.pop("digests")) == set("abcd")
    old.write_text(json.dumps(document), encoding="utf-8")
    assert "a has another value" in run(change_pack(tmp_path), "--since", old).stdout


def test_kinds_that_are_not_made_now_are_not_called_orphaned(tmp_path: Path) -> None:
    old = write_old(tmp_path)
    result = run(tmp_path / "pack", "--since", old, "--kinds", "flashcard")
    assert result.exit_code == 0
    assert "orphaned" not in result.stdout
    assert result.stdout.endswith(" unchanged\n")


def test_a_file_that_is_no_bank_of_this_pack_is_bad_input(tmp_path: Path) -> None:
    old = write_old(tmp_path)
    pack = tmp_path / "pack"
    assert run(pack, "--since", tmp_path / "nowhere.json").exit_code == 2
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    result = run(pack, "--since", broken, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{broken}:1: not JSON")
    other = json.loads(old.read_text(encoding="utf-8")) | {"pack": "other"}
    broken.write_text(json.dumps(other), encoding="utf-8")
    assert "questions of the pack 'other'" in run(pack, "--since", broken).stderr
