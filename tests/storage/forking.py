"""A process that forks while it holds the writer lock: `python forking.py FILE`.

It prints what the test waits for: "busy" when the child is refused, "held" when the lock is still
the parent's after that, "wrote" when the child has written, by an engine made before the fork.
"""

import os
import subprocess
import sys

from sqlalchemy import text

from quizapp.errors import BusyError
from quizapp.storage import sqlite
from quizapp.storage.engine import Database, open_database
from tests.support.writers import holder

TRY = """
import sys
from filelock import FileLock, Timeout
try:
    FileLock(sys.argv[1] + ".writer").acquire(timeout=0.2)
except Timeout:
    print("held", flush=True)
"""


def write(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE course SET title = title"))
        session.commit()


def be_child(database: Database, refused: int, released: int) -> None:
    sqlite.WAIT_SECONDS = 0.2
    try:
        write(database)
    except BusyError:
        say("busy")
    os.write(refused, b"x")
    os.read(released, 1)
    write(database)
    say("wrote")


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def main(file: str) -> None:
    database = open_database(f"sqlite:///{file}")
    database.write.connect().close()
    database.dispose()
    lock = sqlite.writer_lock(file)
    has_been_refused, refused = os.pipe()
    is_released, released = os.pipe()
    with holder() as connection:
        lock.acquire(connection)
        if os.fork() == 0:
            be_child(database, refused, is_released)
            os._exit(0)
        os.read(has_been_refused, 1)
        subprocess.run([sys.executable, "-c", TRY, file], check=True)
        lock.release(connection)
    os.write(released, b"x")
    os.wait()


if __name__ == "__main__":
    main(sys.argv[1])
