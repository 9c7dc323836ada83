"""What cannot be asked soundly is refused, and the fact says why."""

from pathlib import Path

import pytest

from quizapp.generation.bank import generate
from quizapp.kinds.question import FactKey, KindName
from tests.factories.fact_packs import make_tiny_pack

LEADERS = (
    "id: x, s: elm, p: leader, v: cid",
    "id: y, s: fir, p: leader, v: dan",
    "id: z, s: oak, p: leader, v: eve",
)


def refuse(
    folder: Path, kind: KindName, *facts: str, entities: str = "", predicates: str = ""
) -> str:
    """Return why the fact `a` got no question of this kind."""
    pack = make_tiny_pack(folder, *facts, entities=entities, predicates=predicates)
    bank = generate(pack, kinds=[kind])
    return dict(bank.unused)[FactKey(pack.facts[0].id)]


def make_kinds(folder: Path, *facts: str) -> list[str]:
    """Return the kinds of question made from the fact `a`."""
    bank = generate(make_tiny_pack(folder, *facts))
    return [question.kind for question in bank.questions if question.facts == ("a",)]


def test_a_list_that_may_be_incomplete_is_only_stated_never_asked(tmp_path: Path) -> None:
    for closing in ("", ", set: open"):
        fact = f"id: a, s: ash, p: founder, v: [ann, bob]{closing}"
        assert "choice" not in make_kinds(tmp_path, fact, *LEADERS)
        assert "flashcard" not in make_kinds(tmp_path, fact, *LEADERS)
        assert "true_false" in make_kinds(tmp_path, fact, *LEADERS)
    assert "may be incomplete" in refuse(tmp_path, "choice", fact, *LEADERS)


def test_a_complete_list_is_asked_by_member_and_whole_only_up_to_three(tmp_path: Path) -> None:
    three = "id: a, s: ash, p: founder, v: [ann, bob, cid], set: closed"
    kinds = make_kinds(tmp_path, three, *LEADERS[1:], "id: w, s: elm, p: founder, v: eve")
    assert kinds == ["choice", "select_all", "flashcard"]
    four = "id: a, s: ash, p: founder, v: [ann, bob, cid, dan], set: closed"
    assert "more than 3" in refuse(tmp_path, "flashcard", four)


def test_a_closed_list_never_offers_one_of_its_members_as_wrong(tmp_path: Path) -> None:
    pack = make_tiny_pack(
        tmp_path, "id: a, s: ash, p: founder, v: [ann, bob], set: closed", *LEADERS
    )
    for seed in range(10):
        bank = generate(pack, seed=seed, kinds=["choice"])
        wrong = [
            option.text
            for question in bank.questions
            if question.facts == ("a",)
            for option in question.options
            if not option.correct
        ]
        assert wrong
        assert not {"Ann Archer", "Bob Baker"} & set(wrong)


def test_a_version_that_nothing_names_is_refused(tmp_path: Path) -> None:
    facts = (
        "id: a, s: ash, p: leader, v: ann, conflicts: [b]",
        "id: b, s: ash, p: leader, v: bob, conflicts: [a]",
    )
    for kind in ("choice", "true_false", "flashcard"):
        why = refuse(tmp_path, kind, *facts, *LEADERS)
        assert "rival version b: no claimant, date or section names this one" in why


def test_two_values_of_one_slot_are_rivals_even_if_nobody_says_so(tmp_path: Path) -> None:
    facts = ("id: a, s: ash, p: leader, v: ann", "id: b, s: ash, p: leader, v: bob")
    assert "rival version b" in refuse(tmp_path, "flashcard", *facts)


def test_the_plain_version_beside_a_claimed_one_is_refused_and_the_claimed_one_asked(
    tmp_path: Path,
) -> None:
    facts = (
        "id: a, s: race, p: killed, v: {n: 20, unit: cows}",
        "id: b, s: race, p: killed, v: {n: 40, unit: cows}, said: [herald], status: claim",
    )
    bank = generate(make_tiny_pack(tmp_path, *facts))
    assert {question.facts for question in bank.questions} == {("b",)}


def test_a_name_that_is_declared_to_give_the_value_away_is_refused(tmp_path: Path) -> None:
    why = refuse(tmp_path, "flashcard", "id: a, s: may_march, p: date, v: 1901-05-02")
    assert "gives the date away" in why


def test_a_name_that_holds_a_word_of_the_value_is_refused(tmp_path: Path) -> None:
    entities = (
        "  roman: {type: event, name: the Roman holiday}\n"
        "  romania: {type: place, place: city, name: Roma}\n"
    )
    fact = "id: a, s: roman, p: place, v: romania"
    for kind in ("choice", "true_false", "flashcard"):
        places = [f"id: {city}, s: fair, p: place, v: {city}" for city in ("oslo", "lima", "kyiv")]
        why = refuse(tmp_path, kind, fact, *places[:1], entities=entities)
        assert "away" in why


def test_an_alias_in_the_stem_gives_the_value_away_too(tmp_path: Path) -> None:
    entities = "  duel: {type: event, name: Archer's duel}\n"
    why = refuse(tmp_path, "flashcard", "id: a, s: duel, p: actor, v: ann", entities=entities)
    assert why == "the stem gives the answer away"


def test_fewer_than_two_proven_wrong_values_are_refused(tmp_path: Path) -> None:
    facts = ("id: a, s: ash, p: leader, v: bob", "id: x, s: elm, p: leader, v: cid")
    assert "fewer than 2 other values are proven wrong" in refuse(tmp_path, "choice", *facts)


def test_a_right_option_that_stands_out_by_its_length_is_refused(tmp_path: Path) -> None:
    entities = (
        "  long: {type: person, name: Maximilian Theodore Bartholomew Featherstonehaugh Junior}\n"
    )
    fact = "id: a, s: fair, p: claimed_by, v: long"
    why = refuse(tmp_path, "choice", fact, *LEADERS, entities=entities)
    assert "of like length" in why


def test_free_words_are_cards_of_at_most_twelve_words_and_never_options(tmp_path: Path) -> None:
    short = "id: a, s: ash, p: aim, v: to plant trees along the roads"
    assert make_kinds(tmp_path, short) == ["flashcard"]
    assert "free words" in refuse(tmp_path, "choice", short)
    long = f"id: a, s: ash, p: aim, v: to plant {'very ' * 11}tall trees"
    assert "more than 12 words" in refuse(tmp_path, "flashcard", long)


def test_the_subject_is_not_asked_for_where_two_share_the_value(tmp_path: Path) -> None:
    facts = ("id: a, s: ash, p: leader, v: bob", "id: b, s: fir, p: leader, v: bob")
    bank = generate(make_tiny_pack(tmp_path, *facts, *LEADERS[:1]))
    asked = {
        question.facts[0] for question in bank.questions if question.template == "leader/which"
    }
    assert asked == {"x"}


def test_the_subject_is_not_asked_for_where_it_is_what_the_article_is_about(
    tmp_path: Path,
) -> None:
    entities = "  tiny: {type: group, name: Tiny}\n"
    pack = make_tiny_pack(
        tmp_path, "id: a, s: tiny, p: leader, v: bob", *LEADERS, entities=entities
    )
    asked = {one.facts[0] for one in generate(pack).questions if one.template == "leader/which"}
    assert asked == {"x", "y", "z"}


def test_a_stem_of_more_than_forty_words_is_refused(tmp_path: Path) -> None:
    entities = f"  long: {{type: event, name: the {'very ' * 38}long race}}\n"
    why = refuse(tmp_path, "flashcard", "id: a, s: long, p: place, v: rome", entities=entities)
    assert "the stem has 47 words, over 40" in why


def test_a_predicate_without_templates_says_so(tmp_path: Path) -> None:
    own = "\n  knows: {domain: [person], range: [person], slot: 'a friend of {s}'}"
    why = refuse(tmp_path, "flashcard", "id: a, s: ann, p: knows, v: bob", predicates=own)
    assert why == "no template of its predicate asks for it"


@pytest.mark.parametrize("comparison", [">=", ">", "<=", "<"])
def test_a_bound_is_never_stated_falsely(tmp_path: Path, comparison: str) -> None:
    facts = (
        f"id: a, s: race, p: killed, v: {{n: 50, cmp: '{comparison}', unit: cows}}",
        "id: b, s: fair, p: killed, v: {n: 70, unit: cows}",
        "id: c, s: feast, p: killed, v: {n: 90, unit: cows}",
    )
    pack = make_tiny_pack(tmp_path, *facts)
    for seed in range(10):
        stated = [one for one in generate(pack, seed=seed).questions if one.kind == "true_false"]
        assert not [one for one in stated if one.facts == ("a",) and one.answer == "false"]


def test_free_words_most_of_which_stand_in_the_stem_are_refused(tmp_path: Path) -> None:
    entities = "  call: {type: event, name: the call to plant beech trees}\n"
    given = "id: a, s: call, p: announced, v: a plan to plant beech trees"
    assert (
        refuse(tmp_path, "flashcard", given, entities=entities) == "the stem gives the answer away"
    )
    other = "id: a, s: call, p: announced, v: a week of work on the hills for beech"
    pack = make_tiny_pack(tmp_path, other, entities=entities)
    assert len(generate(pack, kinds=["flashcard"]).questions) == 1


def test_two_values_of_a_slot_that_takes_one_are_not_asked_if_names_are_lost(
    tmp_path: Path,
) -> None:
    fact = "id: a, s: ash, p: leader, v: [bob, cid], set: open"
    assert "may be incomplete" in refuse(tmp_path, "flashcard", fact)


@pytest.mark.parametrize(
    "words", ["oak, ash, elm and fir", "oak, ash, elm, and fir", "oak and ash, elm or fir"]
)
def test_a_card_whose_words_list_more_than_three_things_is_refused(
    tmp_path: Path, words: str
) -> None:
    assert "more than 3" in refuse(tmp_path, "flashcard", f"id: a, s: ash, p: aim, v: '{words}'")


@pytest.mark.parametrize("comparison", [">=", ">", "<=", "<"])
def test_a_bound_is_not_asked_as_a_choice(tmp_path: Path, comparison: str) -> None:
    facts = (
        f"id: a, s: race, p: killed, v: {{n: 50, cmp: '{comparison}', unit: cows}}",
        "id: b, s: fair, p: killed, v: {n: 40, unit: cows}",
        "id: c, s: feast, p: killed, v: {n: 30, unit: cows}",
        "id: d, s: storm, p: killed, v: {n: 70, unit: cows}",
    )
    why = refuse(tmp_path, "choice", *facts)
    assert why == "a bound has wrong figures to one side only, so that it would stand out"
    assert make_kinds(tmp_path, *facts) == ["cloze", "numeric", "flashcard"]


def test_a_rough_figure_is_no_bound(tmp_path: Path) -> None:
    rough = "id: a, s: race, p: killed, v: {n: 50, cmp: '~', unit: cows}"
    assert "choice" in make_kinds(tmp_path, rough)


def test_an_acronym_that_the_name_spells_is_refused(tmp_path: Path) -> None:
    why = "the capitals of a name in the stem spell the answer"
    for kind in ("cloze", "flashcard"):
        assert why in refuse(tmp_path, kind, "id: a, s: ash, p: acronym, v: AL")
    assert make_kinds(tmp_path, "id: a, s: ash, p: acronym, v: LASH") == ["cloze", "flashcard"]


def test_a_subject_is_asked_for_only_beside_three_others(tmp_path: Path) -> None:
    fact = "id: a, s: ash, p: leader, v: ann"
    for others, templates in (
        (LEADERS[:2], ["leader/who"]),
        (LEADERS, ["leader/who", "leader/which"]),
    ):
        bank = generate(make_tiny_pack(tmp_path, fact, *others), kinds=["choice"])
        found = [one for one in bank.questions if one.facts == ("a",)]
        assert [one.template for one in found] == templates
        assert len(found[-1].options) == 1 + len(others)


@pytest.mark.parametrize("predicate", ["date", "began"])
def test_no_choice_asks_which_event_was_at_a_date(tmp_path: Path, predicate: str) -> None:
    facts = [
        f"id: {event}, s: {event}, p: {predicate}, v: {year}-05-01"
        for event, year in (("race", 1999), ("fair", 1985), ("feast", 1971), ("storm", 1952))
    ]
    bank = generate(make_tiny_pack(tmp_path, *facts), kinds=["choice", "flashcard"])
    assert {one.template for one in bank.questions} == {f"{predicate}/when"}
    assert sum(one.kind == "choice" for one in bank.questions) == len(facts)
