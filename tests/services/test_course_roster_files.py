"""Rosters as people have them: what is read, and what is wrong told by line and column."""

import pytest

from quizapp.errors import InvalidError
from quizapp.formats.csv_table import decode_csv, neutralise, restore, write_table
from quizapp.services.courses.roster_file import (
    MOST_LINES,
    RosterEntry,
    read_roster,
)

ADA = RosterEntry(line=1, email="ada@example.org", name="Ada, Countess", sections=("Lab 1",))


@pytest.mark.parametrize(
    "text",
    [
        'ada@example.org,"Ada, Countess",Lab 1',
        "ada@example.org;Ada, Countess;Lab 1",
        "ada@example.org\tAda, Countess\tLab 1",
        "\ufeffADA@Example.ORG ;  Ada,  Countess ; Lab 1 ;\r\n;;\r\n",
    ],
)
def test_a_line_is_read_whatever_separates_its_cells(text: str) -> None:
    assert read_roster(text).entries == (ADA,)


@pytest.mark.parametrize(
    "heading",
    ["email;name;section", "E-Mail;NAME;Group", "Section;Phone;Name;Email"],
)
def test_headings_name_the_columns_in_any_order_and_letter_case(heading: str) -> None:
    names = {"e-mail": "email", "group": "section"}
    cells = {"email": "ada@example.org", "name": "Ada", "section": "Lab 1", "phone": "1"}
    columns = [names.get(name.lower(), name.lower()) for name in heading.split(";")]
    read = read_roster(f"\n{heading}\n" + ";".join(cells[name] for name in columns))
    assert read.entries == (
        RosterEntry(line=3, email="ada@example.org", name="Ada", sections=("Lab 1",)),
    )
    assert read.notes == (("The column “Phone” is not used.",) if "Phone" in heading else ())


def test_a_learner_may_be_in_several_sections_and_needs_no_name() -> None:
    (entry,) = read_roster("ada@example.org,,Lab 1 | Monday |Lab 1|").entries
    assert (entry.name, entry.sections) == ("", ("Lab 1", "Monday"))


def test_a_table_of_addresses_alone_is_enough() -> None:
    assert [entry.email for entry in read_roster("a@x.org\nb@x.org").entries] == [
        "a@x.org",
        "b@x.org",
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a@x.org\nb(at)x.org,B", 2, 1, "is no e-mail address"),
        ("a@x.org\n\n,Name", 3, 1, "is missing; enter it"),
        ("a@x.org\nb@x.org\nA@X.org", 3, 1, "stands in line 1 already"),
        (f"a@x.org,{'n' * 121}", 1, 2, "more than 120 characters"),
        (f"a@x.org,A,{'s' * 81}", 1, 3, "at most 80 characters"),
        ("name,email\nA,a@x.org\nB,b@", 3, 2, "is no e-mail address"),
        ("name,section\nA,B", 1, 0, "the column “email” is missing"),
        ("email,name,e-mail\na@x.org,A,b@x.org", 1, 3, "second column of email"),
        ('a@x.org,"A\nb@x.org', 1, 0, "quotation mark"),
        ('a@x.org\nb@x.org,"B" b', 2, 0, "quotation mark"),
        ("a@x.org,A\x07", 1, 2, "cannot be written"),
        ("", 0, 0, "there is no student"),
        ("email,name", 0, 0, "there is no student"),
        (" \n;;\n", 0, 0, "there is no student"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(
    text: str, line: int, column: int, words: str
) -> None:
    (problem,) = read_roster(text).problems
    assert (problem.line, problem.column) == (line, column)
    assert words in problem.text


def test_all_problems_are_told_at_once_in_the_order_of_lines() -> None:
    read = read_roster("a@\nb@x.org\nc@,,d|e")
    assert [problem.line for problem in read.problems] == [1, 3]
    assert [entry.email for entry in read.entries] == ["b@x.org"]


@pytest.mark.parametrize("heading", ["", "email\n"])
def test_a_thousand_lines_are_taken_and_one_more_is_not(heading: str) -> None:
    lines = [f"s{number}@example.org" for number in range(MOST_LINES + 1)]
    assert len(read_roster(heading + "\n".join(lines[:-1])).entries) == MOST_LINES
    read = read_roster(heading + "\n".join(lines))
    assert read.entries == ()
    assert "at most 1,000" in read.problems[0].text


def test_a_file_is_read_in_utf8_with_and_without_its_mark() -> None:
    for start in (b"", b"\xef\xbb\xbf"):
        assert decode_csv(start + "a@x.org,Zoë".encode()) == ("a@x.org,Zoë", ())


def test_a_file_in_windows_1252_is_read_and_that_is_said() -> None:
    text, (note,) = decode_csv("a@x.org,Zoë “Z”".encode("cp1252"))
    assert text == "a@x.org,Zoë “Z”"
    assert "Windows-1252" in note


@pytest.mark.parametrize(
    "content", ["a@x.org".encode("utf-16"), b"PK\x03\x04rest", b"a\x00b", b"\x81\x8d\xff"]
)
def test_what_is_no_such_file_is_refused_with_the_remedy(content: bytes) -> None:
    with pytest.raises(InvalidError, match="CSV UTF-8"):
        decode_csv(content)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_written_table_is_a_formula_and_it_is_read_back(start: str) -> None:
    cell = f"{start}HYPERLINK(1)"
    assert neutralise(cell) == f"'{cell}"
    assert restore(neutralise(cell)) == cell
    assert write_table([("a", cell)]).startswith("\ufeff")
    assert f"'{start}HYPER" in write_table([("a", cell)])


@pytest.mark.parametrize("cell", ["Ada", "'quoted'", "", "a=b", "1"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert neutralise(cell) == restore(cell) == cell
