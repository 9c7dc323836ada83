"""Logs written straight into the table, where a test needs weeks of reviews."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy import insert
from sqlalchemy.orm import Session

from quizapp.memory import DEFAULT_PARAMETERS, Grade
from quizapp.services.reviewing.days import calendar_of
from quizapp.services.reviewing.states import fold_history
from quizapp.storage.accounts import Account
from quizapp.storage.histories import load_history
from quizapp.storage.reviews import put_memory
from quizapp.storage.studies import add_study
from quizapp.storage.tables import ReviewRow
from tests.factories.memories import find_fact

_keys = count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An answer about the fact with this key."""

    fact: str
    at: datetime
    grade: Grade = Grade.GOOD
    guess: float = 0.0
    duration_ms: int = 9000


def write_log(session: Session, learner: Account, entries: Iterable[Entry]) -> None:
    """Log answers of facts that the learner has not met, and store the memories they amount to."""
    log = list(entries)
    facts = {key: find_fact(session, key) for key in dict.fromkeys(each.fact for each in log)}
    study_id = add_study(session, learner.id, min(each.at for each in log))
    rows = [
        {
            "idempotency_key": f"log-{next(_keys)}",
            "learner_id": learner.id,
            "fact_id": facts[each.fact][0],
            "question_id": facts[each.fact][1],
            "study_id": study_id,
            "at": each.at,
            "arrived_at": each.at,
            "study_day": calendar_of(learner).study_day(each.at),
            "was": "review",  # what it was before, only the daily limits ask
            "grade": int(each.grade),
            "guess": each.guess,
            "fraction": float(each.grade > Grade.AGAIN),
            "given": True,
            "response": "1",
            "shown": "",
            "duration_ms": each.duration_ms,
            "parameters": DEFAULT_PARAMETERS.version,
        }
        for each in log
    ]
    session.execute(insert(ReviewRow), rows)
    for fact_id, _ in facts.values():
        stored = fold_history(load_history(session, learner.id, fact_id))
        assert stored is not None
        put_memory(session, learner_id=learner.id, fact_id=fact_id, stored=stored, expected_reps=0)
