"""What services ask of jobs, each in the transaction of its caller."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, NotFoundError
from quizapp.storage.ids import JobId
from quizapp.storage.jobs import (
    JobStatus,
    NewJob,
    add_job,
    cancel_job,
    find_status,
    find_status_of_key,
    list_failed,
    retry_job,
)

ATTEMPTS = 5


def enqueue(
    session: Session,
    name: str,
    args: Mapping[str, object],
    now: datetime,
    *,
    run_after: datetime | None = None,
    key: str | None = None,
    attempts: int = ATTEMPTS,
) -> JobId:
    """Enqueue a job and return its number; it is there once the caller commits.

    `args` is what JSON can say. The job begins at once or at `run_after`, and at most `attempts`
    times. A `key` names the work and is used once: enqueued again, it gives the number of the job
    that has it, whatever has become of that job. So it must hold all that makes other work of it,
    such as the deadline in `close attempt 17 at 2026-03-02T09:00`.
    """
    job = NewJob(
        name=name,
        args=dict(args),
        key=key,
        enqueued_at=now,
        run_after=run_after or now,
        attempts_allowed=attempts,
    )
    return add_job(session, job)


def get_status(session: Session, job_id: JobId) -> JobStatus:
    """Return how a job stands.

    Raises:
        NotFoundError: there is none; a month after it was done or cancelled it is forgotten.
    """
    found = find_status(session, job_id)
    if found is None:
        raise NotFoundError("There is no such job.")
    return found


def find_status_by_key(session: Session, key: str) -> JobStatus | None:
    """Return how the job stands that was enqueued with this key."""
    return find_status_of_key(session, key)


def list_failures(session: Session, most: int = 100) -> tuple[JobStatus, ...]:
    """Return the jobs that failed for good, the latest first; each says why."""
    return list_failed(session, most)


def cancel(session: Session, job_id: JobId, now: datetime) -> None:
    """Cancel a job: it commits nothing more. One that runs is cancelled as soon as it notices.

    Raises:
        NotFoundError: there is no such job.
        ConflictError: it has ended.
    """
    if not cancel_job(session, job_id, now):
        state = get_status(session, job_id).state
        raise ConflictError(f"The job cannot be cancelled any more: it is {state}.")


def retry(session: Session, job_id: JobId, now: datetime) -> None:
    """Let a failed or cancelled job run again, with all its attempts.

    Raises:
        NotFoundError: there is no such job.
        ConflictError: it neither failed nor was cancelled.
    """
    if not retry_job(session, job_id, now):
        state = get_status(session, job_id).state
        raise ConflictError(f"The job cannot be run again: it is {state}.")
