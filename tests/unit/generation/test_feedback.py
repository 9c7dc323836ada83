"""What the feedback tells beside the fact, and nothing that the article does not say."""

from pathlib import Path

import pytest

from quizapp.generation.feedback import write_feedback
from tests.factories.fact_packs import make_tiny_pack
from tests.unit.generation.small_cases import DATES, draft, make

ALLIES = "id: a, s: ash, p: ally, v: [elm, fir], set: open"


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("", ""),
        (", note: It was drawn by hand.", ""),
        (", note: It was long. Ten names are lost. It was drawn by hand.", "Ten names are lost."),
    ],
)
def test_of_an_open_list_only_that_is_told_which_its_note_calls_lost(
    tmp_path: Path, note: str, told: str
) -> None:
    pack = make_tiny_pack(tmp_path, f"{ALLIES}{note}")
    feedback = write_feedback(draft(pack, "a", "true_false"))
    stated = "The Elm Guild and the Fir Circle are listed as allies of the Ash League."
    assert feedback == f"{stated} {told}".rstrip()


def test_of_a_closed_list_no_loss_is_told(tmp_path: Path) -> None:
    closed = ALLIES.replace("open", "closed, note: The seal of the paper is lost.")
    feedback = write_feedback(draft(make_tiny_pack(tmp_path, closed), "a", "true_false"))
    assert "lost" not in feedback


@pytest.mark.parametrize(
    ("closing", "whole", "told"),
    [
        ("closed", True, " The list is complete."),
        ("closed", False, ""),
        ("open", True, ""),
    ],
)
def test_that_a_list_is_complete_stands_before_other_versions_if_it_is_asked_for(
    tmp_path: Path, closing: str, told: str, *, whole: bool
) -> None:
    facts = (
        f"id: a, s: ash, p: founder, v: [ann, bob], set: {closing}, said: [herald], conflicts: [b]",
        "id: b, s: ash, p: founder, v: cid, said: [courier], conflicts: [a]",
    )
    pack = make_tiny_pack(tmp_path, *facts)
    assert write_feedback(draft(pack, "a", "choice"), whole=whole) == (
        "According to the Morning Herald, Ann Archer and Bob Baker were founders of the Ash League."
        f"{told} Another version: according to the Evening Courier, Cid Cooper was a founder of "
        "the Ash League."
    )


def test_a_rival_is_told_as_a_member_where_its_predicate_has_no_statement(tmp_path: Path) -> None:
    own = (
        "\n  friend: {domain: [person], range: [person], functional: yes, slot: 'a friend of {s}', "
        "member: '{v} {be v} a friend of {s}', ask: {who: 'who {be v} a friend of {s}'}}"
    )
    facts = (
        "id: a, s: ann, p: friend, v: bob, said: [herald], conflicts: [b]",
        "id: b, s: ann, p: friend, v: cid, said: [courier], conflicts: [a]",
    )
    pack = make_tiny_pack(tmp_path, *facts, predicates=own)
    assert write_feedback(draft(pack, "a", "flashcard")) == (
        "According to the Morning Herald, Bob Baker is a friend of Ann Archer. Another version: "
        "according to the Evening Courier, Cid Cooper is a friend of Ann Archer."
    )


def test_the_feedback_on_several_facts_tells_what_every_option_is_and_where_it_stands(
    tmp_path: Path,
) -> None:
    (question,) = make(tmp_path, "select_all", *DATES)
    for option in question.options:
        assert option.text.casefold() in question.feedback.casefold()
    assert question.feedback.count("took place in") + question.feedback.count("took place on") >= (
        len(question.options)
    )
    assert "Passages: " in question.feedback
    assert question.source.quote in question.feedback
