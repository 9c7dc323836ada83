from datetime import UTC, datetime

import pytest

from quizapp.errors import InvalidError
from quizapp.memory import Grade, Row, read_rows

HEADING = "learner,fact,time,grade,g\n"


def read(text: str) -> list[Row]:
    return list(read_rows(text.encode().splitlines(keepends=True)))


def find_problems(content: bytes) -> list[tuple[int, str]]:
    with pytest.raises(InvalidError) as caught:
        list(read_rows(content.splitlines(keepends=True)))
    return [(problem.line, problem.text) for problem in caught.value.problems]


def test_a_row_is_read_with_its_time_as_written_and_as_an_instant() -> None:
    assert read(HEADING + "ann,f1,2024-01-31T18:30:00+01:00,4,0.25\n") == [
        Row(
            learner="ann",
            fact="f1",
            time="2024-01-31T18:30:00+01:00",
            at=datetime(2024, 1, 31, 17, 30, tzinfo=UTC),
            grade=Grade.EASY,
            guess=0.25,
        )
    ]


@pytest.mark.parametrize("time", ["2024-01-31T18:30:00", "2024-01-31T18:30Z", "20240131T1830"])
def test_a_time_without_an_offset_is_in_utc(time: str) -> None:
    (row,) = read(HEADING + f"ann,f1,{time},3,\n")
    assert row.at == datetime(2024, 1, 31, 18, 30, tzinfo=UTC)
    assert row.guess == 0


def test_columns_may_stand_in_any_order_beside_others() -> None:
    (row,) = read('\ufeffgrade,comment, fact,time,learner\n2,"a, b",f1,2024-01-31,ann\n\n')
    assert (row.learner, row.fact, row.grade, row.guess) == ("ann", "f1", Grade.HARD, 0)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",f1,2024-01-31,3,", "the learner is empty"),
        ("ann, ,2024-01-31,3,", "the fact is empty"),
        ("ann,f1,yesterday,3,", "not ISO 8601"),
        ("ann,f1,0001-01-01T00:00+14:00,3,", "1970 to 2999"),
        ("ann,f1,9999-12-31,3,", "1970 to 2999"),
        ("ann,f1,2024-01-31,5,", "the grade '5' is unknown"),
        ("ann,f1,2024-01-31,,", "the grade '' is unknown"),
        ("ann,f1,2024-01-31,3,half", "the guess probability 'half'"),
        ("ann,f1,2024-01-31,3,nan", "the guess probability 'nan'"),
        ("ann,f1,2024-01-31,3,1.5", "the guess probability '1.5'"),
        ("ann,f1,2024-01-31,3", "4 fields, but the first line 5"),
        ('ann,"f1,2024-01-31,3,', "mend its quotation marks"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_its_line(line: str, said: str) -> None:
    good = "ann,f1,2024-01-30,3,\n"
    ((number, text),) = find_problems((HEADING + good + line + "\n").encode())
    assert number == 3
    assert said in text
    assert "; " in text  # what to do follows what is wrong


def test_no_row_is_given_out_after_the_first_problem() -> None:
    lines = [HEADING, "ann,f1,2024-01-01,3,\n", "ann,f1,2024-01-02,7,\n", "ann,f1,2024-01-03,3,\n"]
    rows = read_rows(line.encode() for line in lines)
    assert next(rows).time == "2024-01-01"
    with pytest.raises(InvalidError):
        next(rows)


def test_a_row_before_its_predecessor_is_named() -> None:
    text = HEADING + "ann,f1,2024-01-02,3,\nann,f1,2024-01-01,3,\nbob,f1,2024-01-01,3,\n"
    ((number, said),) = find_problems(text.encode())
    assert number == 3
    assert "sort the rows by time" in said


def test_the_line_of_a_problem_counts_line_ends_within_quotation_marks() -> None:
    text = HEADING + '"ann\nlee",f1,2024-01-02,3,\nann,f1,2024-01-03,9,\n'
    assert [number for number, _ in find_problems(text.encode())] == [4]


def test_a_line_that_is_not_utf8_is_named() -> None:
    content = HEADING.encode() + b"ann,f1,2024-01-02,3,\n\xff,f1,2024-01-02,3,\n"
    assert find_problems(content) == [(3, "the line is not UTF-8; save the file as UTF-8")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "names no column learner, fact, time, grade"),
        ("learner,fact,when,grade\n", "names no column time"),
        ("learner,fact,time,grade,g,g\n", "the column g stands twice"),
    ],
)
def test_a_heading_that_does_not_serve_is_refused(content: str, said: str) -> None:
    ((number, text),) = find_problems(content.encode())
    assert number == 1
    assert said in text


def test_every_problem_is_named_up_to_a_hundred() -> None:
    bad = "ann,f1,2024-01-02,7,\n"
    assert [n for n, _ in find_problems((HEADING + bad * 3).encode())] == [2, 3, 4]
    assert len(find_problems((HEADING + bad * 300).encode())) == 100
