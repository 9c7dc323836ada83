"""Who is taken for dead, and how a job that failed is left."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from quizapp.errors import BusyError, ConflictError, ForbiddenError, InvalidError, NotFoundError
from quizapp.jobs.running import plan_leaving
from quizapp.jobs.working import Watch
from quizapp.storage.ids import JobId
from quizapp.storage.job_leases import HeldJob, Lease
from quizapp.storage.jobs import JobState

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def make_held(number: int = 1, *, take: int = 1, beats: int = 0, attempts: int = 1) -> HeldJob:
    return HeldJob(
        lease=Lease(job_id=JobId(number), take=take),
        name="some",
        args={},
        attempts=attempts,
        attempts_allowed=3,
        beats=beats,
    )


def test_a_holder_is_dead_once_it_was_silent_for_a_whole_lease() -> None:
    watch, held = Watch(), make_held()
    assert watch.list_dead([held], 100.0, 20) == ()
    assert watch.list_dead([held], 119.9, 20) == ()
    assert watch.list_dead([held], 120.0, 20) == (held,)


def test_a_sign_of_life_counts_from_when_it_was_seen() -> None:
    watch = Watch()
    for beats in range(10):
        assert watch.list_dead([make_held(beats=beats)], 100.0 + 19 * beats, 20) == ()


def test_a_job_that_was_taken_anew_has_another_holder() -> None:
    watch = Watch()
    assert watch.list_dead([make_held(take=1)], 100.0, 20) == ()
    assert watch.list_dead([make_held(take=2)], 120.0, 20) == ()
    assert watch.list_dead([make_held(take=2)], 140.0, 20) == (make_held(take=2),)


def test_a_job_that_was_away_is_seen_for_the_first_time_again() -> None:
    watch = Watch()
    assert watch.list_dead([make_held()], 100.0, 20) == ()
    assert watch.list_dead([], 110.0, 20) == ()
    assert watch.list_dead([make_held()], 121.0, 20) == ()


def test_each_holder_is_watched_for_itself() -> None:
    watch, silent = Watch(), make_held(1)
    assert watch.list_dead([silent, make_held(2)], 100.0, 20) == ()
    assert watch.list_dead([silent, make_held(2, beats=1)], 120.0, 20) == (silent,)


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 2), (2, 8)])
def test_a_job_that_failed_waits_longer_each_time(attempts: int, seconds: int) -> None:
    left = plan_leaving(make_held(attempts=attempts), ValueError("oh"), NOW)
    assert (left.state, left.reason) == (JobState.WAITING, "ValueError: oh")
    assert left.run_after == NOW + timedelta(seconds=seconds)
    assert not left.refund


def test_no_job_waits_longer_than_ten_minutes() -> None:
    held = replace(make_held(attempts=40), attempts_allowed=50)
    assert plan_leaving(held, ValueError("oh"), NOW).run_after == NOW + timedelta(minutes=10)


def test_after_its_last_attempt_a_job_has_failed() -> None:
    left = plan_leaving(make_held(attempts=3), ValueError("oh"), NOW)
    assert (left.state, left.reason) == (JobState.FAILED, "ValueError: oh")


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (InvalidError("no such file"), JobState.FAILED),
        (NotFoundError("gone"), JobState.FAILED),
        (ForbiddenError("not yours"), JobState.FAILED),
        (ConflictError("changed"), JobState.WAITING),
        (BusyError("busy"), JobState.WAITING),
    ],
)
def test_what_would_be_refused_again_is_not_tried_again(error: Exception, state: JobState) -> None:
    assert plan_leaving(make_held(), error, NOW).state is state


def test_a_reason_is_one_line_without_statements_and_fits_its_column() -> None:
    error = ValueError("the first line\n[SQL: SELECT password]")
    assert plan_leaving(make_held(), error, NOW).reason == "ValueError: the first line"
    long = plan_leaving(make_held(), ValueError("x" * 1000), NOW).reason
    assert long is not None
    assert len(long) == 500
    assert plan_leaving(make_held(), ValueError(), NOW).reason == "ValueError"
