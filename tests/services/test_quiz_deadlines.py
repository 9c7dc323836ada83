"""One rule for all at the deadline: what counts, what is taken, and who submits what was saved."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from quizapp.errors import ConflictError
from quizapp.jobs import Job
from quizapp.services.quizzing.closing import close_by_job, close_overdue
from quizapp.services.quizzing.looking import look
from quizapp.services.quizzing.submitting import look_back, submit
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId, JobId
from quizapp.storage.job_leases import HeldJob, Lease
from tests.factories.assignments import (
    RULES,
    SECOND,
    Exam,
    answer_all,
    begin,
    build_exam,
    give,
)
from tests.factories.people import MORNING

LIMIT, GRACE = timedelta(minutes=20), timedelta(seconds=60)
DEADLINE = MORNING + LIMIT
TIMED = replace(RULES, time_limit=LIMIT, grace=GRACE)


def build_timed(database: Database) -> tuple[Exam, AttemptId]:
    exam = build_exam(database, rules=TIMED)
    return exam, begin(database, exam)


def close(database: Database, attempt_id: AttemptId, at: datetime) -> bool:
    with database.writing() as session:
        closed = close_overdue(session, attempt_id, at)
        session.commit()
    return closed


@pytest.mark.parametrize(
    ("offset", "taken", "submitted_at"),
    [
        (timedelta(seconds=-1), True, DEADLINE - SECOND),
        (timedelta(), True, DEADLINE),
        (timedelta(seconds=1), True, DEADLINE),
        (GRACE, True, DEADLINE),
        (GRACE + SECOND, False, DEADLINE),
    ],
)
def test_saving_and_submitting_follow_the_deadline(
    database: Database, offset: timedelta, taken: bool, submitted_at: datetime
) -> None:
    exam, attempt_id = build_timed(database)
    at = DEADLINE + offset
    with database.writing() as session:
        paper = look(session, exam.alice, attempt_id, at)
        if taken:
            give(session, exam.alice, paper, 0, "1", at)
        else:
            with pytest.raises(ConflictError, match="time for this attempt is over"):
                give(session, exam.alice, paper, 0, "1", at)
            session.rollback()
        session.commit()
    with database.writing() as session:
        score = submit(session, exam.alice, attempt_id, at)
        session.commit()
    with database.reading() as session:
        result = look_back(session, exam.alice, attempt_id, at)
    assert score.points == (1 if taken else 0)
    assert (result.submitted_at, result.auto) == (submitted_at, not taken)


def test_what_was_saved_is_submitted_as_of_the_deadline(database: Database) -> None:
    exam, attempt_id = build_timed(database)
    answer_all(database, exam, attempt_id, MORNING + SECOND, most=3)
    assert not close(database, attempt_id, DEADLINE + GRACE)
    assert close(database, attempt_id, DEADLINE + GRACE + SECOND)
    assert not close(database, attempt_id, DEADLINE + GRACE + 2 * SECOND)
    with database.reading() as session:
        result = look_back(session, exam.alice, attempt_id, DEADLINE + timedelta(days=1))
    assert (result.submitted_at, result.auto) == (DEADLINE, True)
    assert result.score is not None
    assert result.score.points == 3


def test_an_attempt_that_nobody_closed_yet_reads_as_submitted(database: Database) -> None:
    exam, attempt_id = build_timed(database)
    late = DEADLINE + GRACE + SECOND
    with database.reading() as session:
        assert look(session, exam.alice, attempt_id, late).state == "submitted"
        result = look_back(session, exam.alice, attempt_id, late)
    assert (result.state, result.submitted_at, result.auto) == ("submitted", DEADLINE, True)
    assert result.score is None


def test_a_start_after_the_time_closes_the_former_attempt_first(database: Database) -> None:
    exam = build_exam(database, rules=replace(TIMED, attempts_allowed=2))
    first = begin(database, exam)
    answer_all(database, exam, first, MORNING + SECOND, most=1)
    second = begin(database, exam, DEADLINE + GRACE + SECOND)
    assert second != first
    with database.reading() as session:
        result = look_back(session, exam.alice, first, DEADLINE + 2 * GRACE)
    assert result.score is not None
    assert result.score.points == 1


def make_job(database: Database, attempt_id: AttemptId) -> Job:
    lease = Lease(job_id=JobId(1), take=1)
    held = HeldJob(
        lease=lease,
        name="close_attempt",
        args={"attempt": attempt_id},
        attempts=1,
        attempts_allowed=5,
        beats=0,
    )
    return Job(held, database)


def test_the_job_closes_what_is_over_and_leaves_what_got_more_time(database: Database) -> None:
    exam, attempt_id = build_timed(database)
    for at, state in (
        (DEADLINE + GRACE, "overdue"),
        (DEADLINE + GRACE + SECOND, "marked"),
        (DEADLINE + 2 * GRACE, "marked"),
    ):
        with database.writing() as session:
            close_by_job(session, make_job(database, attempt_id), at)
            session.commit()
        with database.reading() as session:
            assert look(session, exam.alice, attempt_id, at).state == state


def test_credit_is_that_of_the_time_of_submission(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    assert RULES.due_at is not None
    late = RULES.due_at + SECOND
    with database.writing() as session:
        assert submit(session, exam.alice, attempt_id, late).credit == 0.0
        session.commit()
