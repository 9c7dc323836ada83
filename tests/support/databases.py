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
_idle: dict[tuple[str, str], list[tuple[str, str]]] = {}
_ENDING = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_SCHEMA = """
    SELECT string_agg(concat(rows, ' ', changed), ', ') FROM (
        SELECT count(*), sum(xmin::text::bigint) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
        UNION ALL
        SELECT count(*), sum(pg_attribute.xmin::text::bigint)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT count(*), sum(xmin::text::bigint) FROM pg_constraint
        UNION ALL SELECT count(*), sum(xmin::text::bigint) FROM pg_trigger
        UNION ALL SELECT count(*), sum(xmin::text::bigint) FROM pg_attrdef
        UNION ALL SELECT count(*), sum(xmin::text::bigint) FROM alembic_version
    ) AS parts (rows, changed)
"""
_EMPTYING = (
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

    To copy one takes longer than most tests. The template has no rows but its version. A database
    whose schema a test has changed is dropped.
    """
    idle = _idle.setdefault((server, template), [])
    if not idle:
        name = f"quizapp_test_{next(_numbers)}"
        _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
        idle.append((name, _administer(_address(server, name), _SCHEMA)))
    name, schema = idle.pop()
    address = _address(server, name)
    try:
        yield address
    finally:
        if _administer(address, _ENDING, _SCHEMA) == schema:
            _administer(address, *_EMPTYING)
            idle.append((name, schema))
        else:
            _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


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


def _administer(server: str, *statements: str) -> str:
    """Execute the statements and return what the last one tells first, if it tells anything."""
    engine = create_engine(parse_url(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        results = [connection.execute(text(statement)) for statement in statements]
        told = str(results[-1].scalar()) if results[-1].returns_rows else ""
    engine.dispose()
    return told
