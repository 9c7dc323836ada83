"""A pack that lies in no folder reads as the one in the folder does."""

from pathlib import Path

import pytest

from quizapp.facts.article import read_article
from quizapp.facts.canonical import canonical_json
from quizapp.facts.packs import inspect_document, load_pack
from quizapp.facts.plain import make_node, read_plain
from quizapp.facts.yaml_reader import Fields, read_yaml
from quizapp.resources import find_folder

FOLDER = find_folder("questions") / "jnim"


def read_shipped() -> object:
    return read_plain(read_yaml((FOLDER / "facts.yaml").read_text("utf-8")))


def test_a_document_reads_as_its_folder_does() -> None:
    node = make_node(read_shipped())
    assert isinstance(node, Fields)
    found = inspect_document(node, read_article((FOLDER / "article.md").read_text("utf-8")))
    assert found.faults == ()
    assert canonical_json(found.pack) == canonical_json(load_pack(Path(FOLDER)))


def test_what_was_read_is_what_was_made() -> None:
    plain = {"a": ["1", {"b": "no"}], "c": ""}
    assert read_plain(make_node(plain, 7)) == plain
    assert make_node(plain, 7).line == 7


def test_only_strings_are_taken() -> None:
    with pytest.raises(TypeError, match="not 3"):
        make_node({"a": 3})
