"""Select all, orders, pairs and statements: what is made, and what is refused."""

from pathlib import Path

import pytest

from quizapp.generation.bank import generate
from quizapp.generation.set_rules import tells_answer
from tests.factories.fact_packs import make_tiny_pack
from tests.unit.generation.small_cases import DATES, LEADERS, make


@pytest.mark.parametrize("seed", range(5))
def test_ticks_are_members_of_a_closed_list_and_others_that_are_none(
    tmp_path: Path, seed: int
) -> None:
    facts = (
        "id: a, s: ash, p: founder, v: [ann, bob, cid], set: closed",
        "id: b, s: elm, p: leader, v: dan",
        "id: c, s: fir, p: leader, v: eve",
    )
    (question,) = make(tmp_path, "select_all", *facts, seed=seed)
    right = {option.text for option in question.options if option.correct}
    wrong = {option.text for option in question.options if not option.correct}
    assert right <= {"Ann Archer", "Bob Baker", "Cid Cooper"}
    assert 2 <= len(right) <= 3
    assert wrong == {"Dan Dyer", "Eve Ewing"}
    assert all(option.refuted_by for option in question.options if not option.correct)
    assert question.guess == 0.5 ** len(question.options)
    assert question.stem.endswith("founders of the Ash League (select all that apply)?")


def test_what_one_predicate_excludes_proves_nothing_beside_an_open_list(tmp_path: Path) -> None:
    facts = (
        "id: a, s: ash, p: ally, v: [elm, pines], set: open",
        "id: b, s: ash, p: opponent, v: [fir, oak], set: open, note: Ten names are lost.",
    )
    questions = generate(make_tiny_pack(tmp_path, *facts)).questions
    assert {(one.kind, one.answer) for one in questions} <= {("true_false", "true")}
    feedback = {str(one.facts[0]): one.feedback for one in questions}
    assert feedback.get("b", "Ten names are lost.").endswith("Ten names are lost.")


def test_the_subjects_that_share_a_year_are_ticked(tmp_path: Path) -> None:
    (question,) = make(tmp_path, "select_all", *DATES)
    assert question.stem == "Which of these events took place in 2001 (select all that apply)?"
    marked = {option.text: option.correct for option in question.options}
    assert marked == {
        "The river race": True,
        "The autumn fair": True,
        "The winter feast": False,
        "The great storm": False,
    }
    assert set(question.facts) == {"a", "b"}
    right = [option.text for option in question.options if option.correct]
    names = {"a": "The river race", "b": "The autumn fair"}
    assert right == [names[fact] for fact in question.facts]
    assert question.guess == 0.5


def test_another_event_of_the_year_is_no_wrong_answer(tmp_path: Path) -> None:
    names = ("regatta", "banquet", "eclipse")
    entities = "".join(f"  {name}: {{type: event, name: the {name}}}\n" for name in names)
    later = (
        "id: e, s: regatta, p: date, v: 2001-10-01",
        "id: f, s: banquet, p: date, v: 2001-11-01",
        "id: g, s: eclipse, p: date, v: 1998-11-01",
    )
    questions = make(tmp_path, "select_all", *DATES[:2], *later, *DATES[2:], entities=entities)
    assert questions
    for question in questions:
        wrong = {option.text for option in question.options if not option.correct}
        assert wrong <= {"The winter feast", "The great storm", "The eclipse"}


def test_no_event_whose_year_other_questions_name_is_ticked_for_its_year(tmp_path: Path) -> None:
    for year in (2001, 2003):
        entities = f"  gala: {{type: event, name: the gala, dated: the gala of {year}}}\n"
        gala = f"id: e, s: gala, p: date, v: {year}-10-01"
        questions = make(tmp_path, "select_all", gala, *DATES, entities=entities)
        right = [(one.facts, one.answer.split("; ")) for one in questions]
        assert [(set(facts), set(texts)) for facts, texts in right] == [
            ({"a", "b"}, {"The river race", "The autumn fair"})
        ]
    plain = "  gala: {type: event, name: the gala}\n"
    (question,) = make(tmp_path, "select_all", gala.replace("2003", "2001"), *DATES, entities=plain)
    assert "The gala" in question.answer


def test_events_are_ordered_by_time_and_their_dates_not_shown(tmp_path: Path) -> None:
    (question,) = make(tmp_path, "ordering", *DATES)
    assert question.order == (
        "The winter feast",
        "The river race",
        "The autumn fair",
        "The great storm",
    )
    assert question.facts == ("c", "a", "b", "d")
    assert "24 December 1999" in question.feedback


def test_ties_claims_and_names_that_tell_the_date_are_not_ordered(tmp_path: Path) -> None:
    facts = (
        *DATES[:2],
        "id: t, s: feast, p: date, v: 2001",
        "id: m, s: may_march, p: date, v: 1901-05-01",
        "id: s, s: storm, p: date, v: 1950, said: [herald]",
    )
    assert make(tmp_path, "ordering", *facts) == []


def test_an_event_whose_name_tells_its_date_is_left_out_of_the_order(tmp_path: Path) -> None:
    entities = "  regatta: {type: event, name: the regatta of 1950}\n"
    told = "id: r, s: regatta, p: date, v: 1950-07-01"
    (question,) = make(tmp_path, "ordering", told, *DATES[1:], entities=entities)
    assert question.order == ("The winter feast", "The autumn fair", "The great storm")


def test_a_toll_is_neither_ordered_nor_matched(tmp_path: Path) -> None:
    facts = [
        f"id: {event}, s: {event}, p: killed, v: {{n: {count}, unit: cows}}"
        for event, count in (("race", 20), ("fair", 30), ("feast", 50), ("storm", 90))
    ]
    assert make(tmp_path, "ordering", *facts) == []
    assert make(tmp_path, "matching", *facts) == []


def test_prompts_are_matched_one_to_one_and_one_match_is_left_over(tmp_path: Path) -> None:
    founders = "id: f, s: ash, p: founder, v: [ann, eve], set: closed"
    (question,) = make(tmp_path, "matching", *LEADERS, founders)
    assert question.stem == "Match each group with its leader."
    assert question.pairs == (
        ("The Ash League", "Ann Archer"),
        ("The Elm Guild", "Bob Baker"),
        ("The Fir Circle", "Cid Cooper"),
        ("The Oak Union", "Dan Dyer"),
    )
    (extra,) = question.options
    assert extra.text == "Eve Ewing"
    assert extra.refuted_by is not None
    slots = [f"The leader of the {group} has one" for group in ("Ash League", "Oak Union")]
    assert all(slot in extra.refuted_by for slot in slots)
    assert question.guess == 1 / 5


def test_without_a_match_to_spare_nothing_is_matched(tmp_path: Path) -> None:
    assert make(tmp_path, "matching", *LEADERS) == []


def test_two_prompts_with_one_value_are_not_matched(tmp_path: Path) -> None:
    facts = (*LEADERS[:2], "id: c, s: fir, p: leader, v: bob", "id: f, s: ash, p: founder, v: eve")
    assert make(tmp_path, "matching", *facts) == []
    (question,) = make(tmp_path, "matching", *facts, LEADERS[3])
    assert [match for _, match in question.pairs or ()] == ["Ann Archer", "Bob Baker", "Dan Dyer"]


def test_what_can_only_be_true_is_stated_only_where_nothing_else_asks_it(tmp_path: Path) -> None:
    facts = (
        *LEADERS,
        "id: o, s: ash, p: ally, v: elm, set: open",
        "id: w, s: ash, p: aim, v: to plant trees along the roads",
    )
    stated = {one.facts[0] for one in make(tmp_path, "true_false", *facts)}
    assert "o" in stated
    assert "w" not in stated


def test_a_place_that_may_hold_the_other_does_not_prove_an_event_wrong(tmp_path: Path) -> None:
    facts = (
        "id: a, s: race, p: place, v: rome",
        "id: b, s: fair, p: place, v: north",
        "id: c, s: feast, p: place, v: oslo",
        "id: d, s: storm, p: place, v: lima",
        "id: e, s: may_march, p: place, v: kyiv",
    )
    asked = [one for one in make(tmp_path, "choice", *facts) if one.template == "place/which"]
    (question,) = (one for one in asked if one.facts == ("a",))
    wrong = {option.text for option in question.options if not option.correct}
    assert wrong == {"The winter feast", "The great storm", "The march of May 1901"}
    assert not [one for one in asked if one.facts == ("b",)]


def test_no_true_statement_tells_the_answer_of_another_question(tmp_path: Path) -> None:
    facts = (
        *LEADERS,
        "id: o, s: ash, p: founder, v: [ann, bob], set: closed",
        "id: n, s: race, p: killed, v: {n: 4, unit: cows}",
    )
    for seed in range(5):
        questions = generate(make_tiny_pack(tmp_path, *facts), seed=seed).questions
        true = [one for one in questions if one.kind == "true_false" and one.answer == "true"]
        assert not [one for one in true if one.facts == ("n",)]
        assert not [
            (statement.stem, one.stem)
            for statement in true
            for one in questions
            if one.facts == statement.facts and tells_answer(statement, one)
        ]
