"""What a handler gets and may do.

A handler is called as `handler(session, job, now)`, as a service is, and does not commit. What it
wrote by `session` is committed together with the end of the job, or not at all. An exception undoes
it: refusals of the input end the job at once, anything else is tried again later.

On SQLite one transaction writes at a time, so that a handler should first find out (`job.reading`)
and reckon, and only then write. Work that is too long for one transaction is written in parts
(`job.part`); after a crash the handler is called again, and must find what is left to do.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from threading import Event
from typing import Protocol

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError
from quizapp.storage.engine import Database
from quizapp.storage.ids import JobId
from quizapp.storage.job_leases import HeldJob, Progress, hold_job

_LONGEST_NOTE = 200


class StoppedError(Exception):
    """The job was cancelled or is another worker's by now: what it wants to write is refused."""


class Job:
    """A job in the hands of its handler."""

    def __init__(self, held: HeldJob, database: Database) -> None:
        self.name = held.name
        self.attempt = held.attempts
        self.progress = Progress()
        self.stopped = Event()
        self._held = held
        self._database = database

    @property
    def id(self) -> JobId:
        """The number of the job."""
        return self._held.lease.job_id

    @property
    def is_cancelled(self) -> bool:
        """Whether nothing more is wanted of the job; then the handler may just return.

        Known half a second after it was asked for; costs nothing.
        """
        return self.stopped.is_set()

    def get_int(self, name: str) -> int:
        """Return an argument that is an integer.

        Raises:
            InvalidError: it is missing or something else.
        """
        value = self._held.args.get(name)
        if not isinstance(value, int):
            raise InvalidError(f"the job {self.name} needs the number {name!r}")
        return value

    def report_progress(self, done: int, total: int, note: str = "") -> None:
        """Say how far it has come; others see it within half a second. Costs nothing.

        On SQLite they see it once no transaction of the handler writes; a part brings it along.
        """
        self.progress = Progress(done=done, total=total, note=note[:_LONGEST_NOTE])

    def reading(self) -> AbstractContextManager[Session]:
        """Give a session that reads and keeps nobody from writing."""
        return self._database.reading()

    @contextmanager
    def part(self) -> Iterator[Session]:
        """Give a session of its own, and commit it at the end of the block.

        The handler's other session must not have been used yet: on SQLite it would be waited for.

        Raises:
            StoppedError: the job was cancelled or is another worker's; nothing was committed.
        """
        with self._database.writing() as session:
            yield session
            if not hold_job(session, self._held.lease, self.progress):
                self.stopped.set()
                raise StoppedError
            session.commit()


class Handler(Protocol):
    """A function that does the jobs of one name."""

    def __call__(self, session: Session, job: Job, now: datetime, /) -> None:
        """Do the job; what was written by `session` is committed with its end."""
