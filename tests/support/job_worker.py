"""A process that does jobs which a test can hold up: `python -m tests.support.job_worker LEASE`.

The database and the folder of the test are named in the environment. Every job that is done leaves
a course named after it, so that the database says how often it was done; what happens meanwhile is
told by files in the folder.
"""

import os
import signal
import sys
import time
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from quizapp.cli.work import run_worker
from quizapp.jobs import Job, Settings
from quizapp.storage.courses import add_course

FOLDER = "QUIZAPP_TEST_FOLDER"
LEASE = 1.5


def leave_mark(session: Session, job: Job, now: datetime) -> None:
    """Write what shows that the job was done."""
    add_course(session, title=f"job {job.id}", timezone="UTC", now=now)


def count(session: Session, job: Job, now: datetime) -> None:
    """Do a job of no length, noting when it is begun and when it is written."""
    note(job, "has")
    leave_mark(session, job, now)
    note(job, "had")


def pause(session: Session, job: Job, now: datetime) -> None:
    """Wait for the test before anything is written."""
    wait_for_test(job)
    leave_mark(session, job, now)


def pause_writing(session: Session, job: Job, now: datetime) -> None:
    """Wait for the test with everything written, and nothing committed."""
    leave_mark(session, job, now)
    wait_for_test(job)


def pause_between(session: Session, job: Job, now: datetime) -> None:
    """Commit a part, wait for the test, and commit the rest."""
    with job.part() as part:
        add_course(part, title=f"part {job.attempt} of {job.id}", timezone="UTC", now=now)
    wait_for_test(job)
    leave_mark(session, job, now)


def die(_session: Session, _job: Job, _now: datetime) -> None:
    """Take the whole process along."""
    os.kill(os.getpid(), signal.SIGKILL)


def refuse(_session: Session, _job: Job, _now: datetime) -> None:
    """Fail."""
    raise ValueError("a poisoned job")


HANDLERS = {
    "count": count,
    "pause": pause,
    "pause writing": pause_writing,
    "pause between": pause_between,
    "die": die,
    "refuse": refuse,
}


def note(job: Job, what: str) -> None:
    """Write a line into the journal of the test, in one step."""
    stream = os.open(folder() / "journal", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(stream, f"{os.getpid()} {what} {job.id}\n".encode())
    os.close(stream)


def wait_for_test(job: Job) -> None:
    """Tell the test that the job is under way, and wait until it says go on."""
    (folder() / f"begun-{job.id}-{os.getpid()}").touch()
    while not (folder() / "go").exists():
        time.sleep(0.01)


def folder() -> Path:
    """Return the folder of the test."""
    return Path(os.environ[FOLDER])


if __name__ == "__main__":
    lease = float(sys.argv[1])
    times = Settings(lease=lease, beat=lease / 4, poll=0.1, grace=0.5)
    run_worker(HANDLERS, with_input="--with-input" in sys.argv, settings=times)
