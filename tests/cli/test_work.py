"""`quizapp work`: what it needs, and when it ends."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quizapp import jobs
from quizapp.storage.engine import Database
from quizapp.storage.ids import JobId
from quizapp.web.settings import read_clock
from tests.cli.commands import DATABASE, run
from tests.support.serving import PATIENCE


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    assert run("work").code == 2
    done = run("work", database=f"sqlite:///{tmp_path / 'none.db'}")
    assert (done.code, done.stdout) == (1, "")
    assert "quizapp db upgrade" in done.stderr
    assert not (tmp_path / "none.db").exists()


def test_it_ends_when_its_input_ends(sqlite_address: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "quizapp", "work", "--with-input"],
        env={**os.environ, DATABASE: sqlite_address},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.communicate(timeout=60)[0] == ""
        assert process.returncode == 0


@pytest.mark.parametrize(("options", "lines"), [((), 1), (("--quiet",), 0)])
def test_a_job_that_is_done_gets_a_line_unless_told_not_to(
    sqlite_database: Database, options: tuple[str, ...], lines: int
) -> None:
    with sqlite_database.writing() as session:
        job_id = jobs.enqueue(session, "close_attempt", {"attempt": 1}, read_clock())
        session.commit()
    with subprocess.Popen(
        [sys.executable, "-m", "quizapp", "work", "--with-input", *options],
        env={**os.environ, DATABASE: str(sqlite_database.url)},
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        wait_for_end(sqlite_database, job_id)
        said = process.communicate(timeout=60)[1]
    assert said.count('"ended": "done"') == len(said.splitlines()) == lines


def wait_for_end(database: Database, job_id: JobId) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with database.reading() as session:
            if jobs.get_status(session, job_id).state is jobs.JobState.DONE:
                return
        time.sleep(0.05)
    raise AssertionError("the job was not done")


@pytest.mark.skipif(os.name != "posix", reason="no other system has SIGTERM")
def test_without_the_option_it_works_until_it_is_told_to_end(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        jobs.enqueue(session, "misspelt", {}, read_clock())
        session.commit()
    with subprocess.Popen(
        [sys.executable, "-m", "quizapp", "work", "--quiet"],
        env={**os.environ, DATABASE: str(sqlite_database.url)},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        assert "'misspelt' wait" in process.stderr.readline()
        process.terminate()
        assert process.communicate(timeout=60)[1] == ""
        assert process.returncode == 0
