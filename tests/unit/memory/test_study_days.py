from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.memory import StudyCalendar

PARIS = ZoneInfo("Europe/Paris")
NEW_YORK = ZoneInfo("America/New_York")
KOLKATA = ZoneInfo("Asia/Kolkata")  # never changes its clock


def day_of(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


@pytest.mark.parametrize("zone", [PARIS, NEW_YORK, KOLKATA], ids=str)
def test_the_hours_before_four_belong_to_the_day_before(zone: ZoneInfo) -> None:
    calendar = StudyCalendar(timezone=zone)
    assert calendar.study_day(datetime(2024, 5, 2, 3, 59, 59, tzinfo=zone)) == day_of(2024, 5, 1)
    assert calendar.study_day(datetime(2024, 5, 2, 4, 0, 0, tzinfo=zone)) == day_of(2024, 5, 2)


def test_a_rollover_at_midnight_gives_the_dates_of_the_wall_calendar() -> None:
    calendar = StudyCalendar(timezone=PARIS, rollover_hour=0)
    assert calendar.study_day(datetime(2024, 5, 2, 0, 0, tzinfo=PARIS)) == day_of(2024, 5, 2)
    assert calendar.study_day(datetime(2024, 5, 1, 23, 59, tzinfo=PARIS)) == day_of(2024, 5, 1)


def test_the_local_clock_counts_and_not_the_zone_of_the_instant() -> None:
    at = datetime(2024, 5, 2, 3, 0, tzinfo=UTC)  # five in Paris, eleven in the evening in New York
    assert StudyCalendar(timezone=PARIS).study_day(at) == day_of(2024, 5, 2)
    assert StudyCalendar(timezone=NEW_YORK).study_day(at) == day_of(2024, 5, 1)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (PARIS, day_of(2024, 3, 30), 23),
        (PARIS, day_of(2024, 10, 26), 25),
        (NEW_YORK, day_of(2024, 3, 9), 23),
        (NEW_YORK, day_of(2024, 11, 2), 25),
        (KOLKATA, day_of(2024, 3, 30), 24),
    ],
)
def test_the_night_of_a_clock_change_makes_its_study_day_shorter_or_longer(
    zone: ZoneInfo, day: int, hours: int
) -> None:
    calendar = StudyCalendar(timezone=zone)
    assert calendar.start_of(day + 1) - calendar.start_of(day) == timedelta(hours=hours)


def test_a_day_that_begins_in_the_hour_left_out_begins_after_it() -> None:
    calendar = StudyCalendar(timezone=NEW_YORK, rollover_hour=2)
    day = day_of(2024, 3, 10)
    assert calendar.start_of(day) == datetime(2024, 3, 10, 7, tzinfo=UTC)  # three in New York
    assert calendar.study_day(calendar.start_of(day)) == day
    assert calendar.study_day(calendar.start_of(day) - timedelta(seconds=1)) == day - 1


def test_a_day_that_begins_in_the_hour_that_comes_twice_begins_at_the_first() -> None:
    calendar = StudyCalendar(timezone=PARIS, rollover_hour=2)
    day = day_of(2024, 10, 27)
    assert calendar.start_of(day) == datetime(2024, 10, 27, 0, tzinfo=UTC)
    assert calendar.study_day(datetime(2024, 10, 27, 1, tzinfo=UTC)) == day  # two o'clock again


def test_the_start_of_a_day_is_given_in_utc() -> None:
    assert StudyCalendar(timezone=PARIS).start_of(day_of(2024, 1, 1)).tzinfo is UTC


@settings(max_examples=200, deadline=None)
@given(
    at=st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from((PARIS, NEW_YORK, KOLKATA)),
    rollover_hour=st.integers(0, 23),
)
def test_every_instant_lies_between_the_start_of_its_day_and_of_the_next(
    at: datetime, zone: ZoneInfo, rollover_hour: int
) -> None:
    calendar = StudyCalendar(timezone=zone, rollover_hour=rollover_hour)
    day = calendar.study_day(at)
    assert calendar.start_of(day) <= at < calendar.start_of(day + 1)


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        StudyCalendar(timezone=PARIS).study_day(datetime(2024, 5, 2, 3))  # noqa: DTZ001
