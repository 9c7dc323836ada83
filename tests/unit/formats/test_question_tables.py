"""Questions from a table: what comes of each row, and what is wrong by row and column."""

import pytest

from quizapp.errors import InvalidError
from quizapp.facts.article import read_article
from quizapp.facts.table_reader import FACT_COLUMNS
from quizapp.formats.questions_json import question_from_dict, question_to_dict
from quizapp.formats.questions_table import QuestionTable, read_question_table
from quizapp.formats.table_columns import COLUMNS, KIND_WORDS, OWN
from quizapp.formats.table_files import read_table, read_table_file
from quizapp.formats.table_templates import (
    FACTS,
    HELP,
    QUESTIONS,
    list_help,
    write_csv_template,
    write_workbook_template,
)
from quizapp.kinds.question import Option, Question, Source
from quizapp.kinds.registry import get_kind

ARTICLE = read_article("# Mars\n\n## Size\n\nMars is 6,780 km wide.\n\n## Moons\n\nIt has two.\n")


def read(text: str) -> QuestionTable:
    """Read a table without an article."""
    return read_question_table(read_table(text))


def read_one(text: str) -> Question:
    """Read the only question of a table that has no problem."""
    table = read(text)
    assert table.problems == ()
    (entry,) = table.entries
    return entry.question


def list_problems(text: str) -> list[tuple[int, int, str]]:
    """Return what is wrong with a table."""
    return [(each.line, each.column, each.text) for each in read(text).problems]


def test_the_template_imports_as_it_is_and_has_every_kind() -> None:
    csv = read_table_file("template.csv", write_csv_template(QUESTIONS).encode())
    book = read_table_file("template.xlsx", write_workbook_template(QUESTIONS))
    tables = [read_question_table(read_table(file.text)) for file in (csv, book)]
    assert tables[0] == tables[1]
    assert (tables[0].problems, tables[0].notes) == ((), ())
    assert {entry.question.kind for entry in tables[0].entries} == set(OWN)
    assert [entry.line for entry in tables[0].entries] == list(range(2, 11))


def test_every_column_is_explained_and_the_help_is_not_read_as_questions() -> None:
    explained = [row[0] for row in list_help(QUESTIONS)[1:]]
    numbered = {f"{name} {number}" for name in ("wrong", "why") for number in range(2, 8)}
    assert set(explained) == set(COLUMNS) - numbered
    assert [row[0] for row in list_help(FACTS)[1:]] == list(FACT_COLUMNS)
    file = read_table_file("facts.xlsx", write_workbook_template(FACTS))
    assert file.text == f"{','.join(FACT_COLUMNS)}\n"
    assert HELP not in file.text


def test_questions_of_every_kind_can_be_stored_and_their_right_answer_is_right() -> None:
    for entry in read(write_csv_template(QUESTIONS)).entries:
        question = entry.question
        assert question_from_dict(question_to_dict(question)) == question
        kind = get_kind(question.kind)
        assert kind.mark(question, kind.parse(question, answer(question))).right, question.kind


def answer(question: Question) -> dict[str, str]:
    if question.kind in ("choice", "select_all"):
        right = [place for place, option in enumerate(question.options) if option.correct]
        return {"answer": " ".join(map(str, right))}
    order = question.order or ()
    texts = {
        "ordering": " ".join(str(sorted(order).index(item)) for item in order),
        "matching": "2 0 1",
        "flashcard": "3",
    }
    return {"answer": texts.get(question.kind, question.answer)}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_headings_may_stand_in_any_order_and_case_with_any_separator(
    separator: str, mark: str
) -> None:
    rows = (
        ("Wrong_Answer 1", "QUESTION", "Type", "Correct answer"),
        ("b", "Which?", "Choice", "a"),
    )
    text = mark + "\r\n".join(separator.join(row) for row in rows)
    question = read_one(text)
    assert (question.kind, question.stem, question.answer) == ("choice", "Which?", "a")
    assert question.options == (
        Option(text="a", correct=True),
        Option(text="b", correct=False, feedback=None),
    )


def test_where_an_option_stands_tells_nothing() -> None:
    head = "kind,question,answer,wrong 1,wrong 2,wrong 3,why 2\n"
    words = read_one(f"{head}choice,Which?,mild,cold,hot,Arid,too warm")
    assert [option.text for option in words.options] == ["Arid", "cold", "hot", "mild"]
    assert [option.feedback for option in words.options] == [None, None, "too warm", None]
    numbers = read_one(f'{head}choice,How many?,90,1000,"2,500",7')
    assert [option.text for option in numbers.options] == ["7", "90", "1000", "2,500"]
    dates = read_one(f"{head}choice,When?,March 2019,May 2018,1 June 2020,2017")
    assert dates.options[0].text == "2017"
    assert words.guess == 1 / 4


def test_a_cell_is_parted_at_strokes_or_lines_and_else_at_semicolons() -> None:
    head = "kind,question,order\n"
    assert read_one(f"{head}ordering,Order?,a; b; c").order == ("a", "b", "c")
    assert read_one(f"{head}ordering,Order?,a; b | c").order == ("a; b", "c")
    assert read_one(f'{head}ordering,Order?,"a; b\nc"').order == ("a; b", "c")


def test_cells_that_were_escaped_as_formulas_are_restored_and_lines_of_a_cell_kept() -> None:
    question = read_one(
        'kind,question,answer,explanation\ncard,\'=1+1?,\'-2,"First  line.\n\nSecond ""line""."'
    )
    assert (question.stem, question.answer) == ("=1+1?", "-2")
    assert question.feedback == 'First line.\n\nSecond "line".'


def test_a_row_counts_as_a_spreadsheet_counts_it() -> None:
    text = 'kind,question,answer\ncard,"a\nb?",x\n\nwrong,c?,y\n'
    assert [(line, column) for line, column, _ in list_problems(text)] == [(4, 1)]


def test_the_same_row_is_the_same_question_and_another_answer_does_not_change_that() -> None:
    head = "kind,question,answer,order\n"
    first = read_one(f"{head}card,What is  x?,a,").id
    assert read_one(f"{head}card,what is x?,b,").id == first
    assert read_one(f"{head}card,What is y?,a,").id != first
    one, other = (read_one(f"{head}ordering,Order these.,,{items}").id for items in ("a;b", "a;c"))
    assert one != other
    assert read_one(f"{head}ordering,Order these.,,b;a").id == one
    named = read_one("kind,question,answer,id,tags\ncard,What?,a,my-id,one; two; one")
    assert (named.id, named.tags) == ("my-id", ("one", "two"))


def test_hedge_claimant_date_and_source_are_kept() -> None:
    table = read_question_table(
        read_table(
            "kind,question,answer,hedge,according to,as of,quote,section,importance\n"
            'numeric,How wide?,6780,about,NASA | ESA,March 2024,"Mars is 6,780 km wide",size,3\n'
            "card,How many?,two,,,,another book,,\n"
            "card,How old?,old,,,,,,\n"
        ),
        ARTICLE,
    )
    assert table.problems == ()
    wide, many, old = (entry.question for entry in table.entries)
    assert (wide.hedge, wide.said, wide.as_of) == ("about", ("NASA", "ESA"), "2024-03")
    assert wide.source == Source(section="Size", paragraph=1, quote="Mars is 6,780 km wide")
    assert (wide.importance, many.importance) == (3, 2)
    assert many.source == Source(section="", paragraph=0, quote="another book")
    assert table.notes == ("Row 3: the quote is not in the article, so it counts as yours.",)
    assert (old.feedback, old.source.quote) == ("old", "old")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("question,answer\na,b", (1, 0), "the column “kind” is missing; add it"),
        (
            "kind,question,anwser\ncard,a,b",
            (1, 3),
            "unknown column “anwser”; did you mean 'answer'?",
        ),
        ("kind,question,stem\ncard,a,b", (1, 3), "the column “question” stands there twice"),
        ("kind,question\n,a", (2, 1), "kind: empty; use one of choice"),
        ("kind,question\nchoise,a", (2, 1), "unknown kind “choise”; did you mean 'choice'?"),
        ("kind,question,answer\ncard,,a", (2, 2), "question: empty; write what is asked"),
        ("kind,question,answer\ncard,a,", (2, 3), "answer: empty; write the right answer"),
        ("kind,question\ncard,a", (2, 0), "answer: empty"),
        ("kind,question,answer,order\ncard,a,b,c", (2, 4), "a flashcard question has none"),
        ("kind,question,answer\nchoice,a,b", (2, 0), "wrong 1: no wrong option"),
        ("kind,question,answer,wrong 1\nchoice,a,b,B", (2, 4), "“B” stands there twice"),
        ("kind,question,answer,wrong 1,why 2\nchoice,a,b,c,d", (2, 5), "wrong 2 is empty"),
        ("kind,question,answer\ntrue false,a.,maybe", (2, 3), "write true or false"),
        ("kind,question,answer\ncloze,no blank.,b", (2, 2), "no blank; write _____ once"),
        ("kind,question,answer\ncloze,____ and ___.,b", (2, 2), "2 blanks"),
        ("kind,question,answer\nnumber,a,many", (2, 3), "“many” is no number"),
        ("kind,question,answer\nnumber,a,'-3", (2, 3), "write a number from 0 up"),
        ("kind;question;answer\nnumber;a;2,5", (2, 3), "a point for decimals"),
        ("kind,question,answer,tolerance\nnumber,a,5,few", (2, 4), "“few” is no number from 0 up"),
        ("kind,question,answer\ndate,a,soon", (2, 3), "“soon” is no date"),
        ("kind,question,answer\ndate,a,03/02/2017", (2, 3), "2017-02-03 or 2017-03-02"),
        ("kind,question,order\nordering,a,b", (2, 3), "fewer than two items"),
        ("kind,question,order\nordering,a,b;b", (2, 3), "“b” stands there twice"),
        ("kind,question,pairs\nmatching,a,b=c;d", (2, 3), "“d” is no pair"),
        ("kind,question,pairs\nmatching,a,b=c;b=d", (2, 3), "“b” stands there twice"),
        ("kind,question,pairs\nmatching,a,b=c;d=c", (2, 3), "“c” stands there twice"),
        ("kind,question,answer,as of\ncard,a,b,lately", (2, 4), "as of: no date"),
        ("kind,question,answer,importance\ncard,a,b,4", (2, 4), "write one of 1, 2, 3"),
        (f"kind,question,answer,tags\ncard,a,b,{'t' * 41}", (2, 4), "too many or too long"),
        ("kind,question,answer,id\ncard,a,b,My Id", (2, 4), "is no id; write small letters"),
        ("kind,question,answer\ncard,a,b\ncard,A,c", (3, 2), "the same as in row 2"),
        ("kind,question,answer,id\ncard,a,b,x\ncard,c,d,x", (3, 4), "the same as in row 2"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(
    text: str, place: tuple[int, int], words: str
) -> None:
    found = [problem for problem in list_problems(text) if words in problem[2]]
    assert [problem[:2] for problem in found] == [place], list_problems(text)


def test_all_problems_are_told_at_once_in_the_order_of_the_table() -> None:
    text = "kind,question,answer,wrong 1\nchoice,,,\ncard,a,b,c\nnone,d,e,\n"
    assert [problem[:2] for problem in list_problems(text)] == [
        (2, 2),
        (2, 3),
        (2, 4),
        (3, 4),
        (4, 1),
    ]


def test_a_file_in_windows_1252_is_read_and_that_is_told() -> None:
    file = read_table_file("a.csv", "kind,question,answer\ncard,Où?,là".encode("cp1252"))
    assert read_one(file.text).stem == "Où?"
    assert "it was read as Windows-1252" in file.notes[0]


def test_every_word_for_a_kind_is_known_whatever_its_marks() -> None:
    for words, kind in KIND_WORDS.items():
        text = words.title().replace(" ", "_")
        (problem, *_) = read(f"kind,question,order\n{text},,x").problems
        assert "unknown kind" not in problem.text, (words, kind)
    assert read_one("kind,question,answer\nTrue/False,It is.,TRUE").answer == "true"


def test_a_unit_written_with_the_number_is_taken_off() -> None:
    question = read_one("kind,question,answer,unit,tolerance\nnumber,How far?,5 km,km,0.5 km")
    assert (question.answer, question.unit, question.tolerance) == ("5", "km", "0.5")


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(InvalidError):
        read("\n\n")
