"""YAML is read as strings only, and what a pack has no use for is refused where it stands."""

import pytest

from quizapp.errors import InvalidError
from quizapp.facts.yaml_reader import MOST_CHARACTERS, MOST_DEPTH, Fields, Items, Scalar, read_yaml


def test_every_scalar_stays_the_string_that_was_written() -> None:
    root = read_yaml("{country: NO, time: 12:30, flag: yes, number: 010, empty: }")
    assert isinstance(root, Fields)
    texts = {key: node.text for key, node in root.entries.items() if isinstance(node, Scalar)}
    assert texts == {
        "country": "NO",
        "time": "12:30",
        "flag": "yes",
        "number": "010",
        "empty": "",
    }


def test_every_node_knows_its_line_and_column() -> None:
    root = read_yaml("a: 1\nb:\n- x\n-   y\n")
    assert isinstance(root, Fields)
    items = root.entries["b"]
    assert isinstance(items, Items)
    assert [(one.line, one.column) for one in items.items] == [(3, 3), (4, 5)]
    assert (root.keys["b"].line, root.keys["b"].column) == (2, 1)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("", 0, 0, "empty"),
        ("a: 1\nb: &x 2\n", 2, 4, "anchors"),
        ("a: 1\nb: *x\n", 2, 4, "aliases"),
        ("a: 1\nb: !!int 2\n", 2, 4, "tags"),
        ("a: 1\nb: 2\na: 3\n", 3, 1, "stands already in line 1"),
        ("a: 1\n---\nb: 2\n", 3, 1, "second document"),
        ("a: [1\nb: 2\n", 2, 2, "not readable as YAML"),
        ("? [x]\n: 1\n", 1, 3, "a key must be a word"),
        ("a: '\x07'\n", 0, 0, "not readable as YAML"),
    ],
)
def test_what_is_not_plain_is_refused_where_it_stands(
    text: str, line: int, column: int, words: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        read_yaml(text)
    problem = caught.value.problems[0]
    assert (problem.line, problem.column) == (line, column)
    assert words in problem.text


def test_a_hundred_thousand_brackets_are_refused_and_not_followed() -> None:
    with pytest.raises(InvalidError, match="cannot be used") as caught:
        read_yaml("[" * 100_000)
    assert str(MOST_DEPTH) in caught.value.problems[0].text


def test_a_document_over_the_limit_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(InvalidError) as caught:
        read_yaml("a" * (MOST_CHARACTERS + 1))
    assert "split the pack" in caught.value.problems[0].text
