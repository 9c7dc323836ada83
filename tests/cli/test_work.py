"""`quizapp work`: what it needs, and when it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizapp import jobs
from quizapp.storage.engine import Database
from quizapp.web.settings import read_clock
from tests.cli.commands import DATABASE, run


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


@pytest.mark.skipif(os.name != "posix", reason="no other system has SIGTERM")
def test_without_the_option_it_works_until_it_is_told_to_end(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        jobs.enqueue(session, "misspelt", {}, read_clock())
        session.commit()
    with subprocess.Popen(
        [sys.executable, "-m", "quizapp", "work"],
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
