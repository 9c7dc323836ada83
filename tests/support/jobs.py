"""A worker in a thread of the test, which does all that is due at an instant."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import func, select

from quizapp.jobs import Handler, JobState, Settings, work
from quizapp.storage.engine import Database
from quizapp.storage.tables import JobRow

_PATIENCE = 30.0
_QUICK = Settings(lease=60, beat=0.5, poll=0.02, grace=5)
_OPEN = (JobState.WAITING, JobState.RUNNING)


@contextmanager
def working(
    database: Database, handlers: Mapping[str, Handler], clock: Callable[[], datetime]
) -> Iterator[None]:
    """Let a worker do what comes, for as long as the block takes."""
    stop = threading.Event()
    options = {"clock": clock, "stop": stop, "settings": _QUICK}
    thread = threading.Thread(target=work, args=(database, handlers), kwargs=options)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_PATIENCE)


def run_jobs(database: Database, handlers: Mapping[str, Handler], now: datetime) -> None:
    """Do the jobs that are due at `now`, and return when there are none left."""
    stop = threading.Event()
    options = {"clock": lambda: now, "stop": stop, "settings": _QUICK}
    thread = threading.Thread(target=work, args=(database, handlers), kwargs=options)
    thread.start()
    try:
        end = time.monotonic() + _PATIENCE
        while _count_due(database, handlers, now):
            assert time.monotonic() < end, "jobs are still not done"
            time.sleep(0.02)
    finally:
        stop.set()
        thread.join(_PATIENCE)


def _count_due(database: Database, handlers: Mapping[str, Handler], now: datetime) -> int:
    with database.reading() as session:
        statement = select(func.count(JobRow.id)).where(
            JobRow.name.in_(list(handlers)), JobRow.state.in_(_OPEN), JobRow.run_after <= now
        )
        return session.scalar(statement) or 0
