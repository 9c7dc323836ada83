"""`quizapp facts read --model` as its users call it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.facts.packs import load_pack
from tests.cli.commands import Done, run
from tests.support.model_server import Reply, say_facts, serving_model

PLAIN = "The Ash League began its life in 1900."
DENIED = "Ann Bell was not born in Leeds."
FOUNDED: dict[str, object] = {
    "subject": "Ash League",
    "predicate": "founded_on",
    "value": "1900",
    "quote": PLAIN,
}
BORN: dict[str, object] = {
    "subject": "Ann Bell",
    "predicate": "born_in",
    "value": "Leeds",
    "quote": DENIED,
}
KEY = "sk-very-secret"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "elm.md"
    text = f"# Elm history\n\n{PLAIN} {DENIED} The Oak League was founded in 1910.\n"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def url() -> Iterator[str]:
    with serving_model([say_facts(FOUNDED, BORN)]) as server:
        yield server.url


def read(article: Path, url: str, *arguments: str | Path) -> Done:
    settings = {"QUIZAPP_LLM_URL": url, "QUIZAPP_LLM_MODEL": "small", "QUIZAPP_LLM_KEY": KEY}
    return run("facts", "read", article, "--model", *arguments, settings=settings)


def test_without_a_model_named_nothing_is_asked_and_it_is_said_how(article: Path) -> None:
    done = run("facts", "read", article, "--model")
    assert (done.code, done.stdout) == (2, "")
    assert "no language model is asked unless QUIZAPP_LLM_URL is set" in done.stderr


def test_a_model_that_is_named_is_not_asked_unless_told_to(article: Path, url: str) -> None:
    with serving_model([say_facts(FOUNDED)]) as server:
        done = run("facts", "read", article, settings={"QUIZAPP_LLM_URL": server.url})
    assert (done.code, server.requests) == (0, [])
    assert url not in done.stdout


def test_the_document_tells_what_is_the_models_and_what_was_dropped(
    article: Path, url: str
) -> None:
    done = read(article, url, "--json")
    assert (done.code, done.stderr) == (0, "")
    assert KEY not in done.stdout
    document = json.loads(done.stdout)
    facts, model = document["facts"], document["model"]
    assert [one["rule"] for one in facts] == ["model", "happening/founded"]
    assert "proposed by a language model" in facts[0]["review"]
    assert (model["name"], list(model["facts"])) == ("small", ["f001"])
    (exchange,) = model["exchanges"]
    assert model["facts"]["f001"] == {"prompt": exchange["prompt"], "quote": PLAIN}
    assert json.loads(exchange["answer"])["facts"][1] == BORN
    assert exchange["passage"].startswith(PLAIN)
    (dropped,) = model["dropped"]
    assert dropped["words"] == "Ann Bell / born_in / Leeds"
    assert dropped["reason"] == "it is denied (\u201cnot\u201d)"


def test_the_same_is_told_in_words_and_written_to_the_pack(
    article: Path, url: str, tmp_path: Path
) -> None:
    done = read(article, url, "-o", tmp_path / "pack" / "facts.yaml")
    assert (done.code, done.stderr) == (0, "")
    assert "Ann Bell / born_in / Leeds: it is denied" in done.stdout
    assert "1 fact by the language model, each to be reviewed; 1 dropped" in done.stdout
    notes = [fact.note or "" for fact in load_pack(tmp_path / "pack").facts]
    assert "Review: proposed by a language model" in notes[0]


def test_a_server_that_cannot_be_used_ends_the_command_with_the_setting(article: Path) -> None:
    with serving_model([Reply(status=401)]) as server:
        done = read(article, server.url)
    assert done.code != 0
    assert done.stdout == ""
    assert "QUIZAPP_LLM_KEY: the server refuses the key" in done.stderr
    assert KEY not in done.stderr
