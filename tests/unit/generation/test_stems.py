"""Stems keep the hedge, the claimant and the date, and read as a person would say it."""

from pathlib import Path

import pytest

from quizapp.generation.bank import generate
from tests.factories.fact_packs import make_tiny_pack


def write_stems(folder: Path, *facts: str, later: tuple[str, ...] = ()) -> dict[str, str]:
    pack = make_tiny_pack(folder, *facts, later=later)
    bank = generate(pack)
    return {f"{one.facts[0]} {one.kind} {one.template}": one.stem for one in bank.questions}


@pytest.mark.parametrize(
    ("claim", "frame"),
    [
        ("said: [ann], status: claim", "According to Ann Archer"),
        ("said: [ann, herald]", "According to Ann Archer, as reported by the Morning Herald"),
        ("as_of: 1999-07", "In July 1999"),
        ("as_of: 1999-07-02", "On 2 July 1999"),
        ("status: initial", "According to initial reports"),
        ("status: revised", "According to a later revision"),
        ("status: reported, as_of: 1999", "According to reports of 1999"),
        ("status: initial, as_of: 1999-07", "According to initial reports of July 1999"),
        ("status: revised, as_of: 1999-07-02", "According to a later revision of 2 July 1999"),
        ("status: reported, said: [ann], as_of: 1999", "According to Ann Archer in 1999"),
        ("status: considered", "According to assessments"),
        ("status: estimate, as_of: 1999", "According to an estimate of 1999"),
        ("status: estimate, said: [ann]", "According to an estimate by Ann Archer"),
        ("status: unofficial", "According to unofficial accounts"),
        ("status: unofficial, said: [ann]", "According to unofficial accounts by Ann Archer"),
        ("from: 1999, to: 2001", "From 1999 to 2001"),
        ("said: [ann], from: 1999", "According to Ann Archer, since 1999"),
        ("to: 1999", "Until 1999"),
        ("said: [report]", "According to the Green Report"),
        ("said: [report], status: estimate", "According to an estimate in the Green Report"),
        ("said: [report], status: initial", "According to an initial report in the Green Report"),
        ("said: [report], status: revised", "According to a revised figure in the Green Report"),
        (
            "said: [report], status: unofficial",
            "According to unofficial accounts in the Green Report",
        ),
    ],
)
def test_who_says_so_how_surely_and_when_is_in_question_and_feedback(
    tmp_path: Path, claim: str, frame: str
) -> None:
    pack = make_tiny_pack(
        tmp_path,
        f"id: a, s: race, p: strength, v: {{n: 40, cmp: '~', unit: boats}}, {claim}",
        entities="  report: {type: publication, name: Green Report, the: yes}\n",
    )
    question = generate(pack, kinds=["flashcard"]).questions[0]
    assert question.stem == f"{frame}, about how many boats took part in the river race?"
    assert question.feedback == f"{frame}, the river race involved about 40 boats."


def test_one_is_stated_in_the_singular(tmp_path: Path) -> None:
    pack = make_tiny_pack(tmp_path, "id: a, s: race, p: captured, v: {n: 1, unit: pirates}")
    question = generate(pack, kinds=["flashcard"]).questions[0]
    assert question.stem == "How many pirates were captured during the river race?"
    assert question.feedback == "One pirate was captured during the river race."


@pytest.mark.parametrize(
    ("fact", "stem"),
    [
        (
            "s: pines, p: part_of, v: elm",
            "Which group are the Pines part of?",
        ),
        (
            "s: pines, p: part_of, v: elm, as_of: 1999",
            "As of 1999, which group were the Pines part of?",
        ),
        (
            "s: ash, p: leader, v: bob, as_of: 1999-07-01",
            "As of 1 July 1999, who was the leader of the Ash League?",
        ),
        (
            "s: ash, p: leader, v: bob, from: 1990, to: 1999",
            "From 1990 to 1999, who was the leader of the Ash League?",
        ),
        (
            "s: ash, p: leader, v: bob, from: 1990",
            "Since 1990, who was the leader of the Ash League?",
        ),
        (
            "s: ash, p: allegiance, v: [bob, cid], set: closed, as_of: 1999-07-01",
            "On 1 July 1999, to whom did the Ash League pledge allegiance?",
        ),
        ("s: ash, p: leader, v: bob", "Who is the leader of the Ash League?"),
        ("s: ash, p: deputy, v: bob", "Who is second-in-command of the Ash League?"),
        (
            "s: ash, p: deputy, v: bob, as_of: 1999",
            "As of 1999, who was second-in-command of the Ash League?",
        ),
        (
            "s: ash, p: described_as, v: a quiet club, said: [herald, courier]",
            "How do the Morning Herald and the Evening Courier describe the Ash League?",
        ),
        (
            "s: ash, p: described_as, v: a quiet club, said: [herald], as_of: 1999-07",
            "In July 1999, how did the Morning Herald describe the Ash League?",
        ),
        (
            "s: ash, p: native_name, v: {text: Ligue du frêne, lang: fr}",
            "What is the French name of the Ash League?",
        ),
        (
            "s: race, p: place, v: north",
            "In which region did the river race take place?",
        ),
        (
            "s: may_march, p: strength, v: {n: 40, unit: people}, as_of: 1901-05-02",
            "How many people took part in the march of May 1901?",
        ),
        (
            "s: oslo, p: population, v: {n: 20}, as_of: 1999",
            "As of 1999, how many people did Oslo have?",
        ),
        (
            "s: oslo, p: population, v: {n: 20, unit: inhabitants}",
            "How many inhabitants did Oslo have?",
        ),
        ("s: ash, p: size, v: {n: 20}", "How many people did the Ash League have?"),
    ],
)
def test_a_question_reads_as_a_person_would_ask_it(tmp_path: Path, fact: str, stem: str) -> None:
    assert stem in write_stems(tmp_path, f"id: a, {fact}").values()


def test_a_date_that_another_fact_gives_to_the_event_is_not_told_in_its_toll(
    tmp_path: Path,
) -> None:
    stems = write_stems(
        tmp_path,
        "id: a, s: race, p: date, v: 1999-07-04",
        "id: b, s: race, p: wounded, v: {n: 20, unit: cows}, as_of: 1999-07",
    )
    assert stems["b flashcard wounded/howmany"] == "How many cows were wounded in the river race?"


def test_rival_versions_are_named_by_claimant_status_or_section(tmp_path: Path) -> None:
    stems = write_stems(
        tmp_path,
        "id: a, s: race, p: killed, v: {n: 20, unit: cows}, said: [herald], conflicts: [b]",
        "id: b, s: race, p: killed, v: {n: 40, unit: cows}, said: [courier], conflicts: [a]",
        "id: c, s: ash, p: leader, v: bob, conflicts: [d]",
        "id: x, s: elm, p: leader, v: ann",
        "id: y, s: fir, p: leader, v: dan",
        later=("id: d, s: ash, p: leader, v: cid, conflicts: [c]",),
    )
    assert stems["a choice killed/howmany"].startswith("According to the Morning Herald, ")
    assert stems["b choice killed/howmany"].startswith("According to the Evening Courier, ")
    section = "In the section \u201cText\u201d of the article, who is the leader of"
    assert stems["c flashcard leader/who"].startswith(section)
    assert "c choice leader/who" not in stems
    assert "c true_false leader/statement" not in stems


def test_a_date_of_the_subject_that_is_no_event_does_not_replace_that_of_the_fact(
    tmp_path: Path,
) -> None:
    stems = write_stems(
        tmp_path,
        "id: a, s: ash, p: founded_on, v: 1999-07-04",
        "id: b, s: ash, p: leader, v: bob, as_of: 1999-07-04",
    )
    assert stems["b flashcard leader/who"].startswith("As of 4 July 1999, ")


def test_the_year_that_a_publication_counts_for_stands_with_the_figure(tmp_path: Path) -> None:
    pack = make_tiny_pack(
        tmp_path,
        "id: a, s: race, p: strength, v: {n: 40, unit: boats}, said: [report], as_of: 1999",
        "id: b, s: race, p: strength, v: {n: 70, unit: boats}, said: [report], as_of: 2000",
        entities="  report: {type: publication, name: Green Report, the: yes}\n",
    )
    questions = {str(one.facts[0]): one for one in generate(pack, kinds=["flashcard"]).questions}
    assert questions["a"].stem == (
        "According to the Green Report, how many boats took part in the river race in 1999?"
    )
    assert questions["b"].feedback.startswith(
        "According to the Green Report, the river race involved 70 boats in 2000."
    )


@pytest.mark.parametrize(
    ("comparison", "stem"),
    [
        (">=", "At least how many cows were killed in the river race?"),
        ("<=", "Up to how many cows were killed in the river race?"),
        (">", "More than how many cows were killed in the river race?"),
        ("<", "Fewer than how many cows were killed in the river race?"),
    ],
)
def test_a_bound_is_asked_with_its_hedge_before_how_many(
    tmp_path: Path, comparison: str, stem: str
) -> None:
    figure = f"{{n: 50, cmp: '{comparison}', unit: cows}}"
    pack = make_tiny_pack(tmp_path, f"id: a, s: race, p: killed, v: {figure}")
    bank = generate(pack, kinds=["flashcard", "numeric", "choice"])
    assert {one.kind: one.stem for one in bank.questions} == {"flashcard": stem, "numeric": stem}


def test_a_bound_of_something_else_than_a_toll_is_asked_in_its_own_words(tmp_path: Path) -> None:
    least = "id: a, s: race, p: duration, v: {n: 9, cmp: '>=', unit: hours}"
    most = "id: b, s: fair, p: strength, v: {n: 90, cmp: '<=', unit: boats}, said: [herald]"
    pack = make_tiny_pack(tmp_path, least, most)
    stems = {str(one.facts[0]): one.stem for one in generate(pack, kinds=["flashcard"]).questions}
    assert stems == {
        "a": "At least how many hours did the river race last?",
        "b": "According to the Morning Herald, up to how many boats took part in the autumn fair?",
    }
