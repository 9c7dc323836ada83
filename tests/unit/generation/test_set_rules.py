"""The linter over a set: balance, doubles, one question that answers another."""

from dataclasses import replace
from pathlib import Path

import pytest

from quizapp.formats.questions_json import read_questions, write_questions
from quizapp.generation.bank import generate
from quizapp.generation.set_rules import check_questions, list_to_drop
from quizapp.kinds.question import FactKey, Option, Question, QuestionKey
from tests.factories.fact_packs import get_pack, list_pack_folders
from tests.unit.kinds.making import make


def list_rules(*questions: Question) -> set[str]:
    return {finding.rule for finding in check_questions(questions)}


def state(number: int, answer: str) -> Question:
    return replace(
        make("true_false", answer, facts=(FactKey(f"f{number}"),)),
        id=QuestionKey(f"q{number}"),
        stem=f"The river race cost the number {number} of cows.",
    )


def choose(number: int, place: int) -> Question:
    words = ("Rome", "Oslo", "Lima", "Kyiv")
    options = tuple(
        Option(text=word, correct=at == place, refuted_by=None if at == place else "so")
        for at, word in enumerate(words)
    )
    question = make("choice", words[place], options=options, facts=(FactKey(f"f{number}"),))
    return replace(question, id=QuestionKey(f"q{number}"), stem=f"Where is house {number} kept?")


@pytest.mark.parametrize("folder", list_pack_folders(), ids=lambda folder: str(folder.name))
def test_what_is_generated_is_clean_before_and_after_it_was_written(folder: Path) -> None:
    bank = generate(get_pack(folder), seed=2)
    assert check_questions(bank.questions) == ()
    read = read_questions(write_questions(bank, folder.name, 2)).bank
    assert check_questions(read.questions) == ()


@pytest.mark.parametrize(("true", "fault"), [(4, False), (6, False), (3, True), (7, True)])
def test_forty_to_sixty_in_a_hundred_statements_are_true(true: int, *, fault: bool) -> None:
    statements = [state(number, "true" if number < true else "false") for number in range(10)]
    assert ("balance-truth" in list_rules(*statements)) is fault


def test_the_right_option_stands_everywhere_by_chance() -> None:
    assert list_rules(*(choose(number, number % 4) for number in range(40))) == set()
    assert list_rules(*(choose(number, 1) for number in range(40))) == {"balance-place"}


def test_the_same_words_twice_are_a_double() -> None:
    one = state(1, "true")
    other = replace(state(2, "true"), stem="The number 1 of cows cost the river race.")
    assert list_rules(one, other) == {"double"}
    assert set(list_to_drop([one, other])) == {other.id}
    assert list_rules(one, state(3, "true")) == set()


def test_an_id_is_taken_once() -> None:
    one, other = state(1, "true"), replace(state(2, "false"), id=QuestionKey("q1"))
    assert "double" in list_rules(one, other)


def test_a_stem_that_answers_another_question_is_found_and_goes() -> None:
    asked = replace(
        make("date", "1 May 2001", facts=(FactKey("a"),)),
        id=QuestionKey("asked"),
        stem="On what date did the river race happen?",
    )
    told = replace(
        make("flashcard", "Ann", facts=(FactKey("b"),)),
        id=QuestionKey("told"),
        stem="Who won the river race of 1 May 2001?",
    )
    spare = replace(told, id=QuestionKey("spare"), stem="Who won?")
    assert list_rules(asked, told) == {"answered"}
    assert list_to_drop([asked, told, spare]).keys() == {"told"}
    assert list_rules(asked, replace(told, facts=asked.facts)) == set()
    claimed = replace(told, said=("Bea",), stem=f"According to Bea, {told.stem}")
    assert list_rules(asked, claimed) == set()
