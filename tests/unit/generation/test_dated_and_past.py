"""An event is named with its year where nothing else tells it; what is no more is told as past."""

from pathlib import Path

import pytest

from quizapp.generation.bank import generate
from quizapp.generation.realiser import Realiser
from quizapp.kinds.question import Question
from tests.factories.fact_packs import get_fact, make_tiny_pack

RAID = "  raid: {type: event, name: the raid on Oslo, dated: the raid on Oslo in 1999}\n"
GONE = (
    "  guild: {type: group, name: Old Guild, the: yes, past: yes}\n"
    "  men: {type: group, name: Old Men, the: yes, plural: yes, past: yes}\n"
    "  yeti: {type: people, name: Yeti, the: yes}\n"
    "  seer: {type: person, name: Fay Fisher, past: yes}\n"
)
ACTORS = (
    "id: a, s: raid, p: actor, v: ash",
    "id: b, s: fair, p: actor, v: elm",
    "id: c, s: feast, p: actor, v: fir",
    "id: d, s: storm, p: actor, v: oak",
    "id: e, s: elm, p: leader, v: bob",
    "id: f, s: pines, p: leader, v: cid",
)
DAYS = (
    "id: a, s: raid, p: date, v: 1999-05-01",
    "id: b, s: fair, p: date, v: 1991-02-03",
    "id: c, s: feast, p: date, v: 1981-02-03",
    "id: d, s: storm, p: date, v: 1971-02-03",
)
PLACES = (
    "id: oslo, s: fair, p: place, v: oslo",
    "id: lima, s: feast, p: place, v: lima",
    "id: kyiv, s: storm, p: place, v: kyiv",
)
PLAIN, DATED = "the raid on Oslo", "the raid on Oslo in 1999"


def make_all(folder: Path, *facts: str) -> tuple[Question, ...]:
    return generate(make_tiny_pack(folder, *facts, entities=RAID)).questions


def list_stems(folder: Path, fact: str) -> set[str]:
    """Return the stems of the questions on one fact, other than statements."""
    questions = make_all(folder, f"id: a, s: raid, {fact}")
    return {one.stem for one in questions if one.kind in ("flashcard", "cloze")}


def list_shown(question: Question) -> list[str]:
    """Return the texts beside the stem."""
    pairs = [text for pair in question.pairs or () for text in pair]
    return [*(one.text for one in question.options), *pairs, *(question.order or ())]


@pytest.mark.parametrize(
    ("fact", "stems"),
    [
        (
            "p: actor, v: ash",
            {f"Which group carried out {DATED}?", f"_____ carried out {DATED}."},
        ),
        (
            "p: killed, v: {n: 50, unit: cows}, said: [herald]",
            {
                f"According to the Morning Herald, how many cows were killed in {DATED}?",
                f"According to the Morning Herald, the number of cows killed in {DATED} was _____.",
            },
        ),
        (
            "p: killed, v: {n: 50, unit: cows}, as_of: 1998",
            {
                f"In 1998, how many cows were killed in {PLAIN}?",
                f"In 1998, the number of cows killed in {PLAIN} was _____.",
            },
        ),
        (
            "p: actor, v: ash, from: 1998",
            {
                f"Since 1998, which group carried out {PLAIN}?",
                f"Since 1998, _____ carried out {PLAIN}.",
            },
        ),
        (
            "p: date, v: 1999-05",
            {
                "In which month and year did the raid on Oslo take place?",
                "The raid on Oslo happened in _____ (month and year).",
            },
        ),
    ],
)
def test_a_stem_names_an_event_with_its_year_unless_it_tells_or_asks_a_date(
    tmp_path: Path, fact: str, stems: set[str]
) -> None:
    assert list_stems(tmp_path, fact) == stems


def test_an_event_is_named_with_its_year_where_a_dated_fact_leaves_its_time_untold(
    tmp_path: Path,
) -> None:
    toll = "id: b, s: raid, p: killed, v: {n: 50, unit: cows}, as_of: 1999-05"
    stems = {one.stem for one in make_all(tmp_path, DAYS[0], toll) if one.facts == ("b",)}
    assert f"How many cows were killed in {DATED}?" in stems


def test_a_name_with_its_year_keeps_its_article_and_its_owner(tmp_path: Path) -> None:
    entities = "  duel: {type: event, name: Oslo duel, dated: Oslo duel of 1999, the: yes}\n"
    pack = make_tiny_pack(tmp_path, "id: a, s: duel, p: place, v: rome", entities=entities)
    realiser = Realiser(pack=pack, fact=get_fact(pack, "a"))
    assert realiser.write_clause("{s} and {s's} end") == (
        "the Oslo duel of 1999 and the Oslo duel of 1999's end"
    )


@pytest.mark.parametrize("facts", [ACTORS, DAYS], ids=["actors", "days"])
def test_no_option_pair_or_order_names_an_event_with_its_year(
    tmp_path: Path, facts: tuple[str, ...]
) -> None:
    named: set[str] = set()
    for question in make_all(tmp_path, *facts):
        shown = [text.casefold() for text in list_shown(question)]
        assert not any(DATED.casefold() in text for text in shown), question
        named |= {question.kind for text in shown if text == PLAIN.casefold()}
    assert named == ({"choice", "matching"} if facts == ACTORS else {"ordering"})


@pytest.mark.parametrize("predicate", ["date", "began"])
def test_the_date_of_an_event_that_is_named_with_its_year_is_not_asked_as_a_choice(
    tmp_path: Path, predicate: str
) -> None:
    days = [day.replace("p: date", f"p: {predicate}") for day in DAYS]
    made = make_all(tmp_path, *days, "id: e, s: raid, p: place, v: rome", *PLACES)
    choices = {one.facts[0] for one in made if one.kind == "choice"}
    assert choices == {*"bcde", "oslo", "lima", "kyiv"}
    assert {"cloze", "date", "flashcard"} <= {one.kind for one in made if one.facts == ("a",)}
    pack = make_tiny_pack(tmp_path, *days, entities=RAID)
    assert dict(generate(pack, kinds=["choice"]).unused) == {
        "a": "other questions name the event by its year, which tells the right date"
    }


@pytest.mark.parametrize(
    ("fact", "written"),
    [
        ("s: ash, p: leader, v: bob", "runs is was"),
        ("s: pines, p: leader, v: bob", "run is were"),
        ("s: ash, p: leader, v: bob, as_of: 1999", "ran was was"),
        ("s: pines, p: leader, v: bob, to: 1999", "ran was were"),
        ("s: ash, p: leader, v: bob, status: unofficial", "ran was was"),
        ("s: guild, p: leader, v: bob", "ran was was"),
        ("s: men, p: leader, v: bob", "ran was were"),
    ],
)
def test_a_third_form_is_that_for_the_past(tmp_path: Path, fact: str, written: str) -> None:
    pack = make_tiny_pack(tmp_path, f"id: a, {fact}", entities=GONE)
    realiser = Realiser(pack=pack, fact=get_fact(pack, "a"))
    assert realiser.write_clause("{s:runs|run|ran} {t:is|was} {s:was|were}") == written


@pytest.mark.parametrize(
    ("fact", "stem", "feedback"),
    [
        (
            "s: guild, p: leader, v: bob",
            "Who was the leader of the Old Guild?",
            "Bob Baker was the leader of the Old Guild.",
        ),
        (
            "s: men, p: part_of, v: elm",
            "Which group were the Old Men part of?",
            "The Old Men were part of the Elm Guild.",
        ),
        (
            "s: seer, p: ethnic_group, v: yeti",
            "To which ethnic group did Fay Fisher belong?",
            "Fay Fisher belonged to the Yeti.",
        ),
        (
            "s: ann, p: ethnic_group, v: yeti",
            "To which ethnic group does Ann Archer belong?",
            "Ann Archer belongs to the Yeti.",
        ),
        (
            "s: guild, p: described_as, v: a quiet club, said: [herald]",
            "How did the Morning Herald describe the Old Guild?",
            "The Morning Herald described the Old Guild as a quiet club.",
        ),
        (
            "s: ash, p: described_as, v: a quiet club, said: [herald]",
            "How does the Morning Herald describe the Ash League?",
            "The Morning Herald describes the Ash League as a quiet club.",
        ),
        (
            "s: ash, p: described_as, v: a quiet club, said: [herald, courier]",
            "How do the Morning Herald and the Evening Courier describe the Ash League?",
            "The Morning Herald and the Evening Courier describe the Ash League as a quiet club.",
        ),
        (
            "s: ash, p: deputy, v: bob",
            "Who is second-in-command of the Ash League?",
            "Bob Baker is second-in-command of the Ash League.",
        ),
        (
            "s: guild, p: deputy, v: bob",
            "Who was second-in-command of the Old Guild?",
            "Bob Baker was second-in-command of the Old Guild.",
        ),
    ],
)
def test_who_is_no_more_is_told_of_in_the_past(
    tmp_path: Path, fact: str, stem: str, feedback: str
) -> None:
    pack = make_tiny_pack(tmp_path, f"id: a, {fact}", entities=GONE)
    cards = generate(pack, kinds=["flashcard"]).questions
    assert (stem, feedback) in {(card.stem, card.feedback) for card in cards}


@pytest.mark.parametrize(("who", "verb"), [("ann", "belong"), ("seer", "belonged")])
def test_those_of_one_people_are_asked_for_in_the_time_of_the_fact(
    tmp_path: Path, who: str, verb: str
) -> None:
    pack = make_tiny_pack(tmp_path, f"id: a, s: {who}, p: ethnic_group, v: yeti", entities=GONE)
    fact = get_fact(pack, "a")
    (asked,) = (one for one in pack.predicates[fact.predicate].asks if one.end == "several")
    realiser = Realiser(pack=pack, fact=fact, offered=True)
    assert realiser.write_question(asked.stem) == f"Which of these people {verb} to the Yeti?"


def test_a_place_of_no_sort_in_particular_is_asked_for_as_a_place(tmp_path: Path) -> None:
    entities = "  bend: {type: place, place: place, name: Long Bend}\n"
    pack = make_tiny_pack(tmp_path, "id: a, s: race, p: place, v: bend", entities=entities)
    stems = {one.kind: one.stem for one in generate(pack, kinds=["flashcard", "cloze"]).questions}
    assert stems == {
        "cloze": "The river race took place in _____ (place).",
        "flashcard": "In which place did the river race take place?",
    }
