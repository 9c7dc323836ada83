"""The only place that configures database engines, for SQLite and PostgreSQL alike.

Two engines serve one database: `write`, whose transactions may write, and `read`, whose statements
commit by themselves and cannot write. Flask-SQLAlchemy is given their options, the command line
and the tests a `Database`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypedDict

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from quizapp.errors import InvalidError
from quizapp.storage.sqlite import find_sqlite, register_dialects

register_dialects()

Bind: TypeAlias = Engine | Connection
# What a database raises that is locked, full, stopped or out of connections.
UNAVAILABLE = (OperationalError, InterfaceError, PoolTimeoutError)


class EngineOptions(TypedDict, total=False):
    """What `create_engine` and Flask-SQLAlchemy's binds take."""

    url: URL
    isolation_level: str
    pool_reset_on_return: str | None
    pool_size: int
    max_overflow: int
    pool_timeout: float
    pool_pre_ping: bool
    connect_args: dict[str, str]


def parse_url(text: str) -> URL:
    """Read a database address: `sqlite:///FILE` or `postgresql://...`.

    Raises:
        InvalidError: it is neither.
    """
    try:
        url = make_url(text)
    except ArgumentError:
        raise InvalidError(
            f"{text!r} is no database address; give sqlite:///FILE or postgresql://USER@HOST/NAME"
        ) from None
    backend = url.get_backend_name()
    if backend == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite")
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise InvalidError(f"{text!r} is neither a SQLite file nor a PostgreSQL database")


def write_options(url: URL) -> EngineOptions:
    """Return the options of the engine whose transactions may write."""
    if url.get_backend_name() == "sqlite":
        return {"url": url.set(drivername="sqlite+quizapp"), "pool_timeout": 10}
    return {"url": url, "pool_timeout": 4, "pool_pre_ping": True}


def read_options(url: URL) -> EngineOptions:
    """Return the options of the engine that reads, one statement at a time."""
    if url.get_backend_name() == "sqlite":
        return {
            "url": url.set(drivername="sqlite+quizapp_read"),
            "pool_reset_on_return": None,
            "pool_timeout": 10,
        }
    return {
        "url": url,
        "isolation_level": "AUTOCOMMIT",
        "pool_reset_on_return": None,
        "pool_timeout": 4,
        "pool_pre_ping": True,
        "connect_args": {"options": "-c default_transaction_read_only=on"},
    }


def _engine(options: EngineOptions) -> Engine:
    return create_engine(**options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """One database with its two engines."""

    url: URL
    write: Engine
    read: Engine

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def is_missing(self) -> bool:
        """Whether it is a SQLite file that is not there; connecting would make an empty one."""
        return self.is_sqlite and not Path(self.url.database or "").is_file()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that may write; the caller commits, anything uncommitted is undone."""
        with Session(self.write, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that only reads."""
        with Session(self.read, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Give a session that sees the database at one instant, whatever is written meanwhile."""
        with self.read.connect() as connection:
            if self.is_sqlite:
                # The reading dialect begins nothing of its own accord.
                connection.exec_driver_sql("BEGIN")
            else:
                connection.execution_options(isolation_level="REPEATABLE READ")
            try:
                with Session(bind=connection, autoflush=False) as session:
                    yield session
            finally:
                if self.is_sqlite:
                    connection.exec_driver_sql("ROLLBACK")

    def dispose(self) -> None:
        """Close every connection."""
        self.write.dispose()
        self.read.dispose()


def open_database(address: str) -> Database:
    """Open the database at `address`; a missing folder of a SQLite file is made.

    Raises:
        InvalidError: the address is neither a SQLite file nor a PostgreSQL database.
    """
    url = parse_url(address)
    if url.get_backend_name() == "sqlite":
        Path(url.database or "").expanduser().resolve().parent.mkdir(parents=True, exist_ok=True)
    return Database(url=url, write=_engine(write_options(url)), read=_engine(read_options(url)))


def open_file(file: Path) -> Engine:
    """Open a SQLite file that nobody uses, such as a backup, and change nothing in or beside it."""
    query = {"mode": "ro", "immutable": "1", "uri": "true"}
    url = URL.create("sqlite", database=file.resolve().as_uri(), query=query)
    return create_engine(url, module=find_sqlite())
