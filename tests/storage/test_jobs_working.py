"""A worker at work: a handler's writing and its job have one fate; what others see meanwhile."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from quizapp import jobs
from quizapp.errors import InvalidError
from quizapp.jobs import Ending, Handler, Job, JobState, Settings, StoppedError
from quizapp.storage import sqlite
from quizapp.storage.courses import add_course
from quizapp.storage.engine import Database
from quizapp.storage.ids import JobId
from quizapp.storage.job_leases import Leaving, list_running, take_over
from quizapp.storage.jobs import JobStatus
from quizapp.storage.tables import CourseRow

PATIENCE = 20.0
CUT = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
QUICK = Settings(lease=60, beat=0.05, poll=0.02, grace=0.2)


@dataclass(slots=True)
class Crew:
    """Handlers of a test, and the worker that runs them in a thread of this process."""

    database: Database
    go: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)
    handlers: dict[str, Handler] = field(default_factory=dict)
    late: timedelta = timedelta()
    ending: Ending | None = None

    def read_clock(self) -> datetime:
        """The present, moved by what a test wants to have passed."""
        return datetime.now(UTC) + self.late

    @contextmanager
    def working(self, settings: Settings = QUICK) -> Iterator[threading.Event]:
        """Let a worker work during the block; gives what tells it to stop."""
        stop = threading.Event()

        def run() -> None:
            self.ending = jobs.work(
                self.database, self.handlers, clock=self.read_clock, stop=stop, settings=settings
            )

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield stop
        finally:
            stop.set()
            self.go.set()
            thread.join(PATIENCE)
            # Handlers that were left behind end as well, before the database is closed.
            wait_until(lambda: not list_job_threads())
        assert not thread.is_alive()

    def enqueue(
        self, name: str, args: Mapping[str, object] | None = None, *, attempts: int = 5
    ) -> JobId:
        """Enqueue and commit."""
        with self.database.writing() as session:
            number = jobs.enqueue(session, name, args or {}, self.read_clock(), attempts=attempts)
            session.commit()
        return number

    def look(self, number: JobId) -> JobStatus:
        """Return how a job stands, as another session sees it."""
        with self.database.reading() as session:
            return jobs.get_status(session, number)

    def await_state(self, number: JobId, state: JobState) -> JobStatus:
        """Wait until a job stands so."""
        wait_until(lambda: self.look(number).state is state)
        return self.look(number)

    def cancel(self, number: JobId) -> None:
        """Cancel and commit."""
        with self.database.writing() as session:
            jobs.cancel(session, number, self.read_clock())
            session.commit()

    def rob(self) -> None:
        """Take the running job over, as another worker does from one that looks dead."""
        with self.database.reading() as session:
            (held,) = list_running(session)
        # Not to be taken again during the test.
        later = self.read_clock() + timedelta(hours=1)
        leaving = Leaving(state=JobState.WAITING, reason=None, run_after=later)
        with self.database.writing() as session:
            assert take_over(session, held, leaving, self.read_clock()) is JobState.WAITING
            session.commit()

    def list_marks(self) -> list[str]:
        """Return what handlers have written for good."""
        with self.database.reading() as session:
            return sorted(session.scalars(select(CourseRow.title)))

    def hold_up(self) -> None:
        """Wait in a handler until the test says go on."""
        self.begun.set()
        assert self.go.wait(PATIENCE)


@pytest.fixture
def crew(database: Database) -> Crew:
    """A crew on a fresh database."""
    return Crew(database)


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[dict[str, object]]]:
    """What was logged of jobs."""
    caplog.set_level(logging.INFO, "quizapp")
    return lambda: [json.loads(line) for line in caplog.messages if line.startswith("{")]


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def mark(session: Session, title: str, now: datetime) -> None:
    add_course(session, title=title, timezone="UTC", now=now)


def test_a_job_is_done_once_with_what_it_was_given(
    crew: Crew, lines: Callable[[], list[dict[str, object]]]
) -> None:
    def greet(session: Session, job: Job, now: datetime) -> None:
        mark(session, f"greeting {job.get_int('number')} {job.attempt}", now)

    crew.handlers["greet"] = greet
    with crew.working():
        number = crew.enqueue("greet", {"number": 5})
        status = crew.await_state(number, JobState.DONE)
    assert crew.list_marks() == ["greeting 5 1"]
    assert (status.attempts, status.reason) == (1, None)
    assert status.started_at is not None
    assert status.ended_at is not None
    assert status.enqueued_at <= status.started_at <= status.ended_at
    assert crew.ending is Ending.STOPPED
    (line,) = lines()
    assert line.pop("ms") is not None
    assert line == {"job": "greet", "id": number, "ended": "done", "attempt": 1}


def test_a_handler_that_fails_leaves_nothing_and_is_tried_again_later(crew: Crew) -> None:
    def fail_once(session: Session, job: Job, now: datetime) -> None:
        mark(session, f"attempt {job.attempt}", now)
        if job.attempt == 1:
            raise OSError("no file yet")

    crew.handlers["fail once"] = fail_once
    with crew.working():
        number = crew.enqueue("fail once")
        wait_until(lambda: crew.look(number).reason is not None)
        status = crew.look(number)
        assert (status.state, status.reason) == (JobState.WAITING, "OSError: no file yet")
        assert status.run_after > crew.read_clock()
        assert crew.list_marks() == []
        crew.late = timedelta(seconds=3)
        crew.await_state(number, JobState.DONE)
    assert crew.list_marks() == ["attempt 2"]


def test_a_poisoned_job_is_reported_and_the_others_go_on(
    crew: Crew, lines: Callable[[], list[dict[str, object]]]
) -> None:
    def poison(session: Session, _job: Job, now: datetime) -> None:
        mark(session, "poison", now)
        raise ZeroDivisionError("a poisoned job")

    crew.handlers["poison"] = poison
    crew.handlers["mark"] = lambda session, job, now: mark(session, f"job {job.id}", now)
    poisoned = crew.enqueue("poison", attempts=2)
    others = [crew.enqueue("mark") for _ in range(5)]
    with crew.working():
        for number in others:
            crew.await_state(number, JobState.DONE)
        crew.late = timedelta(seconds=3)
        status = crew.await_state(poisoned, JobState.FAILED)
    assert (status.attempts, status.reason) == (2, "ZeroDivisionError: a poisoned job")
    assert crew.list_marks() == sorted(f"job {number}" for number in others)
    with crew.database.reading() as session:
        assert [each.id for each in jobs.list_failures(session)] == [poisoned]
    line = lines()[-1]
    assert (line["ended"], line["reason"]) == ("failed", status.reason)
    assert "test_jobs_working.py" in str(line["place"])
    assert len(lines()) == 7


def test_what_is_refused_as_unfit_is_not_tried_again(crew: Crew) -> None:
    def refuse(_session: Session, job: Job, _now: datetime) -> None:
        job.get_int("attempt")

    crew.handlers["refuse"] = refuse
    with crew.working():
        status = crew.await_state(crew.enqueue("refuse", {"attempt": "17"}), JobState.FAILED)
    assert status.attempts == 1
    assert status.reason == "InvalidError: the job refuse needs the number 'attempt'"


def test_a_handler_that_would_end_the_program_has_failed(crew: Crew) -> None:
    def leave(_session: Session, _job: Job, _now: datetime) -> None:
        raise SystemExit(3)

    crew.handlers["leave"] = leave
    with crew.working():
        status = crew.await_state(crew.enqueue("leave", attempts=1), JobState.FAILED)
    assert status.reason == "SystemExit: 3"


def test_progress_is_seen_by_others_while_the_job_runs(crew: Crew) -> None:
    def step(_session: Session, job: Job, _now: datetime) -> None:
        job.report_progress(3, 8, "reading the article")
        crew.hold_up()
        job.report_progress(8, 8)

    crew.handlers["step"] = step
    with crew.working():
        number = crew.enqueue("step")
        wait_until(lambda: crew.look(number).progress_done == 3)
        status = crew.look(number)
        assert status.state is JobState.RUNNING
        assert (status.progress_total, status.progress_note) == (8, "reading the article")
        crew.go.set()
        ended = crew.await_state(number, JobState.DONE)
    assert (ended.progress_done, ended.progress_total, ended.progress_note) == (8, 8, "")


def test_a_job_that_is_cancelled_notices_and_commits_nothing(
    crew: Crew, lines: Callable[[], list[dict[str, object]]]
) -> None:
    def notice(session: Session, job: Job, now: datetime) -> None:
        crew.begun.set()
        wait_until(lambda: job.is_cancelled)
        mark(session, "too late", now)

    crew.handlers["notice"] = notice
    with crew.working():
        number = crew.enqueue("notice")
        assert crew.begun.wait(PATIENCE)
        crew.cancel(number)
        assert crew.look(number).cancel_asked
        crew.await_state(number, JobState.CANCELLED)
    assert crew.list_marks() == []
    assert crew.look(number).reason is None
    (line,) = lines()
    assert (line["ended"], line.get("reason")) == ("cancelled", None)


def test_a_cancelled_job_that_does_not_notice_commits_nothing_either(crew: Crew) -> None:
    def plod(session: Session, _job: Job, now: datetime) -> None:
        crew.hold_up()
        mark(session, "too late", now)

    crew.handlers["plod"] = plod
    with crew.working():
        number = crew.enqueue("plod")
        assert crew.begun.wait(PATIENCE)
        crew.cancel(number)
        crew.go.set()
        crew.await_state(number, JobState.CANCELLED)
    assert crew.list_marks() == []


def test_a_worker_whose_job_was_taken_over_cannot_commit_it(
    crew: Crew, lines: Callable[[], list[dict[str, object]]]
) -> None:
    def plod(session: Session, _job: Job, now: datetime) -> None:
        crew.hold_up()
        mark(session, "not mine any more", now)

    crew.handlers["plod"] = plod
    # It gives no sign of life, and never asks about its job.
    number = crew.enqueue("plod")
    with crew.working(Settings(beat=60, poll=60)):
        assert crew.begun.wait(PATIENCE)
        crew.rob()
        crew.go.set()
        wait_until(lambda: bool(lines()))
    assert crew.list_marks() == []
    assert crew.look(number).state is JobState.WAITING
    (line,) = lines()
    assert (line["ended"], line.get("reason")) == ("lost", None)


def test_a_worker_whose_job_was_taken_over_hears_of_it(crew: Crew) -> None:
    noticed = threading.Event()

    def notice(_session: Session, job: Job, _now: datetime) -> None:
        crew.begun.set()
        wait_until(lambda: job.is_cancelled)
        noticed.set()

    crew.handlers["notice"] = notice
    # Without signs of life, which would come between the looking and the taking over.
    with crew.working(Settings(beat=60, poll=0.02)):
        crew.enqueue("notice")
        assert crew.begun.wait(PATIENCE)
        crew.rob()
        assert noticed.wait(PATIENCE)


def test_parts_are_committed_one_by_one_while_the_job_is_the_workers(crew: Crew) -> None:
    refused = threading.Event()

    def part(_session: Session, job: Job, now: datetime) -> None:
        job.report_progress(1, 2)
        with job.part() as session:
            mark(session, "first part", now)
        crew.hold_up()
        try:
            with job.part() as session:
                mark(session, "second part", now)
        except StoppedError:
            assert job.is_cancelled
            refused.set()
            raise

    crew.handlers["part"] = part
    number = crew.enqueue("part")
    with crew.working(Settings(beat=60, poll=60)):
        assert crew.begun.wait(PATIENCE)
        assert crew.list_marks() == ["first part"]
        assert crew.look(number).progress_done == 1
        crew.rob()
        crew.go.set()
        assert refused.wait(PATIENCE)
    assert crew.list_marks() == ["first part"]


def fail_in_part(job: Job, now: datetime) -> None:
    with job.part() as session:
        mark(session, "half a part", now)
        raise InvalidError("no")


def test_a_part_that_fails_leaves_nothing_of_itself(crew: Crew) -> None:
    def part(session: Session, job: Job, now: datetime) -> None:
        with job.part() as own:
            mark(own, f"part {job.attempt}", now)
        with pytest.raises(InvalidError):
            fail_in_part(job, now)
        with job.reading() as reader:
            assert reader.scalars(select(CourseRow.title)).all() == ["part 1"]
        mark(session, "rest", now)

    crew.handlers["part"] = part
    with crew.working():
        crew.await_state(crew.enqueue("part"), JobState.DONE)
    assert crew.list_marks() == ["part 1", "rest"]


def test_a_worker_told_to_stop_finishes_its_job_and_begins_no_other(crew: Crew) -> None:
    def plod(session: Session, job: Job, now: datetime) -> None:
        crew.hold_up()
        mark(session, f"job {job.id}", now)

    crew.handlers["plod"] = plod
    first, second = crew.enqueue("plod"), crew.enqueue("plod")
    with crew.working(Settings(poll=0.02, grace=PATIENCE)) as stop:
        assert crew.begun.wait(PATIENCE)
        stop.set()
        crew.go.set()
    assert crew.ending is Ending.STOPPED
    assert crew.look(first).state is JobState.DONE
    assert crew.look(second).state is JobState.WAITING
    assert crew.list_marks() == [f"job {first}"]


def test_a_worker_told_to_stop_returns_a_long_job_as_if_it_had_not_begun(crew: Crew) -> None:
    ended = threading.Event()

    def plod(session: Session, _job: Job, now: datetime) -> None:
        crew.hold_up()
        mark(session, "too late", now)
        ended.set()

    crew.handlers["plod"] = plod
    with crew.working() as stop:
        number = crew.enqueue("plod")
        assert crew.begun.wait(PATIENCE)
        stop.set()
        status = crew.await_state(number, JobState.WAITING)
    assert crew.ending is Ending.ABANDONED
    assert (status.attempts, status.reason) == (0, None)
    assert status.run_after <= crew.read_clock()
    # What still runs in the process that is about to end commits nothing.
    assert ended.is_set()
    assert crew.list_marks() == []


def list_job_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("job-")]


def test_a_job_that_never_ends_fails_and_ends_its_worker(crew: Crew) -> None:
    crew.handlers["hang"] = lambda _session, _job, _now: crew.hold_up()
    number = crew.enqueue("hang", attempts=1)
    with crew.working(Settings(poll=0.02, limit=0.2)):
        status = crew.await_state(number, JobState.FAILED)
        wait_until(lambda: crew.ending is not None)
    assert crew.ending is Ending.STUCK
    assert status.reason == "TimeoutError: took longer than 0.2 seconds"


def test_a_busy_database_is_waited_for_in_silence(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sqlite, "WAIT_SECONDS", 0.05)
    crew = Crew(sqlite_database)
    crew.handlers["mark"] = lambda session, _job, now: mark(session, "done", now)
    number = crew.enqueue("mark")
    with sqlite_database.writing() as session:
        mark(session, "by another", crew.read_clock())
        with crew.working():
            wait_until(lambda: bool(caplog.messages))
            time.sleep(0.3)
            assert crew.look(number).attempts == 0
            session.commit()
            crew.await_state(number, JobState.DONE)
    assert len([line for line in caplog.messages if "wait for the database" in line]) == 1


def test_a_job_whose_connections_are_cut_is_done_once_all_the_same(crew: Crew) -> None:
    if crew.database.is_sqlite:
        pytest.skip("SQLite has no connections that could be cut")

    def plod(session: Session, job: Job, now: datetime) -> None:
        mark(session, f"attempt {job.attempt}", now)
        crew.hold_up()

    crew.handlers["plod"] = plod
    with crew.working():
        number = crew.enqueue("plod")
        assert crew.begun.wait(PATIENCE)
        with crew.database.writing() as session:
            session.execute(CUT)
        crew.late = timedelta(seconds=3)
        crew.go.set()
        crew.await_state(number, JobState.DONE)
    assert crew.list_marks() == ["attempt 2"]


def test_an_idle_worker_keeps_no_writer_waiting(sqlite_database: Database) -> None:
    crew = Crew(sqlite_database)
    crew.handlers["mark"] = lambda session, _job, now: mark(session, "done", now)
    with crew.working():
        crew.await_state(crew.enqueue("mark"), JobState.DONE)
        lock = sqlite.writer_lock(str(sqlite_database.url.database))
        for _ in range(100):
            assert not lock._mutex.locked()
            time.sleep(0.002)


def test_jobs_without_a_handler_are_spoken_of(crew: Crew, caplog: pytest.LogCaptureFixture) -> None:
    number = crew.enqueue("misspelt")
    with crew.working():
        wait_until(lambda: any("'misspelt'" in line for line in caplog.messages))
    assert crew.look(number).attempts == 0
