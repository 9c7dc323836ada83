"""Keeps a process that does jobs running beside the server, and ends it with the server."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

WORK = (sys.executable, "-m", "quizapp", "work", "--with-input")
_POLL_SECONDS = 0.2
# Longer than a worker that is told to stop waits for its job and for the database.
_PATIENCE_SECONDS = 20.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_HEALTHY_SECONDS = 10.0

# Starting a process ends when nobody else can write to a pipe of it. The server forks its workers;
# one that is forked at that moment would hold the pipe as long as it lives.
_starting = threading.Lock()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_starting.acquire,
        after_in_parent=_starting.release,
        after_in_child=_starting.release,
    )


@contextmanager
def keeping_worker(command: Sequence[str]) -> Iterator[None]:
    """Run the command until the block ends, again whenever it dies."""
    stop = threading.Event()
    keeper = threading.Thread(target=_keep, args=(command, stop), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()


def _keep(command: Sequence[str], stop: threading.Event) -> None:
    """Start the command again and again; after a pause that grows while it dies young."""
    pause = _FIRST_PAUSE
    while not stop.is_set():
        began = time.monotonic()
        with _start(command) as process:
            _await_end(process, stop)
        lived = time.monotonic() - began
        pause = _FIRST_PAUSE if lived >= _HEALTHY_SECONDS else min(pause * 2, _LONGEST_PAUSE)
        stop.wait(pause)


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the command; its input ends when this process dies, however it dies."""
    with _starting:
        return subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - a command of ours


def _await_end(process: subprocess.Popen[bytes], stop: threading.Event) -> None:
    """Wait until the process ended; tell it to when the server stops."""
    while process.poll() is None:
        if stop.wait(_POLL_SECONDS):
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin
    process.stdin.close()
    if os.name == "posix":
        # Forks of the server hold the other end of its input, too.
        process.terminate()
    try:
        process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        # Its job is taken over by the next worker.
        process.kill()
        process.wait()
