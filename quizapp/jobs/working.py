"""The loop of a worker: take a job, do it, say how it ended, and look after jobs of the dead."""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum

from quizapp.jobs.handling import Handler
from quizapp.jobs.running import NOT_NOW, Outcome, Settings, Watched, Worker, run_job
from quizapp.storage.engine import Database
from quizapp.storage.ids import JobId
from quizapp.storage.job_leases import (
    HeldJob,
    Leaving,
    has_due,
    list_running,
    list_unknown,
    take_job,
    take_over,
)
from quizapp.storage.jobs import JobState, forget_jobs

_LOG = logging.getLogger(__name__)
_LEVELS = {JobState.FAILED: logging.ERROR, JobState.WAITING: logging.WARNING}
_KEPT = timedelta(days=30)
_TIDY_SECONDS = 3600.0
_DIED = "its worker died"


class Ending(Enum):
    """How work ended: told to and finished, or leaving a handler behind that only exit ends."""

    STOPPED = "stopped"
    ABANDONED = "abandoned"
    STUCK = "stuck"


class Watch:
    """What a worker has seen of held jobs, and when by its own ticks."""

    def __init__(self) -> None:
        self._seen: dict[JobId, tuple[HeldJob, float]] = {}

    def list_dead(self, running: Sequence[HeldJob], at: float, lease: float) -> tuple[HeldJob, ...]:
        """Return the jobs whose holders gave no sign of life for `lease` seconds."""
        seen = {}
        for held in running:
            number = held.lease.job_id
            former = self._seen.get(number)
            seen[number] = former if former and former[0] == held else (held, at)
        self._seen = seen
        return tuple(held for held, since in seen.values() if at - since >= lease)


def work(
    database: Database,
    handlers: Mapping[str, Handler],
    *,
    clock: Callable[[], datetime],
    stop: threading.Event,
    ticks: Callable[[], float] = time.monotonic,
    settings: Settings | None = None,
) -> Ending:
    """Do the jobs that have a handler, one after the other, until `stop` is set.

    A database that is busy or away is waited for. After ABANDONED or STUCK the process must end,
    since a handler still runs; it cannot commit any more.
    """
    worker = Worker(
        database=database,
        handlers=handlers,
        clock=clock,
        ticks=ticks,
        stop=stop,
        settings=settings or Settings(),
    )
    loop = _Loop(worker)
    while not stop.is_set():
        held = loop.find_job()
        if held is None:
            stop.wait(worker.settings.poll)
            continue
        watched = _do(worker, held)
        if watched is not Watched.ENDED:
            return Ending.STUCK if watched is Watched.STUCK else Ending.ABANDONED
    return Ending.STOPPED


class _Loop:
    """What a worker does between two jobs, and remembers of it."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._watch = Watch()
        self._tidied: float | None = None
        self._away = False

    def find_job(self) -> HeldJob | None:
        """Take a job; None if there is none, or the database cannot be used now."""
        try:
            self._tidy_at_times()
            _look_after_dead(self._worker, self._watch)
            held = _take(self._worker)
        except NOT_NOW as error:
            if not self._away:
                _LOG.warning("jobs wait for the database: %s", str(error).partition("\n")[0])
            self._away = True
            return None
        self._away = False
        return held

    def _tidy_at_times(self) -> None:
        now = self._worker.ticks()
        if self._tidied is None or now - self._tidied >= _TIDY_SECONDS:
            _tidy(self._worker)
            self._tidied = now


def _take(worker: Worker) -> HeldJob | None:
    """Take a job if there is one; without one nothing is written, and nobody is kept waiting."""
    with worker.database.reading() as session:
        if not has_due(session, worker.handlers, worker.clock()):
            return None
    with worker.database.writing() as session:
        held = take_job(session, worker.handlers, worker.clock())
        session.commit()
    return held


def _do(worker: Worker, held: HeldJob) -> Watched:
    began = worker.ticks()
    outcome = run_job(worker, held)
    _say(held, outcome, seconds=worker.ticks() - began)
    return outcome.watched


def _look_after_dead(worker: Worker, watch: Watch) -> None:
    with worker.database.reading() as session:
        running = list_running(session)
    for dead in watch.list_dead(running, worker.ticks(), worker.settings.lease):
        last = dead.attempts >= dead.attempts_allowed
        now = worker.clock()
        leaving = Leaving(
            state=JobState.FAILED if last else JobState.WAITING, reason=_DIED, run_after=now
        )
        with worker.database.writing() as session:
            state = take_over(session, dead, leaving, now)
            session.commit()
        if state is not None:
            _say(dead, Outcome(watched=Watched.ENDED, state=state, reason=_DIED))


def _tidy(worker: Worker) -> None:
    """Forget what ended long ago, and speak of jobs that would wait in silence."""
    now = worker.clock()
    with worker.database.writing() as session:
        forget_jobs(session, now - _KEPT)
        session.commit()
    with worker.database.reading() as session:
        for name in list_unknown(session, worker.handlers, now):
            _LOG.warning("jobs named %r wait, and this worker has no handler for them", name)


def _say(held: HeldJob, outcome: Outcome, seconds: float | None = None) -> None:
    """Write one line of JSON on how a job ended; `lost` if another worker decides that."""
    line = {
        "job": held.name,
        "id": held.lease.job_id,
        "ended": outcome.state or "lost",
        "attempt": held.attempts,
        "ms": None if seconds is None else round(seconds * 1000),
        "reason": outcome.reason,
        "place": outcome.place,
    }
    level = _LEVELS.get(outcome.state, logging.INFO) if outcome.state else logging.WARNING
    _LOG.log(
        level, "%s", json.dumps({key: value for key, value in line.items() if value is not None})
    )
