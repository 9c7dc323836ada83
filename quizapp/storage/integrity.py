"""Whether the database file is whole; backups, and what comes back from them."""

import hashlib
import os
import shutil
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from quizapp.errors import ConflictError, InvalidError
from quizapp.storage.engine import Database, open_file
from quizapp.storage.migrating import find_version

OK = "ok"
# The driver fails to decode a message that quotes a damaged name.
_UNREADABLE = (DatabaseError, UnicodeDecodeError)


def find_damage(database: Database) -> str:
    """Return "ok", or the first damage that the database finds in itself.

    SQLite looks through the whole file; PostgreSQL checks its pages as it reads them.
    """
    return _look_through(database.read) if database.is_sqlite else OK


def back_up(database: Database, file: Path) -> None:
    """Write a consistent copy of a SQLite database while it is in use, and check the copy.

    Its SHA-256 digest is written beside it, to FILE.sha256: SQLite has no checksums of its own and
    so would not notice a changed letter.

    Raises:
        InvalidError: the database is not SQLite or not there, or the file cannot be made.
        ConflictError: the copy failed or is damaged; it is removed.
    """
    if not database.is_sqlite:
        raise InvalidError("A PostgreSQL database is backed up by pg_dump.")
    if database.is_missing:
        raise InvalidError(f"there is no database {_file_of(database)}")
    if file.exists():
        raise InvalidError(f"{file} exists; name a new file")
    if not file.parent.is_dir():
        raise InvalidError(f"there is no folder {file.parent}; make it first")
    part = _part_of(file)
    try:
        _copy_database(database, part)
        _digest_file_of(file).write_text(f"{_digest(part)}  {file.name}\n", encoding="utf-8")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def restore(database: Database, file: Path) -> None:
    """Put a backup in the place of a SQLite database that does not exist yet.

    Raises:
        InvalidError: the backup is missing, damaged or of something else, or the place is taken.
    """
    if not database.is_sqlite:
        raise InvalidError("A PostgreSQL database is restored by pg_restore.")
    target = _file_of(database)
    # A log that was left behind would be played into the restored database.
    for taken in (target, target.with_name(f"{target.name}-wal")):
        if taken.exists():
            raise InvalidError(f"{taken} exists; move it away first")
    if not file.is_file():
        raise InvalidError(f"there is no file {file}")
    part = _part_of(target)
    try:
        shutil.copyfile(file, part)
        _refuse_damage(part, file)
        _settle(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _refuse_damage(copy: Path, file: Path) -> None:
    kept = _digest_file_of(file)
    if kept.is_file() and kept.read_text(encoding="utf-8").split()[:1] != [_digest(copy)]:
        raise InvalidError(f"{file} cannot be restored: it is not what {kept.name} was made of")
    damage = _examine(copy)
    if damage != OK:
        raise InvalidError(f"{file} cannot be restored: {damage}")


def _copy_database(database: Database, part: Path) -> None:
    part.unlink(missing_ok=True)
    try:
        with database.write.connect() as connection:
            cursor = connection.connection.cursor()
            # Outside any transaction, which VACUUM cannot run in; it takes its own snapshot.
            cursor.execute("VACUUM INTO ?", (str(part),))
            cursor.close()
    except database.write.dialect.loaded_dbapi.Error as error:
        raise ConflictError(f"The backup could not be written ({error}).") from None
    damage = _examine(part)
    if damage != OK:
        raise ConflictError(f"The backup is damaged ({damage}); it was removed.")
    _settle(part)


def _examine(file: Path) -> str:
    engine = open_file(file)
    try:
        damage = _look_through(engine)
        if damage != OK:
            return damage
        with engine.connect() as connection:
            return OK if find_version(connection) else "it is no database of quizapp"
    except _UNREADABLE as error:
        return _first_line(error)
    finally:
        engine.dispose()


def _look_through(engine: Engine) -> str:
    try:
        with engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    except _UNREADABLE as error:
        return _first_line(error)
    if found != OK:
        return str(found)
    return OK if broken is None else f"a row of {broken[0]} refers to nothing"


def _first_line(error: Exception) -> str:
    """Return what went wrong without the statement and the links that SQLAlchemy adds."""
    return str(error).partition("\n")[0]


def _settle(file: Path) -> None:
    """Wait until the file is on the disk."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _file_of(database: Database) -> Path:
    return Path(database.url.database or "")


def _part_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.part")


def _digest_file_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")
