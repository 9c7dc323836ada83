"""Facts that would give each other away, found by the options of their questions."""

from dataclasses import replace

from quizapp.generation.rivals import list_rivals_asked
from quizapp.kinds.question import FactKey, Option, Question
from tests.factories.kinds import make_kind
from tests.factories.questions import make_question


def choose(fact: str, answer: str, *wrong: str) -> Question:
    """Return a choice about a fact."""
    texts = (answer, *wrong)
    options = tuple(Option(text=text, correct=text == answer) for text in texts)
    return replace(make_question("choice", fact), options=options, answer=answer)


def test_an_option_that_answers_another_fact_makes_rivals_both_ways_round() -> None:
    asked = [choose("f1", "Vega", "Rigel", "Deneb"), choose("f2", "rigel", "Sirius")]
    assert list_rivals_asked(asked) == {("f1", "f2"), ("f2", "f1")}


def test_facts_with_the_same_answer_or_the_same_wrong_options_are_no_rivals() -> None:
    asked = [choose("f1", "Vega", "Rigel"), choose("f2", "Vega", "Rigel")]
    assert list_rivals_asked(asked) == frozenset()


def test_a_typed_answer_and_a_left_over_match_make_rivals_too() -> None:
    typed = replace(make_kind("cloze"), facts=(FactKey("f9"),), answer="4 August 1904")
    asked = [typed, make_kind("matching")]
    assert list_rivals_asked(asked) == {
        pair for fact in ("f1", "f2", "f3") for pair in (("f9", fact), (fact, "f9"))
    }


def test_one_of_several_right_options_answers_its_own_fact() -> None:
    asked = [choose("f9", "Vega", "Io"), make_kind("select_all")]
    # Vega is wrong where three facts are asked for, and Io is the second of them.
    assert ("f9", "f2") in list_rivals_asked(asked)
    assert ("f9", "f1") in list_rivals_asked(asked)
    only = [choose("f9", "Altair", "Io"), make_kind("select_all")]
    assert list_rivals_asked(only) == {("f9", "f2"), ("f2", "f9")}
