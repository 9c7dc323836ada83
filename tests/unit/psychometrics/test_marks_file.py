"""Marks from a CSV file: what is read, and how what cannot be is told."""

import tracemalloc
from collections.abc import Iterator

import numpy as np
import pytest

from quizapp.errors import InvalidError
from quizapp.psychometrics.marks import Item, Marks, Option
from quizapp.psychometrics.marks_file import LONGEST_LINE, read_marks

HEADING = "attempt,item,mark,max\n"


def read(text: str) -> Marks:
    return read_marks(text.encode().splitlines(keepends=True))


def find_problems(content: str | bytes) -> list[tuple[int, str]]:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(InvalidError) as caught:
        read_marks(raw.splitlines(keepends=True))
    return [(problem.line, problem.text) for problem in caught.value.problems]


def test_rows_make_a_table_in_whatever_order_they_stand() -> None:
    marks = read(HEADING + "ann,i1,1,1\nbob,i2,0.5,2\nbob,i1,0,1\nann,i2,+2.,2.0\n")
    assert marks.items == (Item(name="i1", maximum=1), Item(name="i2", maximum=2))
    assert marks.marks.tolist() == [[1, 2], [0, 0.5]]
    assert marks.asked.all()
    assert marks.answered.all()


def test_an_empty_mark_is_a_blank_and_a_missing_row_was_not_asked() -> None:
    marks = read(HEADING + "ann,i1,,1\nann,i2,1,1\nbob,i2,1,1\n")
    assert marks.marks.tolist() == [[0, 1], [0, 1]]
    assert marks.asked.tolist() == [[True, True], [False, True]]
    assert marks.answered.tolist() == [[False, True], [False, True]]


def test_columns_may_stand_in_any_order_beside_others() -> None:
    marks = read('\ufeffmax, item,note,note,mark,attempt\r\n1,i1,"a, b",,-.25,ann\r\n\r\n')
    assert marks.marks.tolist() == [[-0.25]]


def test_what_is_known_of_an_item_is_kept() -> None:
    marks = read(
        "attempt,item,mark,max,guess,slot,fact,template\n"
        "ann,i1,1,1,0.25,pool,coup; flag;coup,cloze\n"
        "bob,i1,1,1.0,0.250,pool,coup; flag;coup,cloze\n"
        "bob,i2,1,1,,,,\n"
    )
    assert marks.items == (
        Item(
            name="i1",
            maximum=1,
            guess=0.25,
            slot="pool",
            facts=("coup", "flag"),
            template="cloze",
        ),
        Item(name="i2", maximum=1),
    )


def test_an_option_is_a_key_if_most_who_chose_it_got_the_maximum() -> None:
    rows = ["a,i1,2,2,Mali", "b,i1,2,2,Mali", "c,i1,1,2,Niger", "d,i1,0,2,Chad", "e,i1,2,2,Chad"]
    marks = read(
        "attempt,item,mark,max,option\n" + "\n".join([*rows, "f,i1,0,2,", "g,i1,1.5,2,Mali"])
    )
    assert marks.items[0].options == (
        Option(text="Chad", correct=False),
        Option(text="Mali", correct=True),
        Option(text="Niger", correct=False),
    )
    chosen = marks.choices[0]
    assert chosen.argmax(axis=1).tolist() == [1, 1, 2, 0, 0, 0, 1]
    assert chosen.any(axis=1).tolist() == [True] * 5 + [False, True]


def test_of_very_many_texts_the_commonest_are_kept_and_the_others_are_one() -> None:
    texts = ["Mali"] * 3 + ["Niger"] * 2 + [f"typed {number:02}" for number in range(40)]
    rows = [f"a{number},i1,{int(text == 'Mali')},1,{text}" for number, text in enumerate(texts)]
    marks = read("attempt,item,mark,max,option\n" + "\n".join(rows))
    options = [option.text for option in marks.items[0].options]
    assert options == ["Mali", "Niger", *(f"typed {n:02}" for n in range(18)), "(all others)"]
    assert marks.choices[0].sum(axis=0).tolist() == [3, 2, *[1] * 18, 22]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",i1,1,1", "the attempt is empty"),
        ("ann, ,1,1", "the item is empty"),
        ("bob,i1,nan,1", "the mark 'nan' is no number"),
        ("bob,i1,inf,1", "the mark 'inf' is no number"),
        ("bob,i1,1_0,1", "the mark '1_0' is no number"),
        ("bob,i1,\u0661,1", "is no number"),
        ("bob,i1,1e400,1", "the mark '1e400' is over 1,000,000"),
        ("bob,i1,-1e7,1", "the mark '-1e7' is over 1,000,000"),
        ("bob,i1," + "9" * 5000 + ",1", "9…' is over 1,000,000"),
        ("bob,i1,1.5,1", "the mark '1.5' is over the maximum of 1"),
        ("bob,i2,0,-1", "the max '-1' is negative"),
        ("bob,i2,0,", "the max '' is no number"),
        ("bob,i2,0,1e9", "the max '1e9' is over 1,000,000"),
        ("bob,i1,1,2", "the max of item 'i1' is '2', but '1' in line 2"),
        ("ann,i1,0,1", "this attempt and item stand in line 2 already"),
        ("bob,i1,1", "the row has 3 fields, but the first line 4"),
        ('bob,"i1,1,1', "mend its quotation marks"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_its_line(line: str, said: str) -> None:
    ((number, text),) = find_problems(HEADING + "ann,i1,1,1\n" + line + "\n")
    assert number == 3
    assert said in text
    assert "; " in text  # what to do follows what is wrong
    assert len(text) < 200


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("bob,i1,,1,A,,s,f,t", "an option was chosen, but the mark is empty"),
        ("bob,i1,1,1,A,2,s,f,t", "the guess '2' is not from 0 to 1"),
        ("bob,i1,1,1,A,x,s,f,t", "the guess 'x' is no number"),
        ("bob,i1,1,1,A,,other,f,t", "the slot of item 'i1' is 'other', but 's' in line 2"),
        ("bob,i1,1,1,A,,s,g,t", "the fact of item 'i1' is 'g', but 'f' in line 2"),
        ("bob,i1,1,1,A,,s,f,u", "the template of item 'i1' is 'u', but 't' in line 2"),
        ("bob,i2,1,2,A,,s,f,t", "the items of slot 's' have different maxima"),
    ],
)
def test_what_is_known_of_an_item_must_agree_in_all_rows(row: str, said: str) -> None:
    heading = "attempt,item,mark,max,option,guess,slot,fact,template\n"
    ((number, text),) = find_problems(heading + "ann,i1,1,1,A,,s,f,t\n" + row + "\n")
    assert number == 3
    assert said in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "names no column attempt, item, mark, max"),
        ("attempt,item,score,max\n", "names no column mark"),
        ("attempt,item,mark,max,option,option\n", "the column option stands twice"),
    ],
)
def test_a_heading_that_does_not_serve_is_refused(content: str, said: str) -> None:
    ((number, text),) = find_problems(content)
    assert number == 1
    assert said in text


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_another_encoding_is_named(encoding: str) -> None:
    content = (HEADING + "ann,i1,1,1\nZoë,i1,1,1\n").encode(encoding)
    line = 1 if encoding == "utf-16" else 3
    assert find_problems(content) == [(line, "the line is not UTF-8; save the file as UTF-8")]


def test_the_line_of_a_problem_counts_line_ends_within_quotation_marks() -> None:
    assert [number for number, _ in find_problems(HEADING + '"ann\nlee",i1,1,1\nbob,i1,x,1\n')] == [
        4
    ]


def test_every_problem_is_named_up_to_a_hundred() -> None:
    bad = "".join(f"a{number},i1,x,1\n" for number in range(300))
    assert [number for number, _ in find_problems(HEADING + bad)] == list(range(2, 102))


def test_a_line_that_is_too_long_is_refused_before_it_is_parted() -> None:
    line = b"ann,i1,1," + b"1" * LONGEST_LINE + b"\n"
    ((number, text),) = find_problems(HEADING.encode() + line)
    assert number == 2
    assert "more than 100,000 bytes" in text


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((f"ann,i{number},1,1\n" for number in range(2001)), "more than 2,000 items"),
        ((f"a{n},i{n},1,1\n" for n in range(1500)), "attempts times items that are over 2,000,000"),
    ],
)
def test_a_file_that_would_make_too_large_a_table_is_refused_at_once(
    rows: Iterator[str], said: str
) -> None:
    tracemalloc.start()
    ((number, text),) = find_problems(HEADING + "".join(rows))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number > 1000
    assert said in text
    assert most < 8_000_000


def test_too_many_facts_are_refused() -> None:
    rows = "".join(
        f"ann,i{item},1,1,{';'.join(f'f{item}-{n}' for n in range(200))}\n" for item in range(11)
    )
    assert find_problems("attempt,item,mark,max,fact\n" + rows) == [
        (0, "there are more than 2,000 facts; divide the file")
    ]


def test_a_file_without_rows_holds_no_marks() -> None:
    marks = read(HEADING)
    assert marks.items == ()
    assert marks.marks.shape == (0, 0)
    assert isinstance(marks.marks, np.ndarray)
