"""What a learner chose for facts: buried for a day, suspended, flagged."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import Integer, and_, bindparam, inspect, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from quizapp.storage.base import Base
from quizapp.storage.ids import AccountId, FactId, QuestionId
from quizapp.storage.scopes import is_taught, taught_versions
from quizapp.storage.tables import FactChoiceRow, MemoryRow, VersionFactRow

# Each with the type of what is written: an instant, or a study day.
ChoiceName: TypeAlias = Literal["suspended_at", "buried_day", "flagged_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenFact:
    """A taught fact that the learner set aside or flagged, or that they forgot often.

    Statement and section are those of the newest version; `buried` means until the day is over.
    `question_id` is the question that was shown last, None of a new fact.
    """

    fact_id: FactId
    statement: str
    section: str
    suspended: bool
    buried: bool
    flagged: bool
    often_forgotten: bool
    lapses: int
    question_id: QuestionId | None


_CHOICE = Base.metadata.tables[FactChoiceRow.__tablename__]
_learner = bindparam("learner_id", type_=Integer)
_fact = bindparam("fact_id", type_=Integer)


def _upserts(name: ChoiceName) -> dict[str, ReturningInsert[FactId]]:
    """Write one choice for a fact that a course of the learner teaches."""
    column = _CHOICE.c[name]
    source = select(_learner, _fact, bindparam("value", type_=column.type)).where(is_taught(_fact))
    names = ["learner_id", "fact_id", name]
    on_sqlite = sqlite.insert(_CHOICE).from_select(names, source)
    on_postgres = postgresql.insert(_CHOICE).from_select(names, source)
    key, value = ["learner_id", "fact_id"], {name: on_sqlite.excluded[name]}
    fact = inspect(FactChoiceRow).columns.fact_id
    return {
        "sqlite": on_sqlite.on_conflict_do_update(index_elements=key, set_=value).returning(fact),
        "postgresql": on_postgres.on_conflict_do_update(index_elements=key, set_=value).returning(
            fact
        ),
    }


_UPSERTS = {name: _upserts(name) for name in ("suspended_at", "buried_day", "flagged_at")}
_buried = FactChoiceRow.buried_day == bindparam("today", type_=Integer)
_CHOSEN = (
    select(
        VersionFactRow.fact_id,
        VersionFactRow.statement,
        VersionFactRow.section,
        FactChoiceRow.suspended_at,
        FactChoiceRow.flagged_at,
        _buried.label("buried"),
        MemoryRow.lapses,
        MemoryRow.question_id,
    )
    .outerjoin(
        FactChoiceRow,
        and_(
            FactChoiceRow.learner_id == _learner,
            FactChoiceRow.fact_id == VersionFactRow.fact_id,
        ),
    )
    .outerjoin(
        MemoryRow,
        and_(MemoryRow.learner_id == _learner, MemoryRow.fact_id == VersionFactRow.fact_id),
    )
    .where(
        VersionFactRow.version_id.in_(taught_versions()),
        or_(
            FactChoiceRow.suspended_at.is_not(None),
            FactChoiceRow.flagged_at.is_not(None),
            _buried,
            MemoryRow.lapses >= bindparam("lapses", type_=Integer),
        ),
    )
    .order_by(VersionFactRow.version_id, VersionFactRow.position)
)


def put_choice(
    session: Session,
    learner_id: AccountId,
    fact_id: FactId,
    name: ChoiceName,
    value: datetime | int | None,
) -> bool:
    """Write a choice for a fact, None to take it back; False if no course of theirs teaches it."""
    connection = session.connection()
    parameters = {"learner_id": learner_id, "fact_id": fact_id, "value": value}
    statement = _UPSERTS[name][connection.dialect.name]
    return connection.execute(statement, parameters).scalar() is not None


def list_chosen(
    session: Session, learner_id: AccountId, *, today: int, lapses: int
) -> tuple[ChosenFact, ...]:
    """Return what the learner set aside or flagged, and what they forgot `lapses` times or more.

    In the order of teaching, in one statement.
    """
    parameters = {"learner_id": learner_id, "today": today, "lapses": lapses}
    # Of several versions the newest one speaks, since it comes last.
    rows = {row.fact_id: row for row in session.execute(_CHOSEN, parameters)}
    return tuple(
        ChosenFact(
            fact_id=row.fact_id,
            statement=row.statement,
            section=row.section,
            suspended=row.suspended_at is not None,
            buried=bool(row.buried),
            flagged=row.flagged_at is not None,
            often_forgotten=(row.lapses or 0) >= lapses,
            lapses=row.lapses or 0,
            question_id=row.question_id,
        )
        for row in rows.values()
    )
