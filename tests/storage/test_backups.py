"""Backups: whole though the database is in use, and only what is whole comes back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest
from sqlalchemy import text

from quizapp.errors import InvalidError
from quizapp.services.checking import check_database
from quizapp.storage.engine import Database
from quizapp.storage.integrity import back_up, find_damage, restore
from tests.factories.people import MORNING, World, answer_next, build_world
from tests.support.databases import opened

FLIPS = 40


@pytest.fixture
def backup(sqlite_database: Database, tmp_path: Path) -> Path:
    """A backup of a database with answers in it."""
    world = build_world(sqlite_database)
    with sqlite_database.writing() as session:
        answer_next(session, world.alice, MORNING, key="k")
    file = tmp_path / "backup.db"
    back_up(sqlite_database, file)
    return file


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Database]:
    """Where a backup may be put."""
    with opened(f"sqlite:///{tmp_path / 'elsewhere' / 'quizapp.db'}") as found:
        yield found


def digest_of(backup: Path) -> Path:
    return backup.with_name("backup.db.sha256")


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def answering(database: Database, world: World) -> Iterator[list[str]]:
    """Alice answers all the time; the keys of her stored answers are in the list."""
    stored: list[str] = []
    started, stop = Event(), Event()

    def go_on() -> None:
        number = 0
        while not stop.is_set() and number < 400:
            with database.writing() as session:
                answer_next(session, world.alice, MORNING, key=f"k{number}")
            stored.append(f"k{number}")
            started.set()
            number += 1

    thread = Thread(target=go_on)
    thread.start()
    started.wait(10)
    try:
        yield stored
    finally:
        stop.set()
        thread.join()


def test_a_backup_made_while_answers_come_in_is_whole(
    sqlite_database: Database, tmp_path: Path, elsewhere: Database
) -> None:
    world = build_world(sqlite_database, facts=400)
    with sqlite_database.writing() as session:
        session.execute(text("UPDATE account SET new_per_day = 400"))
        session.commit()
    with answering(sqlite_database, world) as stored:
        for number in range(3):
            before = len(stored)
            back_up(sqlite_database, tmp_path / f"backup-{number}.db")
    restore(elsewhere, tmp_path / "backup-2.db")
    check = check_database(elsewhere)
    assert check.clean
    assert 0 < before <= check.reviews == check.memories <= len(stored)
    assert check_database(sqlite_database).reviews == len(stored) > before


def test_a_backup_comes_back_as_it_was(
    sqlite_database: Database, backup: Path, elsewhere: Database
) -> None:
    restore(elsewhere, backup)
    assert check_database(elsewhere) == check_database(sqlite_database)
    assert check_database(elsewhere).reviews == 1


def test_a_restored_database_can_be_written(backup: Path, elsewhere: Database) -> None:
    restore(elsewhere, backup)
    with elsewhere.writing() as session:
        session.execute(text("UPDATE course SET title = 'Restored'"))
        session.commit()
    with elsewhere.reading() as session:
        assert session.scalar(text("SELECT title FROM course")) == "Restored"


def test_restoring_changes_nothing_of_the_backup_and_leaves_nothing_behind(
    backup: Path, elsewhere: Database
) -> None:
    backup.chmod(0o444)
    before = backup.read_bytes()
    restore(elsewhere, backup)
    assert backup.read_bytes() == before
    beside = [name for name in list_names(backup.parent) if name.startswith("backup")]
    assert beside == ["backup.db", "backup.db.sha256"]
    assert list_names(backup.parent / "elsewhere") == ["quizapp.db"]


def test_the_digest_is_written_as_other_programs_read_it(backup: Path) -> None:
    digest, name = digest_of(backup).read_text("utf-8").split()
    assert len(digest) == 64
    assert name == backup.name


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
@pytest.mark.parametrize("with_digest", [True, False])
def test_a_truncated_backup_is_refused(
    backup: Path, elsewhere: Database, share: float, *, with_digest: bool
) -> None:
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content) * share)])
    if not with_digest:
        digest_of(backup).unlink()
    with pytest.raises(InvalidError, match="cannot be restored"):
        restore(elsewhere, backup)
    assert list_names(backup.parent / "elsewhere") == []


def test_a_backup_with_one_bit_flipped_anywhere_is_refused(
    backup: Path, elsewhere: Database
) -> None:
    content, rng = backup.read_bytes(), Random(22)
    for _ in range(FLIPS):
        flipped = bytearray(content)
        flipped[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        backup.write_bytes(flipped)
        with pytest.raises(InvalidError, match="cannot be restored"):
            restore(elsewhere, backup)
    assert list_names(backup.parent / "elsewhere") == []


def test_a_backup_whose_structure_is_damaged_is_refused_without_its_digest(
    backup: Path, elsewhere: Database
) -> None:
    digest_of(backup).unlink()
    content = bytearray(backup.read_bytes())
    content[4096 * 2 : 4096 * 2 + 100] = bytes(100)
    backup.write_bytes(content)
    with pytest.raises(InvalidError, match="cannot be restored"):
        restore(elsewhere, backup)


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(5000)])
def test_a_file_that_is_no_database_is_refused(
    tmp_path: Path, elsewhere: Database, content: bytes
) -> None:
    file = tmp_path / "some.file"
    file.write_bytes(content)
    with pytest.raises(InvalidError, match="cannot be restored"):
        restore(elsewhere, file)


def test_a_database_of_another_program_is_refused(tmp_path: Path, elsewhere: Database) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE thing (id INTEGER)")
        connection.commit()
    with pytest.raises(InvalidError, match="no database of quizapp"):
        restore(elsewhere, file)


def test_restoring_over_a_database_is_refused(sqlite_database: Database, backup: Path) -> None:
    with sqlite_database.writing() as session:
        session.execute(text("UPDATE course SET title = 'Newer'"))
        session.commit()
    with pytest.raises(InvalidError, match=r"\.db exists; move it away first"):
        restore(sqlite_database, backup)
    with sqlite_database.reading() as session:
        assert session.scalar(text("SELECT title FROM course")) == "Newer"


def test_restoring_beside_the_log_of_a_former_database_is_refused(
    backup: Path, elsewhere: Database
) -> None:
    log = backup.parent / "elsewhere" / "quizapp.db-wal"
    log.write_bytes(b"what the former database had not yet written")
    with pytest.raises(InvalidError, match=r"quizapp\.db-wal exists; move it away first"):
        restore(elsewhere, backup)


def test_a_missing_backup_is_refused(tmp_path: Path, elsewhere: Database) -> None:
    with pytest.raises(InvalidError, match="there is no file"):
        restore(elsewhere, tmp_path / "missing.db")


def test_a_backup_overwrites_nothing(sqlite_database: Database, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(InvalidError, match="exists; name a new file"):
        back_up(sqlite_database, backup)
    assert backup.read_bytes() == before


def test_a_backup_into_a_missing_folder_is_refused(
    sqlite_database: Database, tmp_path: Path
) -> None:
    with pytest.raises(InvalidError, match="there is no folder"):
        back_up(sqlite_database, tmp_path / "missing" / "backup.db")


def test_a_database_that_is_not_there_is_not_made_by_its_backup(
    tmp_path: Path, elsewhere: Database
) -> None:
    with pytest.raises(InvalidError, match="there is no database"):
        back_up(elsewhere, tmp_path / "backup.db")
    assert list_names(tmp_path / "elsewhere") == []


@pytest.mark.postgres
def test_postgresql_is_left_to_its_own_tools(
    postgres_server: str, postgres_template: str, tmp_path: Path
) -> None:
    address = postgres_server.replace("/postgres?", f"/{postgres_template}?")
    with opened(address) as database:
        with pytest.raises(InvalidError, match="pg_dump"):
            back_up(database, tmp_path / "backup")
        with pytest.raises(InvalidError, match="pg_restore"):
            restore(database, tmp_path / "backup")


def test_damage_in_the_database_in_use_is_found(sqlite_database: Database) -> None:
    build_world(sqlite_database, facts=40)
    assert find_damage(sqlite_database) == "ok"
    sqlite_database.dispose()
    with closing(sqlite3.connect(sqlite_database.url.database or "")) as connection:
        connection.execute("UPDATE course_set SET version_id = 999")
        connection.commit()
    assert "course_set" in find_damage(sqlite_database)
