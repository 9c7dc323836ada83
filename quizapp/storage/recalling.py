"""What the log and the memories need of an attempt: its facts, and which of them are new to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, and_, exists, select
from sqlalchemy.orm import Session

from quizapp.memory import Grade, Memory
from quizapp.storage.attempts import AttemptRecord
from quizapp.storage.figures import LIVE
from quizapp.storage.ids import AccountId, AttemptId, FactId, QuestionId, StudyId
from quizapp.storage.questions import MEMORY_COLUMNS, read_memory
from quizapp.storage.tables import (
    AccountRow,
    AttemptRow,
    FactRow,
    MemoryRow,
    QuestionFactRow,
    ReviewRow,
    StudyRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFact:
    """A fact that a question asks for."""

    question_id: QuestionId
    fact_id: FactId
    fact_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedFact:
    """A fact that a question asks for, and what has become of it.

    `logged` says that the log has a wrong answer to it from the attempt at hand, `last_at` is the
    instant of its last review, None if it is not in memory.
    """

    fact: AskedFact
    logged: bool
    last_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """What fixes the study days of a person, and the retention that they set."""

    timezone: str
    rollover_hour: int
    retention: float


def list_asked_facts(session: Session, question_ids: Sequence[QuestionId]) -> tuple[AskedFact, ...]:
    """Return the facts that questions ask for."""
    rows = session.execute(
        select(
            QuestionFactRow.question_id, FactRow.id.label("fact_id"), FactRow.key.label("fact_key")
        )
        .join(FactRow, FactRow.id == QuestionFactRow.fact_id)
        .where(QuestionFactRow.question_id.in_(question_ids))
    )
    return tuple(AskedFact(**row) for row in rows.mappings())


def list_first_met(session: Session, attempt: AttemptRecord) -> tuple[FactId, ...]:
    """Return the facts of which the log has an answer of the learner in the same assignment."""
    statement = (
        select(ReviewRow.fact_id)
        .join(StudyRow, StudyRow.id == ReviewRow.study_id)
        .join(AttemptRow, AttemptRow.id == StudyRow.attempt_id)
        .where(
            AttemptRow.assignment_id == attempt.assignment_id,
            AttemptRow.learner_id == attempt.learner_id,
        )
        .distinct()
    )
    return tuple(session.scalars(statement))


def list_missed(
    session: Session,
    learner_id: AccountId,
    attempt_id: AttemptId,
    question_ids: Sequence[QuestionId],
) -> tuple[MissedFact, ...]:
    """Return the facts that some questions of an attempt ask for, by fact: one statement."""
    logged = exists(
        select(1)
        .select_from(ReviewRow)
        .join(StudyRow, StudyRow.id == ReviewRow.study_id)
        .where(
            StudyRow.attempt_id == attempt_id,
            ReviewRow.fact_id == FactRow.id,
            ReviewRow.grade == Grade.AGAIN,
            LIVE,
        )
    )
    rows = session.execute(
        select(
            QuestionFactRow.question_id,
            FactRow.id.label("fact_id"),
            FactRow.key.label("fact_key"),
            logged.label("logged"),
            MemoryRow.last_at,
        )
        .join(FactRow, FactRow.id == QuestionFactRow.fact_id)
        .outerjoin(
            MemoryRow, and_(MemoryRow.fact_id == FactRow.id, MemoryRow.learner_id == learner_id)
        )
        .where(QuestionFactRow.question_id.in_(question_ids))
        .order_by(FactRow.id, QuestionFactRow.question_id)
    )
    return tuple(_read_missed(row) for row in rows.mappings())


def lock_memories(
    session: Session, learner_id: AccountId, fact_ids: Sequence[FactId]
) -> dict[FactId, Memory]:
    """Return what the learner remembers of facts; nobody else moves these memories meanwhile."""
    rows = session.execute(
        select(MemoryRow.fact_id, *MEMORY_COLUMNS)
        .where(MemoryRow.learner_id == learner_id, MemoryRow.fact_id.in_(fact_ids))
        .order_by(MemoryRow.fact_id)
        .with_for_update()
    )
    found = ((row.fact_id, read_memory(row)) for row in rows)
    return {fact_id: memory for fact_id, memory in found if memory is not None}


def find_attempt_study(session: Session, attempt_id: AttemptId) -> StudyId | None:
    """Return the study session that holds the answers of an attempt."""
    return session.scalar(select(StudyRow.id).where(StudyRow.attempt_id == attempt_id))


def add_attempt_study(session: Session, attempt: AttemptRecord, now: datetime) -> StudyId:
    """Store the study session that holds the answers of an attempt; it has ended."""
    row = StudyRow(
        learner_id=attempt.learner_id,
        started_at=attempt.started_at,
        ended_at=max(now, attempt.started_at),
        attempt_id=attempt.id,
    )
    session.add(row)
    session.flush()
    return row.id


def find_days(session: Session, person_id: AccountId) -> Days:
    """Return what fixes the study days of a person, and their retention."""
    statement = select(AccountRow.timezone, AccountRow.rollover_hour, AccountRow.retention)
    row = session.execute(statement.where(AccountRow.id == person_id)).one()
    return Days(timezone=row.timezone, rollover_hour=row.rollover_hour, retention=row.retention)


def _read_missed(row: RowMapping) -> MissedFact:
    fact = AskedFact(**{name: row[name] for name in AskedFact.__slots__})
    return MissedFact(fact=fact, logged=bool(row["logged"]), last_at=row["last_at"])
