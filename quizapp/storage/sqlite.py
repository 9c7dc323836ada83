"""SQLite as two dialects: one writer at a time, and readers that cannot write.

Why not the stock dialect: SQLite's own waiting sleeps and polls, and a deferred transaction that
reads first and writes later is refused at once, whatever the timeout says. So a transaction of the
writing dialect begins with `BEGIN IMMEDIATE` under a lock of our own, a mutex in the process and a
file lock between processes, which is held from BEGIN to COMMIT or ROLLBACK.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

from filelock import lock_descriptor, unlock_descriptor
from sqlalchemy import URL
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import PoolProxiedConnection

from quizapp.errors import BusyError

# Before this version several connections that write a WAL database can corrupt it.
SAFE_VERSION = (3, 51, 3)
WAIT_SECONDS = 10.0
_POLL_SECONDS = 0.002
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA busy_timeout=5000",
)


def find_sqlite() -> ModuleType:
    """Return the standard `sqlite3`, or `pysqlite3` where the standard one is too old."""
    if sqlite3.sqlite_version_info < SAFE_VERSION:
        try:
            return import_module("pysqlite3.dbapi2")
        except ModuleNotFoundError:
            pass
    return sqlite3


def sqlite_version() -> str:
    """Return the version of the SQLite library in use, such as `3.53.4`."""
    return str(find_sqlite().sqlite_version)


def is_sqlite_safe() -> bool:
    """Tell whether several connections can write a database without corrupting it."""
    return tuple(map(int, sqlite_version().split("."))) >= SAFE_VERSION


class WriterLock:
    """The right to write one database file, held by at most one connection on this machine."""

    def __init__(self, file: str) -> None:
        self._mutex = threading.Lock()
        self._path = f"{file}.writer"
        self._descriptor: int | None = None
        self._holder: DBAPIConnection | None = None

    def acquire(self, connection: DBAPIConnection) -> None:
        """Wait for the lock.

        Raises:
            BusyError: another writer kept it for more than `WAIT_SECONDS`.
        """
        if not self._mutex.acquire(timeout=WAIT_SECONDS):
            raise BusyError("The database is busy with another change.")
        try:
            self._descriptor = _open_locked(self._path)
        except BaseException:
            self._mutex.release()
            raise
        self._holder = _driver_connection(connection)

    def is_held_by(self, connection: DBAPIConnection) -> bool:
        """Tell whether `connection` is the one that may write."""
        return self._holder is not None and self._holder is _driver_connection(connection)

    def release(self, connection: DBAPIConnection) -> None:
        """Give the lock back if `connection` has it."""
        if self.is_held_by(connection):
            assert self._descriptor is not None
            self._holder = None
            try:
                unlock_descriptor(self._descriptor)
            finally:
                os.close(self._descriptor)
                self._mutex.release()


def _open_locked(path: str) -> int:
    """Wait for the lock of a file, made if it is missing, and return its descriptor.

    The library's `FileLock` takes the same lock, but over a tenth of the time of a whole answer.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _wait_for(descriptor)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _wait_for(descriptor: int) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while not lock_descriptor(descriptor, blocking=False):
        if time.monotonic() >= end:
            raise BusyError("The database is busy with another change.")
        time.sleep(_POLL_SECONDS)


# By process, then by file. A forked worker holds nothing of what its parent held and makes locks of
# its own; those of the parent are kept untouched, since dropping one could release it for both.
_locks: dict[tuple[int, str], WriterLock] = {}


def writer_lock(file: str) -> WriterLock:
    """Return the one lock of this process for the database in `file`, an absolute path."""
    key = os.getpid(), file
    if key not in _locks:
        # One step, and so safe between threads without a guard that a fork could leave locked.
        _locks.setdefault(key, WriterLock(file))
    return _locks[key]


def _driver_connection(connection: DBAPIConnection) -> DBAPIConnection | None:
    """Return the driver's own connection.

    SQLAlchemy hands its pool's proxy to some calls, another proxy or the driver's connection to
    others; the lock must know the holder in each.
    """
    if isinstance(connection, PoolProxiedConnection):
        return connection.dbapi_connection
    return connection


def _run(connection: DBAPIConnection, statement: str) -> None:
    cursor = connection.cursor()
    try:
        cursor.execute(statement)
    finally:
        cursor.close()


class _Quizapp(SQLiteDialect_pysqlite):
    """What both dialects share: the library, and the settings of a connection."""

    @classmethod
    def import_dbapi(cls) -> ModuleType:
        return find_sqlite()

    def create_connect_args(self, url: URL) -> tuple[list[str], dict[str, object]]:
        arguments, options = super().create_connect_args(url)
        # None: the library begins no transaction of its own accord.
        return list(arguments), {**options, "isolation_level": None}

    def _settings(self) -> tuple[str, ...]:
        return _PRAGMAS

    def on_connect(self) -> Callable[[DBAPIConnection], None]:
        ready = super().on_connect()

        def connect(connection: DBAPIConnection) -> None:
            ready(connection)
            for pragma in self._settings():
                _run(connection, pragma)

        return connect


class WritingDialect(_Quizapp):
    """`sqlite+quizapp`: every transaction may write and is the only one that does."""

    driver = "quizapp"
    supports_statement_cache = True

    def create_connect_args(self, url: URL) -> tuple[list[str], dict[str, object]]:
        self._file = str(Path(url.database or "").resolve())
        return super().create_connect_args(url)

    @property
    def _lock(self) -> WriterLock:
        # Looked up each time: an engine may have been made before its process was forked.
        return writer_lock(self._file)

    def do_begin(self, dbapi_connection: DBAPIConnection) -> None:
        self._lock.acquire(dbapi_connection)
        try:
            _run(dbapi_connection, "BEGIN IMMEDIATE")
        except BaseException:
            self._lock.release(dbapi_connection)
            raise

    def do_commit(self, dbapi_connection: DBAPIConnection) -> None:
        if not self._lock.is_held_by(dbapi_connection):
            return
        try:
            _run(dbapi_connection, "COMMIT")
        except BaseException:
            # The transaction is still open, and SQLAlchemy sends no rollback if the session is
            # closed now: the connection would keep the lock in the pool.
            self.do_rollback(dbapi_connection)
            raise
        self._lock.release(dbapi_connection)

    def do_rollback(self, dbapi_connection: DBAPIConnection) -> None:
        if self._lock.is_held_by(dbapi_connection):
            try:
                dbapi_connection.rollback()
            finally:
                self._lock.release(dbapi_connection)

    def do_close(self, dbapi_connection: DBAPIConnection) -> None:
        try:
            dbapi_connection.close()
        finally:
            self._lock.release(dbapi_connection)

    do_terminate = do_close


class ReadingDialect(_Quizapp):
    """`sqlite+quizapp_read`: each statement stands alone, and none can write."""

    driver = "quizapp_read"
    supports_statement_cache = True

    def _settings(self) -> tuple[str, ...]:
        return (*_PRAGMAS, "PRAGMA query_only=ON")

    def do_begin(self, dbapi_connection: DBAPIConnection) -> None:
        pass

    def do_commit(self, dbapi_connection: DBAPIConnection) -> None:
        pass

    def do_rollback(self, dbapi_connection: DBAPIConnection) -> None:
        pass


def register_dialects() -> None:
    """Make both dialects known to SQLAlchemy."""
    registry.register("sqlite.quizapp", __name__, "WritingDialect")
    registry.register("sqlite.quizapp_read", __name__, "ReadingDialect")
