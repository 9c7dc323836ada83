"""What a learner has before them: the queue of a study session, in one statement.

The statement starts from the learner's memories by index and stops at the daily limits, so that it
costs the same with a thousand facts as with ten thousand; it is built once, here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
    cast,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from quizapp.storage.base import LONG, Instant
from quizapp.storage.figures import LIVE, StudyFigures, read_figures, study_figures
from quizapp.storage.ids import AccountId, FactId, ReviewId, StudyId
from quizapp.storage.introductions import new_facts
from quizapp.storage.limits import left_today
from quizapp.storage.polishing import (
    POLISH,
    find_polishing,
    list_dates,
    select_polish,
    select_polished,
)
from quizapp.storage.scopes import (
    OF_STUDY,
    Bounds,
    is_not_set_aside,
    is_taught,
)
from quizapp.storage.tables import (
    FactRivalRow,
    MemoryRow,
    ReviewRow,
    StudyRow,
)

LEARNING, DUE, NEW = "learning", "due", "new"
# More facts than this in learning steps at once are not looked at together. Written out in the
# statement: for a parameter as its limit SQLite would prepare it anew each time.
_MOST_LEARNING = literal_column("100", Integer)
# Facts that would give each other away stay this many answers apart, where others wait.
_APART = literal_column("3", Integer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One fact in the queue. `why` is learning, polish, due or new; a new one has no memory yet.

    `rival` tells that one of the answers just given was of a fact that would give it away.
    """

    fact_id: FactId
    why: str
    rival: bool
    due_at: datetime | None
    stability: float | None
    last_day: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyQueue:
    """A study session with what waits in it.

    `last_review_id` is the learner's last answer of the day that counts, whatever the session; an
    attempt's answers are not meant.
    """

    study: StudyFigures
    last_review_id: ReviewId | None
    waiting: tuple[Waiting, ...]


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


_learner: ColumnElement[int] = bindparam("learner_id", type_=Integer)
_study: ColumnElement[int] = bindparam("study_id", type_=LONG)
_today: ColumnElement[int] = bindparam("today", type_=Integer)
_day_start = bindparam("day_start", type_=Instant)


def is_due(day: ColumnElement[int] = _today) -> ColumnElement[bool]:
    """Return whether a memory is due by the study day `day`, by default today.

    What was reviewed in this very study day is not: a new time zone or hour may have begun the day
    after that review at once, and who studies ahead has seen it.
    """
    return and_(
        MemoryRow.due_day <= day, MemoryRow.due_at.is_(None), MemoryRow.last_at < _day_start
    )


def _remembered(why: str, bounds: Bounds | None) -> Select[*tuple[object, ...]]:
    """Select the learner's memories of taught facts, to be narrowed to those that wait and why."""
    fact_id = MemoryRow.__table__.c.fact_id
    return select(
        literal(why).label("why"),
        MemoryRow.fact_id,
        MemoryRow.due_at,
        MemoryRow.stability,
        MemoryRow.last_day,
    ).where(MemoryRow.learner_id == _learner, is_taught(fact_id, bounds), is_not_set_aside(fact_id))


def _learning(bounds: Bounds | None) -> Subquery:
    return (
        _remembered(LEARNING, bounds)
        .where(
            MemoryRow.due_at.is_not(None),
            MemoryRow.due_at <= bindparam("ahead", type_=Instant),
        )
        .order_by(MemoryRow.due_at, MemoryRow.fact_id)
        .limit(_MOST_LEARNING)
        .subquery(LEARNING)
    )


def _due(left: CTE, polishing: CTE, polish: CTE, bounds: Bounds | None) -> Subquery:
    """What is due, but for the facts that are polished; what these take of the limit is gone."""
    polished = MemoryRow.fact_id.in_(select_polished(polishing))
    due: ColumnElement[bool] = is_due()
    waits: ColumnElement[bool] = ~polished
    if bounds is not None:
        due = is_due(_today + bounds.ahead_days)
        waits = or_(bounds.ahead_days > 0, waits)
    taken = select(func.count()).select_from(polish).scalar_subquery()
    return (
        _remembered(DUE, bounds)
        .where(due, waits)
        .order_by(MemoryRow.due_day, MemoryRow.shuffle)
        .limit(select(left.c.reviews - taken).scalar_subquery())
        .subquery(DUE)
    )


def _polish(polish: CTE) -> Subquery:
    return select(
        literal(POLISH).label("why"),
        polish.c.fact_id,
        cast(null(), Instant).label("due_at"),
        polish.c.stability,
        polish.c.last_day,
    ).subquery(POLISH)


def _new(left: CTE, bounds: Bounds | None) -> Subquery:
    facts = new_facts(select(left.c.new).scalar_subquery(), bounds).subquery()
    return select(
        literal(NEW).label("why"),
        facts.c.fact_id,
        cast(null(), Instant).label("due_at"),
        cast(null(), Float).label("stability"),
        cast(null(), Integer).label("last_day"),
    ).subquery(NEW)


def _last_answer() -> ColumnElement[ReviewId]:
    """The number of the learner's last answer of the day that counts and is no attempt's."""
    return (
        select(ReviewRow.id)
        .join(StudyRow, and_(StudyRow.id == ReviewRow.study_id, StudyRow.attempt_id.is_(None)))
        .where(
            ReviewRow.learner_id == _learner,
            ReviewRow.at >= bindparam("day_start", type_=Instant),
            LIVE,
        )
        .order_by(ReviewRow.at.desc(), ReviewRow.id.desc())
        .limit(literal_column("1", Integer))
        .scalar_subquery()
    )


def _is_rival(fact_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether one of the study session's last answers was of a fact that gives this one away."""
    last = (
        select(ReviewRow.fact_id)
        .where(ReviewRow.study_id == _study, LIVE)
        .order_by(ReviewRow.id.desc())
        .limit(_APART)
    )
    return exists(select(1).where(FactRivalRow.fact_id == fact_id, FactRivalRow.rival_id.in_(last)))


def _waiting_for(bounds: Bounds | None) -> Subquery:
    left = left_today(bounds)
    polishing = find_polishing()
    most = select(left.c.reviews).scalar_subquery()
    polish = select_polish(polishing, most, bounds).cte("polished")
    due = _due(left, polishing, polish, bounds)
    parts = (_learning(bounds), _polish(polish), due, _new(left, bounds))
    return union_all(*(select(part) for part in parts)).subquery("waiting")


def _queue_of_study() -> Select[*tuple[object, ...]]:
    """The queue beside a study session; without anything waiting one row with nulls."""
    study = study_figures(StudyRow.id == _study).subquery("study")
    waiting = _waiting_for(OF_STUDY)
    rival, last = _is_rival(waiting.c.fact_id), _last_answer()
    columns = (study, waiting, rival.label("rival"), last.label("last_review_id"))
    return select(*columns).select_from(study).outerjoin(waiting, true())


def _queue_alone() -> Select[*tuple[object, ...]]:
    """The queue of everything, before there is a study session."""
    return select(_waiting_for(None), literal(value=False).label("rival"))


_OF_STUDY, _ALONE = _queue_of_study(), _queue_alone()


def load_queue(session: Session, query: QueueQuery) -> tuple[Waiting, ...]:
    """Return what waits for the learner.

    Learning by instant, what is polished the weakest first, due by day, new by position.
    """
    rows = session.connection().execute(_ALONE, _parameters(query)).all()
    return _waiting(rows)


def find_study_queue(session: Session, query: QueueQuery, study_id: StudyId) -> StudyQueue | None:
    """Return the learner's study session with what waits in it; None if it is not theirs."""
    parameters = {**_parameters(query), "study_id": study_id}
    rows = session.connection().execute(_OF_STUDY, parameters).all()
    if not rows:
        return None
    return StudyQueue(
        study=read_figures(rows[0]),
        last_review_id=rows[0].last_review_id,
        waiting=_waiting(rows),
    )


def _parameters(query: QueueQuery) -> dict[str, object]:
    values = {name: getattr(query, name) for name in QueueQuery.__slots__}
    return {**values, **list_dates(query.today)}


def _waiting(rows: Sequence[Row[*tuple[object, ...]]]) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(
            fact_id=row.fact_id,
            why=row.why,
            rival=bool(row.rival),
            due_at=row.due_at,
            stability=row.stability,
            last_day=row.last_day,
        )
        for row in rows
        if row.why is not None
    )
