"""What reports say of figures: words where it is not sure, a verdict where it is."""

from dataclasses import replace

import pytest

from quizapp.services.reporting.values import QuestionLine, TimeSpent
from quizapp.web.instructor.reports_charts import show_map, show_scores, show_times
from quizapp.web.instructor.reports_words import (
    count_questions,
    note_of,
    say_verdict,
    write_index,
    write_seconds,
)
from tests.factories.pictures import read_shapes, read_texts
from tests.factories.report_values import make_report

MINUS = "\N{MINUS SIGN}"


def get_line(attempts: int, *, wrong_key: int | None = None) -> QuestionLine:
    """The fourth of eight questions."""
    return make_report(attempts, 8, wrong_key=wrong_key).questions[3]


def test_an_index_has_two_places_and_a_true_minus_sign() -> None:
    assert [write_index(value) for value in (0.456, -0.1, None)] == ["0.46", f"{MINUS}0.10", ""]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, ""), (0.4, "0 s"), (41, "41 s"), (59.6, "1 min"), (450, "7 min 30 s")],
)
def test_a_length_is_said_as_people_say_it(seconds: float | None, words: str) -> None:
    assert write_seconds(seconds) == words


def test_a_note_has_a_colour_only_if_the_check_is_sure() -> None:
    assert note_of(get_line(400, wrong_key=3)).variant == "bad"
    unsure = note_of(get_line(12, wrong_key=3))
    assert unsure.variant == ""
    assert "annot tell yet" in unsure.text


def test_a_question_that_separates_for_certain_is_said_to() -> None:
    checked = replace(get_line(400), checks=())
    assert note_of(checked).text == "Separates"
    assert note_of(replace(get_line(9), checks=())).text == "Cannot tell yet"


def test_a_dropped_question_is_said_to_be() -> None:
    dropped = replace(get_line(20), dropped=True, findings=None)
    assert note_of(dropped).text.startswith("Dropped")
    assert note_of(replace(dropped, dropped=False)).text == "In no attempt that counts here"


def test_a_verdict_is_given_only_where_the_whole_interval_is_in_its_band() -> None:
    few, many = (make_report(count, 8).report.items[0] for count in (15, 4000))
    assert say_verdict(few.bands, "facility", "a to b", few.n).endswith("cannot tell yet")
    told = say_verdict(many.bands, "facility", "a to b", many.n)
    assert told == "a to b (95%, n = 4000) · fairly easy"
    assert say_verdict((), "facility", "", 3) == "n = 3"


def test_questions_are_counted_once_whether_sure_or_not() -> None:
    report = make_report(400, 8, wrong_key=3)
    sure = {check.question_id for check in report.checks if check.sure}
    others = {check.question_id for check in report.checks} - sure
    assert 4 in sure
    assert count_questions(report.checks, sure=True) == len(sure)
    assert count_questions(report.checks, sure=False) == len(others)


def test_the_scores_are_told_with_their_middle_and_those_below_half_outlined() -> None:
    test = make_report(200, 10).report.test
    chart = show_scores(test)
    assert chart.finding.startswith("Most of the 200 attempts scored between ")
    assert chart.picture is not None
    [name] = read_texts(chart.picture, "chart__name")
    assert name == f"median {test.median_share:.0%}"
    below = sum(1 for each in test.distribution[:5] if each.count)
    assert len(read_shapes(chart.picture, "chart__bar--outlined")) == below
    assert sum(int(row[1]) for row in chart.table.rows) == 200


def test_the_scores_of_nobody_and_of_one_say_so() -> None:
    assert show_scores(make_report(0, 3).report.test).picture is None
    assert show_scores(make_report(1, 3).report.test).finding.startswith("The one attempt")


def test_the_map_marks_the_questions_to_check_and_leaves_out_what_has_no_figure() -> None:
    report = make_report(400, 8, wrong_key=3)
    finding, picture = show_map(report.questions)
    assert "of 8 questions" in finding
    assert "1 by less than 0." in finding
    assert picture is not None
    sure = {check.number for check in report.checks if check.sure}
    assert len(read_shapes(picture, "chart__dot--marked")) == len(sure)
    assert show_map(make_report(1, 3).questions)[1] is None


def test_the_time_names_the_longest_question() -> None:
    report = make_report(30, 4)
    finding = show_times(report.time, report.questions).finding
    assert finding.startswith("Half of the attempts took 5 min or less (n = 30).")
    assert "Question 4 took longest: 24 s" in finding
    nothing = show_times(TimeSpent(seconds=None, n=0), ())
    assert nothing.picture is None
