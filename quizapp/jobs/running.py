"""One job, from its taking to its end: the handler in a thread, and who watches over it.

The handler's thread commits what it wrote together with the end of the job. The watching thread
gives signs of life meanwhile, hears of cancelling, and writes down how a job failed.
"""

import threading
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from quizapp.errors import BusyError, ForbiddenError, InvalidError, NotFoundError
from quizapp.jobs.handling import Handler, Job, StoppedError
from quizapp.storage.engine import UNAVAILABLE, Database
from quizapp.storage.job_leases import (
    HeldJob,
    Leaving,
    Progress,
    beat,
    find_wish,
    finish_job,
    leave_job,
)
from quizapp.storage.jobs import JobState

# What the database raises that is busy or not to be reached.
NOT_NOW = (BusyError, *UNAVAILABLE)
# What another attempt would be refused as well.
_HOPELESS = (InvalidError, NotFoundError, ForbiddenError)
_LONGEST_REASON = 500
_FIRST_PAUSE, _PAUSE_GROWTH, _LONGEST_PAUSE = 2, 4, 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The times of a worker, in seconds.

    A holder that gives no sign of life for `lease` is dead; it gives one every `beat`. A worker
    looks for jobs, and for wishes about the one it has, every `poll`. A worker that is to stop
    waits `grace` for its job; a job that takes longer than `limit` is stuck.
    """

    lease: float = 20
    beat: float = 5
    poll: float = 0.5
    grace: float = 5
    limit: float = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """What a worker works with; `ticks` counts seconds and never jumps, unlike the `clock`."""

    database: Database
    handlers: Mapping[str, Handler]
    clock: Callable[[], datetime]
    ticks: Callable[[], float]
    stop: threading.Event
    settings: Settings


class Watched(Enum):
    """How watching over a handler ended: it ended, or it goes on and must be left to itself."""

    ENDED = "ended"
    STOPPING = "stopping"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a job ended this time.

    `state` is None if that is not known here: the lease was lost, or the database could not be
    written; then who takes the job next decides. `place` is where in the program it failed.
    """

    watched: Watched
    state: JobState | None
    reason: str | None = None
    place: str | None = None


class _Attempt(threading.Thread):
    """The thread of a handler. It dies with the process, which need not wait for it."""

    def __init__(self, worker: Worker, held: HeldJob, job: Job) -> None:
        super().__init__(name=f"job-{held.lease.job_id}", daemon=True)
        self._worker, self._held, self._job = worker, held, job
        self.done = False
        self.error: BaseException = StoppedError()

    def run(self) -> None:
        """Call the handler and commit, unless the job is lost or cancelled."""
        worker = self._worker
        try:
            with worker.database.writing() as session:
                worker.handlers[self._held.name](session, self._job, worker.clock())
                told = self._job.progress
                if finish_job(session, self._held.lease, told, worker.clock()):
                    session.commit()
                    self.done = True
        except (Exception, SystemExit) as error:  # noqa: BLE001 - the job's end, not the worker's
            self.error = error


def run_job(worker: Worker, held: HeldJob) -> Outcome:
    """Do a job that was taken, and leave it as done, failed, cancelled or waiting again."""
    job = Job(held, worker.database)
    attempt = _Attempt(worker, held, job)
    attempt.start()
    watched = _watch_over(worker, held, job, attempt)
    if attempt.done:
        return Outcome(watched=Watched.ENDED, state=JobState.DONE)
    if watched is Watched.STOPPING:
        leaving = Leaving(
            state=JobState.WAITING, reason=None, run_after=worker.clock(), refund=True
        )
        return Outcome(watched=watched, state=_leave(worker, held, leaving))
    stuck = TimeoutError(f"took longer than {worker.settings.limit:g} seconds")
    error = stuck if watched is Watched.STUCK else attempt.error
    leaving = plan_leaving(held, error, worker.clock())
    state = _leave(worker, held, leaving)
    if state is JobState.CANCELLED or isinstance(error, StoppedError):
        return Outcome(watched=watched, state=state)
    return Outcome(watched=watched, state=state, reason=leaving.reason, place=_find_place(error))


def plan_leaving(held: HeldJob, error: BaseException, now: datetime) -> Leaving:
    """Decide whether a job that failed is tried again, and when: after 2, 8, 32 ... seconds."""
    last = held.attempts >= held.attempts_allowed or isinstance(error, _HOPELESS)
    pause = min(_FIRST_PAUSE * _PAUSE_GROWTH ** (held.attempts - 1), _LONGEST_PAUSE)
    return Leaving(
        state=JobState.FAILED if last else JobState.WAITING,
        reason=_describe(error),
        run_after=now if last else now + timedelta(seconds=pause),
    )


def _watch_over(worker: Worker, held: HeldJob, job: Job, attempt: threading.Thread) -> Watched:
    """Wait for the handler; meanwhile give signs of life and hear of wishes."""
    settings, ticks = worker.settings, worker.ticks
    began = beaten = ticks()
    asked: float | None = None
    told = Progress()
    while True:
        attempt.join(settings.poll)
        if not attempt.is_alive():
            return Watched.ENDED
        if ticks() - beaten >= settings.beat or job.progress != told:
            beaten, told = ticks(), job.progress
            _beat(worker, held, told)
        _hear_wish(worker, held, job)
        if worker.stop.is_set():
            asked = ticks() if asked is None else asked
            if ticks() - asked >= settings.grace:
                return Watched.STOPPING
        if ticks() - began >= settings.limit:
            return Watched.STUCK


def _beat(worker: Worker, held: HeldJob, progress: Progress) -> None:
    # On SQLite the handler may be writing, which keeps others from taking its job over as well.
    with suppress(*NOT_NOW), worker.database.writing() as session:
        beat(session, held.lease, progress)
        session.commit()


def _hear_wish(worker: Worker, held: HeldJob, job: Job) -> None:
    with suppress(*NOT_NOW), worker.database.reading() as session:
        if find_wish(session, held.lease) is not False:
            job.stopped.set()


def _leave(worker: Worker, held: HeldJob, leaving: Leaving) -> JobState | None:
    with suppress(*NOT_NOW), worker.database.writing() as session:
        state = leave_job(session, held.lease, leaving, worker.clock())
        session.commit()
        return state
    return None


def _describe(error: BaseException) -> str:
    """Return what went wrong without the statement and its values that a database error adds."""
    first = str(error).partition("\n")[0]
    name = type(error).__name__
    return (f"{name}: {first}" if first else name)[:_LONGEST_REASON]


def _find_place(error: BaseException) -> str | None:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else None
