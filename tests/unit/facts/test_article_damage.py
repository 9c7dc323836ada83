"""What copying has lost or glued together in an article is found, sound prose is left alone."""

from pathlib import Path

import pytest

from quizapp.facts.checking.damage import check_article, find_damage
from tests.factories.checks import find_problems


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Area: , , , , (logistical purposes only)", "lost-names"),
        ("Designated by: | , USA, , FRA, RUS", "lost-names"),
        ("Its name (in Arabic, GSIM; ) is long.", "lost-names"),
        ("It is known as () in the north.", "lost-names"),
        ("Founders: Djamel OkachaKIA", "glued-debris"),
        ("Opponents: 25px Wagner Group", "glued-debris"),
        ("It accepted their bay'ah.Two leaders were named.", "glued-debris"),
        ("It was formed in 2017.[3] It grew.", "glued-debris"),
        ("See [[Mali]] and {{cite}}.", "glued-debris"),
        ("War in the Sahel, *Mali War, *Islamist insurgency", "stray-mark"),
        ("The war * the peace", "stray-mark"),
        ("In October, the brigade claimed an attack.", "date-without-year"),
        ("On 16 March, the leadership released a message.", "date-without-year"),
        ("In an October of unstated year, an attack was claimed.", "date-without-year"),
        ("It opened on March 16 and closed.", "date-without-year"),
    ],
)
def test_damage_is_found_and_named(text: str, rule: str) -> None:
    assert [found[0] for found in find_damage(text)] == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "On 2 March 2017, the group announced its formation.",
        "On March 2, 2017, the group announced its formation.",
        "Between 2 March and 5 May 2017 it grew, and in January and February 2018 it shrank.",
        "In the period from 16 March to 19 March 2017 two messages came out.",
        "The march of May 1901 went on; they may march again, said May Smith.",
        "Founded by Ian McDonald, the BBC and the NATO forces (UN and AU), e.g. in the U.S. Army.",
        "It has 2,000 to 3,000 members; others (see below) say 5,000, 6,000 or more.",
        "* one thing * another thing",
        "- one thing - another thing",
        "GSIM's iPhone costs 5 \u00d7 4 units. Or not? Yes!",
    ],
)
def test_sound_prose_is_left_alone(text: str) -> None:
    assert list(find_damage(text)) == []


def test_damage_is_told_by_section_and_paragraph_and_a_note_of_a_fact_explains_it(
    tmp_path: Path,
) -> None:
    article = "# Tiny\n\n## Text\n\nIn October, it rained.\n\n## Later\n\nAll is well, , here.\n"
    fact = "id: a, s: ash, p: leader, v: ann"
    found = find_problems(tmp_path, fact, rules=[check_article], article=article)
    assert [(one.rule, one.severity, one.where, one.facts) for one in found.problems] == [
        ("date-without-year", "warning", "Text p1", ("a",)),
        ("lost-names", "warning", "Later p1", ()),
    ]
    noted = find_problems(
        tmp_path, f"{fact}, note: the source has no year", rules=[check_article], article=article
    )
    assert [one.severity for one in noted.problems] == ["note", "warning"]
    assert "the source has no year" in noted.texts[0]


def test_an_endless_row_of_commas_is_read_in_time() -> None:
    assert [found[0] for found in find_damage("Area: " + ", " * 20_000 + "end")] == ["lost-names"]
    assert next(find_damage("in March " * 5_000 + "2017"))[0] == "date-without-year"
