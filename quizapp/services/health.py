"""Whether the database can be used."""

from dataclasses import dataclass

from sqlalchemy.exc import DatabaseError

from quizapp.storage.engine import UNAVAILABLE, Bind
from quizapp.storage.migrating import has_current_schema
from quizapp.storage.sqlite import is_sqlite_safe, sqlite_version


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The state of the database; `sqlite` is the version of the library where that is in use."""

    ready: bool
    database: str
    sqlite: str | None
    warning: str | None


def examine(bind: Bind) -> Health:
    """Reach for the database and compare its schema with this program's."""
    on_sqlite = bind.dialect.name == "sqlite"
    try:
        current = has_current_schema(bind)
    except (DatabaseError, *UNAVAILABLE):
        return Health(ready=False, database="unreachable", sqlite=None, warning=None)
    unsafe = on_sqlite and not is_sqlite_safe()
    return Health(
        ready=current,
        database="ok" if current else "run `quizapp db upgrade`",
        sqlite=sqlite_version() if on_sqlite else None,
        warning="this SQLite may corrupt a database that several connections write"
        if unsafe
        else None,
    )
