"""One writer at a time: the lock is exclusive, gives up in time, and always comes back."""

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from quizapp.errors import BusyError
from quizapp.storage import sqlite
from quizapp.storage.engine import Database, open_database
from quizapp.storage.sqlite import writer_lock
from tests.support.writers import holder

WRITE = text(
    "INSERT INTO refused_try (action, subject_hash, address_hash, at) VALUES ('', '', '', '')"
)
ORPHAN = text("INSERT INTO password_link (token_hash, account_id, expires_at) VALUES ('', 99, '')")
# Prints "has" once it holds the lock of the file; gives it back when its input ends.
HOLDER = """
import sys
from filelock import FileLock
lock = FileLock(sys.argv[1] + ".writer")
lock.acquire()
print("has", flush=True)
sys.stdin.read()
lock.release()
"""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for the lock ends soon."""
    monkeypatch.setattr(sqlite, "WAIT_SECONDS", 0.2)


def file_of(database: Database) -> str:
    assert database.url.database
    return str(Path(database.url.database).resolve())


def write(database: Database) -> None:
    """Write from another thread, so that nothing of this one's is used."""

    def in_thread() -> None:
        with database.writing() as session:
            session.execute(WRITE)
            session.commit()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(in_thread).result()


@contextmanager
def held_elsewhere(file: str) -> Iterator[None]:
    """Another process holds the lock."""
    command = [sys.executable, "-c", HOLDER, file]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == b"has"
        try:
            yield
        finally:
            process.communicate()


def test_two_threads_never_have_the_lock_at_once(tmp_path: Path) -> None:
    lock = writer_lock(str(tmp_path / "some.db"))
    inside: list[int] = []
    seen: list[int] = []

    def take_turns(number: int) -> None:
        with holder() as connection:
            for _ in range(20):
                lock.acquire(connection)
                inside.append(number)
                time.sleep(0.001)
                seen.append(len(inside))
                inside.remove(number)
                lock.release(connection)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take_turns, range(4)))
    assert seen == [1] * 80


def test_two_processes_never_have_the_lock_at_once(tmp_path: Path) -> None:
    file, journal = str(tmp_path / "some.db"), tmp_path / "journal"
    command = [sys.executable, "-m", "tests.support.writers", file, str(journal), "60"]
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            )
            for _ in range(2)
        ]
        for process in processes:
            assert process.stdout
            assert process.stdout.readline().strip() == b"ready"
        for process in processes:
            assert process.stdin
            process.stdin.write(b"go\n")
            process.stdin.flush()
        assert [process.wait(30) for process in processes] == [0, 0]
    lines = journal.read_text("ascii").splitlines()
    assert len(lines) == 240
    assert len({line.split()[0] for line in lines}) == 2
    for has, had in zip(lines[::2], lines[1::2], strict=True):
        number = has.split()[0]
        assert (has, had) == (f"{number} has", f"{number} had")


@pytest.mark.usefixtures("impatient")
def test_a_writer_that_waits_too_long_is_told_to_come_back(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        session.execute(WRITE)
        started = time.monotonic()
        with pytest.raises(BusyError) as refusal:
            write(sqlite_database)
        assert 0.15 < time.monotonic() - started < 2
    assert refusal.value.seconds > 0
    write(sqlite_database)


@pytest.mark.usefixtures("impatient")
def test_a_writer_waits_for_other_processes_too(sqlite_database: Database) -> None:
    with held_elsewhere(file_of(sqlite_database)), pytest.raises(BusyError):
        write(sqlite_database)
    write(sqlite_database)


def test_a_writer_that_waits_gets_the_lock_when_it_is_free(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session, ThreadPoolExecutor(1) as pool:
        session.execute(WRITE)
        waiting = pool.submit(write, sqlite_database)
        time.sleep(0.1)
        assert not waiting.done()
        session.commit()
        waiting.result(5)


@pytest.mark.usefixtures("impatient")
def test_a_session_that_was_told_to_wait_can_be_used_again(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        with held_elsewhere(file_of(sqlite_database)), pytest.raises(BusyError):
            session.execute(WRITE)
        session.rollback()
        session.execute(WRITE)
        session.commit()
    write(sqlite_database)


@pytest.mark.usefixtures("impatient")
def test_the_lock_comes_back_after_a_rollback(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        session.execute(WRITE)
        session.rollback()
        write(sqlite_database)


@pytest.mark.usefixtures("impatient")
def test_the_lock_comes_back_after_a_commit_that_failed(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        session.execute(ORPHAN)
        with pytest.raises(IntegrityError):
            session.commit()
    write(sqlite_database)
    with sqlite_database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM password_link")) == 0


@pytest.mark.usefixtures("impatient")
def test_a_session_whose_commit_failed_can_be_used_again(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        session.execute(ORPHAN)
        with pytest.raises(IntegrityError):
            session.commit()
        session.rollback()
        session.execute(WRITE)
        session.commit()
    write(sqlite_database)


@pytest.mark.usefixtures("impatient")
def test_the_lock_comes_back_after_a_refused_statement(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session, pytest.raises(IntegrityError):
        session.execute(ORPHAN)
    write(sqlite_database)


@pytest.mark.usefixtures("impatient")
def test_the_lock_comes_back_after_an_exception(sqlite_database: Database) -> None:
    def fail() -> None:
        with sqlite_database.writing() as session:
            session.execute(WRITE)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    write(sqlite_database)


@pytest.mark.usefixtures("impatient")
def test_the_lock_comes_back_from_a_connection_that_is_given_up(sqlite_database: Database) -> None:
    with sqlite_database.write.connect() as connection:
        connection.execute(WRITE)
        connection.invalidate()
    write(sqlite_database)


@pytest.mark.usefixtures("impatient")
@pytest.mark.filterwarnings("ignore:The garbage collector is trying to clean up")
def test_the_lock_comes_back_from_a_connection_that_nobody_closed(
    sqlite_database: Database,
) -> None:
    connection = sqlite_database.write.connect()
    connection.execute(WRITE)
    del connection
    gc.collect()
    write(sqlite_database)
    with sqlite_database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM refused_try")) == 1


@pytest.mark.skipif(os.name != "posix", reason="links need rights here")
@pytest.mark.usefixtures("impatient")
def test_two_names_of_one_file_share_the_lock(sqlite_database: Database, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(file_of(sqlite_database))
    other = open_database(f"sqlite:///{link}")
    with sqlite_database.writing() as session:
        session.execute(WRITE)
        with pytest.raises(BusyError):
            write(other)
    write(other)
    other.dispose()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_worker_waits_for_its_parent_and_then_writes(sqlite_database: Database) -> None:
    sqlite_database.dispose()
    script = Path(__file__).with_name("forking.py")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(script), file_of(sqlite_database)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.split() == ["busy", "held", "wrote"], done.stderr


def test_threads_that_write_much_all_come_to_their_turn(sqlite_database: Database) -> None:
    def write_ten(_number: int) -> None:
        for _ in range(10):
            write(sqlite_database)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write_ten, range(8)))
    with sqlite_database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM refused_try")) == 80
    assert threading.active_count() < 20
