"""A learner's limits for one study day, in place of the account's, and what is left of them."""

from dataclasses import asdict, dataclass

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Subquery,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.dml import Insert

from quizapp.storage.base import Base, Instant
from quizapp.storage.figures import LIVE
from quizapp.storage.ids import AccountId
from quizapp.storage.scopes import Bounds
from quizapp.storage.tables import DayLimitRow, ReviewRow, StudyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLimits:
    """How many new facts and how many due ones are asked on a day at most."""

    new_per_day: int
    reviews_per_day: int


_LIMITS = Base.metadata.tables[DayLimitRow.__tablename__]


_learner: ColumnElement[int] = bindparam("learner_id", type_=Integer)
_today: ColumnElement[int] = bindparam("today", type_=Integer)
_day_start = bindparam("day_start", type_=Instant)
# The limits of a day do not hold for reviews ahead of time; no page shows more than this.
_MOST_AHEAD = literal_column("1000", Integer)


def _upserts() -> dict[str, Insert]:
    """Put the limits of a day in the place of those that it has."""
    on_sqlite, on_postgres = sqlite.insert(_LIMITS), postgresql.insert(_LIMITS)
    key = list(_LIMITS.primary_key)
    names = DayLimits.__slots__
    return {
        "sqlite": on_sqlite.on_conflict_do_update(
            index_elements=key, set_={name: on_sqlite.excluded[name] for name in names}
        ),
        "postgresql": on_postgres.on_conflict_do_update(
            index_elements=key, set_={name: on_postgres.excluded[name] for name in names}
        ),
    }


_PUT = _upserts()


def put_day_limits(session: Session, learner_id: AccountId, day: int, limits: DayLimits) -> None:
    """Set the learner's limits of a study day."""
    connection = session.connection()
    values = {"learner_id": learner_id, "study_day": day, **asdict(limits)}
    connection.execute(_PUT[connection.dialect.name], values)


def delete_day_limits(session: Session, learner_id: AccountId, *, upto: int) -> None:
    """Let the usual limits hold on a study day again; those of the days before are forgotten."""
    session.execute(
        delete(DayLimitRow).where(
            DayLimitRow.learner_id == learner_id, DayLimitRow.study_day <= upto
        )
    )


def _limit(of_day: InstrumentedAttribute[int], usual: str) -> ColumnElement[int]:
    """The limit of this study day, by default the usual one; an aggregate, so that a row comes."""
    return func.coalesce(func.max(of_day), bindparam(usual, type_=Integer))


def _limits() -> Subquery:
    return (
        select(
            _limit(DayLimitRow.new_per_day, "new_per_day").label("new"),
            _limit(DayLimitRow.reviews_per_day, "reviews_per_day").label("reviews"),
        )
        .where(DayLimitRow.learner_id == _learner, DayLimitRow.study_day == _today)
        .subquery("limits")
    )


def _done_today() -> Subquery:
    ahead = exists(select(1).where(StudyRow.id == ReviewRow.study_id, StudyRow.ahead_days > 0))
    return (
        select(
            func.count().filter(ReviewRow.was == "new").label("new"),
            func.count().filter(ReviewRow.was == "review").label("reviews"),
        )
        .where(ReviewRow.learner_id == _learner, ReviewRow.at >= _day_start, LIVE, ~ahead)
        .subquery("done")
    )


def _left(limit: ColumnElement[int], done: ColumnElement[int]) -> ColumnElement[int]:
    """What is left of a daily limit, never below 0."""
    return case((limit > done, limit - done), else_=0)


def left_today(bounds: Bounds | None) -> CTE:
    """Return what the limits leave for new facts and for reviews of due ones; steps know none.

    Who asks for facts that are not due yet has set a limit of their own: for these reviews there is
    no other, they use up none, and no new facts come between them.
    """
    limits, done = _limits(), _done_today()
    new, reviews = _left(limits.c.new, done.c.new), _left(limits.c.reviews, done.c.reviews)
    if bounds is not None:
        new = case((bounds.ahead_days > 0, 0), else_=new)
        reviews = case((bounds.ahead_days > 0, _MOST_AHEAD), else_=reviews)
    return (
        select(new.label("new"), reviews.label("reviews"))
        .join_from(limits, done, true())
        .cte("left_today")
    )
