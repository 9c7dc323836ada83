"""A process that writes beside the test: `python -m tests.support.writers LOCK JOURNAL TIMES`.

It says that it is ready, waits for a line, and then takes the writer lock again and again; it
notes in the journal when it has it and when no longer.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import PoolProxiedConnection

from quizapp.storage.sqlite import writer_lock


@contextmanager
def holder() -> Iterator[PoolProxiedConnection]:
    """Give a connection that can hold the lock; it has nothing to do with the file."""
    engine = create_engine("sqlite://")
    connection = engine.raw_connection()
    try:
        yield connection
    finally:
        connection.close()
        engine.dispose()


def take_turns(file: str, journal: Path, times: int) -> None:
    """Take the lock so many times; each turn leaves two lines, which belong together."""
    lock = writer_lock(file)
    with holder() as connection:
        for _ in range(times):
            lock.acquire(connection)
            _note(journal, "has")
            time.sleep(0.002)
            _note(journal, "had")
            lock.release(connection)


def _note(journal: Path, what: str) -> None:
    stream = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(stream, f"{os.getpid()} {what}\n".encode())
    os.close(stream)


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    take_turns(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
