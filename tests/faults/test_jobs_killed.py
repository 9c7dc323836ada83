"""Workers die in the midst of jobs: each job is still done, once, and by one of them at a time."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from quizapp import jobs
from quizapp.jobs import JobState, Settings
from quizapp.services.checking import check_database
from quizapp.storage.engine import Database
from quizapp.storage.ids import JobId
from quizapp.storage.tables import CourseRow
from quizapp.web.settings import read_clock
from tests.support.job_worker import FOLDER, LEASE
from tests.support.serving import Server, serving

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is a thing of POSIX")

PATIENCE = 60.0
SEED = 14
# So long that no worker is taken for dead during a test.
NEVER = 600.0
PAUSES = ["pause", "pause writing", "pause between"]


@dataclass(slots=True)
class Shift:
    """Worker processes on one database, whose jobs the test can hold up."""

    database: Database
    address: str
    folder: Path
    workers: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, lease: float = LEASE) -> subprocess.Popen[str]:
        """Start one more worker."""
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.support.job_worker", str(lease)],
            env={**os.environ, "QUIZAPP_DATABASE_URL": self.address, FOLDER: str(self.folder)},
            stderr=subprocess.PIPE,
            text=True,
        )
        self.workers.append(worker)
        return worker

    def enqueue(self, name: str, *, attempts: int = 5) -> JobId:
        """Enqueue and commit."""
        with self.database.writing() as session:
            number = jobs.enqueue(session, name, {}, read_clock(), attempts=attempts)
            session.commit()
        return number

    def await_begin(self, number: JobId, times: int = 1) -> int:
        """Wait until a job is under way for so many times; return in which process it is last."""
        wait_until(lambda: len(self._list_begun(number)) >= times)
        return int(self._list_begun(number)[-1].name.rpartition("-")[2])

    def go(self) -> None:
        """Let all jobs go on."""
        (self.folder / "go").touch()

    def find_state(self, number: JobId) -> JobState:
        """Return how a job stands."""
        with self.database.reading() as session:
            return jobs.get_status(session, number).state

    def await_state(self, number: JobId, state: JobState) -> None:
        """Wait until a job stands so, but no longer than promised."""
        wait_until(lambda: self.find_state(number) is state)

    def list_marks(self) -> list[str]:
        """Return what jobs left in the database."""
        with self.database.reading() as session:
            return sorted(session.scalars(select(CourseRow.title)))

    def end(self) -> None:
        """Kill every worker."""
        for worker in self.workers:
            worker.kill()
            worker.wait()
            assert worker.stderr
            worker.stderr.close()

    def _list_begun(self, number: JobId) -> list[Path]:
        found = self.folder.glob(f"begun-{number}-*")
        return sorted(found, key=lambda file: file.stat().st_mtime_ns)


@pytest.fixture
def shift(database: Database, address: str, tmp_path: Path) -> Iterator[Shift]:
    """No worker yet."""
    shift = Shift(database, address, tmp_path)
    try:
        yield shift
    finally:
        shift.end()


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def has_marks(shift: Shift, wanted: int) -> bool:
    return len(shift.list_marks()) >= wanted


def test_a_dead_worker_is_noticed_within_a_minute() -> None:
    settings = Settings()
    assert settings.beat * 3 < settings.lease
    assert settings.lease + settings.poll < 30


@pytest.mark.parametrize("name", PAUSES)
def test_a_job_whose_worker_is_killed_is_ended_by_another(shift: Shift, name: str) -> None:
    first = shift.start()
    number = shift.enqueue(name)
    assert shift.await_begin(number) == first.pid
    second = shift.start()
    first.kill()
    assert shift.await_begin(number, 2) == second.pid
    shift.go()
    shift.await_state(number, JobState.DONE)
    whole = [title for title in shift.list_marks() if title.startswith("job")]
    assert whole == [f"job {number}"]
    parts = [title for title in shift.list_marks() if title.startswith("part")]
    assert len(parts) == (2 if name == "pause between" else 0)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pause", "pause writing"])
def test_a_worker_that_lives_keeps_a_job_that_outlasts_its_lease(shift: Shift, name: str) -> None:
    shift.start()
    number = shift.enqueue(name)
    shift.await_begin(number)
    shift.start()
    # Until the second worker has begun to look about, which a job of its own shows.
    if name != "pause writing":
        shift.await_state(shift.enqueue("count"), JobState.DONE)
    time.sleep(2 * LEASE)
    shift.go()
    shift.await_state(number, JobState.DONE)
    assert len(list(shift.folder.glob(f"begun-{number}-*"))) == 1
    with shift.database.reading() as session:
        assert jobs.get_status(session, number).attempts == 1


@pytest.mark.parametrize("name", ["pause", "pause between"])
def test_a_worker_that_slept_through_its_lease_cannot_commit(shift: Shift, name: str) -> None:
    sleeper = shift.start()
    number = shift.enqueue(name)
    assert shift.await_begin(number) == sleeper.pid
    sleeper.send_signal(signal.SIGSTOP)
    other = shift.start()
    assert shift.await_begin(number, 2) == other.pid
    shift.go()
    shift.await_state(number, JobState.DONE)
    assert shift.list_marks().count(f"job {number}") == 1
    sleeper.send_signal(signal.SIGCONT)
    assert sleeper.stderr
    assert '"ended": "lost"' in sleeper.stderr.readline()
    assert shift.list_marks().count(f"job {number}") == 1


def test_many_jobs_and_several_workers_are_each_job_once(shift: Shift) -> None:
    pauses = [shift.enqueue("pause") for _ in range(3)]
    workers = {shift.start(NEVER).pid for _ in pauses}
    assert {shift.await_begin(number) for number in pauses} == workers
    counts = [shift.enqueue("count") for _ in range(60)]
    # All three are ready, and begin at once.
    shift.go()
    numbers = pauses + counts
    wait_until(lambda: len(shift.list_marks()) == len(numbers))
    assert shift.list_marks() == sorted(f"job {number}" for number in numbers)
    lines = [line.split() for line in (shift.folder / "journal").read_text("ascii").splitlines()]
    begun = Counter(number for _worker, what, number in lines if what == "has")
    assert begun == dict.fromkeys(map(str, counts), 1)
    assert len({worker for worker, _what, _number in lines}) > 1


@pytest.mark.slow
def test_workers_killed_at_random_moments_leave_each_job_done_once(shift: Shift) -> None:
    rng = Random(SEED)
    numbers = [shift.enqueue("count", attempts=20) for _ in range(150)]
    kills = 0
    for _ in range(2):
        shift.start(0.5)
    while len(shift.list_marks()) < len(numbers):
        wanted = min(len(shift.list_marks()) + 20, len(numbers))
        wait_until(partial(has_marks, shift, wanted))
        time.sleep(rng.uniform(0, 0.02))
        shift.workers[-2].kill()
        kills += 1
        shift.start(0.5)
    assert kills >= 3
    assert shift.list_marks() == sorted(f"job {number}" for number in numbers)
    for number in numbers:
        shift.await_state(number, JobState.DONE)
    assert check_database(shift.database).clean


def test_a_job_that_kills_its_worker_ends_as_failed_and_the_others_are_done(shift: Shift) -> None:
    deadly = shift.enqueue("die", attempts=2)
    others = [shift.enqueue("count") for _ in range(3)]
    shift.start(0.5)
    while shift.find_state(deadly) is not JobState.FAILED:
        if shift.workers[-1].poll() is not None:
            shift.start(0.5)
        time.sleep(0.02)
    for number in others:
        shift.await_state(number, JobState.DONE)
    assert len(shift.workers) == 3
    with shift.database.reading() as session:
        (failed,) = jobs.list_failures(session)
    assert (failed.id, failed.attempts, failed.reason) == (deadly, 2, "its worker died")
    assert shift.list_marks() == sorted(f"job {number}" for number in others)


@pytest.mark.slow
def test_a_worker_told_to_end_finishes_a_short_job(shift: Shift) -> None:
    worker = shift.start()
    number = shift.enqueue("pause")
    shift.await_begin(number)
    worker.terminate()
    shift.go()
    assert worker.wait(PATIENCE) == 0
    assert shift.find_state(number) is JobState.DONE
    assert worker.stderr
    assert worker.stderr.read().count("\n") == 1


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_end_returns_a_long_job(shift: Shift, number: signal.Signals) -> None:
    worker = shift.start(NEVER)
    job = shift.enqueue("pause")
    shift.await_begin(job)
    worker.send_signal(number)
    assert worker.wait(PATIENCE) == 0
    assert shift.find_state(job) is JobState.WAITING
    shift.start(NEVER)
    shift.await_begin(job, 2)
    shift.go()
    shift.await_state(job, JobState.DONE)
    assert shift.list_marks() == [f"job {job}"]


@pytest.fixture
def server(shift: Shift, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The server with a worker that does the jobs of the tests."""
    monkeypatch.setenv(FOLDER, str(shift.folder))
    with serving(shift.address, workers=1, module="tests.support.job_server") as found:
        yield found


def test_the_servers_worker_is_replaced_when_it_is_killed(server: Server, shift: Shift) -> None:
    number = shift.enqueue("pause writing")
    (first,) = server.list_job_workers()
    assert shift.await_begin(number) == first
    server.kill_worker(first)
    second = shift.await_begin(number, 2)
    assert server.list_job_workers() == [second] != [first]
    shift.go()
    shift.await_state(number, JobState.DONE)
    assert shift.list_marks() == [f"job {number}"]


def test_the_worker_ends_with_the_server(server: Server, shift: Shift) -> None:
    number = shift.enqueue("pause")
    shift.await_begin(number)
    (worker,) = server.list_job_workers()
    assert server.stop() == 0
    assert not is_alive(worker)
    assert shift.find_state(number) is JobState.WAITING


@pytest.mark.slow
def test_the_worker_ends_when_the_server_is_killed(server: Server) -> None:
    (worker,) = server.list_job_workers()
    (answering,) = server.list_workers()
    server.kill_parent()
    server.kill_worker(answering)
    wait_until(lambda: not is_alive(worker))


def is_alive(process: int) -> bool:
    listed = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], check=False, capture_output=True, text=True
    )
    return bool(re.match(r"[^Z]", listed.stdout))
