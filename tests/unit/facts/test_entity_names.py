"""How an entity is named: with its year, as past, as a place of no sort; in YAML and in tables."""

from pathlib import Path

import pytest

from quizapp.facts.model import Entity
from quizapp.facts.packs import PackError, load_pack
from quizapp.facts.templates import find_template_fault
from quizapp.facts.values import EntityId
from tests.factories.fact_packs import ARTICLE, make_tiny_pack, write_tiny_pack

FACT = "id: a, s: ash, p: leader, v: bob"
YEARLESS = "holds no year; write the name with the year of the event in it"
CHOICE = "cannot choose a form; write {x:one|two} or {x:one|two|past} with x of s, v, said, t, e"


def read(folder: Path, entity: str) -> Entity:
    """Return the entity `x` of a pack in YAML."""
    return make_tiny_pack(folder, FACT, entities=f"  x: {entity}\n").entities[EntityId("x")]


def write_table(folder: Path, entities: str) -> Path:
    """Write a pack in CSV with one fact and this table of entities."""
    folder.mkdir(exist_ok=True)
    (folder / "article.md").write_text(ARTICLE, encoding="utf-8")
    (folder / "entities.csv").write_text(entities, encoding="utf-8")
    (folder / "facts.csv").write_text(
        "Subject,Predicate,Value,Section,Quote\n"
        "the raid,place,Long Bend,Text,All that the facts need is said here.\n",
        encoding="utf-8",
    )
    return folder


def refuse(folder: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return [problem.located(caught.value.file.name) for problem in caught.value.problems]


def test_an_entity_may_have_a_name_with_its_year_and_be_past(tmp_path: Path) -> None:
    entity = read(tmp_path, "{type: event, name: the raid, dated: the raid of 1999, past: yes}")
    assert (entity.name, entity.dated, entity.past) == ("the raid", "the raid of 1999", True)


def test_an_entity_has_neither_unless_the_pack_says_so(tmp_path: Path) -> None:
    entity = read(tmp_path, "{type: event, name: the raid of 1999, past: no}")
    assert (entity.dated, entity.past) == (None, False)


def test_an_entity_is_of_one_circle_or_of_none(tmp_path: Path) -> None:
    assert read(tmp_path, "{type: person, name: Gus Gray, circle: mill}").circle == "mill"
    assert read(tmp_path, "{type: person, name: Gus Gray}").circle is None


def test_a_table_of_entities_has_a_column_for_the_circle(tmp_path: Path) -> None:
    table = "name,type,place,circle\nthe raid,event,,night\nLong Bend,place,place,\n"
    pack = load_pack(write_table(tmp_path, table))
    raid, bend = (pack.entities[EntityId(one)] for one in ("the_raid", "long_bend"))
    assert (raid.circle, bend.circle) == ("night", None)


def test_a_place_may_be_of_no_sort_in_particular(tmp_path: Path) -> None:
    assert read(tmp_path, "{type: place, place: place, name: Long Bend}").place == "place"


@pytest.mark.parametrize("dated", ["the raid", "the raid of 99", "the raid of 19990", "raid 1999x"])
def test_a_dated_name_without_a_year_is_told_where_it_stands(tmp_path: Path, dated: str) -> None:
    entity = f"  x: {{type: event, name: the raid, dated: {dated}}}\n"
    folder = write_tiny_pack(tmp_path, [FACT], entities=entity)
    lines = (folder / "facts.yaml").read_text(encoding="utf-8").splitlines()
    line = lines.index(entity.rstrip()) + 1
    assert refuse(folder) == [f"facts.yaml:{line}: dated: {dated!r} {YEARLESS}"]
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    assert caught.value.problems[0].column == entity.index(dated, entity.index("dated:")) + 1


def test_a_table_of_entities_has_columns_for_both(tmp_path: Path) -> None:
    pack = load_pack(
        write_table(
            tmp_path,
            "name,type,place,dated,past\n"
            "the raid,event,,the raid of 1999,yes\nLong Bend,place,place,,no\n",
        )
    )
    raid, bend = (pack.entities[EntityId(one)] for one in ("the_raid", "long_bend"))
    assert (raid.dated, raid.past) == ("the raid of 1999", True)
    assert (bend.dated, bend.past, bend.place) == (None, False, "place")


def test_a_dated_name_without_a_year_is_told_by_its_row(tmp_path: Path) -> None:
    table = "name,type,place,dated\nLong Bend,place,place,\nthe raid,event,,the long raid\n"
    told = f"entities.csv:3: row 3, column 4: dated: 'the long raid' {YEARLESS}"
    assert refuse(write_table(tmp_path, table)) == [told]


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("{s:runs|run} now", None),
        ("{s:runs|run|ran} now", None),
        ("{v:is one|are some|was one} of {s}", None),
        ("{s:runs}", f"the slot 's' {CHOICE}"),
        ("{s:runs|run|ran|has run}", f"the slot 's' {CHOICE}"),
        ("{x:runs|run|ran}", f"the slot 'x' {CHOICE}"),
    ],
)
def test_a_slot_chooses_among_two_forms_or_three(template: str, fault: str | None) -> None:
    assert find_template_fault(template) == fault
