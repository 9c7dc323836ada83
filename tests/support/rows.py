"""The rows of a database as they stand, so that a test can say that nothing changed."""

from collections.abc import Iterable

from quizapp.storage.base import Base
from quizapp.storage.engine import Database

Rows = dict[str, list[tuple[object, ...]]]


def read_rows(database: Database, tables: Iterable[str] = ()) -> Rows:
    """Return all rows of these tables, or of all tables, in an order of their own.

    Values are as the driver gives them, which is enough to compare and takes a third of the time.
    """
    names = list(tables) or sorted(Base.metadata.tables)
    with database.reading() as session:
        connection = session.connection()
        return {
            name: sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {name}")), key=repr)
            for name in names
        }
