"""A process that reads articles as the worker does, and says what each reading took.

It ends with its input: `python -m tests.support.reading_worker`. For each job it writes a line of
JSON with the seconds by the clock and of the processor, and the most bytes of memory that the
worker had at once and that any process started by it has had so far.
"""

import json
import os
import resource
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from quizapp.cli.handlers import HANDLERS
from quizapp.cli.settings import opened
from quizapp.jobs import Job, Settings, work
from quizapp.services.authoring.uploading import READ_JOB
from tests.factories.people import MORNING

_PROCESS = Path("/proc/self")
_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def read_measured(session: Session, job: Job, now: datetime) -> None:
    """Do the job as it is done, and say what it took."""
    _forget_peak()
    before, begun = _count_seconds(), time.monotonic()
    HANDLERS[READ_JOB](session, job, now)
    told = {
        "seconds": time.monotonic() - begun,
        "processor": _count_seconds() - before,
        "worker": _find_peak(),
        "reader": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024,
    }
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _count_seconds() -> float:
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, _WHO))


def _forget_peak() -> None:
    """Let the system count the peak of memory anew, where it can."""
    if (_PROCESS / "clear_refs").exists():
        (_PROCESS / "clear_refs").write_text("5", encoding="ascii")


def _find_peak() -> int:
    if not (_PROCESS / "status").exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    lines = (_PROCESS / "status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024


def _await_end_of_input(stop: threading.Event) -> None:
    while os.read(0, 1024):
        pass
    stop.set()


if __name__ == "__main__":
    over = threading.Event()
    threading.Thread(target=_await_end_of_input, args=(over,), daemon=True).start()
    with opened() as found:
        work(
            found,
            {READ_JOB: read_measured},
            clock=lambda: MORNING,
            stop=over,
            settings=Settings(poll=0.02),
        )
