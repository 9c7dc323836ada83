"""A learner's progress, and histories that it is made of."""

from datetime import datetime, timedelta

from quizapp.memory import Grade
from quizapp.services.progress.looking import (
    Progress,
    look_at_progress,
)
from quizapp.storage.accounts import Account
from quizapp.storage.engine import Database
from tests.factories.assignments import SECOND
from tests.factories.logs import Entry, write_log
from tests.factories.people import MORNING

DAY = timedelta(days=1)


def look(database: Database, account: Account, now: datetime = MORNING) -> Progress:
    """Return a person's progress."""
    with database.reading() as session:
        return look_at_progress(session, account, now)


def log(database: Database, account: Account, *entries: Entry) -> None:
    """Log answers and commit them."""
    with database.writing() as session:
        write_log(session, account, entries)
        session.commit()


def list_history(learner_days: int, facts: int) -> list[Entry]:
    """A learner who meets every fact and gets each third answer wrong."""
    return [
        Entry(
            fact=f"f{fact}",
            at=MORNING - learner_days * DAY + gap * DAY + fact * SECOND,
            grade=Grade.AGAIN if (fact + number) % 3 == 0 else Grade.GOOD,
            guess=0.25 * (fact % 2),
        )
        for fact in range(1, facts + 1)
        for number, gap in enumerate((0, 1, 2, 5, 11, 25))
    ]
