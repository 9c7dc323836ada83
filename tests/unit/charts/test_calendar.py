"""A calendar has a column a week and a square a day, darker where there is more."""

from datetime import date

import pytest

from quizapp.charts import Svg, draw_calendar, find_level
from tests.factories.pictures import CAPTION, read_shapes, read_texts

MONDAY = date(2026, 1, 5)


def count_squares(picture: Svg) -> list[int]:
    """Return how many squares each level has, those of the key left out."""
    levels = [read_shapes(picture, f"chart__day--{level}") for level in range(5)]
    return [sum(each.attributes["d"].count("M") for each in shapes) - 1 for shapes in levels]


def test_every_day_is_a_square_of_its_level() -> None:
    assert count_squares(draw_calendar(CAPTION, first=MONDAY, counts=[0, 1, 2, 3, 4, 4])) == [
        *(1, 1, 1, 1, 2),
    ]


def test_days_go_down_and_weeks_go_on() -> None:
    picture = draw_calendar(CAPTION, first=MONDAY, counts=[9, 0, 0, 0, 0, 0, 0, 0, 9])
    dark = read_shapes(picture, "chart__day--4")[0].attributes["d"]
    assert dark == "M5,25h11v11h-11zM21,41h11v11h-11z"


def test_levels_are_quarters_of_the_largest_count() -> None:
    assert [find_level(count, 8) for count in (0, 1, 2, 3, 4, 5, 7, 8)] == [0, 1, 1, 2, 2, 3, 4, 4]
    assert find_level(0, 0) == 0
    assert [find_level(count, 1) for count in (0, 1)] == [0, 4]


def test_months_stand_above_their_first_week_where_there_is_room() -> None:
    months = draw_calendar(CAPTION, first=date(2025, 9, 1), counts=[0] * 26 * 7)
    assert read_texts(months)[:6] == ["Sep", "Oct", "Nov", "Dec", "Jan", "Feb"]
    late = draw_calendar(CAPTION, first=date(2025, 8, 25), counts=[0] * 26 * 7)
    assert read_texts(late)[0] == "Sep"  # one week of August is too narrow for its name


def test_the_older_half_of_the_names_can_be_left_out() -> None:
    picture = draw_calendar(CAPTION, first=date(2025, 9, 1), counts=[0] * 26 * 7)
    assert read_texts(picture, "chart__label--older") == ["Sep", "Oct", "Nov"]


def test_a_calendar_of_nothing_is_pale() -> None:
    assert count_squares(draw_calendar(CAPTION, first=MONDAY, counts=[0] * 10)) == [10, 0, 0, 0, 0]


def test_a_calendar_begins_on_a_monday_and_has_half_a_year() -> None:
    with pytest.raises(ValueError, match="from a Monday on"):
        draw_calendar(CAPTION, first=date(2026, 1, 6), counts=[1])
    with pytest.raises(ValueError, match="26 weeks at most"):
        draw_calendar(CAPTION, first=MONDAY, counts=[1] * 183)
