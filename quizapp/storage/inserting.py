"""Rows inserted unless they are there already, in one statement on either database."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from quizapp.storage.base import Base

Value = TypeVar("Value")


def insert_missing(
    session: Session,
    row: type[Base],
    values: Sequence[Mapping[str, object]],
    returned: InstrumentedAttribute[Value],
) -> list[Value]:
    """Insert rows and return a column of those that were not there; the others stay as they are."""
    if not values:
        return []
    statement = _insert(session, row).returning(returned)
    return list(session.scalars(statement, list(values)))


def _insert(session: Session, row: type[Base]) -> postgresql.Insert | sqlite.Insert:
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(row).on_conflict_do_nothing()
    return postgresql.insert(row).on_conflict_do_nothing()
