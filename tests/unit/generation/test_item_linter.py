"""The linter sees every fault that a rule can see."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizapp.facts.model import Fact, Pack
from quizapp.generation.bank import generate
from quizapp.generation.item_rules import find_item_faults, is_key_too_long
from quizapp.generation.lint import find_faults
from quizapp.kinds.question import Option, Question
from tests.factories.fact_packs import make_tiny_pack

Change = Callable[[Question], Question]


@pytest.fixture
def item(tmp_path: Path) -> tuple[Question, Fact, Pack]:
    pack = make_tiny_pack(
        tmp_path,
        "id: a, s: race, p: killed, v: {n: 50, cmp: '~', unit: cows}, as_of: 1999-07, "
        "said: [herald], status: claim",
    )
    question = generate(pack, kinds=["choice"]).questions[0]
    return question, pack.facts[0], pack


def put(old: str, new: str) -> Change:
    return lambda question: replace(question, stem=question.stem.replace(old, new))


def relabel(text: str, *, correct: bool | None = None, why: str | None = "so") -> Change:
    def change(question: Question) -> Question:
        first = question.options[0]
        right = first.correct if correct is None else correct
        option = Option(text=text, correct=right, refuted_by=why)
        return replace(question, options=(option, *question.options[1:]))

    return change


def test_a_sound_question_has_no_fault(item: tuple[Question, Fact, Pack]) -> None:
    question, fact, pack = item
    assert question.stem == (
        "According to the Morning Herald in July 1999, about how many cows were killed in the "
        "river race?"
    )
    assert find_faults(question, fact, pack) == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (put("?", "."), "does not end with '?'"),
        (put("cows", "cows " * 40), "over 40"),
        (put("the river race", "the attack"), "'the attack' does not say which"),
        (put("the river race", "this event"), "'this event' does not say which"),
        (put("in July 1999", "in July"), "'in July' lacks the year"),
        (put("cows", "cows KIA"), "debris 'KIA'"),
        (put("cows", "cows 25px"), "debris '25px'"),
        (put("cows", "*cows"), "debris '*'"),
        (put("cows", "cows ,"), "debris ' ,'"),
        (put("about how many", "how many"), "the hedge 'about' is lost"),
        (put("the Morning Herald", "a paper"), "the claimant the Morning Herald is lost"),
        (put("in July 1999", "then"), "the date 'in July 1999' is lost"),
        (relabel("none of the above"), "not a fair option"),
        (relabel("several"), "not of one type"),
        (relabel("5", correct=True), "not exactly one option is right"),
        (relabel("5", why=None), "nothing proves '5' wrong"),
        (lambda one: replace(one, options=one.options[:1] * 3), "two options are the same"),
        (lambda one: replace(one, options=one.options[:2]), "2 options; 3 to 5 are allowed"),
        (lambda one: replace(one, answer="5" * 20), "stands out by its length"),
    ],
)
def test_each_fault_is_found_and_named(
    item: tuple[Question, Fact, Pack], change: Change, fault: str
) -> None:
    question, fact, pack = item
    wrong_first = sorted(question.options, key=lambda option: option.correct)
    changed = change(replace(question, options=tuple(wrong_first)))
    found = find_faults(changed, fact, pack)
    assert any(fault in one for one in found)


@pytest.mark.parametrize(
    "stem",
    [
        "Who led the attack on the camp at Rome?",
        "Which of these groups was formed in May 2001?",
        "How many took part in the battle of the hills?",
        "Which group led by Ann Archer was formed?",
    ],
)
def test_a_phrase_that_says_which_is_no_fault(item: tuple[Question, Fact, Pack], stem: str) -> None:
    question, fact, pack = item
    found = find_faults(replace(question, stem=stem), fact, pack)
    assert not any("does not say which" in fault or "lacks the year" in fault for fault in found)


def test_the_right_option_may_be_half_as_long_again_as_the_mean() -> None:
    assert not is_key_too_long("a" * 15, ["b" * 5, "c" * 10])
    assert is_key_too_long("a" * 16, ["b" * 5, "c" * 10])


def kind_of(question: Question, **fields: Any) -> set[str]:
    return {rule.name for rule, _ in find_item_faults(replace(question, **fields))}


def offer(*texts: str) -> tuple[Option, ...]:
    """Return options of which the first is right."""
    return tuple(
        Option(text=text, correct=place == 0, refuted_by="so" if place else None)
        for place, text in enumerate(texts)
    )


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"answer": "53", "options": offer("53", "40", "60", "80")}, "clue-precision"),
        (
            {"answer": "2 May 2001", "options": offer("2 May 2001", "May 2002", "June 2003")},
            "clue-grain",
        ),
        (
            {
                "stem": "Which club was led by the scarlet baron?",
                "answer": "The scarlet rovers",
                "options": offer("The scarlet rovers", "The elm guild", "The fir circle"),
            },
            "clue-words",
        ),
        (
            {
                "answer": "Northern harbour council",
                "options": offer("Northern harbour council", "Northern guild", "Harbour circle"),
            },
            "clue-convergence",
        ),
        (
            {"answer": "Elm guild.", "options": offer("Elm guild.", "Fir circle", "Oak union")},
            "clue-grammar",
        ),
        ({"stem": "Which of the cows was not killed in 1999?"}, "negation"),
        ({"stem": "Were 50 cows killed in the river race in 1999?", "answer": "50"}, "clue-key"),
        ({"said": ("Nobody",)}, "claimant"),
        ({"hedge": "about, estimate"}, "hedge"),
        ({"hedge": "at least"}, "hedge"),
        (
            {
                "stem": "Which minimum number of cows is given as killed in the river race by the "
                "Morning Herald in July 1999?",
                "hedge": "at least",
            },
            "hedge",
        ),
        ({"as_of": "2013"}, "date"),
        ({"feedback": ""}, "feedback"),
        ({"kind": "true_false", "stem": "So it was.", "answer": "perhaps"}, "form"),
        ({"kind": "cloze", "stem": "A cow died.", "options": ()}, "blank"),
        ({"kind": "cloze", "stem": "It is a _____.", "options": ()}, "blank"),
        ({"kind": "numeric", "answer": "many", "options": ()}, "form"),
        ({"kind": "date", "answer": "soon", "options": ()}, "form"),
        ({"kind": "ordering", "order": ("A", "B"), "options": ()}, "ordering"),
        ({"kind": "ordering", "order": ("A", "B", "C of May 2001"), "options": ()}, "ordering"),
        ({"kind": "matching", "pairs": (("A", "B"), ("C", "D")), "options": ()}, "matching"),
        (
            {
                "kind": "matching",
                "stem": "Match each.",
                "pairs": (("Ash", "Rome"), ("Elm of Oslo", "Oslo"), ("Fir", "Lima")),
                "options": (Option(text="Kyiv", correct=False, refuted_by="so"),),
            },
            "matching",
        ),
    ],
)
def test_each_rule_about_a_question_by_itself_names_its_fault(
    item: tuple[Question, Fact, Pack], fields: dict[str, Any], rule: str
) -> None:
    question = item[0]
    assert kind_of(question) == set()
    assert rule in kind_of(question, **fields)


@pytest.mark.parametrize(
    ("stem", "answer", "told"),
    [
        ("What is the acronym of the Ash League?", "AL", True),
        ("What is the acronym of the Ash League of Rome?", "AL", True),
        ("What is the acronym of the League of al-Ash?", "LA", True),
        ("What is the acronym of the Ash League?", "LA", False),
        ("What is the acronym of the Ash League?", "ALR", False),
        ("What is the acronym of the Ash League?", "Al", False),
        ("What is the acronym of the Ash League?", "A", False),
        ("What is the acronym of the Ash League?", "WAL", False),
        ("What is the acronym of the ash league?", "AL", False),
        ("What is the acronym of Jama'at Nusrat al-Islam wal-Muslimin?", "JNIM", True),
        ("What is the acronym of the Ash and Beech League?", "ABL", True),
        ("What is the acronym of the Group for Ash Trees?", "GAT", True),
        ("What is the acronym of the Ash-Beech League?", "ABL", True),
        ("What is the acronym that Ann gave to the League of Rome?", "AL", False),
        ("In Oslo, what is the acronym of the League?", "OL", False),
        ("What did Ann, Bob and Cid found?", "AB", False),
        ("Which club did Ann of Rome lead?", "WA", False),
    ],
)
def test_an_acronym_is_told_by_the_capitals_of_a_name_in_the_stem(
    item: tuple[Question, Fact, Pack], stem: str, answer: str, *, told: bool
) -> None:
    own = {"stem": stem, "answer": answer, "options": (), "hedge": None, "said": (), "as_of": None}
    for kind in ("flashcard", "numeric", "date"):
        assert ("clue-initials" in kind_of(item[0], kind=kind, **own)) is told
    for kind in ("true_false", "select_all", "ordering"):
        assert "clue-initials" not in kind_of(item[0], kind=kind, **own)
