"""Names that are probably those of one entity are reported, different ones are left alone."""

from pathlib import Path

import pytest

from quizapp.facts.checking.names import (
    are_near,
    check_article_names,
    check_doubles,
    check_events,
    check_names,
    count_edits,
)
from quizapp.facts.folding import split_words
from tests.factories.checks import find_problems

FACT = "id: a, s: ash, p: leader, v: ann"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iyad Ag Ghaly", "Iyad ag Ghali"),
        ("Sidan Ag Hitta", "Sedane Ag Hita"),
        ("Zoë Brontë", "Zoe Bronte"),
        ("al-Qaeda", "Al Qaida"),
        ("Koufa", "Kouffa"),
        ("Ansar ul Islam", "Ansarul Islam"),
        ("Ansar ul Islam", "Ansar al Islam"),
    ],
)
def test_spellings_of_one_name_are_near(one: str, other: str) -> None:
    assert are_near(split_words(one), split_words(other))
    assert are_near(split_words(other), split_words(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("northern Mali", "southern Mali"),
        ("northern Mali", "northeastern Mali"),
        ("eastern hills", "western hills"),
        ("central Mali", "central Nigeria"),
        ("Camp 7 Orrin", "Camp 9 Orrin"),
        ("Ann Archer", "Bob Archer"),
        ("Iran", "Iraq"),
        ("Niger", "Nigeria"),
        ("UN", "US"),
    ],
)
def test_names_of_different_things_are_not_near(one: str, other: str) -> None:
    assert not are_near(split_words(one), split_words(other))


def test_edits_are_counted_as_levenshtein_counts_them() -> None:
    assert count_edits("kitten", "sitting") == 3
    assert count_edits("", "abc") == 3
    assert count_edits("same", "same") == 0


def test_two_entities_with_near_names_are_probably_one(tmp_path: Path) -> None:
    twin = "  anne: {type: person, name: Anne Archer}\n"
    found = find_problems(tmp_path, FACT, rules=[check_names], entities=twin)
    assert found.kinds == [("name-variant", "warning", ("a",))]
    assert "(ann)" in found.texts[0]
    assert "(anne)" in found.texts[0]
    assert "`differs_from`" in found.problems[0].remedy


@pytest.mark.parametrize(
    ("link", "words"), [("differs_from", "keeps them apart"), ("same_as", "takes them as one")]
)
def test_what_the_pack_says_of_two_near_names_explains_them(
    tmp_path: Path, link: str, words: str
) -> None:
    twin = f"  anne: {{type: person, name: Anne Archer, {link}: [ann]}}\n"
    found = find_problems(tmp_path, FACT, rules=[check_names], entities=twin)
    assert [severity for _, severity, _ in found.kinds] == ["note"]
    assert words in found.texts[0]


def test_a_surname_alone_is_probably_the_person_of_that_name(tmp_path: Path) -> None:
    short = "  d: {type: person, name: Dyer}\n"
    found = find_problems(tmp_path, FACT, rules=[check_names], entities=short)
    assert found.kinds == [("name-variant", "warning", ())]


def test_one_name_under_two_ids_is_an_error(tmp_path: Path) -> None:
    twin = "  b2: {type: person, name: Robert Baker, aliases: [bob baker]}\n"
    found = find_problems(tmp_path, FACT, rules=[check_names], entities=twin)
    assert [(rule, severity) for rule, severity, _ in found.kinds] == [
        ("same-thing-twice", "error")
    ]


def test_one_name_for_things_of_two_types_is_doubtful(tmp_path: Path) -> None:
    twin = "  team: {type: group, name: Rome}\n"
    found = find_problems(tmp_path, FACT, rules=[check_names], entities=twin)
    assert [(rule, severity) for rule, severity, _ in found.kinds] == [
        ("same-thing-twice", "warning")
    ]


def test_the_spellings_of_one_entity_are_noted_at_its_first_fact(tmp_path: Path) -> None:
    many = "  gil: {type: person, name: Gil Ghaly, aliases: [Gil Ghali, the old one]}\n"
    found = find_problems(
        tmp_path, "id: a, s: ash, p: leader, v: gil", rules=[check_names], entities=many
    )
    assert found.kinds == [("name-variant", "note", ("a",))]
    assert "“Gil Ghaly”, “Gil Ghali”" in found.texts[0]
    assert "the old one" not in found.texts[0]


def test_names_of_a_pack_without_variants_are_left_alone(tmp_path: Path) -> None:
    assert find_problems(tmp_path, FACT, rules=[check_names]).problems == ()


def test_two_events_on_one_day_in_one_place_are_probably_one(tmp_path: Path) -> None:
    facts = [
        "id: a, s: fair, p: date, v: 1999-07-04",
        "id: b, s: fair, p: place, v: rome",
        "id: c, s: race, p: date, v: 1999-07-04",
    ]
    rules = [check_events]
    same = find_problems(tmp_path, *facts, "id: d, s: race, p: place, v: rome", rules=rules)
    assert same.kinds == [("same-thing-twice", "warning", ("a", "c"))]
    other = find_problems(tmp_path, *facts, "id: d, s: race, p: place, v: oslo", rules=rules)
    assert other.problems == ()


def test_a_fact_told_twice_is_reported_unless_it_is_explained(tmp_path: Path) -> None:
    rules = [check_doubles]
    found = find_problems(tmp_path, FACT, FACT.replace("id: a", "id: b"), rules=rules)
    assert found.kinds == [("same-thing-twice", "warning", ("a", "b"))]
    noted = find_problems(
        tmp_path, FACT, FACT.replace("id: a", "id: b") + ", note: in the box too", rules=rules
    )
    assert noted.kinds == [("same-thing-twice", "note", ("a", "b"))]
    dated = FACT.replace("id: a", "id: b") + ", as_of: 2001"
    assert find_problems(tmp_path, FACT, dated, rules=rules).problems == ()


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Bob Bakker came.", ["bob bakker"]),
        ("It was Bob Bakker's house and Bob Bakker's garden.", ["bob bakker"]),
        ("Bob Baker came.", []),
        ("BOB BAKER'S house.", []),
        ("The bobs bake bread.", []),
        ("The Morning Heralds rang.", []),
        ("The Mourning Herald wrote.", ["mourning herald"]),
    ],
)
def test_an_unlisted_spelling_in_the_article_is_reported_once(
    tmp_path: Path, sentence: str, told: list[str]
) -> None:
    article = f"# Tiny\n\n## Text\n\n{sentence}\n"
    found = find_problems(tmp_path, FACT, rules=[check_article_names], article=article)
    assert [text.split("”")[0].strip("“") for text in found.texts] == told
    assert {problem.where for problem in found.problems} <= {"Text p1"}


def test_a_part_of_a_listed_spelling_is_no_other_name(tmp_path: Path) -> None:
    names = "  gil: {type: person, name: Ag Ghaly, aliases: [Gil Ag Ghali]}\n"
    article = "# Tiny\n\n## Text\n\nGil Ag Ghali came.\n"
    found = find_problems(
        tmp_path, FACT, rules=[check_article_names], article=article, entities=names
    )
    assert found.problems == ()
