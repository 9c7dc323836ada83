"""Study sessions: begun, resumed, ended, summed up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.orm import Session

from quizapp.memory import Memory
from quizapp.storage.figures import (
    LIVE,
    RECENT,
    StudyFigures,
    newest_studies,
    read_figures,
    study_figures,
)
from quizapp.storage.ids import AccountId, FactId, StudyId
from quizapp.storage.questions import MEMORY_COLUMNS, read_memory
from quizapp.storage.scopes import EVERYTHING, Scope
from quizapp.storage.tables import (
    MemoryRow,
    QuestionRow,
    ReviewRow,
    StudyRow,
    VersionFactRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFigures:
    """How one fact went in a study session, with the memory as it is now."""

    fact_id: FactId
    statement: str
    section: str
    answers: int
    wrong: int
    memory: Memory | None


_ONE = study_figures(StudyRow.id == bindparam("study_id"))
_NEWEST = study_figures(newest_studies(1))
_RECENT = study_figures(newest_studies(RECENT))
_FACTS = (
    select(
        ReviewRow.fact_id,
        VersionFactRow.statement,
        VersionFactRow.section,
        func.count(ReviewRow.id).label("answers"),
        func.count(ReviewRow.id).filter(ReviewRow.fraction < 1).label("wrong"),
        *MEMORY_COLUMNS,
    )
    .join(QuestionRow, QuestionRow.id == ReviewRow.question_id)
    .join(
        VersionFactRow,
        (VersionFactRow.version_id == QuestionRow.version_id)
        & (VersionFactRow.fact_id == ReviewRow.fact_id),
    )
    .outerjoin(
        MemoryRow,
        (MemoryRow.learner_id == ReviewRow.learner_id) & (MemoryRow.fact_id == ReviewRow.fact_id),
    )
    .where(
        ReviewRow.study_id == bindparam("study_id"),
        ReviewRow.learner_id == bindparam("learner_id"),
        LIVE,
    )
    .group_by(ReviewRow.fact_id, VersionFactRow.statement, VersionFactRow.section, *MEMORY_COLUMNS)
)


def add_study(
    session: Session, learner_id: AccountId, now: datetime, scope: Scope = EVERYTHING
) -> StudyId:
    """Begin a study session that asks what the scope names."""
    row = StudyRow(
        learner_id=learner_id,
        started_at=now,
        course_id=scope.course_id,
        section=scope.section,
        ahead_days=scope.ahead_days,
    )
    session.add(row)
    session.flush()
    return row.id


def find_open_study(session: Session, learner_id: AccountId) -> StudyFigures | None:
    """Return the learner's newest study session if it has not ended."""
    row = session.execute(_NEWEST, {"learner_id": learner_id}).first()
    return read_figures(row) if row and row.ended_at is None else None


def list_recent_studies(session: Session, learner_id: AccountId) -> tuple[StudyFigures, ...]:
    """Return the learner's newest study sessions, in no order: one statement."""
    rows = session.execute(_RECENT, {"learner_id": learner_id})
    return tuple(read_figures(row) for row in rows)


def find_study(session: Session, learner_id: AccountId, study_id: StudyId) -> StudyFigures | None:
    """Return a study session of the learner with its figures."""
    row = session.execute(_ONE, {"learner_id": learner_id, "study_id": study_id}).first()
    return read_figures(row) if row else None


def find_study_start(session: Session, learner_id: AccountId, study_id: StudyId) -> datetime | None:
    """Return when a study session of the learner began; None for that of an attempt, too."""
    return session.scalar(
        select(StudyRow.started_at).where(
            StudyRow.id == study_id,
            StudyRow.learner_id == learner_id,
            StudyRow.attempt_id.is_(None),
        )
    )


def end_study(
    session: Session, learner_id: AccountId, study_id: StudyId, *, left_open: bool, now: datetime
) -> bool:
    """End a study session, unless it has ended; `left_open` if a question was before the learner.

    Returns False if this learner has no such session. What ended first stays: the time and whether
    a question was open are kept as they were.
    """
    running = StudyRow.ended_at.is_(None)
    found = session.execute(
        update(StudyRow)
        .where(StudyRow.id == study_id, StudyRow.learner_id == learner_id)
        .values(
            ended_at=case((running, now), else_=StudyRow.ended_at),
            left_open=case((running, left_open), else_=StudyRow.left_open),
        )
        .returning(StudyRow.id)
        .execution_options(synchronize_session=False)
    ).first()
    return found is not None


def list_study_facts(
    session: Session, learner_id: AccountId, study_id: StudyId
) -> tuple[FactFigures, ...]:
    """Return how each fact of a study session went, in no order: one statement."""
    rows = session.execute(_FACTS, {"learner_id": learner_id, "study_id": study_id})
    return tuple(
        FactFigures(
            fact_id=row.fact_id,
            statement=row.statement,
            section=row.section,
            answers=row.answers,
            wrong=row.wrong,
            memory=read_memory(row),
        )
        for row in rows
    )
