"""Answers and undos going into the log, and the memory that follows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, and_, bindparam, delete, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import Insert, ReturningInsert, Update

from quizapp.memory import Grade, Memory
from quizapp.storage.base import LONG, Base, Instant
from quizapp.storage.ids import AccountId, FactId, QuestionId, ReviewId, StudyId
from quizapp.storage.introductions import move_back
from quizapp.storage.tables import (
    MemoryRow,
    ReviewRow,
    UndoRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """An answer to be logged; `shown` are the stored positions of the options as shown."""

    idempotency_key: str
    learner_id: AccountId
    fact_id: FactId
    question_id: QuestionId
    study_id: StudyId
    at: datetime
    arrived_at: datetime
    study_day: int
    was: str
    grade: Grade
    guess: float
    fraction: float
    given: bool
    response: str
    shown: str
    duration_ms: int
    parameters: str
    hints: int = 0
    interval_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyUse:
    """What an idempotency key was used for."""

    review_id: ReviewId
    study_id: StudyId
    question_id: QuestionId
    fact_id: FactId
    response: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMemory:
    """A memory row with what else its fold determines."""

    memory: Memory
    shuffle: int
    question_id: QuestionId


_REVIEW = Base.metadata.tables[ReviewRow.__tablename__]
_MEMORY = Base.metadata.tables[MemoryRow.__tablename__]
_UNDO = Base.metadata.tables[UndoRow.__tablename__]
_learner = bindparam("learner_id", type_=Integer)


def _review_inserts() -> dict[str, ReturningInsert[ReviewId]]:
    """Log a review unless its key is there already; give its number."""
    taken = ["idempotency_key"]
    on_sqlite = sqlite.insert(_REVIEW).on_conflict_do_nothing(index_elements=taken)
    on_postgres = postgresql.insert(_REVIEW).on_conflict_do_nothing(index_elements=taken)
    number = inspect(ReviewRow).columns.id
    return {
        "sqlite": on_sqlite.returning(number),
        "postgresql": on_postgres.returning(number),
    }


def _memory_inserts() -> dict[str, ReturningInsert[FactId]]:
    """Write the first memory of a fact, and give the fact, unless there is one already."""
    fact = inspect(MemoryRow).columns.fact_id
    return {
        "sqlite": sqlite.insert(_MEMORY).on_conflict_do_nothing().returning(fact),
        "postgresql": postgresql.insert(_MEMORY).on_conflict_do_nothing().returning(fact),
    }


def _memory_update() -> Update:
    """Replace a memory unless its reviews are no longer as many as were read.

    It must not add one that is gone: then the answer that it follows was undone meanwhile.
    """
    key = ["learner_id", "fact_id"]
    return (
        update(_MEMORY)
        .where(
            _MEMORY.c.learner_id == bindparam("whose", type_=Integer),
            _MEMORY.c.fact_id == bindparam("which", type_=Integer),
            _MEMORY.c.reps == bindparam("expected_reps", type_=Integer),
        )
        .values(
            {column.name: bindparam(column.name) for column in _MEMORY.c if column.name not in key}
        )
    )


def _undo_inserts() -> dict[str, Insert]:
    """Log the undoing of a review unless it was undone; first lock the memory that it moved."""
    source = (
        select(ReviewRow.id, bindparam("at", type_=Instant))
        .join(
            MemoryRow,
            and_(
                MemoryRow.learner_id == ReviewRow.learner_id,
                MemoryRow.fact_id == ReviewRow.fact_id,
            ),
        )
        .where(ReviewRow.id == bindparam("review_id", type_=LONG))
        .with_for_update(of=MemoryRow)
    )
    columns = [column.name for column in _UNDO.c]
    on_sqlite = sqlite.insert(_UNDO).from_select(columns, source)
    on_postgres = postgresql.insert(_UNDO).from_select(columns, source)
    return {
        "sqlite": on_sqlite.on_conflict_do_nothing(),
        "postgresql": on_postgres.on_conflict_do_nothing(),
    }


_INSERT_REVIEW = _review_inserts()
_INSERT_MEMORY = _memory_inserts()
_UPDATE_MEMORY = _memory_update()
_INSERT_UNDO = _undo_inserts()
_BY_KEY = select(
    ReviewRow.id,
    ReviewRow.study_id,
    ReviewRow.question_id,
    ReviewRow.fact_id,
    ReviewRow.response,
).where(ReviewRow.idempotency_key == bindparam("key"), ReviewRow.learner_id == _learner)


def find_key_use(session: Session, learner_id: AccountId, key: str) -> KeyUse | None:
    """Return what the learner used an idempotency key for, if they did."""
    row = session.execute(_BY_KEY, {"key": key, "learner_id": learner_id}).first()
    if row is None:
        return None
    return KeyUse(
        review_id=row.id,
        study_id=row.study_id,
        question_id=row.question_id,
        fact_id=row.fact_id,
        response=row.response,
    )


def add_review(session: Session, review: NewReview) -> ReviewId | None:
    """Log an answer and return its number; None, and nothing logged, if the key was used before."""
    connection = session.connection()
    values = {name: getattr(review, name) for name in NewReview.__slots__}
    return connection.execute(_INSERT_REVIEW[connection.dialect.name], values).scalar()


def put_memory(
    session: Session,
    *,
    learner_id: AccountId,
    fact_id: FactId,
    stored: StoredMemory,
    expected_reps: int,
) -> bool:
    """Write the memory if it still has `expected_reps` reviews (0: none yet); else return False."""
    state = {
        "shuffle": stored.shuffle,
        "question_id": stored.question_id,
        **{name: getattr(stored.memory, name) for name in Memory.__slots__},
    }
    connection = session.connection()
    if expected_reps == 0:
        insert = _INSERT_MEMORY[connection.dialect.name]
        values = {"learner_id": learner_id, "fact_id": fact_id, **state}
        return connection.execute(insert, values).scalar() is not None
    values = {"whose": learner_id, "which": fact_id, "expected_reps": expected_reps, **state}
    return connection.execute(_UPDATE_MEMORY, values).rowcount == 1


def delete_memory(session: Session, learner_id: AccountId, fact_id: FactId) -> None:
    """Forget a memory whose log has become empty: the fact is new again."""
    move_back(session, learner_id, fact_id)
    session.execute(
        delete(MemoryRow).where(MemoryRow.learner_id == learner_id, MemoryRow.fact_id == fact_id)
    )


def add_undo(session: Session, review_id: ReviewId, now: datetime) -> None:
    """Log the undoing of a review, once; from then on nobody else moves the memory it concerns."""
    connection = session.connection()
    parameters = {"review_id": review_id, "at": now}
    connection.execute(_INSERT_UNDO[connection.dialect.name], parameters)
