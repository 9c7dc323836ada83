"""The step that brings a learner's settings, with rows of the schema before it."""

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from quizapp.errors import ConflictError
from quizapp.services.checking import check_database
from quizapp.storage import migrating
from quizapp.storage.engine import Database
from tests.factories.assignments import begin, build_exam
from tests.factories.people import MORNING, answer_next, build_world

FORMER = "0005"
TABLES = {"dispute", "exam_plan", "day_limit", "fact_choice", "fact_rival"}
KEPT = ("account", "assignment", "attempt", "memory", "review", "study_session")


def run(database: Database, statement: str) -> list[tuple[object, ...]]:
    with database.read.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def read_rows(database: Database, columns: dict[str, list[str]]) -> dict[str, object]:
    return {
        name: run(database, f"SELECT {', '.join(columns[name])} FROM {name} ORDER BY 1, 2")
        for name in KEPT
    }


def test_people_assignments_and_reviews_come_through(database: Database) -> None:
    exam = build_exam(database)
    begin(database, exam)
    with database.writing() as session:
        answer_next(session, exam.alice, MORNING, key="one")
    migrating.downgrade(database, FORMER)
    found = inspect(database.read)
    assert TABLES.isdisjoint(found.get_table_names())
    columns = {name: [each["name"] for each in found.get_columns(name)] for name in KEPT}
    kept = read_rows(database, columns)
    assert all(kept.values())
    migrating.upgrade(database)
    assert set(inspect(database.read).get_table_names()) > TABLES
    assert read_rows(database, columns) == kept
    settings = "retention, easy_days, two_buttons, single_keys, theme"
    assert set(run(database, f"SELECT {settings} FROM account")) == {
        (0.9, "nnnnnnn", False, True, "system")
    }
    assert run(database, "SELECT DISTINCT practised_by FROM assignment") == [(None,)]
    assert check_database(database).clean


def test_the_way_back_is_refused_once_a_day_has_limits_of_its_own(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        session.execute(
            text("INSERT INTO day_limit VALUES (:id, 739000, 5, 50)"), {"id": world.alice.id}
        )
        session.commit()
    with pytest.raises(ConflictError, match="rows without saying so"):
        migrating.downgrade(database, FORMER)
    assert migrating.has_current_schema(database.read)


@pytest.mark.parametrize("change", ["retention = 0.99", "retention = 0.5", "theme = 'pink'"])
def test_settings_out_of_bounds_cannot_be_stored(database: Database, change: str) -> None:
    build_world(database)
    with database.writing() as session, pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE account SET {change}"))
