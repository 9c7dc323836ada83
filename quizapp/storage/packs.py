"""What a pack of questions is chosen from: the variants of many facts in one statement."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, bindparam
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId, FactId
from quizapp.storage.questions import VARIANTS, Askable, read_askable
from quizapp.storage.tables import QuestionFactRow

_OF_FACTS = VARIANTS.where(QuestionFactRow.fact_id.in_(bindparam("fact_ids", expanding=True)))


def find_askables(
    session: Session, learner_id: AccountId, fact_ids: Sequence[FactId], on: date
) -> dict[FactId, Askable]:
    """Return for each fact what `find_askable` returns for one."""
    parameters = {"learner_id": learner_id, "fact_ids": list(fact_ids), "on": on}
    found: dict[FactId, list[Row[*tuple[object, ...]]]] = {}
    for row in session.connection().execute(_OF_FACTS, parameters):
        found.setdefault(row.fact_id, []).append(row)
    askable = {fact_id: read_askable(rows) for fact_id, rows in found.items()}
    return {fact_id: each for fact_id, each in askable.items() if each is not None}
