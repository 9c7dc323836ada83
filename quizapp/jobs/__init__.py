"""Work beside the requests: `enqueue` it in a transaction, `work` it off, ask for its `status`.

A job is a row. It is enqueued by the transaction that wants it and is gone when that is undone. A
worker takes it for as long as it gives signs of life, runs the handler of its name, and commits
what the handler wrote together with the end of the job: both or neither, whoever dies when.
Handlers are handed to `work` by who composes the program, so that nothing here knows any service.
"""

from quizapp.jobs.handling import Handler, Job, StoppedError
from quizapp.jobs.queueing import (
    cancel,
    enqueue,
    find_status_by_key,
    get_status,
    list_failures,
    retry,
)
from quizapp.jobs.running import Settings
from quizapp.jobs.working import Ending, work
from quizapp.storage.jobs import JobState, JobStatus

__all__ = [
    "Ending",
    "Handler",
    "Job",
    "JobState",
    "JobStatus",
    "Settings",
    "StoppedError",
    "cancel",
    "enqueue",
    "find_status_by_key",
    "get_status",
    "list_failures",
    "retry",
    "work",
]
