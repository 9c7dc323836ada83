"""The check of a database names what was edited by hand, and does not fail over it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from quizapp.services.checking import Check, check_database
from quizapp.services.health import examine
from quizapp.storage.engine import Database, open_database
from tests.factories.people import MORNING, World, answer_next, build_world
from tests.support.databases import opened

FLIPS = 60


@pytest.fixture
def world(database: Database) -> World:
    """Alice and Bob have each answered the three facts once."""
    world = build_world(database)
    with database.writing() as session:
        for number in range(3):
            answer_next(session, world.alice, MORNING, key=f"a{number}")
            answer_next(session, world.bob, MORNING, key=f"b{number}")
    return world


def edit(database: Database, statement: str) -> None:
    with database.writing() as session:
        session.execute(text(statement))
        session.commit()


def test_a_database_in_use_is_clean(database: Database, world: World) -> None:
    del world
    assert check_database(database) == Check(database="ok", memories=6, reviews=6, mismatches=())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("stability", "stability * 2"),
        ("difficulty", "difficulty + 0.5"),
        ("phase", "'review'"),
        ("step", "step + 1"),
        ("due_day", "due_day + 1"),
        ("due_at", "NULL"),
        ("last_day", "last_day - 1"),
        ("last_at", "'2020-01-01 00:00:00.000000+00:00'"),
        ("reps", "reps + 1"),
        ("lapses", "lapses + 1"),
        ("shuffle", "shuffle + 1"),
        ("question_id", "question_id + 1"),
    ],
)
def test_a_memory_edited_by_hand_is_named_with_its_column(
    database: Database, world: World, column: str, value: str
) -> None:
    if database.is_sqlite:
        value = value.replace("+00:00", "")
    edit(
        database,
        f"UPDATE memory SET {column} = {value} WHERE learner_id = {world.bob.id} AND fact_id = 2",
    )
    check = check_database(database)
    assert not check.clean
    (found,) = check.mismatches
    assert (found.learner_id, found.fact_id) == (world.bob.id, 2)
    assert found.what == f"differs from the log in {column}"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("grade", "1"),
        ("guess", "0.9"),
        ("at", "'2020-01-01 00:00:00'"),
        ("study_day", "study_day - 3"),
        ("parameters", "'unheard-of'"),
        ("question_id", "CASE question_id WHEN 5 THEN 6 ELSE 5 END"),
    ],
)
def test_an_answer_edited_by_hand_is_named_by_its_memory(
    database: Database, world: World, column: str, value: str
) -> None:
    where = f"learner_id = {world.alice.id} AND fact_id = 3"
    edit(database, f"UPDATE review SET {column} = {value} WHERE {where}")
    (found,) = check_database(database).mismatches
    assert (found.learner_id, found.fact_id) == (world.alice.id, 3)


def test_a_memory_that_was_deleted_is_missed(database: Database, world: World) -> None:
    edit(database, f"DELETE FROM memory WHERE learner_id = {world.alice.id} AND fact_id = 1")
    (found,) = check_database(database).mismatches
    assert (found.learner_id, found.fact_id) == (world.alice.id, 1)
    assert found.what == "the log has answers, but no memory is stored"


def test_a_memory_without_an_answer_is_noticed(database: Database, world: World) -> None:
    edit(database, f"DELETE FROM review WHERE learner_id = {world.bob.id} AND fact_id = 1")
    (found,) = check_database(database).mismatches
    assert (found.learner_id, found.fact_id) == (world.bob.id, 1)
    assert found.what == "a memory is stored, but the log has no answer that counts"


def test_an_undo_added_by_hand_is_noticed(database: Database, world: World) -> None:
    del world
    edit(
        database,
        "INSERT INTO review_undo (review_id, at) SELECT id, at FROM review"
        " WHERE idempotency_key = 'a1'",
    )
    (found,) = check_database(database).mismatches
    assert found.what == "a memory is stored, but the log has no answer that counts"


def test_an_instant_that_is_none_is_damage(sqlite_database: Database) -> None:
    world = build_world(sqlite_database)
    with sqlite_database.writing() as session:
        answer_next(session, world.alice, MORNING, key="k")
    edit(sqlite_database, "UPDATE memory SET last_at = 'yesterday'")
    check = check_database(sqlite_database)
    assert not check.clean
    assert "cannot be read" in check.database


def test_whatever_bit_is_flipped_the_check_comes_to_an_end(
    sqlite_database: Database, tmp_path: Path
) -> None:
    world = build_world(sqlite_database)
    with sqlite_database.writing() as session:
        answer_next(session, world.alice, MORNING, key="k")
    sqlite_database.dispose()
    with closing(sqlite3.connect(sqlite_database.url.database or "")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content, rng = Path(sqlite_database.url.database or "").read_bytes(), Random(22)
    found = 0
    for number in range(FLIPS):
        flipped = bytearray(content)
        flipped[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        file = tmp_path / f"flipped-{number}.db"
        file.write_bytes(flipped)
        with opened(f"sqlite:///{file}") as database:
            found += not check_database(database).clean
    assert 0 < found < FLIPS


def test_a_database_that_is_not_there_is_not_made_by_its_check(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'none.db'}") as database:
        check = check_database(database)
    assert not check.clean
    assert "quizapp db upgrade" in check.database
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_the_schema_is_told_how_to_get_it(tmp_path: Path) -> None:
    file = tmp_path / "empty.db"
    file.touch()
    with opened(f"sqlite:///{file}") as database:
        check = check_database(database)
        health = examine(database.read)
    assert (check.clean, health.ready) == (False, False)
    assert "quizapp db upgrade" in check.database
    assert "quizapp db upgrade" in health.database


def test_a_file_that_is_no_database_is_damage_and_not_ready(tmp_path: Path) -> None:
    file = tmp_path / "some.db"
    file.write_bytes(b"This is no database. " * 400)
    with opened(f"sqlite:///{file}") as database:
        assert "not a database" in check_database(database).database
        health = examine(database.read)
    assert (health.ready, health.database) == (False, "unreachable")


def test_a_server_that_does_not_answer_is_no_damage(tmp_path: Path) -> None:
    database = open_database(f"postgresql://nobody@/nothing?host={tmp_path}")
    with pytest.raises(OperationalError):
        check_database(database)
    assert not examine(database.read).ready


def test_a_healthy_database_is_ready(database: Database) -> None:
    health = examine(database.read)
    assert (health.ready, health.database, health.warning) == (True, "ok", None)
    assert (health.sqlite is not None) is database.is_sqlite
