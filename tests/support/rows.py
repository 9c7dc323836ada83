"""The rows of a database as they stand, so that a test can say that nothing changed."""

from collections.abc import Iterable

from sqlalchemy import select

from quizapp.storage.base import Base
from quizapp.storage.engine import Database

Rows = dict[str, list[tuple[object, ...]]]


def read_rows(database: Database, tables: Iterable[str] = ()) -> Rows:
    """Return all rows of these tables, or of all tables, in an order of their own."""
    names = list(tables) or sorted(Base.metadata.tables)
    with database.reading() as session:
        return {
            name: sorted(map(tuple, session.execute(select(Base.metadata.tables[name]))), key=repr)
            for name in names
        }
