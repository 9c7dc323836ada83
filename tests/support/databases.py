"""Fresh databases, quickly: each test gets a copy of one that was migrated once."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from quizapp.storage import migrating
from quizapp.storage.engine import Database, open_database, parse_url

_numbers = count(1)
_idle: dict[tuple[str, str], list[str]] = {}
_EMPTYING = (
    """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    """,
    # TRUNCATE takes nine times as long: it makes new files for all tables that refer to one.
    "SET session_replication_role = replica",
    """
    DO $$
    DECLARE filled regclass;
    BEGIN
        FOR filled IN SELECT oid FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
        LOOP
            EXECUTE 'DELETE FROM ' || filled;
        END LOOP;
    END $$
    """,
    """
    SELECT setval(format('%I', sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE last_value IS NOT NULL
    """,
)


def make_sqlite_template(folder: Path) -> Path:
    """Migrate an empty SQLite database and return its file."""
    file = folder / "template.db"
    database = open_database(f"sqlite:///{file}")
    migrating.upgrade(database)
    database.dispose()
    return file


def copy_sqlite(template: Path, folder: Path) -> str:
    """Copy the template and return the copy's address."""
    file = folder / f"quizapp-{next(_numbers)}.db"
    shutil.copyfile(template, file)
    return f"sqlite:///{file}"


def make_postgres_template(server: str) -> str:
    """Create and migrate a database on the server and return its name."""
    name = f"quizapp_template_{next(_numbers)}"
    _administer(server, f"CREATE DATABASE {name}")
    database = open_database(_address(server, name))
    migrating.upgrade(database)
    database.dispose()
    return name


@contextmanager
def copy_postgres(server: str, template: str) -> Iterator[str]:
    """Give the address of a copy of the template; it is dropped afterwards."""
    name = f"quizapp_test_{next(_numbers)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _address(server, name)
    finally:
        _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def lend_postgres(server: str, template: str) -> Iterator[str]:
    """Give the address of a database like the template; it is emptied afterwards and lent again.

    To copy one takes longer than most tests. The template has no rows but its version.
    """
    idle = _idle.setdefault((server, template), [])
    if not idle:
        idle.append(f"quizapp_test_{next(_numbers)}")
        _administer(server, f"CREATE DATABASE {idle[-1]} TEMPLATE {template}")
    name = idle.pop()
    try:
        yield _address(server, name)
    finally:
        _administer(_address(server, name), *_EMPTYING)
        idle.append(name)


@contextmanager
def opened(address: str) -> Iterator[Database]:
    """Open a database and close every connection afterwards."""
    database = open_database(address)
    try:
        yield database
    finally:
        database.dispose()


def _address(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _administer(server: str, *statements: str) -> None:
    engine = create_engine(parse_url(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
