"""The step that brings sections, assistants and join codes, with rows of the schema before it."""

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from quizapp.storage import migrating
from quizapp.storage.engine import Database
from quizapp.storage.sections import add_members
from quizapp.storage.tables import CourseRow
from tests.factories.courses import make_account, make_section
from tests.factories.people import MORNING, answer_next, build_world

FORMER, LATER = "0003", "0004"
ADD_FAILURE = text(
    "INSERT INTO sign_in_failure (email_hash, address_hash, at) VALUES ('one', 'two', :at)"
)


def run(database: Database, statement: str) -> list[tuple[object, ...]]:
    with database.read.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_courses_enrolments_and_refused_tries_come_through(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        answer_next(session, world.alice, MORNING, key="one")
    enrolled = run(database, "SELECT account_id, course_id, role FROM enrolment ORDER BY 1")
    migrating.downgrade(database, FORMER)
    kept = {
        name: run(database, f"SELECT * FROM {name} ORDER BY 1, 2") for name in ("memory", "review")
    }
    assert all(kept.values())
    assert "section" not in inspect(database.read).get_table_names()
    with database.write.begin() as connection:
        connection.execute(ADD_FAILURE, {"at": "2026-03-02 08:00:00"})
    migrating.upgrade(database, LATER)
    assert run(database, "SELECT action, subject_hash, address_hash FROM refused_try") == [
        ("sign-in", "one", "two")
    ]
    assert run(database, "SELECT title, join_code, archived_at FROM course") == [
        ("Astronomy", None, None)
    ]
    assert run(database, "SELECT account_id, course_id, role FROM enrolment ORDER BY 1") == enrolled
    for name, rows in kept.items():
        assert run(database, f"SELECT * FROM {name} ORDER BY 1, 2") == rows
    migrating.downgrade(database, FORMER)
    assert run(database, "SELECT email_hash, address_hash FROM sign_in_failure") == [("one", "two")]


def test_the_schema_before_cannot_hold_an_assistant_so_the_way_back_is_refused(
    database: Database,
) -> None:
    world = build_world(database)
    with database.writing() as session:
        session.execute(
            text("UPDATE enrolment SET role = 'assistant' WHERE account_id = :id"),
            {"id": world.tess.id},
        )
        session.commit()
    with pytest.raises(IntegrityError):
        migrating.downgrade(database, FORMER)
    assert ("assistant",) in run(database, "SELECT role FROM enrolment")
    assert migrating.has_current_schema(database.read)


@pytest.mark.parametrize("role", ["owner", ""])
def test_no_other_role_can_be_stored(database: Database, role: str) -> None:
    build_world(database)
    with database.writing() as session, pytest.raises(IntegrityError):
        session.execute(text("UPDATE enrolment SET role = :role"), {"role": role})


def test_two_courses_cannot_have_one_code(database: Database) -> None:
    courses = [
        CourseRow(title=title, timezone="UTC", created_at=MORNING, join_code="ABCDE23456")
        for title in ("One", "Two")
    ]
    with database.writing() as session:
        session.add_all(courses)
        with pytest.raises(IntegrityError):
            session.flush()


def test_only_who_is_in_the_course_can_be_in_its_section(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        stranger = make_account(session, "Nora")
        section_id = make_section(session, world.course_id, "Lab")
        with pytest.raises(IntegrityError):
            add_members(session, world.course_id, [(section_id, stranger.id)])
