"""Instants: aware or refused, exact to the microsecond, comparable inside the database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from quizapp.storage.courses import add_course
from quizapp.storage.engine import Database
from quizapp.storage.ids import CourseId
from quizapp.storage.tables import CourseRow

MOMENT = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def store(session: Session, instant: datetime) -> CourseId:
    return add_course(session, title="Course", timezone="UTC", now=instant)


def load(session: Session, course_id: CourseId) -> datetime:
    return session.execute(
        select(CourseRow.created_at).where(CourseRow.id == course_id)
    ).scalar_one()


def test_a_naive_datetime_is_refused(database: Database) -> None:
    with database.writing() as session, pytest.raises(StatementError, match="needs its time zone"):
        store(session, datetime(2026, 3, 2, 8, 0))  # noqa: DTZ001 - that is the point


def test_a_naive_datetime_is_refused_in_a_comparison_too(database: Database) -> None:
    naive = datetime(2026, 3, 2, 8, 0)  # noqa: DTZ001
    statement = select(CourseRow.id).where(CourseRow.created_at < naive)
    with database.reading() as session, pytest.raises(StatementError, match="needs its time zone"):
        session.execute(statement)


@pytest.mark.parametrize(
    "instant",
    [
        MOMENT,
        MOMENT.replace(microsecond=0),
        MOMENT.replace(microsecond=999_999),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2199, 12, 31, 23, 59, 59, 1, tzinfo=UTC),
    ],
)
def test_an_instant_comes_back_to_the_microsecond(database: Database, instant: datetime) -> None:
    with database.writing() as session:
        course_id = store(session, instant)
        session.commit()
    with database.reading() as session:
        found = load(session, course_id)
    assert found == instant
    assert found.utcoffset() == timedelta(0)


def test_an_instant_of_another_zone_comes_back_in_utc(database: Database) -> None:
    tokyo = MOMENT.astimezone(timezone(timedelta(hours=9)))
    with database.writing() as session:
        course_id = store(session, tokyo)
        session.commit()
        found = load(session, course_id)
    assert found == MOMENT
    assert found.hour == MOMENT.hour


def test_the_database_orders_instants_of_all_zones_and_fractions(database: Database) -> None:
    base = MOMENT.replace(microsecond=0)
    instants = [base - TICK, base, base + TICK, base + timedelta(seconds=1)]
    zones = [timezone(timedelta(hours=hours)) for hours in (14, -12, 0, 5)]
    with database.writing() as session:
        for instant, zone in reversed(list(zip(instants, zones, strict=True))):
            store(session, instant.astimezone(zone))
        session.commit()
    with database.reading() as session:
        ordered = session.scalars(select(CourseRow.created_at).order_by(CourseRow.created_at))
        assert list(ordered) == instants
        early = select(CourseRow.created_at).where(
            CourseRow.created_at <= base.astimezone(zones[0])
        )
        assert sorted(session.scalars(early)) == instants[:2]
