"""The step that brings assignments and attempts, with rows of the schema before it."""

import pytest
from sqlalchemy import inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from quizapp.errors import ConflictError
from quizapp.services.checking import check_database
from quizapp.services.quizzing.submitting import submit
from quizapp.storage import migrating
from quizapp.storage.engine import Database
from quizapp.storage.tables import AccountRow, AttemptRow, StudyRow
from tests.factories.assignments import SECOND, answer_all, begin, build_exam
from tests.factories.people import MORNING, answer_next, build_world

FORMER, LATER = "0004", "0005"
TABLES = (
    *("assignment", "assignment_question", "assignment_override", "question_correction"),
    *("grade_override", "attempt", "attempt_question", "response_save", "mark_change"),
)


def run(database: Database, statement: str) -> list[tuple[object, ...]]:
    with database.read.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def test_study_sessions_and_their_reviews_come_through(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        answer_next(session, world.alice, MORNING, key="one")
        answer_next(session, world.bob, MORNING, key="two")
    migrating.downgrade(database, FORMER)
    assert set(TABLES).isdisjoint(inspect(database.read).get_table_names())
    kept = {
        name: run(database, f"SELECT * FROM {name} ORDER BY 1, 2")
        for name in ("memory", "review", "enrolment")
    }
    studies = run(database, "SELECT id, learner_id, started_at FROM study_session ORDER BY id")
    assert len(studies) == 2
    migrating.upgrade(database, LATER)
    assert set(TABLES) < set(inspect(database.read).get_table_names())
    for name, rows in kept.items():
        assert run(database, f"SELECT * FROM {name} ORDER BY 1, 2") == rows
    columns = "id, learner_id, started_at, attempt_id"
    assert run(database, f"SELECT {columns} FROM study_session ORDER BY id") == [
        (*study, None) for study in studies
    ]
    migrating.upgrade(database)
    assert check_database(database).clean


def test_the_way_back_is_refused_once_there_are_attempts(database: Database) -> None:
    exam = build_exam(database)
    begin(database, exam)
    with pytest.raises(ConflictError, match="rows without saying so"):
        migrating.downgrade(database, FORMER)
    assert migrating.has_current_schema(database.read)


def test_a_learner_has_one_open_attempt_and_one_of_each_number(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    with database.reading() as session:
        row = session.get_one(AttemptRow, attempt_id)
        names = [column.key for column in inspect(AttemptRow).columns if column.key != "id"]
        values = {name: getattr(row, name) for name in names}
    for number, submitted in ((2, None), (1, MORNING)):
        copied = {**values, "number": number, "submitted_at": submitted, "key": "another"}
        with database.writing() as session:
            session.add(AttemptRow(**copied))
            with pytest.raises(IntegrityError):
                session.flush()


def test_who_leaves_takes_their_attempts_along(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING)
    with database.writing() as session:
        submit(session, exam.alice, attempt_id, MORNING + SECOND)
        session.commit()
    with database.writing() as session:
        session.execute(text("DELETE FROM account WHERE id = :id"), {"id": exam.alice.id})
        session.commit()
        assert session.scalars(select(AttemptRow.id)).all() == []
        assert session.scalars(select(StudyRow.id)).all() == []
        assert len(session.scalars(select(AccountRow.id)).all()) == 3


@pytest.mark.parametrize(
    "values",
    [
        {"status": "hidden"},
        {"picking": "guess"},
        {"counts": "best"},
        {"layout": "two"},
        {"points": 0},
    ],
)
def test_an_assignment_holds_only_what_it_may(
    sqlite_database: Database, values: dict[str, object]
) -> None:
    build_exam(sqlite_database)
    (name, value) = next(iter(values.items()))
    with sqlite_database.writing() as session, pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE assignment SET {name} = :value"), {"value": value})


def test_an_attempt_is_not_marked_before_it_is_submitted(database: Database) -> None:
    exam = build_exam(database)
    begin(database, exam)
    with database.writing() as session, pytest.raises(IntegrityError):
        session.execute(update(AttemptRow).values(marked_at=MORNING))
