"""Starts the server, for `serve` and `demo` alike."""

from quizapp.errors import ConflictError

THREADS = 4


def check_schema(address: str) -> None:
    """Refuse a database that this program's schema does not fit.

    Raises:
        ConflictError: it must be migrated first.
    """
    from quizapp.storage.engine import open_database
    from quizapp.storage.migrating import has_current_schema

    database = open_database(address)
    try:
        if database.is_missing:
            raise ConflictError("There is no database yet; make it with `quizapp db upgrade`.")
        if not has_current_schema(database.read):
            raise ConflictError(
                "The database has not the schema of this version; run `quizapp db upgrade`."
            )
    finally:
        database.dispose()


def run_server(*, host: str, port: int, workers: int, quiet: bool = False) -> None:
    """Serve `quizapp.web.wsgi:app` until told to stop, and do jobs in a process beside it.

    A process that dies is started again. If `quiet`, nothing is said of jobs that are done.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from quizapp.cli import keeping

    server = Server(
        "quizapp.web.wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    with keeping.keeping_worker((*keeping.WORK, "--quiet") if quiet else keeping.WORK):
        server.serve()
