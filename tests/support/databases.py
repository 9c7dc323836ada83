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
def opened(address: str) -> Iterator[Database]:
    """Open a database and close every connection afterwards."""
    database = open_database(address)
    try:
        yield database
    finally:
        database.dispose()


def _address(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _administer(server: str, statement: str) -> None:
    engine = create_engine(parse_url(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
