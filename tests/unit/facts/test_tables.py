"""Facts in CSV and XLSX, one a row, become the same model as facts in YAML."""

import csv
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from quizapp.errors import InvalidError
from quizapp.facts.canonical import digest_fact
from quizapp.facts.model import FactId, Pack
from quizapp.facts.packs import PackError, load_pack
from quizapp.facts.table_reader import MOST_CELL, MOST_COLUMNS, MOST_ROWS, read_csv
from quizapp.facts.values import Entities, EntityId, PartialDate, Period, Quantity, Words
from quizapp.facts.workbook_reader import read_workbook

ARTICLE = (
    "# The fair of Elmtown\n\n## Day\n\nThe fair took place on 4 July 1999. It left at least 1,200 "
    "cows wounded, the Herald via the Courier says.\n\n## League\n\nAnn Archer and Bob Baker "
    "founded the Ash League, and nobody else did. The Ash League had 200 to 300 members in 2001.\n"
)
ENTITIES = (
    "name,type,id,aliases,the\nMorning Herald,publisher,herald,Herald; The Herald,yes\n"
    "Evening Courier,publisher,,Courier,yes\nAsh League,group,,,yes\n"
)
COLUMNS = (
    "Subject",
    "Predicate",
    "Value",
    "Unit",
    "Qualifier",
    "As of",
    "According to",
    "Section",
    "Quote",
)
DAY = ("the fair", "date", "4 July 1999", "", "", "", "", "Day", "took place on 4 July 1999")
COWS = (
    "the fair",
    "wounded",
    "1,200",
    "cows",
    "at least; estimate",
    "July 1999",
    "the Herald via Courier",
    "Day",
    "at least 1,200 cows wounded",
)
FOUNDERS = (
    "The Ash League",
    "founder",
    "Ann Archer; Bob Baker",
    "",
    "closed",
    "",
    "",
    "",
    "Ann Archer and Bob Baker founded the Ash League",
)
SIZE = (
    "the Ash League",
    "size",
    "200 \u2013 300",
    "members",
    "",
    "2001",
    "",
    "league",
    "had 200 to 300 members in 2001",
)
ROWS = (DAY, COWS, FOUNDERS, SIZE)
Sheets = Mapping[str, Sequence[Sequence[object]]]


def write_csv(
    folder: Path,
    rows: Sequence[Sequence[str]],
    columns: Sequence[str] = COLUMNS,
    entities: str = ENTITIES,
) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "article.md").write_text(ARTICLE, encoding="utf-8")
    text = StringIO()
    csv.writer(text).writerows([columns, *rows])
    (folder / "facts.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
    (folder / "entities.csv").write_text(entities, encoding="utf-8")
    return folder


def make_cows() -> Quantity:
    return Quantity(low=Decimal(1200), high=Decimal(1200), comparison=">=", unit="cows")


def refuse(folder: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return [problem.located(caught.value.file.name) for problem in caught.value.problems]


def refuse_row(folder: Path, row: Sequence[str]) -> str:
    (problem,) = refuse(write_csv(folder, [row]))
    return problem


def list_values(pack: Pack) -> dict[str, object]:
    return {fact.id: fact.value for fact in pack.facts}


def test_a_table_is_read_into_the_model(tmp_path: Path) -> None:
    pack = load_pack(write_csv(tmp_path / "Elm Fair", ROWS))
    assert (pack.origin.id, pack.title) == ("elm_fair", "The fair of Elmtown")
    assert list_values(pack) == {
        "the_fair_date": PartialDate(year=1999, month=7, day=4),
        "the_fair_wounded": make_cows(),
        "the_ash_league_founder": Entities(ids=(EntityId("ann_archer"), EntityId("bob_baker"))),
        "the_ash_league_size": Quantity(low=Decimal(200), high=Decimal(300), unit="members"),
    }
    cows = pack.get_fact(FactId("the_fair_wounded"))
    assert (cows.said, cows.status) == (("herald", "evening_courier"), "estimate")
    assert cows.as_of == PartialDate(year=1999, month=7)
    assert (cows.at.section, cows.at.paragraph, cows.line) == ("Day", 1, 3)
    assert pack.get_fact(FactId("the_ash_league_founder")).closed is True
    assert pack.article.locate(cows.at) is not None


def test_names_that_are_not_listed_become_entities_of_the_type_that_fits(tmp_path: Path) -> None:
    entities = load_pack(write_csv(tmp_path, ROWS)).entities
    described = {one.id: (one.type, one.name, one.the) for one in entities.values()}
    assert described[EntityId("fair")] == ("event", "the fair", False)
    assert described[EntityId("ann_archer")] == ("person", "Ann Archer", False)
    assert described[EntityId("herald")] == ("publisher", "Morning Herald", True)


def test_all_predicates_of_a_name_together_tell_its_type(tmp_path: Path) -> None:
    role = ("Ash League", "part_of", "Elm Guild", "", "", "", "", "", "Ash League")
    entities = "name,type\nElm Guild,group\n"
    problem = refuse(write_csv(tmp_path, [role], entities=entities))[0]
    assert "'Ash League' is not known: is it a group or a state_body?" in problem
    ideology = ("Ash League", "ally", "Elm Guild", "", "", "", "", "", "Ash League")
    pack = load_pack(write_csv(tmp_path, [role, ideology], entities=entities))
    assert pack.entities[EntityId("ash_league")].type == "group"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({1: "dat"}, "row 2, column 2: predicate: unknown predicate 'dat'; did you mean 'date'?"),
        ({2: "02/03/2017"}, "row 2, column 3: value: '02/03/2017' is no date; write a real one"),
        ({2: "31 June 1999"}, "row 2, column 3: value: '1999-06-31' is no date"),
        (
            {4: "at leest"},
            "row 2, column 5: qualifier: unknown 'at leest'; did you mean 'at least'",
        ),
        ({4: "about"}, "row 2, column 5: qualifier: only a figure can be hedged"),
        ({5: "then"}, "row 2, column 6: as of: 'then' is no date"),
        ({6: "Times"}, "row 2, column 7: 'Times' is not known: what is it? add a row"),
        ({7: "Nite"}, "row 2, column 8: section: no heading 'Nite'"),
        ({7: "League"}, "row 2, column 9: quote: not in this section but in 'Day'; write that"),
        (
            {8: "never said"},
            "row 2, column 9: quote: not found in the article; copy the exact words",
        ),
        ({2: ""}, "row 2: fact: the key 'v' is missing"),
    ],
)
def test_a_fault_is_told_by_row_and_column_with_a_remedy(
    tmp_path: Path, change: dict[int, str], words: str
) -> None:
    row = [change.get(place, text) for place, text in enumerate(DAY)]
    problem = refuse_row(tmp_path, row)
    assert problem.startswith("facts.csv:2: ")
    assert words in problem


@pytest.mark.parametrize(
    ("value", "words"),
    [("many", "value: many; write plain digits"), ("300 to 200", "must be the smaller one")],
)
def test_a_figure_that_is_none_is_refused(tmp_path: Path, value: str, words: str) -> None:
    assert words in refuse_row(tmp_path, [value if text == "1,200" else text for text in COWS])


def test_a_place_is_asked_for_its_sort(tmp_path: Path) -> None:
    row = ("the fair", "place", "Elmtown", "", "", "", "", "", "The fair took place")
    problem = refuse_row(tmp_path, row)
    assert "'Elmtown' is not known: what sort of place is it?" in problem
    entities = "name,type,place\nElmtown,place,city\n"
    pack = load_pack(write_csv(tmp_path, [row], entities=entities))
    assert pack.entities[EntityId("elmtown")].place == "city"


def test_faults_of_the_table_of_entities_are_told_in_its_own_file(tmp_path: Path) -> None:
    problems = refuse(write_csv(tmp_path, ROWS, entities="name,type\nElm,persn\n"))
    assert problems == [
        "entities.csv:2: row 2, column 2: type: unknown 'persn'; did you mean 'person'?"
    ]
    twice = refuse(write_csv(tmp_path, ROWS, entities="name,type\nElm,group\nelm,group\n"))
    assert "the id 'elm' stands already in row 2" in twice[0]


def test_columns_are_checked_by_name(tmp_path: Path) -> None:
    columns = ("Subject", "Predicat", *COLUMNS[2:])
    problems = refuse(write_csv(tmp_path, [], columns=columns))
    assert "row 1: the column 'predicate' is missing; add it" in problems[0]
    assert "row 1, column 2: unknown column 'predicat'; did you mean 'predicate'?" in problems[1]


def test_own_ids_links_and_notes_are_taken_over(tmp_path: Path) -> None:
    columns = (*COLUMNS, "id", "conflicts", "importance", "note", "from", "to")
    rows = [
        (*SIZE[:5], "", *SIZE[6:], "f1", "f2", "3", "the lead errs", "2001", "2003"),
        (*SIZE[:2], "900", *SIZE[3:5], "2001 to 2003", *SIZE[6:], "f2", "f1", "", "", "", ""),
    ]
    one, other = load_pack(write_csv(tmp_path, rows, columns=columns)).facts
    assert (one.id, one.conflicts, one.importance, one.note) == ("f1", ("f2",), 3, "the lead errs")
    assert (
        (one.start, one.end)
        == (other.start, other.end)
        == (
            PartialDate(year=2001),
            PartialDate(year=2003),
        )
    )
    assert other.as_of is None


def test_ids_made_from_the_words_are_told_apart(tmp_path: Path) -> None:
    later = [text.replace("2001", "2003") if text == "2001" else text for text in SIZE]
    pack = load_pack(write_csv(tmp_path, [SIZE, later]))
    assert [fact.id for fact in pack.facts] == ["the_ash_league_size", "the_ash_league_size_2"]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1999-07-04", "1999-07-04"),
        ("4 Jul 1999", "1999-07-04"),
        ("July 4th, 1999", "1999-07-04"),
        ("july 1999", "1999-07"),
        ("1999", "1999"),
        ("1999 to 2001", "1999/2001"),
        ("May 1999 \u2013 June 2001", "1999-05/2001-06"),
    ],
)
def test_dates_may_be_typed_as_people_do(tmp_path: Path, text: str, iso: str) -> None:
    row = [text if cell == "4 July 1999" else cell for cell in DAY]
    value = load_pack(write_csv(tmp_path, [row])).facts[0].value
    assert isinstance(value, (PartialDate, Period))
    assert value.iso == iso


def test_semicolons_and_tabs_part_columns_too() -> None:
    for mark in ";\t":
        sheet = read_csv(f"subject{mark}value\nAnn{mark}1,5\n")
        assert {name: cell.text for name, cell in sheet.rows[0].cells.items()} == {
            "subject": "Ann",
            "value": "1,5",
        }


def test_a_row_counts_by_the_line_it_begins_in_and_blank_rows_are_left_out() -> None:
    sheet = read_csv('subject,value\n"Ann\nArcher",1\n,\n\nBob,2\n')
    assert [(row.line, row.cells["subject"].text) for row in sheet.rows] == [
        (2, "Ann Archer"),
        (6, "Bob"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the table is empty"),
        ("subject\n" + "x\n" * (MOST_ROWS + 1), "more than 5,000 rows"),
        ("subject\n" + "," * MOST_COLUMNS + "\n", "more than 50 columns"),
        ("subject\n" + "x" * (MOST_CELL + 1) + "\n", "more than 5,000 characters"),
        ('subject\n"x\n', "not readable as CSV"),
        ("subject\n" + "x" * 2_000_001, "longer than 2,000,000 characters"),
    ],
    ids=["empty", "rows", "columns", "cell", "quotes", "size"],
)
def test_a_table_over_its_bounds_is_refused(text: str, words: str) -> None:
    with pytest.raises(InvalidError) as caught:
        read_csv(text)
    assert words in caught.value.problems[0].text


def make_workbook(sheets: Sheets) -> bytes:
    workbook = Workbook()
    for sheet in workbook.worksheets:
        workbook.remove(sheet)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def write_workbook(folder: Path, sheets: Sheets) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "article.md").write_text(ARTICLE, encoding="utf-8")
    (folder / "facts.xlsx").write_bytes(make_workbook(sheets))
    return folder


def list_entity_rows() -> list[list[str]]:
    return list(csv.reader(StringIO(ENTITIES)))


def test_a_workbook_is_read_as_the_same_table(tmp_path: Path) -> None:
    sheets: Sheets = {"Entities": list_entity_rows(), "Facts": [COLUMNS, *ROWS]}
    book = load_pack(write_workbook(tmp_path / "book", sheets))
    table = load_pack(write_csv(tmp_path / "table", ROWS))
    assert [digest_fact(fact) for fact in book.facts] == [digest_fact(fact) for fact in table.facts]
    assert book.entities == table.entities


def test_typed_cells_of_a_workbook_are_read_as_written(tmp_path: Path) -> None:
    day = [date(1999, 7, 4) if text == "4 July 1999" else text for text in DAY]
    cows = [1200.0 if text == "1,200" else text for text in COWS]
    sheets: Sheets = {"Any name": [COLUMNS, day, cows], "entities": list_entity_rows()}
    values = list_values(load_pack(write_workbook(tmp_path, sheets)))
    assert values["the_fair_date"] == PartialDate(year=1999, month=7, day=4)
    assert values["the_fair_wounded"] == make_cows()


def test_a_fault_in_a_workbook_is_told_by_row_and_column(tmp_path: Path) -> None:
    row = ["dat" if text == "date" else text for text in DAY]
    (problem,) = refuse(write_workbook(tmp_path, {"facts": [COLUMNS, row]}))
    assert problem.startswith("facts.xlsx:2: row 2, column 2: predicate: unknown predicate 'dat'")


def rewrite(content: bytes, name: str, text: bytes) -> bytes:
    """The workbook with one of its files replaced or added."""
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(output, "w") as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member.filename, old.read(member))
        new.writestr(name, text, compress_type=zipfile.ZIP_DEFLATED)
    return output.getvalue()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "declares a document type"),
        (b"<x>" * 60 + b"</x>" * 60, "nested too deep"),
        (b"<x>", "not readable as an XLSX workbook"),
        (b" " * 40_000_000, "unpacked"),
    ],
    ids=["doctype", "depth", "broken", "size"],
)
def test_a_workbook_that_is_not_plain_is_refused(text: bytes, words: str) -> None:
    content = make_workbook({"facts": [COLUMNS, DAY]})
    with pytest.raises(InvalidError) as caught:
        read_workbook(rewrite(content, "xl/worksheets/sheet1.xml", text))
    assert words in caught.value.problems[0].text


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no workbook"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidError) as caught:
        read_workbook(content)
    assert "save it again as .xlsx" in caught.value.problems[0].text


def test_a_zip_without_sheets_is_refused() -> None:
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(InvalidError):
        read_workbook(output.getvalue())


def test_a_table_without_its_article_is_refused(tmp_path: Path) -> None:
    folder = write_csv(tmp_path, ROWS)
    (folder / "article.md").unlink()
    assert refuse(folder) == ["facts.csv:0: no file 'article.md' beside it; add the article"]


def test_yaml_is_taken_before_a_table_and_a_table_may_be_named(tmp_path: Path) -> None:
    folder = write_csv(tmp_path, ROWS)
    assert len(load_pack(folder / "facts.csv").facts) == len(ROWS)
    (folder / "facts.yaml").write_text("a: [", encoding="utf-8")
    assert "facts.yaml:1" in refuse(folder)[0]


def test_text_values_stay_words(tmp_path: Path) -> None:
    row = ("the fair", "target", "the town hall", "", "", "", "", "", "The fair took place")
    assert load_pack(write_csv(tmp_path, [DAY, row])).facts[1].value == Words(text="the town hall")
