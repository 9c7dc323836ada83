"""Jobs as those see them who enqueue them and wait: enqueueing, looking, cancelling, retrying."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import RowMapping, bindparam, case, delete, func, null, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from quizapp.storage.base import LONG, Base, Instant
from quizapp.storage.ids import JobId
from quizapp.storage.tables import JobRow


class JobState(StrEnum):
    """Where a job stands; the last three are ends."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """A job to be enqueued; `key` names the work, so that it is enqueued once."""

    name: str
    args: dict[str, object]
    key: str | None
    enqueued_at: datetime
    run_after: datetime
    attempts_allowed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JobStatus:
    """A job as those see it who wait for it.

    `reason` says why it failed last; `cancel_asked` that it will not be done although it runs.
    """

    id: JobId
    name: str
    key: str | None
    state: JobState
    attempts: int
    progress_done: int
    progress_total: int
    progress_note: str
    reason: str | None
    enqueued_at: datetime
    run_after: datetime
    started_at: datetime | None
    ended_at: datetime | None
    cancel_asked: bool


JOB = Base.metadata.tables[JobRow.__tablename__]
_which = bindparam("job_id", type_=LONG)
_now = bindparam("now", type_=Instant)


def _inserts() -> dict[str, ReturningInsert[JobId]]:
    """Enqueue a job unless its key is there already; give its number."""
    on_sqlite = sqlite.insert(JOB).on_conflict_do_nothing(index_elements=["key"])
    on_postgres = postgresql.insert(JOB).on_conflict_do_nothing(index_elements=["key"])
    return {
        "sqlite": on_sqlite.returning(JobRow.id),
        "postgresql": on_postgres.returning(JobRow.id),
    }


_INSERT = _inserts()
_BY_KEY = select(JobRow.id).where(JOB.c.key == bindparam("key"))
_STATUS = select(JOB)
_ONE = _STATUS.where(JOB.c.id == _which)
_OF_KEY = _STATUS.where(JOB.c.key == bindparam("key"))
_FAILED = _STATUS.where(JOB.c.state == JobState.FAILED).order_by(JOB.c.ended_at.desc(), JOB.c.id)
_WAITS = JOB.c.state == JobState.WAITING
# One that waits is cancelled at once, one that runs by the worker that holds it.
_CANCEL = (
    update(JOB)
    .where(JOB.c.id == _which, JOB.c.state.in_((JobState.WAITING, JobState.RUNNING)))
    .values(
        state=case((_WAITS, JobState.CANCELLED), else_=JOB.c.state),
        ended_at=case((_WAITS, _now), else_=null()),
        cancel_asked_at=func.coalesce(JOB.c.cancel_asked_at, _now),
    )
)
_RETRY = (
    update(JOB)
    .where(JOB.c.id == _which, JOB.c.state.in_((JobState.FAILED, JobState.CANCELLED)))
    .values(
        state=JobState.WAITING, attempts=0, run_after=_now, ended_at=null(), cancel_asked_at=null()
    )
)
_FORGET = delete(JOB).where(
    JOB.c.state.in_((JobState.DONE, JobState.CANCELLED)), JOB.c.ended_at < bindparam("before")
)


def add_job(session: Session, job: NewJob) -> JobId:
    """Enqueue a job and return its number; of a key that is there, the number of that job."""
    connection = session.connection()
    values = {
        **{name: getattr(job, name) for name in NewJob.__slots__},
        "state": JobState.WAITING,
        **dict.fromkeys(("attempts", "takes", "beats", "progress_done", "progress_total"), 0),
        "progress_note": "",
    }
    added = connection.execute(_INSERT[connection.dialect.name], values).scalar()
    # A key that another transaction enqueues at this moment was waited for, and is there now.
    return added or connection.execute(_BY_KEY, {"key": job.key}).scalar_one()


def find_status(session: Session, job_id: JobId) -> JobStatus | None:
    """Return how a job stands."""
    row = session.connection().execute(_ONE, {"job_id": job_id}).mappings().first()
    return _status(row) if row else None


def find_status_of_key(session: Session, key: str) -> JobStatus | None:
    """Return how the job with this key stands."""
    row = session.connection().execute(_OF_KEY, {"key": key}).mappings().first()
    return _status(row) if row else None


def list_failed(session: Session, most: int) -> tuple[JobStatus, ...]:
    """Return the jobs that failed for good, the latest first."""
    rows = session.connection().execute(_FAILED.limit(most)).mappings()
    return tuple(map(_status, rows))


def cancel_job(session: Session, job_id: JobId, now: datetime) -> bool:
    """Cancel a job, or ask the worker that holds it to; False if it has ended."""
    found = session.connection().execute(_CANCEL, {"job_id": job_id, "now": now})
    return found.rowcount == 1


def retry_job(session: Session, job_id: JobId, now: datetime) -> bool:
    """Let a failed or cancelled job wait once more; False if it is neither."""
    found = session.connection().execute(_RETRY, {"job_id": job_id, "now": now})
    return found.rowcount == 1


def forget_jobs(session: Session, before: datetime) -> None:
    """Delete jobs that were done or cancelled before then; failed ones stay to be looked at."""
    session.connection().execute(_FORGET, {"before": before})


def _status(row: RowMapping) -> JobStatus:
    names = set(JobStatus.__slots__) - {"state", "cancel_asked"}
    return JobStatus(
        **{name: row[name] for name in names},
        state=JobState(row["state"]),
        cancel_asked=row["cancel_asked_at"] is not None,
    )
