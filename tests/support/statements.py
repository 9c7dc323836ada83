"""Counts the statements that reach a database, as the promises about them count."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from quizapp.storage.engine import Database

# What frames a transaction or sets up a connection is no statement of the program.
_FRAME = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|PRAGMA|SAVEPOINT|RELEASE)\b", re.IGNORECASE)


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    """Give a list to which every statement is added that either engine executes."""
    with watching(database.write) as written, watching(database.read, written):
        yield written


@contextmanager
def watching(engine: Engine, statements: list[str] | None = None) -> Iterator[list[str]]:
    """Give a list, or the one handed in, to which every statement of one engine is added."""
    found: list[str] = [] if statements is None else statements

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not _FRAME.match(statement):
            found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
