"""The sentences above a learner's charts say what the charts show, and so do the tables below."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from quizapp.services.progress.foreseeing import DayRecall, ExamForecast, SectionForecast
from quizapp.services.progress.looking import DayCount, Holding, Week
from quizapp.services.progress.replaying import Checked
from quizapp.storage.ids import CourseId
from quizapp.web.student.progress_ahead import show_exams, show_holding, show_load
from quizapp.web.student.progress_past import show_calendar, show_retention, show_time
from tests.factories.pictures import read_shapes, read_texts

MONDAY = date(2026, 2, 9)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def spaced(texts: Sequence[str]) -> list[str]:
    """Return texts without what keeps dates and ranges on one line."""
    return [
        text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "") for text in texts
    ]


def make_days(*counts: int) -> tuple[DayCount, ...]:
    return tuple(DayCount(date=MONDAY + n * DAY, count=count) for n, count in enumerate(counts))


def make_week(number: int, checked: Checked, minutes: float = 0.0) -> Week:
    return Week(
        first=MONDAY + number * WEEK, reviews=7, minutes=minutes, checked=checked, recent=checked
    )


def make_checked(count: int, right: int, predicted: float) -> Checked:
    return Checked(count=count, right=right, expected=predicted * count)


def test_the_calendar_tells_the_reviews_the_days_and_the_busiest() -> None:
    chart = show_calendar(make_days(3, 0, 0, 0, 1, 0, 0, 0, 12))
    assert spaced([chart.finding]) == [
        "16 reviews on 3 days in the last 26 weeks; most on 17 Feb, 12."
    ]
    assert spaced(chart.table.rows[0]) == ["9 Feb", *"3000100"]
    assert spaced(chart.table.rows[1]) == ["16 Feb", "0", "12", *[""] * 5]
    assert len(chart.table.head) == 8


def test_the_calendar_of_nothing_says_so() -> None:
    assert show_calendar(make_days(0, 0)).finding == "No reviews in the last 26 weeks."


@pytest.mark.parametrize(
    ("right", "predicted", "words"),
    [
        (85, 0.88, "You were right in 85% of 100 reviews of learned facts, as predicted (88%)."),
        (60, 0.88, "60% of 100 reviews of learned facts, less often than predicted (88%)."),
        (97, 0.88, "97% of 100 reviews of learned facts, more often than predicted (88%)."),
    ],
)
def test_the_predictions_are_judged_by_what_chance_allows(
    right: int, predicted: float, words: str
) -> None:
    checked = make_checked(100, right, predicted)
    assert show_retention([make_week(0, checked)], checked).finding.endswith(words)


def test_few_reviews_tell_nothing_yet() -> None:
    few, enough = make_checked(9, 8, 0.9), make_checked(10, 9, 0.9)
    chart = show_retention([make_week(0, few)], few)
    assert chart.finding.startswith("Cannot tell yet (n = 9)")
    assert chart.picture is None
    assert spaced(chart.table.rows[0]) == ["9 Feb", "9", "cannot tell yet (n = 9)", ""]
    more = show_retention([make_week(0, few), make_week(1, enough)], few + enough)
    assert more.picture is not None
    assert len(read_shapes(more.picture, "chart__dot")) == 2  # right and predicted, of one week
    assert spaced(more.table.rows[1]) == ["16 Feb", "10", "90% (60\N{EN DASH}98%)", "90%"]


def test_a_week_without_reviews_is_empty() -> None:
    chart = show_retention([make_week(0, Checked())], Checked())
    assert spaced(chart.table.rows[0]) == ["9 Feb", "0", "", ""]


def test_right_and_predicted_are_told_apart_without_colour() -> None:
    checked = make_checked(100, 85, 0.9)
    chart = show_retention([make_week(n, checked) for n in range(2)], checked)
    assert chart.picture is not None
    looks = [each.classes[-1] for each in read_shapes(chart.picture, "chart__line")]
    assert looks == ["chart__line--full", "chart__line--dashed"]
    assert set(read_texts(chart.picture, "chart__name")) == {"right", "predicted"}
    assert len(read_shapes(chart.picture, "chart__band")) == 1


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        ((30.0, 60.0, 45.0), "You spent 2 hours in 3 weeks, 45 minutes of them this week."),
        ((30.0, 5.0, 0.0), "You spent 35 minutes in 3 weeks."),
        ((20.0,), "You spent 20 minutes this week."),
    ],
)
def test_the_time_is_told_in_all_and_for_this_week(minutes: tuple[float, ...], words: str) -> None:
    chart = show_time([make_week(n, Checked(), each) for n, each in enumerate(minutes)])
    assert chart.finding == words
    assert [row[2] for row in chart.table.rows] == [f"{each:.0f}" for each in minutes]


HOLDING = Holding(
    new=500, learning=2, under_week=3, under_three_weeks=4, under_three_months=5, longer=6
)


def test_how_long_facts_hold_is_told_beside_what_it_was() -> None:
    chart = show_holding(HOLDING, Holding(new=519, longer=1))
    assert chart.finding == (
        "11 of 520 facts hold for three weeks or longer; 4 weeks ago it was 1."
    )
    assert chart.table.head == ("Facts hold for", "Now", "4 weeks ago")
    assert chart.table.rows[0] == ("Not met yet", "500", "519")
    assert chart.table.rows[-1] == ("90 days or more", "6", "1")
    assert "500 facts you have not met yet." in chart.note


def test_facts_not_met_do_not_dwarf_the_others_in_the_picture() -> None:
    chart = show_holding(HOLDING, None)
    assert chart.picture is not None
    assert read_texts(chart.picture, "chart__figure") == ["2", "3", "4", "5", "6"]
    assert chart.table.head == ("Facts hold for", "Now")


def test_one_fact_holds() -> None:
    assert show_holding(Holding(longer=1), None).finding == (
        "1 of 1 fact holds for three weeks or longer."
    )


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((5, 0, 2), "7 reviews in the next 3 days; most today, 5."),
        ((1, 0, 2), "3 reviews in the next 3 days; most on 11 Feb, 2."),
        ((0, 0, 0), "0 reviews in the next 3 days."),
    ],
)
def test_the_load_tells_the_busiest_day(counts: tuple[int, ...], words: str) -> None:
    chart = show_load(make_days(*counts))
    assert spaced([chart.finding]) == [words]
    assert spaced([row[0] for row in chart.table.rows]) == ["Today", "10 Feb", "11 Feb"]


def make_exam(new: int, *recalls: float | None) -> ExamForecast:
    return ExamForecast(
        course_id=CourseId(1),
        course="<Astronomy>",
        exam_on=MONDAY + 10 * DAY,
        met=10,
        new=new,
        recalled=7.4,
        curve=(
            DayRecall(date=MONDAY, recall=0.95),
            DayRecall(date=MONDAY + 10 * DAY, recall=0.74),
        ),
        sections=tuple(
            SectionForecast(title=f"Section {n}", met=2, new=3, recall=each)
            for n, each in enumerate(recalls, 1)
        ),
    )


def test_an_exam_tells_what_would_be_recalled_and_what_forgotten() -> None:
    [exam] = show_exams([make_exam(5, 0.9, 0.6, None)])
    assert exam.chart.finding == (
        "If you reviewed nothing more, on 19 February 2026 you would recall about 7 of the "
        "10 facts that you have met, and have forgotten about 3. "
        "5 facts of the course you have not met yet."
    )
    assert exam.extremes == "Strongest on that day: Section 1. Weakest: Section 2."
    assert exam.sections.rows == (
        ("Section 1", "2", "3", "90%"),
        ("Section 2", "2", "3", "60%"),
        ("Section 3", "2", "3", ""),
    )
    assert spaced(exam.chart.table.rows[-1]) == ["19 Feb", "74%"]
    assert exam.chart.picture is not None
    assert set(read_texts(exam.chart.picture, "chart__name")) == {"without reviews", "goal 90%"}


def test_a_course_whose_facts_were_all_met_says_nothing_of_others() -> None:
    [exam] = show_exams([make_exam(0, 0.9)])
    assert exam.chart.finding.endswith("forgotten about 3.")
    assert exam.extremes == ""


def test_every_exam_has_a_key_of_its_own() -> None:
    assert [each.chart.key for each in show_exams([make_exam(0), make_exam(1)])] == [
        "exam-1",
        "exam-2",
    ]
