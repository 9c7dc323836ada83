"""What every connection promises: safe settings, readers that cannot write, whole transactions."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import pytest
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError
from quizapp.services.checking import check_database
from quizapp.services.reviewing.answering import answer
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.studies import start_study
from quizapp.storage.courses import add_course
from quizapp.storage.engine import Database, open_database
from quizapp.storage.tables import CourseRow
from tests.factories.people import MORNING, build_world, right_value, submit

THREADS = 16
SETTINGS = {"synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "journal_mode": "wal"}


def add(session: Session, title: str = "Course") -> None:
    add_course(session, title=title, timezone="UTC", now=MORNING)


def count_courses(session: Session) -> int:
    return session.scalar(select(func.count(CourseRow.id))) or 0


def read_settings(engine: Engine, names: list[str]) -> list[dict[str, object]]:
    """Return the settings of three connections that are open at once, outside a transaction."""
    with ExitStack() as stack:
        connections = [stack.enter_context(engine.connect()) for _ in range(3)]
        return [{name: read_setting(each, name) for name in names} for each in connections]


def read_setting(connection: Connection, name: str) -> object:
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA {name}")
    row = cursor.fetchone()
    cursor.close()
    assert row is not None
    return row[0]


def test_every_connection_that_writes_is_durable_and_checks_foreign_keys(
    sqlite_database: Database,
) -> None:
    found = read_settings(sqlite_database.write, [*SETTINGS, "query_only"])
    assert found == [{**SETTINGS, "query_only": 0}] * 3


def test_every_connection_that_reads_has_the_same_settings_and_cannot_write(
    sqlite_database: Database,
) -> None:
    found = read_settings(sqlite_database.read, [*SETTINGS, "query_only"])
    assert found == [{**SETTINGS, "query_only": 1}] * 3


def test_the_reading_engine_cannot_write(database: Database) -> None:
    with database.reading() as session, pytest.raises(DBAPIError, match=r"read-?only"):
        add(session)
    with database.reading() as session:
        assert count_courses(session) == 0


def test_a_snapshot_cannot_write(database: Database) -> None:
    with database.snapshot() as session, pytest.raises(DBAPIError, match=r"read-?only"):
        add(session)
    with database.reading() as session:
        assert count_courses(session) == 0


def test_a_snapshot_sees_one_instant_and_the_next_one_sees_more(database: Database) -> None:
    with database.snapshot() as session:
        before = count_courses(session)
        with database.writing() as other:
            add(other)
            other.commit()
        assert count_courses(session) == before == 0
    with database.snapshot() as session:
        assert count_courses(session) == 1


def test_a_reader_sees_each_commit_at_once(database: Database) -> None:
    with database.reading() as session:
        for number in range(3):
            assert count_courses(session) == number
            with database.writing() as other:
                add(other)
                other.commit()


def test_a_refused_write_after_a_snapshot_leaves_no_reader_in_the_past(database: Database) -> None:
    with database.snapshot() as session:
        count_courses(session)
    with database.reading() as session, pytest.raises(DBAPIError):
        add(session)
    with database.reading() as session:
        assert count_courses(session) == 0
    with database.writing() as session:
        add(session)
        session.commit()
    with database.reading() as session:
        assert count_courses(session) == 1


def test_what_is_not_committed_is_undone(database: Database) -> None:
    with database.writing() as session:
        add(session)
    with database.reading() as session:
        assert count_courses(session) == 0


def test_foreign_keys_are_checked(database: Database) -> None:
    link = (
        "INSERT INTO sign_in (token_hash, account_id, created_at, used_at) VALUES ('', 9, :n, :n)"
    )
    with database.writing() as session, pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        session.execute(text(link), {"n": "2026-03-02 08:00:00.000000"})


def test_of_many_threads_that_look_and_then_write_one_does_on_sqlite(
    sqlite_database: Database,
) -> None:
    ready = Barrier(THREADS)

    def add_the_only_one(_number: int) -> bool:
        ready.wait()
        with sqlite_database.writing() as session:
            if count_courses(session):
                return False
            add(session, "The only one")
            session.commit()
            return True

    with ThreadPoolExecutor(THREADS) as pool:
        wrote = list(pool.map(add_the_only_one, range(THREADS)))
    assert sum(wrote) == 1
    with sqlite_database.reading() as session:
        assert count_courses(session) == 1


def test_of_many_threads_that_answer_one_question_one_is_counted(database: Database) -> None:
    world = build_world(database, facts=1)
    with database.writing() as session:
        study_id = start_study(session, world.alice, MORNING)
        asking = ask_next(session, world.alice, study_id, MORNING)
        session.commit()
    assert asking is not None
    ready = Barrier(THREADS)

    def try_to_answer(number: int) -> bool:
        form = submit(asking, key=f"k{number}", value=right_value(asking), shown_at=MORNING)
        ready.wait()
        with database.writing() as session:
            try:
                answer(session, world.alice, study_id, form, MORNING)
            except ConflictError:
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(THREADS) as pool:
        counted = list(pool.map(try_to_answer, range(THREADS)))
    assert sum(counted) == 1
    check = check_database(database)
    assert (check.reviews, check.memories, check.clean) == (1, 1, True)


@pytest.mark.parametrize("address", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "nonsense"])
def test_an_address_of_another_kind_is_refused_by_name(address: str) -> None:
    with pytest.raises(InvalidError, match=address):
        open_database(address)
