"""A learner's limits for one study day, in place of those of the account."""

from dataclasses import asdict, dataclass

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import Insert

from quizapp.storage.base import Base
from quizapp.storage.ids import AccountId
from quizapp.storage.tables import DayLimitRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLimits:
    """How many new facts and how many due ones are asked on a day at most."""

    new_per_day: int
    reviews_per_day: int


_LIMITS = Base.metadata.tables[DayLimitRow.__tablename__]


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
