"""The step that brings drafts of sets, with rows of the schema before it."""

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from quizapp.storage import migrating
from quizapp.storage.engine import Database
from tests.factories.people import build_world

FORMER = "0006"
TABLES = {"set_draft", "draft_fact", "draft_question", "set_share", "version_file", "parameter_fit"}


def run(database: Database, statement: str) -> list[tuple[object, ...]]:
    with database.read.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_a_set_is_called_what_its_newest_version_is_called(database: Database) -> None:
    build_world(database)
    titles = run(database, "SELECT title FROM set_version ORDER BY set_id, number")
    assert titles
    migrating.downgrade(database, FORMER)
    assert TABLES.isdisjoint(inspect(database.read).get_table_names())
    migrating.upgrade(database)
    assert set(inspect(database.read).get_table_names()) > TABLES
    assert run(database, "SELECT title FROM question_set ORDER BY id") == titles
    assert run(database, "SELECT DISTINCT archived_at FROM question_set") == [(None,)]


@pytest.mark.parametrize(
    "row",
    [
        "INSERT INTO set_share VALUES (1, 1, 'own', '2026-03-02 08:00:00', NULL)",
        "INSERT INTO parameter_fit (id, asked_at, figures) VALUES (1, '2026-03-02 08:00:00', '{}')",
        "INSERT INTO draft_question VALUES (1, 'q', 0, 'accepted', 'written', NULL, NULL, NULL)",
        "INSERT INTO draft_question VALUES (1, 'q', 0, 'unsure', 'made', NULL, NULL, NULL)",
    ],
)
def test_a_draft_holds_only_what_has_a_meaning(database: Database, row: str) -> None:
    build_world(database)
    with database.writing() as session, pytest.raises(IntegrityError):
        session.execute(text(row))
