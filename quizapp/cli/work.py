"""`quizapp work`: a process that does jobs."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from quizapp.jobs import Handler, Settings

_POLL_SECONDS = 0.5


@click.command()
@click.option(
    "--with-input",
    is_flag=True,
    help="End when the standard input ends, and so together with the program that holds it open.",
)
@click.option("--quiet", is_flag=True, help="Say nothing of jobs that are done.")
def work(*, with_input: bool, quiet: bool) -> None:
    """Do the jobs that are enqueued in QUIZAPP_DATABASE_URL, until told to stop.

    `serve` and `demo` start such a process by themselves; more of them may run beside it, here or
    on other machines. One line is written for each job that ends.

    Example: QUIZAPP_DATABASE_URL=sqlite:////srv/quizapp/quizapp.db quizapp work
    """
    from quizapp.cli.handlers import HANDLERS
    from quizapp.cli.serving import check_schema
    from quizapp.cli.settings import read_database

    check_schema(read_database())
    run_worker(HANDLERS, with_input=with_input, quiet=quiet)


def run_worker(
    handlers: "Mapping[str, Handler]",
    *,
    with_input: bool,
    quiet: bool = False,
    settings: "Settings | None" = None,
) -> None:
    """Do jobs until a signal or the end of the input; exit with 1 if a handler was stuck."""
    from quizapp.cli.settings import opened
    from quizapp.jobs import Ending
    from quizapp.jobs import work as work_off

    _write_log(logging.WARNING if quiet else logging.INFO)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    if with_input:
        threading.Thread(target=_await_end_of_input, args=(stop.set,), daemon=True).start()
    with opened() as database, ThreadPoolExecutor(1) as pool:
        working = pool.submit(
            work_off,
            database,
            handlers,
            clock=lambda: datetime.now(UTC),
            stop=stop,
            settings=settings,
        )
        # Not in this thread: a signal is handled between any two of its steps, and setting an event
        # in the midst of waiting for it would never return.
        while not working.done():
            wait([working], timeout=_POLL_SECONDS)
    sys.exit(1 if working.result() is Ending.STUCK else 0)


def _await_end_of_input(then: Callable[[], None]) -> None:
    # Not by `sys.stdin`, whose lock would then be held when the program ends.
    while os.read(0, 1024):
        pass
    then()


def _write_log(level: int) -> None:
    """Write what the program says of its jobs to the standard error output."""
    log = logging.getLogger("quizapp")
    log.setLevel(level)
    log.addHandler(logging.StreamHandler())
