"""How many reviews are due on the days to come: what the choice of an interval looks at."""

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.storage.base import Base
from quizapp.storage.ids import AccountId, FactId
from quizapp.storage.tables import MemoryRow

# On the table itself, since it runs at nearly every answer.
_MEMORY = Base.metadata.tables[MemoryRow.__tablename__]
_LOADS = (
    select(_MEMORY.c.due_day, func.count().label("reviews"))
    .where(
        _MEMORY.c.learner_id == bindparam("learner_id", type_=Integer),
        _MEMORY.c.due_day.between(
            bindparam("first", type_=Integer), bindparam("last", type_=Integer)
        ),
        _MEMORY.c.fact_id != bindparam("fact_id", type_=Integer),
    )
    .group_by(_MEMORY.c.due_day)
)


def count_due(
    session: Session, learner_id: AccountId, *, but: FactId, first: int, last: int
) -> dict[int, int]:
    """Count the learner's facts due on each study day of a range, but for one fact."""
    parameters = {"learner_id": learner_id, "fact_id": but, "first": first, "last": last}
    rows = session.connection().execute(_LOADS, parameters)
    return {row.due_day: row.reviews for row in rows}
