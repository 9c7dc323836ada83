"""The format `quizapp-questions/1` is written in one way and read back exactly."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.errors import InvalidError
from quizapp.formats.questions_json import (
    question_from_dict,
    question_to_dict,
    read_questions,
    write_questions,
)
from quizapp.generation.bank import generate
from quizapp.kinds.bank import Bank
from quizapp.kinds.question import FactKey, Option, Question, QuestionKey, Source
from tests.factories.fact_packs import get_pack, list_pack_folders

KEYS = [
    "id",
    "kind",
    "facts",
    "template",
    "stem",
    "options",
    "answer",
    "accept",
    "unit",
    "tolerance",
    "pairs",
    "order",
    "feedback",
    "hedge",
    "said",
    "as_of",
    "source",
    "importance",
    "difficulty",
    "guess",
]
CARD = Question(
    id=QuestionKey("q1"),
    kind="flashcard",
    facts=(FactKey("f1"),),
    template="place/where",
    stem="Where is it?",
    answer="Rome",
    feedback="It is in Rome.",
    source=Source(section="Text", paragraph=1, quote="in Rome"),
    importance=2,
    difficulty=0.7,
    guess=0.0,
)
RICH = replace(
    CARD,
    id=QuestionKey("q2"),
    kind="matching",
    options=(Option(text="Kyïv «جماعة»", correct=False, refuted_by="so"),),
    accept=("Roma", "roma"),
    unit="km",
    tolerance="5",
    pairs=(("Italy", "Rome"), ("Norway", "Oslo")),
    order=("one", "two"),
    hedge="at least",
    said=("Ann", "the Herald"),
    as_of="2017/2023",
    guess=1 / 3,
)
BANK = Bank(questions=(CARD, RICH), unused=((FactKey("f9"), "its list may be incomplete"),))


def test_what_is_written_is_read_back_exactly() -> None:
    content = write_questions(BANK, "tiny", 7)
    found = read_questions(content)
    assert (found.bank, found.pack, found.seed) == (BANK, "tiny", 7)
    assert write_questions(found.bank, found.pack, found.seed) == content


@pytest.mark.parametrize("folder", list_pack_folders(), ids=lambda folder: str(folder.name))
def test_a_generated_bank_is_read_back_exactly(folder: Path) -> None:
    bank = generate(get_pack(folder))
    assert read_questions(write_questions(bank, folder.name, 0)).bank == bank


def test_the_keys_stand_in_the_order_of_the_format_and_are_null_where_they_do_not_apply() -> None:
    document = json.loads(write_questions(BANK, "tiny", 7))
    assert list(document) == ["format", "pack", "seed", "unused", "questions"]
    assert document["format"] == "quizapp-questions/1"
    assert document["unused"] == [{"fact": "f9", "why": "its list may be incomplete"}]
    card, rich = document["questions"]
    assert list(card) == KEYS
    nulls = {key for key, value in card.items() if value is None}
    assert nulls == {
        "options",
        "accept",
        "unit",
        "tolerance",
        "pairs",
        "order",
        "hedge",
        "as_of",
    }
    assert not [key for key, value in rich.items() if value is None]
    assert rich["pairs"] == [["Italy", "Rome"], ["Norway", "Oslo"]]


def test_the_bytes_are_utf8_and_not_escaped() -> None:
    content = write_questions(BANK, "tiny", 7)
    assert "Kyïv «جماعة»".encode() in content
    assert content.endswith(b"}\n")


texts = st.text(st.characters(codec="utf-8"), max_size=20)


@settings(max_examples=60)
@given(stem=texts, said=st.lists(texts), hedge=st.none() | texts, guess=st.floats(0, 1))
def test_any_text_and_number_survives(
    stem: str, said: list[str], hedge: str | None, guess: float
) -> None:
    question = replace(RICH, stem=stem, said=tuple(said), hedge=hedge, guess=guess)
    assert question_from_dict(json.loads(json.dumps(question_to_dict(question)))) == question


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("id", None, "id must be a text"),
        ("kind", "riddle", "unknown kind 'riddle'"),
        ("facts", "f1", "facts must be a list"),
        ("facts", [1], "facts must be a list of texts"),
        ("options", [{"text": "a", "correct": 1}], "correct must be true or false"),
        ("options", ["a"], "an object is expected"),
        ("pairs", [["a"]], "lists of two texts"),
        ("source", None, "an object is expected"),
        ("importance", 4, "a whole number from 1 to 3"),
        ("importance", True, "a whole number"),
        ("difficulty", "0.5", "a number from 0 to 1"),
        ("guess", 1.5, "a number from 0 to 1"),
        ("guess", float("nan"), "a number from 0 to 1"),
        ("hedge", 3, "hedge must be a text"),
    ],
)
def test_a_faulty_question_is_refused_by_its_number_and_key(
    key: str, value: object, words: str
) -> None:
    document = json.loads(write_questions(BANK, "tiny", 7))
    document["questions"][1][key] = value
    with pytest.raises(InvalidError) as caught:
        read_questions(json.dumps(document).encode())
    assert [problem.text.startswith("question 2") for problem in caught.value.problems] == [True]
    assert words in caught.value.problems[0].text


def test_all_faulty_questions_are_told_at_once() -> None:
    document = json.loads(write_questions(BANK, "tiny", 7))
    for question in document["questions"]:
        question["stem"] = None
    with pytest.raises(InvalidError) as caught:
        read_questions(json.dumps(document).encode())
    assert [problem.text for problem in caught.value.problems] == [
        "question 1: stem must be a text",
        "question 2: stem must be a text",
    ]


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "not JSON"),
        (b'{"format": "quizapp-questions/1",\n "pack" 1}', 2, "not JSON"),
        (b'{"format":\n"\xff"}', 2, "not UTF-8"),
        (b"[]", 0, "an object is expected"),
        (b'{"format": "quizapp-questions/9"}', 0, "not in the format quizapp-questions/1"),
        (b'{"format": "quizapp-questions/1", "seed": 1}', 0, "pack must be a text"),
        (b'{"format": "quizapp-questions/1", "pack": "p"}', 0, "seed must be a whole number"),
        (b"[" * 100_000, 0, "not JSON"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, line: int, words: str) -> None:
    with pytest.raises(InvalidError) as caught:
        read_questions(content)
    problem = caught.value.problems[0]
    assert words in problem.text
    assert problem.line == line
