"""A real PostgreSQL for the tests: one that is named, or the system's own on a temporary folder.

The server listens on a unix socket alone. PostgreSQL refuses to run as root; as root it is started
as the user `nobody`, on a folder that this user owns.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

ADDRESS = "QUIZAPP_TEST_POSTGRES_URL"
REQUIRED = "QUIZAPP_REQUIRE_POSTGRES"


@contextmanager
def run_postgres() -> Iterator[str]:
    """Give the address of a server's maintenance database; skip, saying why, if there is none."""
    if os.environ.get(ADDRESS):
        yield os.environ[ADDRESS]
        return
    binaries = _find_binaries()
    if binaries is None:
        _give_up(f"no PostgreSQL: set {ADDRESS}, or install its server so that initdb is found")
        return
    with _start(binaries) as address:
        yield address


def _find_binaries() -> Path | None:
    on_path = shutil.which("initdb")
    places = [Path(on_path).parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


def _give_up(reason: str) -> None:
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{REQUIRED}=1, but {reason}")
    pytest.skip(reason)


@contextmanager
def _start(binaries: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="quizapp-pg-") as name:
        folder = Path(name)
        user = _find_user(folder)
        data = folder / "data"
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=200"
        _run(user, [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"])
        control = [str(binaries / "pg_ctl"), "-D", str(data), "-w"]
        _run(user, [*control, "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            _run(user, [*control, "-m", "immediate", "stop"])


def _find_user(folder: Path) -> str | None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    shutil.chown(folder, "nobody")
    return "nobody"


def _run(user: str | None, command: Sequence[str | Path]) -> None:
    subprocess.run(
        list(map(str, command)), check=True, capture_output=True, user=user, cwd="/", timeout=60
    )
