"""The schema: up and down on both databases, equal to the tables, and never at the cost of rows."""

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select, table

from quizapp.errors import ConflictError
from quizapp.storage import migrating
from quizapp.storage.base import Base
from quizapp.storage.engine import Database
from tests.factories.people import MORNING, answer_next, build_world
from tests.support.databases import copy_postgres, opened

STEP = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = {head!r}
branch_labels = None
depends_on = None
ROWS_CHANGE: tuple[str, ...] = {declared!r}


def upgrade() -> None:
    {body}


def downgrade() -> None:
    pass
"""
REBUILD = """with op.batch_alter_table("account", recreate="auto") as batch:
        batch.alter_column("name", type_=sa.String(200), existing_type=sa.String(120))"""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table: once of each kind."""
    if request.param == "sqlite":
        with opened(f"sqlite:///{tmp_path / 'empty.db'}") as found:
            yield found
        return
    server: str = request.getfixturevalue("postgres_server")
    with copy_postgres(server, "template0") as address, opened(address) as found:
        yield found


@pytest.fixture
def lived_in(database: Database) -> Database:
    """A database with rows in the tables that others refer to, and in those that refer."""
    world = build_world(database)
    with database.writing() as session:
        answer_next(session, world.alice, MORNING, key="one")
        answer_next(session, world.bob, MORNING, key="two")
    return database


class Steps:
    """A copy of the migrations to which a test adds a step of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, body: str, *, declared: tuple[str, ...] = ()) -> None:
        """Add a step after the newest one."""
        text = STEP.format(head=migrating.head(), body=body, declared=declared)
        (self._folder / "versions" / "9999_a_step.py").write_text(text, encoding="utf-8")


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Steps:
    """The migrations, to be added to."""
    folder = tmp_path / "migrations"
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(migrating._FOLDER, folder, ignore=ignore)
    monkeypatch.setattr(migrating, "_FOLDER", folder)
    return Steps(folder)


def count_rows(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table(name))) or 0
            for name in Base.metadata.tables
        }


def find_version(database: Database) -> str | None:
    with database.read.connect() as connection:
        return migrating.find_version(connection)


def list_revisions() -> list[str]:
    """Return all revisions, the oldest first."""
    scripts = ScriptDirectory.from_config(migrating.make_config())
    return [step.revision for step in scripts.walk_revisions()][::-1]


def test_an_empty_database_is_brought_to_the_head_and_back(empty_database: Database) -> None:
    migrating.upgrade(empty_database)
    assert migrating.has_current_schema(empty_database.read)
    migrating.downgrade(empty_database, "base")
    assert find_version(empty_database) is None
    assert inspect(empty_database.read).get_table_names() == ["alembic_version"]
    migrating.upgrade(empty_database)
    assert migrating.has_current_schema(empty_database.read)


def test_upgrading_twice_changes_nothing(lived_in: Database) -> None:
    before = count_rows(lived_in)
    migrating.upgrade(lived_in)
    assert count_rows(lived_in) == before


def test_the_migrated_schema_is_that_of_the_tables(database: Database) -> None:
    with database.read.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_step_goes_down_and_up_again_with_rows_or_refuses(lived_in: Database) -> None:
    before = count_rows(lived_in)
    assert min(before[name] for name in ("account", "review", "memory", "question")) > 0
    for former, _later in list(pairwise(list_revisions()))[::-1]:
        migrating.downgrade(lived_in, former)
        assert find_version(lived_in) == former
    with pytest.raises(ConflictError, match="rows without saying so"):
        migrating.downgrade(lived_in, "base")
    migrating.upgrade(lived_in)
    assert migrating.has_current_schema(lived_in.read)
    assert count_rows(lived_in) == before


@pytest.mark.parametrize("name", ["review_undo", "memory", "refused_try", "review"])
def test_a_step_that_loses_rows_in_silence_is_stopped(
    lived_in: Database, steps: Steps, name: str
) -> None:
    with lived_in.writing() as session:
        session.execute(
            Base.metadata.tables["refused_try"]
            .insert()
            .values(action="", subject_hash="", address_hash="", at=MORNING)
        )
        review = session.scalar(select(func.min(Base.metadata.tables["review"].c.id)))
        undo = Base.metadata.tables["review_undo"]
        session.execute(undo.insert().values(review_id=review, at=MORNING))
        session.commit()
    before, version = count_rows(lived_in), find_version(lived_in)
    steps.add(f'op.execute("DELETE FROM {name}")')
    with pytest.raises(ConflictError, match=f"the table {name} from {before[name]} to 0 rows"):
        migrating.upgrade(lived_in)
    assert (count_rows(lived_in), find_version(lived_in)) == (before, version)


def test_a_step_that_doubles_rows_in_silence_is_stopped(lived_in: Database, steps: Steps) -> None:
    columns = "title, timezone, created_at"
    steps.add(f'op.execute("INSERT INTO course ({columns}) SELECT {columns} FROM course")')
    with pytest.raises(ConflictError, match="the table course from 1 to 2 rows"):
        migrating.upgrade(lived_in)


def test_a_step_that_says_which_rows_it_changes_may(lived_in: Database, steps: Steps) -> None:
    steps.add('op.execute("DELETE FROM memory")', declared=("memory",))
    migrating.upgrade(lived_in)
    assert find_version(lived_in) == "9999"
    assert count_rows(lived_in)["memory"] == 0


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(
    lived_in: Database, steps: Steps
) -> None:
    before = count_rows(lived_in)
    with lived_in.reading() as session:
        owners = session.scalars(select(Base.metadata.tables["question_set"].c.owner_id)).all()
    steps.add(REBUILD)
    migrating.upgrade(lived_in)
    assert find_version(lived_in) == "9999"
    assert count_rows(lived_in) == before
    with lived_in.reading() as session:
        kept = session.scalars(select(Base.metadata.tables["question_set"].c.owner_id)).all()
    assert kept == owners
    assert None not in kept


def test_a_step_that_leaves_rows_referring_to_nothing_is_stopped(
    lived_in: Database, steps: Steps
) -> None:
    before = count_rows(lived_in)
    steps.add('op.execute("DELETE FROM enrolment")\n    op.execute("DELETE FROM account")')
    with pytest.raises(ConflictError):
        migrating.upgrade(lived_in)
    assert count_rows(lived_in) == before


def test_a_step_that_says_so_may_still_leave_no_orphans(lived_in: Database, steps: Steps) -> None:
    before = count_rows(lived_in)
    steps.add('op.execute("DELETE FROM account")', declared=("account",))
    refusal = "foreign key" if lived_in.is_sqlite else "rows without saying so"
    with pytest.raises(ConflictError, match=refusal):
        migrating.upgrade(lived_in)
    assert count_rows(lived_in) == before


def test_a_step_that_fails_halfway_leaves_the_former_schema(
    lived_in: Database, steps: Steps
) -> None:
    columns = [column["name"] for column in inspect(lived_in.read).get_columns("course")]
    before, version = count_rows(lived_in), find_version(lived_in)
    steps.add(
        'op.add_column("course", sa.Column("colour", sa.String(20)))\n'
        '    op.execute("DELETE FROM memory")\n'
        "    raise RuntimeError"
    )
    with pytest.raises(RuntimeError):
        migrating.upgrade(lived_in)
    now = [column["name"] for column in inspect(lived_in.read).get_columns("course")]
    assert (now, count_rows(lived_in), find_version(lived_in)) == (columns, before, version)


def test_foreign_keys_are_checked_again_after_a_migration(lived_in: Database) -> None:
    migrating.upgrade(lived_in)
    if lived_in.is_sqlite:
        with lived_in.write.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_database_of_a_newer_program_is_refused_by_name(
    lived_in: Database, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Path(migrating.__file__).parent / "migrations"
    steps.add("pass")
    migrating.upgrade(lived_in)
    monkeypatch.setattr(migrating, "_FOLDER", known)
    assert not migrating.has_current_schema(lived_in.read)
    with pytest.raises(ConflictError, match="9999"):
        migrating.upgrade(lived_in)
