"""Jobs as rows: enqueued with a transaction and once, taken by one worker, written by its holder.

A worker that lost its job writes nothing more; one that finds nothing to do writes nothing at all.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from quizapp import jobs
from quizapp.errors import ConflictError, NotFoundError
from quizapp.jobs import JobState
from quizapp.storage import migrating
from quizapp.storage.engine import Database
from quizapp.storage.ids import JobId
from quizapp.storage.job_leases import (
    HeldJob,
    Leaving,
    Progress,
    beat,
    find_wish,
    finish_job,
    has_due,
    hold_job,
    leave_job,
    list_running,
    list_unknown,
    take_job,
    take_over,
)
from quizapp.storage.jobs import JobStatus, forget_jobs
from quizapp.storage.tables import JobRow
from tests.factories.people import MORNING
from tests.support.statements import watching

SECOND = timedelta(seconds=1)


def enqueue(database: Database, name: str = "some", *, key: str | None = None) -> JobId:
    with database.writing() as session:
        number = jobs.enqueue(session, name, {"of": name}, MORNING, key=key)
        session.commit()
    return number


def take(database: Database, names: Sequence[str] = ("some",)) -> HeldJob | None:
    with database.writing() as session:
        held = take_job(session, names, MORNING)
        session.commit()
    return held


def take_one(database: Database) -> HeldJob:
    held = take(database)
    assert held is not None
    return held


def look(database: Database, number: JobId) -> JobStatus:
    with database.reading() as session:
        return jobs.get_status(session, number)


def leave(database: Database, held: HeldJob, leaving: Leaving) -> JobState | None:
    with database.writing() as session:
        state = leave_job(session, held.lease, leaving, MORNING)
        session.commit()
    return state


def finish(database: Database, held: HeldJob) -> bool:
    with database.writing() as session:
        done = finish_job(session, held.lease, Progress(), MORNING)
        session.commit()
    return done


def cancel(database: Database, number: JobId) -> None:
    with database.writing() as session:
        jobs.cancel(session, number, MORNING)
        session.commit()


def count_jobs(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(JobRow.id))) or 0


AGAIN = Leaving(state=JobState.WAITING, reason="oh", run_after=MORNING + SECOND)
NO_MORE = Leaving(state=JobState.FAILED, reason="oh", run_after=MORNING)


def test_a_transaction_that_is_undone_leaves_no_job(database: Database) -> None:
    with database.writing() as session:
        number = jobs.enqueue(session, "some", {}, MORNING)
        jobs.get_status(session, number)
        session.rollback()
    assert count_jobs(database) == 0
    assert take(database) is None


def test_nobody_takes_a_job_before_it_is_committed(database: Database) -> None:
    with database.writing() as session:
        jobs.enqueue(session, "some", {}, MORNING)
        with database.reading() as other:
            assert not has_due(other, ["some"], MORNING)
        session.commit()
    with database.reading() as other:
        assert has_due(other, ["some"], MORNING)


def test_a_job_keeps_what_it_was_enqueued_with(database: Database) -> None:
    args = {"attempt": 17, "texts": ["é", None, 1.5, True], "nested": {"a": {}}}
    with database.writing() as session:
        number = jobs.enqueue(session, "some", args, MORNING, key="close 17", attempts=2)
        session.commit()
    status = look(database, number)
    assert (status.name, status.key, status.state) == ("some", "close 17", JobState.WAITING)
    assert (status.enqueued_at, status.run_after) == (MORNING, MORNING)
    held = take_one(database)
    assert (held.args, held.attempts, held.attempts_allowed) == (args, 1, 2)


def test_a_key_is_enqueued_once_whatever_becomes_of_its_job(database: Database) -> None:
    number = enqueue(database, key="close 17")
    assert enqueue(database, key="close 17") == number
    held = take_one(database)
    assert enqueue(database, key="close 17") == number
    assert finish(database, held)
    assert enqueue(database, key="close 17") == number
    assert enqueue(database, key="close 18") != number
    assert count_jobs(database) == 2
    with database.reading() as session:
        found = jobs.find_status_by_key(session, "close 17")
        assert found is not None
        assert (found.id, found.state) == (number, JobState.DONE)
        assert jobs.find_status_by_key(session, "close 19") is None


def test_jobs_without_a_key_are_as_many_as_were_enqueued(database: Database) -> None:
    assert len({enqueue(database) for _ in range(3)}) == 3


def test_a_key_that_many_enqueue_at_once_makes_one_job(database: Database) -> None:
    ready = Barrier(8)

    def press(_number: int) -> JobId:
        ready.wait()
        return enqueue(database, key="the same")

    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(press, range(8)))
    assert len(numbers) == 1
    assert count_jobs(database) == 1


def test_jobs_are_taken_in_the_order_in_which_they_are_due(database: Database) -> None:
    with database.writing() as session:
        late = jobs.enqueue(session, "some", {}, MORNING - 2 * SECOND, run_after=MORNING)
        early = jobs.enqueue(session, "some", {}, MORNING - SECOND)
        later = jobs.enqueue(session, "some", {}, MORNING, run_after=MORNING + SECOND)
        session.commit()
    assert [take_one(database).lease.job_id for _ in range(2)] == [early, late]
    assert take(database) is None
    assert look(database, later).state is JobState.WAITING


def test_a_job_for_later_is_not_due_before(database: Database) -> None:
    with database.writing() as session:
        jobs.enqueue(session, "some", {}, MORNING, run_after=MORNING + SECOND)
        session.commit()
    with database.reading() as session:
        assert not has_due(session, ["some"], MORNING + SECOND - timedelta(microseconds=1))
        assert has_due(session, ["some"], MORNING + SECOND)


def test_a_worker_takes_only_what_it_has_a_handler_for(database: Database) -> None:
    enqueue(database, "other")
    assert take(database, ["some"]) is None
    assert take(database, []) is None
    with database.reading() as session:
        assert list_unknown(session, ["some"], MORNING) == ("other",)
        assert list_unknown(session, [], MORNING) == ("other",)
        assert list_unknown(session, ["other"], MORNING) == ()
    assert take(database, ["some", "other"]) is not None


def test_workers_that_take_at_once_never_take_the_same(database: Database) -> None:
    numbers = {enqueue(database) for _ in range(40)}
    ready = Barrier(8)

    def take_all(_number: int) -> list[JobId]:
        ready.wait()
        found: list[JobId] = []
        while len(found) < 40 and (held := take(database)):
            found.append(held.lease.job_id)
        return found

    with ThreadPoolExecutor(8) as pool:
        taken = [number for each in pool.map(take_all, range(8)) for number in each]
    assert sorted(taken) == sorted(numbers)


def test_a_job_that_one_is_just_taking_keeps_no_other_waiting(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    first, second = enqueue(database), enqueue(database)
    with database.writing() as session, ThreadPoolExecutor(1) as pool:
        held = take_job(session, ["some"], MORNING)
        other = pool.submit(take_one, database).result(10)
        assert held is not None
        assert [held.lease.job_id, other.lease.job_id] == [first, second]
        assert pool.submit(take, database).result(10) is None


def test_a_worker_that_lost_its_job_writes_nothing_more(database: Database) -> None:
    number = enqueue(database)
    lost = take_one(database)
    with database.writing() as session:
        assert take_over(session, lost, replace_after(AGAIN), MORNING) is JobState.WAITING
        session.commit()
    kept = take_one(database)
    assert (kept.lease.job_id, kept.attempts) == (number, 2)
    before = look(database, number)
    with database.writing() as session:
        beat(session, lost.lease, Progress(done=1, total=2))
        assert find_wish(session, lost.lease) is None
        assert not hold_job(session, lost.lease, Progress())
        assert not finish_job(session, lost.lease, Progress(), MORNING)
        assert leave_job(session, lost.lease, NO_MORE, MORNING) is None
        assert take_over(session, lost, NO_MORE, MORNING) is None
        session.commit()
    assert look(database, number) == before
    assert finish(database, kept)


def replace_after(leaving: Leaving) -> Leaving:
    """Return the same, to be tried at once."""
    return Leaving(state=leaving.state, reason=leaving.reason, run_after=MORNING)


def test_a_sign_of_life_in_time_keeps_the_job(database: Database) -> None:
    number = enqueue(database)
    held = take_one(database)
    with database.reading() as session:
        (seen,) = list_running(session)
    assert seen == held
    with database.writing() as session:
        beat(session, held.lease, Progress())
        assert take_over(session, seen, AGAIN, MORNING) is None
        session.commit()
    assert look(database, number).state is JobState.RUNNING


def test_a_job_that_is_left_waits_for_its_time_with_its_reason(database: Database) -> None:
    number = enqueue(database)
    assert leave(database, take_one(database), AGAIN) is JobState.WAITING
    status = look(database, number)
    assert (status.state, status.attempts, status.reason) == (JobState.WAITING, 1, "oh")
    assert (status.run_after, status.ended_at) == (MORNING + SECOND, None)
    assert take(database) is None


def test_an_attempt_that_was_not_the_jobs_fault_is_not_counted(database: Database) -> None:
    number = enqueue(database)
    back = Leaving(state=JobState.WAITING, reason=None, run_after=MORNING, refund=True)
    first = take_one(database)
    assert leave(database, first, back) is JobState.WAITING
    assert look(database, number).attempts == 0
    second = take_one(database)
    assert second.attempts == first.attempts
    assert second.lease != first.lease


def test_what_failed_is_listed_and_can_be_run_again(database: Database) -> None:
    number = enqueue(database)
    assert leave(database, take_one(database), NO_MORE) is JobState.FAILED
    with database.reading() as session:
        (failed,) = jobs.list_failures(session)
    assert (failed.id, failed.reason, failed.ended_at) == (number, "oh", MORNING)
    with database.writing() as session:
        jobs.retry(session, number, MORNING)
        with pytest.raises(ConflictError, match="waiting"):
            jobs.retry(session, number, MORNING)
        session.commit()
    status = look(database, number)
    assert (status.state, status.attempts, status.ended_at) == (JobState.WAITING, 0, None)
    assert finish(database, take_one(database))
    assert look(database, number).reason is None
    with database.reading() as session:
        assert jobs.list_failures(session) == ()


def test_a_waiting_job_is_cancelled_at_once(database: Database) -> None:
    number = enqueue(database)
    cancel(database, number)
    status = look(database, number)
    assert (status.state, status.ended_at, status.cancel_asked) == (
        JobState.CANCELLED,
        MORNING,
        True,
    )
    assert take(database) is None


@pytest.mark.parametrize("leaving", [AGAIN, NO_MORE])
def test_a_running_job_that_is_cancelled_cannot_be_finished(
    database: Database, leaving: Leaving
) -> None:
    number = enqueue(database)
    held = take_one(database)
    with database.reading() as session:
        assert find_wish(session, held.lease) is False
    cancel(database, number)
    assert look(database, number).state is JobState.RUNNING
    with database.reading() as session:
        assert find_wish(session, held.lease) is True
    assert not finish(database, held)
    with database.writing() as session:
        assert not hold_job(session, held.lease, Progress())
    assert leave(database, held, leaving) is JobState.CANCELLED
    status = look(database, number)
    assert (status.state, status.ended_at) == (JobState.CANCELLED, MORNING)


def test_a_job_that_has_ended_cannot_be_cancelled(database: Database) -> None:
    number = enqueue(database)
    finish(database, take_one(database))
    with pytest.raises(ConflictError, match="done"):
        cancel(database, number)
    assert look(database, number).state is JobState.DONE


def test_a_job_that_is_not_there_is_not_found(database: Database) -> None:
    missing = JobId(4711)
    with database.writing() as session:
        for ask in (jobs.cancel, jobs.retry):
            with pytest.raises(NotFoundError):
                ask(session, missing, MORNING)
    with pytest.raises(NotFoundError):
        look(database, missing)


def test_what_ended_long_ago_is_forgotten_but_not_what_failed(database: Database) -> None:
    done, cancelled, failed, waiting = (enqueue(database) for _ in range(4))
    finish(database, take_one(database))
    cancel(database, cancelled)
    leave(database, take_one(database), NO_MORE)
    with database.writing() as session:
        forget_jobs(session, MORNING)
        session.commit()
    assert count_jobs(database) == 4
    with database.writing() as session:
        forget_jobs(session, MORNING + SECOND)
        session.commit()
    assert look(database, failed).state is JobState.FAILED
    assert look(database, waiting).state is JobState.WAITING
    for number in (done, cancelled):
        with pytest.raises(NotFoundError):
            look(database, number)


def test_looking_for_work_is_two_statements_that_write_nothing(database: Database) -> None:
    with watching(database.read) as read, watching(database.write) as written:
        with database.reading() as session:
            list_running(session)
            has_due(session, ["some"], MORNING)
        assert (len(read), written) == (2, [])


def test_a_state_that_is_none_is_refused_by_the_database(database: Database) -> None:
    enqueue(database)
    with database.writing() as session, pytest.raises(IntegrityError):
        session.execute(update(JobRow).values(state="lost"))


def test_the_step_before_jobs_refuses_to_lose_them(database: Database) -> None:
    migrating.downgrade(database, "0002")
    migrating.upgrade(database)
    number = enqueue(database)
    with pytest.raises(ConflictError, match="table job from 1 to 0 rows"):
        migrating.downgrade(database, "0002")
    assert look(database, number).state is JobState.WAITING
