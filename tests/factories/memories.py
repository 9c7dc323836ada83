"""Memories put straight into the table, where a test needs one of a certain age."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.memory import Memory
from quizapp.storage.ids import AccountId, FactId, QuestionId
from quizapp.storage.reviews import StoredMemory, put_memory
from quizapp.storage.tables import FactRow, QuestionFactRow
from tests.factories.people import MORNING

TODAY = MORNING.toordinal()
_REVIEWED = Memory(
    stability=10.0,
    difficulty=5.0,
    phase="review",
    step=0,
    due_day=TODAY,
    due_at=None,
    last_day=TODAY - 10,
    last_at=MORNING - timedelta(days=10),
    reps=3,
    lapses=0,
)


def make_due(due_day: int = TODAY) -> Memory:
    """Return a memory in the phase review that is due on that study day."""
    return replace(_REVIEWED, due_day=due_day)


def make_learning(due_at: datetime) -> Memory:
    """Return a memory in a learning step that ends then."""
    return replace(_REVIEWED, phase="learning", due_day=due_at.toordinal(), due_at=due_at, reps=1)


def remember(
    session: Session,
    learner_id: AccountId,
    fact: str,
    memory: Memory,
    *,
    shuffle: int | None = None,
) -> FactId:
    """Store a memory of the fact with this key and return the fact's id.

    What is due on one day comes by `shuffle`, by default in the order of the facts.
    """
    fact_id, question_id = find_fact(session, fact)
    place = fact_id if shuffle is None else shuffle
    stored = StoredMemory(memory=memory, shuffle=place, question_id=question_id)
    assert put_memory(
        session, learner_id=learner_id, fact_id=fact_id, stored=stored, expected_reps=0
    )
    return fact_id


def find_fact(session: Session, key: str) -> tuple[FactId, QuestionId]:
    """Return the first fact with this key and one of its questions."""
    row = session.execute(
        select(FactRow.id, QuestionFactRow.question_id)
        .join(QuestionFactRow, QuestionFactRow.fact_id == FactRow.id)
        .where(FactRow.key == key)
        .order_by(FactRow.id, QuestionFactRow.question_id)
        .limit(1)
    ).one()
    return row[0], row[1]
