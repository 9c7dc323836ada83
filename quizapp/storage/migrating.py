"""Brings a database to the schema of this version, and proves that no row was lost on the way.

Alembic's batch mode rebuilds a SQLite table; with foreign keys on, a cascade then empties the
tables that refer to it without a word. So foreign keys are off during the change and checked after
it, and every table's rows are counted before and after: a difference that no step declares in its
`ROWS_CHANGE` undoes everything.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, func, inspect, select, table, text
from sqlalchemy.orm import Session

import quizapp.storage.tables  # noqa: F401 - fills the metadata that migrations compare with
from quizapp.errors import ConflictError
from quizapp.storage.engine import Bind, Database

_FOLDER = Path(__file__).resolve().parent / "migrations"


def make_config(connection: Connection | None = None) -> Config:
    """Return Alembic's settings, with no file of their own."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """Return the newest schema version that this program knows."""
    newest = ScriptDirectory.from_config(make_config()).get_current_head()
    assert newest is not None
    return newest


def find_version(connection: Connection) -> str | None:
    """Return the schema version of a database, None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def has_current_schema(bind: Bind) -> bool:
    """Tell whether the database has the schema of this program."""
    with Session(bind) as session:
        return find_version(session.connection()) == head()


def upgrade(database: Database, revision: str = "head") -> None:
    """Migrate up to `revision`.

    Raises:
        ConflictError: rows would be lost or foreign keys broken; nothing was changed.
    """
    _migrate(database, lambda config: command.upgrade(config, revision))


def downgrade(database: Database, revision: str) -> None:
    """Migrate down to `revision`; refuses as `upgrade` does."""
    _migrate(database, lambda config: command.downgrade(config, revision))


def _migrate(database: Database, change: Callable[[Config], None]) -> None:
    # Connections of other engines may know the old schema.
    database.dispose()
    with _exclusive(database) as connection:
        before = find_version(connection)
        _refuse_unknown(before)
        counted = _count_rows(connection)
        change(make_config(connection))
        after = find_version(connection)
        _refuse_losses(counted, _count_rows(connection), _declared(before, after))
        _check_foreign_keys(connection)


@contextmanager
def _exclusive(database: Database) -> Iterator[Connection]:
    """Give a connection in one transaction, foreign keys off where they could cascade."""
    engine = create_engine(database.write.url)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                _ignore_foreign_keys(connection)
            else:
                # One migration at a time; the lock ends with the transaction.
                connection.execute(text("SELECT pg_advisory_xact_lock(7263548)"))
            yield connection
            connection.commit()
    finally:
        engine.dispose()


def _ignore_foreign_keys(connection: Connection) -> None:
    """Switch foreign keys off before the transaction; within one SQLite would not heed it."""
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


def _count_rows(connection: Connection) -> dict[str, int]:
    names = set(inspect(connection).get_table_names()) - {"alembic_version"}
    return {
        name: connection.scalar(select(func.count()).select_from(table(name))) or 0
        for name in sorted(names)
    }


def _declared(before: str | None, after: str | None) -> set[str]:
    """Return the tables whose rows the steps between two versions mean to change."""
    steps = list(ScriptDirectory.from_config(make_config()).walk_revisions())[::-1]
    numbers = [None, *(step.revision for step in steps)]
    low, high = sorted((numbers.index(before), numbers.index(after)))
    return {name for step in steps[low:high] for name in step.module.ROWS_CHANGE}


def _refuse_unknown(version: str | None) -> None:
    known = {step.revision for step in ScriptDirectory.from_config(make_config()).walk_revisions()}
    if version is not None and version not in known:
        raise ConflictError(
            f"The database has the schema {version}, which this version of quizapp does not know; "
            "use the newer version that made it."
        )


def _refuse_losses(before: dict[str, int], after: dict[str, int], declared: set[str]) -> None:
    for name, count in before.items():
        if after.get(name, 0) != count and name not in declared:
            raise ConflictError(
                f"The migration would change the table {name} from {count} to "
                f"{after.get(name, 0)} rows without saying so; nothing was changed."
            )


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken:
        raise ConflictError(f"The migration would break a foreign key of {broken[0]}.")
