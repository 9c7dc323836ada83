"""Fixtures for all tests: databases of both kinds, a world with people and a course, a clock."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.storage.engine import Database
from tests.support.databases import (
    copy_sqlite,
    lend_postgres,
    make_postgres_template,
    make_sqlite_template,
    opened,
)
from tests.support.fitting import need_library
from tests.support.postgres import run_postgres


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Run all tests in two processes; whoever names some waits for no process to start."""
    return 0 if config.args_source is config.ArgsSource.ARGS else 2


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let tests that are marked so have the library that fits weights."""
    if item.get_closest_marker("fitting"):
        need_library()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    return make_sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    with run_postgres() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a migrated PostgreSQL database, to be copied."""
    return make_postgres_template(postgres_server)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database: once of each kind."""
    if request.param == "sqlite":
        yield copy_sqlite(request.getfixturevalue("sqlite_template"), tmp_path)
        return
    server: str = request.getfixturevalue("postgres_server")
    template: str = request.getfixturevalue("postgres_template")
    with lend_postgres(server, template) as lent:
        yield lent


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """A fresh, migrated database: once of each kind."""
    with opened(address) as found:
        yield found


@pytest.fixture
def sqlite_address(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh, migrated SQLite database."""
    return copy_sqlite(sqlite_template, tmp_path)


@pytest.fixture
def sqlite_database(sqlite_address: str) -> Iterator[Database]:
    """A fresh, migrated SQLite database, where the other kind would add nothing."""
    with opened(sqlite_address) as found:
        yield found
