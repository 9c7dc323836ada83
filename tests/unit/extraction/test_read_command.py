"""`quizapp facts read` as its users call it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.cli.facts import facts
from quizapp.facts.packs import load_pack
from tests.unit.extraction.goldfile import FOLDER
from tests.unit.extraction.hostile import PNG

GOLD = sorted(FOLDER.glob("*.md"))
KEYS = {"id", "s", "p", "v", "set", "as_of", "from", "to", "said", "status"}
PLACE = {"quote", "section", "paragraph", "start", "end", "rule", "review", "missing"}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(facts, [str(argument) for argument in arguments])


@pytest.mark.parametrize("article", GOLD, ids=lambda file: str(file.stem))
def test_what_is_written_is_a_pack_that_the_check_accepts(article: Path, tmp_path: Path) -> None:
    output = tmp_path / "pack" / "facts.yaml"
    assert run("read", article, "-o", output).exit_code == 0
    checked = run("check", output.parent)
    assert (checked.exit_code, checked.stderr) == (0, "")
    pack = load_pack(output.parent)
    assert len(pack.facts) > 10
    assert all(fact.at.digest for fact in pack.facts)


def test_everything_found_is_one_json_document() -> None:
    result = run("read", GOLD[0], "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    document = json.loads(result.stdout)
    assert list(document) == ["format", "article", "entities", "facts", "problems"]
    assert document["format"] == "quizapp-facts/1"
    text, entities = document["article"]["text"], document["entities"]
    for fact in document["facts"]:
        assert set(fact) == KEYS | PLACE
        assert text[fact["start"] : fact["end"]] == fact["quote"]
        assert fact["s"] is None or fact["s"] in entities
        assert set(fact["said"]) <= set(entities)
        assert fact["review"] or not fact["missing"]
    short = [one for entity in entities.values() for one in entity["suggestions"]]
    assert all(one["entity"] in entities and one["reason"] for one in short)
    assert {"text", "remedy", "rule", "where"} <= set(document["problems"][0])


def test_proposals_and_damage_are_told_in_words() -> None:
    result = run("read", GOLD[0])
    assert "Battle of Lowen Ford / killed / >= 900 soldiers" in result.stdout
    assert "review: \u201cThe battle\u201d is taken to be Battle of Lowen Ford" in result.stdout
    assert "\u201cLeague\u201d may be Northern League" in result.stdout
    assert "warning date-without-year" in result.stdout


def test_a_pack_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    output = tmp_path / "facts.yaml"
    output.write_text("mine", encoding="utf-8")
    result = run("read", GOLD[0], "-o", output)
    assert result.exit_code != 0
    assert output.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "article.md").exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", PNG, "it is a PNG picture"),
        ("a.txt", b"x\n\n\0", "a NUL character"),
        ("a.xyz", b"x", "are not read"),
        ("none.txt", None, "no such file"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_two_and_one_line(
    tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    result = run("read", file)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{file}:")
    assert words in line


def test_reading_twice_gives_the_same_bytes() -> None:
    assert run("read", GOLD[1], "--json").stdout == run("read", GOLD[1], "--json").stdout
