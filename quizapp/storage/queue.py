"""What a learner has before them: the queue of a study session, in one statement.

The statement starts from the learner's memories by index and stops at the daily limits, so that it
costs the same with a thousand facts as with ten thousand; it is built once, here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import (
    CTE,
    ColumnElement,
    Float,
    Integer,
    Row,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    null,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from quizapp.storage.base import Instant
from quizapp.storage.ids import AccountId, FactId, ReviewId, StudyId
from quizapp.storage.introductions import TAUGHT, new_facts
from quizapp.storage.tables import (
    MemoryRow,
    ReviewRow,
    StudyRow,
    UndoRow,
    VersionFactRow,
)

LEARNING, DUE, NEW = "learning", "due", "new"
# More facts than this in learning steps at once are not looked at together. Written out in the
# statement: for a parameter as its limit SQLite would prepare it anew each time.
_MOST_LEARNING = literal_column("100", Integer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One fact in the queue. `why` is learning, due or new; a new one has no memory yet."""

    fact_id: FactId
    why: str
    due_at: datetime | None
    stability: float | None
    last_day: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyFigures:
    """A study session with what was answered in it; undone answers do not count."""

    id: StudyId
    started_at: datetime
    ended_at: datetime | None
    left_open: bool
    last_at: datetime | None
    answered: int
    right: int
    active_ms: int
    last_review_id: ReviewId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueQuery:
    """What the queue depends on: the learner, their day, and their limits for it."""

    learner_id: AccountId
    now: datetime
    today: int
    day_start: datetime
    ahead: datetime
    new_per_day: int
    reviews_per_day: int


QueueRow: TypeAlias = Row[*tuple[object, ...]]
_learner: ColumnElement[int] = bindparam("learner_id", type_=Integer)

# A review that counts.
LIVE = ~exists(select(1).where(UndoRow.review_id == ReviewRow.id))


def _published(fact_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a course in which the learner is enrolled teaches the fact."""
    return exists(
        select(1).where(VersionFactRow.fact_id == fact_id, VersionFactRow.version_id.in_(TAUGHT))
    )


def _left(limit: str, was: str) -> ColumnElement[int]:
    """What today's reviews leave of a daily limit, never below 0."""
    limits: ColumnElement[int] = bindparam(limit, type_=Integer)
    done = func.count().filter(ReviewRow.was == was)
    return case((limits > done, limits - done), else_=0)


def _left_today() -> CTE:
    """What the limits leave for new facts and for reviews of due ones; learning is not limited."""
    return (
        select(
            _left("new_per_day", "new").label("new"),
            _left("reviews_per_day", "review").label("reviews"),
        )
        .where(
            ReviewRow.learner_id == _learner,
            ReviewRow.at >= bindparam("day_start", type_=Instant),
            LIVE,
        )
        .cte("left_today")
    )


def _remembered(why: str) -> Select[*tuple[object, ...]]:
    """Select the learner's memories of taught facts, to be narrowed to those that wait and why."""
    return select(
        literal(why).label("why"),
        MemoryRow.fact_id,
        MemoryRow.due_at,
        MemoryRow.stability,
        MemoryRow.last_day,
    ).where(MemoryRow.learner_id == _learner, _published(MemoryRow.__table__.c.fact_id))


def _learning() -> Subquery:
    return (
        _remembered(LEARNING)
        .where(
            MemoryRow.due_at.is_not(None),
            MemoryRow.due_at <= bindparam("ahead", type_=Instant),
        )
        .order_by(MemoryRow.due_at, MemoryRow.fact_id)
        .limit(_MOST_LEARNING)
        .subquery(LEARNING)
    )


def _due(left: CTE) -> Subquery:
    return (
        _remembered(DUE)
        .where(
            MemoryRow.due_day <= bindparam("today", type_=Integer),
            MemoryRow.due_at.is_(None),
        )
        .order_by(MemoryRow.due_day, MemoryRow.shuffle)
        .limit(select(left.c.reviews).scalar_subquery())
        .subquery(DUE)
    )


def _new(left: CTE) -> Subquery:
    facts = new_facts(select(left.c.new).scalar_subquery()).subquery()
    return select(
        literal(NEW).label("why"),
        facts.c.fact_id,
        cast(null(), Instant).label("due_at"),
        cast(null(), Float).label("stability"),
        cast(null(), Integer).label("last_day"),
    ).subquery(NEW)


def newest_studies(most: int) -> ColumnElement[bool]:
    """Return the condition that names the learner's newest study sessions, attempts left out."""
    newest = (
        select(StudyRow.id)
        .where(StudyRow.learner_id == _learner, StudyRow.attempt_id.is_(None))
        .order_by(StudyRow.started_at.desc(), StudyRow.id.desc())
        .limit(most)
    )
    return StudyRow.id.in_(newest)


def study_figures(studies: ColumnElement[bool]) -> Select[*tuple[object, ...]]:
    """Build the statement that sums up the study sessions which the condition names."""
    return (
        select(
            StudyRow.id,
            StudyRow.started_at,
            StudyRow.ended_at,
            StudyRow.left_open,
            func.max(ReviewRow.at).label("last_at"),
            func.count(ReviewRow.id).label("answered"),
            func.count(ReviewRow.id).filter(ReviewRow.fraction >= 1).label("right"),
            func.coalesce(func.sum(ReviewRow.duration_ms), 0).label("active_ms"),
            func.max(ReviewRow.id).label("last_review_id"),
        )
        .outerjoin(ReviewRow, and_(ReviewRow.study_id == StudyRow.id, LIVE))
        .where(StudyRow.learner_id == _learner, studies)
        .group_by(StudyRow.id)
    )


def _queue(study: Subquery) -> Select[*tuple[object, ...]]:
    """The queue beside a study session; without anything waiting one row with nulls."""
    left = _left_today()
    parts = (_learning(), _due(left), _new(left))
    waiting = union_all(*(select(part) for part in parts)).subquery("waiting")
    return select(study, waiting).select_from(study).outerjoin(waiting, true())


_OF_STUDY = _queue(study_figures(StudyRow.id == bindparam("study_id")).subquery("study"))
_ALONE = _queue(select(literal(0).label("id")).subquery("study"))


def load_queue(session: Session, query: QueueQuery) -> tuple[Waiting, ...]:
    """Return what waits for the learner: learning by instant, due by day, new by position."""
    rows = session.connection().execute(_ALONE, _parameters(query)).all()
    return _waiting(rows)


def find_study_queue(
    session: Session, query: QueueQuery, study_id: StudyId
) -> tuple[StudyFigures, tuple[Waiting, ...]] | None:
    """Return the learner's study session with what waits; None if it is not theirs."""
    parameters = {**_parameters(query), "study_id": study_id}
    rows = session.connection().execute(_OF_STUDY, parameters).all()
    if not rows:
        return None
    return read_figures(rows[0]), _waiting(rows)


def read_figures(row: QueueRow) -> StudyFigures:
    """Read the columns of `study_figures`."""
    return StudyFigures(
        id=row.id,
        started_at=row.started_at,
        ended_at=row.ended_at,
        left_open=row.left_open,
        last_at=row.last_at,
        answered=row.answered,
        right=row.right,
        active_ms=row.active_ms,
        last_review_id=row.last_review_id,
    )


def _parameters(query: QueueQuery) -> dict[str, object]:
    return {name: getattr(query, name) for name in QueueQuery.__slots__}


def _waiting(rows: Sequence[QueueRow]) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(
            fact_id=row.fact_id,
            why=row.why,
            due_at=row.due_at,
            stability=row.stability,
            last_day=row.last_day,
        )
        for row in rows
        if row.why is not None
    )
