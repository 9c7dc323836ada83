"""Answers being saved: the hot path of an attempt, three statements that are built once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from quizapp.storage.attempts import ATTEMPT_COLUMNS, AttemptRecord, read_attempt
from quizapp.storage.base import LONG, Base, Instant
from quizapp.storage.ids import AccountId, AttemptId, SaveId
from quizapp.storage.tables import (
    AssignmentRow,
    AttemptQuestionRow,
    AttemptRow,
    QuestionRow,
    ResponseSaveRow,
)
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSave:
    """A save to be logged; `number` counts those of the question from 1."""

    idempotency_key: str
    attempt_id: AttemptId
    position: int
    number: int
    response: str
    given: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question that is about to be answered, its attempt locked.

    `during` are the feedback switches that are on while the attempt goes on.
    """

    attempt: AttemptRecord
    body: JsonObject
    saves: int
    during: frozenset[str]


_SAVE = Base.metadata.tables[ResponseSaveRow.__tablename__]
_QUESTION = Base.metadata.tables[AttemptQuestionRow.__tablename__]
_which = bindparam("attempt_id", type_=LONG)
_place = bindparam("position", type_=Integer)
_learner = bindparam("learner_id", type_=Integer)


def _inserts() -> dict[str, ReturningInsert[SaveId]]:
    """Log a save unless its key is there already."""
    taken = ["idempotency_key"]
    on_sqlite = sqlite.insert(_SAVE).on_conflict_do_nothing(index_elements=taken)
    on_postgres = postgresql.insert(_SAVE).on_conflict_do_nothing(index_elements=taken)
    return {
        "sqlite": on_sqlite.returning(ResponseSaveRow.id),
        "postgresql": on_postgres.returning(ResponseSaveRow.id),
    }


_INSERT_SAVE = _inserts()
_OPEN_QUESTION = (
    select(
        *ATTEMPT_COLUMNS,
        QuestionRow.body,
        AttemptQuestionRow.saves,
        AssignmentRow.feedback,
    )
    .select_from(AttemptRow)
    .join(AttemptQuestionRow, AttemptQuestionRow.attempt_id == AttemptRow.id)
    .join(QuestionRow, QuestionRow.id == AttemptQuestionRow.question_id)
    .join(AssignmentRow, AssignmentRow.id == AttemptRow.assignment_id)
    .where(
        AttemptRow.id == _which,
        AttemptRow.learner_id == _learner,
        AttemptQuestionRow.position == _place,
    )
    .with_for_update(of=AttemptRow)
)
_SAVED = select(
    ResponseSaveRow.attempt_id,
    ResponseSaveRow.position,
    ResponseSaveRow.number,
    ResponseSaveRow.response,
    ResponseSaveRow.given,
    ResponseSaveRow.at,
    ResponseSaveRow.idempotency_key,
).where(ResponseSaveRow.idempotency_key == bindparam("key"))
_PUT_RESPONSE = (
    update(_QUESTION)
    .where(
        _QUESTION.c.attempt_id == bindparam("of_attempt", type_=LONG),
        _QUESTION.c.position == bindparam("at_position", type_=Integer),
        _QUESTION.c.saves == bindparam("number", type_=Integer) - 1,
    )
    .values(
        response=bindparam("response"),
        given=bindparam("given"),
        saves=bindparam("number", type_=Integer),
        saved_at=bindparam("at", type_=Instant),
    )
)


def lock_question(
    session: Session, learner_id: AccountId, attempt_id: AttemptId, position: int
) -> OpenQuestion | None:
    """Return a question of the learner's attempt, which nobody else changes meanwhile."""
    parameters = {"attempt_id": attempt_id, "learner_id": learner_id, "position": position}
    row = session.connection().execute(_OPEN_QUESTION, parameters).mappings().first()
    if row is None:
        return None
    return OpenQuestion(
        attempt=read_attempt(row),
        body=row["body"],
        saves=row["saves"],
        during=frozenset(row["feedback"]["during"]),
    )


def add_save(session: Session, save: NewSave) -> bool:
    """Log a save; False, and nothing logged, if its key was used before."""
    connection = session.connection()
    values = {name: getattr(save, name) for name in NewSave.__slots__}
    return connection.execute(_INSERT_SAVE[connection.dialect.name], values).scalar() is not None


def find_save(session: Session, key: str) -> NewSave | None:
    """Return the save that has this key."""
    row = session.connection().execute(_SAVED, {"key": key}).mappings().first()
    return NewSave(**row) if row else None


def put_response(session: Session, save: NewSave) -> bool:
    """Let a save be the answer that stands; False if another one came between."""
    values = {
        "of_attempt": save.attempt_id,
        "at_position": save.position,
        "number": save.number,
        "response": save.response,
        "given": save.given,
        "at": save.at,
    }
    return session.connection().execute(_PUT_RESPONSE, values).rowcount == 1


def put_flag(session: Session, attempt_id: AttemptId, position: int, *, flagged: bool) -> None:
    """Flag a question, or take the flag away."""
    session.execute(
        update(AttemptQuestionRow)
        .where(AttemptQuestionRow.attempt_id == attempt_id, AttemptQuestionRow.position == position)
        .values(flagged=flagged)
    )
