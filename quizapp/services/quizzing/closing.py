"""An attempt ends: submitted by its learner or by time, and marked in the same transaction.

Time submits an attempt in whichever comes first: the job that its start enqueued, or any later
request that writes. Both come here, and the second of them finds nothing left to do. Each attempt
is closed by a job of its own, so that one that cannot be marked keeps no other: its job fails, and
says why.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.attempts.credit import credit_at
from quizapp.attempts.rules import AssignmentRules, ends_at
from quizapp.attempts.states import Attempt, close_if_over, submit
from quizapp.jobs import Job, enqueue
from quizapp.services.quizzing.marking import mark_answer, score_marks
from quizapp.services.quizzing.remembering import remember_answers
from quizapp.storage.attempts import (
    AttemptRecord,
    Sitting,
    find_any_sitting,
    lock_sitting,
    put_submission,
)
from quizapp.storage.engine import UNAVAILABLE
from quizapp.storage.ids import AttemptId
from quizapp.storage.responses import list_questions, put_marks

CLOSE_JOB = "close_attempt"
# At the last instant itself an answer is still taken.
_AFTER = timedelta(seconds=1)


def close_overdue(session: Session, attempt_id: AttemptId, now: datetime) -> bool:
    """Submit an attempt if nothing is taken from it any more; return whether this did it.

    Everything saved until then counts, and the attempt is submitted as of its deadline. Called
    again, it does nothing.
    """
    sitting = lock_sitting(session, attempt_id)
    return sitting is not None and close_sitting(session, sitting, now)


def close_if_possible(session: Session, sitting: Sitting, now: datetime) -> None:
    """Do as `close_sitting`; an attempt that cannot be marked stays as it is.

    For who has more to do than this attempt, whose own job reports what is wrong with it.
    """
    try:
        with session.begin_nested():
            close_sitting(session, sitting, now)
    except UNAVAILABLE:
        raise
    except Exception:  # noqa: BLE001, S110 - whatever is wrong with it, its own job meets it as well
        pass


def close_sitting(session: Session, sitting: Sitting, now: datetime) -> bool:
    """Submit a locked attempt if its time is over; return whether it was not submitted before."""
    if sitting.attempt.submitted_at is not None:
        return False
    closed = close_if_over(sitting.attempt.facts, sitting.attempt.clock, now)
    if closed.submitted_at is None:
        return False
    _mark(session, sitting, closed, now)
    return True


def submit_sitting(session: Session, sitting: Sitting, now: datetime) -> None:
    """Submit a locked, open attempt for its learner, or by time if that is over."""
    if not close_sitting(session, sitting, now):
        submitted = submit(sitting.attempt.facts, sitting.attempt.clock, now)
        _mark(session, sitting, submitted, now)


def enqueue_closing(session: Session, attempt: AttemptRecord, now: datetime) -> None:
    """Let a job close an attempt when nothing is taken any more; one without an end has none."""
    if attempt.taken_until is None:
        return
    enqueue(
        session,
        CLOSE_JOB,
        {"attempt": attempt.id},
        now,
        run_after=attempt.taken_until + _AFTER,
        key=f"{CLOSE_JOB} {attempt.id} at {attempt.taken_until.isoformat()}",
    )


def find_credit(rules: AssignmentRules, submitted_at: datetime) -> float:
    """Return the credit of an attempt.

    One that an instructor's change of the closing date let end after that date counts as of it.
    """
    end = ends_at(rules)
    return credit_at(rules, submitted_at if end is None else min(submitted_at, end))


def close_by_job(session: Session, job: Job, now: datetime) -> None:
    """Do the job of that name: close the attempt, unless it ended or was given more time."""
    attempt_id = AttemptId(job.get_int("attempt"))
    with job.reading() as reading:
        found = find_any_sitting(reading, attempt_id)
    if found is not None and found.attempt.submitted_at is None:
        close_overdue(session, attempt_id, now)


def _mark(session: Session, sitting: Sitting, submitted: Attempt, now: datetime) -> None:
    """Mark every answer, store marks and score, and let the learner's memory know."""
    attempt = sitting.attempt
    asked = list_questions(session, attempt.id)
    answers = [mark_answer(each) for each in asked]
    assert submitted.submitted_at is not None
    credit = find_credit(sitting.rules, submitted.submitted_at)
    score = score_marks(asked, [each.stored for each in answers], credit)
    if put_submission(session, attempt.id, submitted, score, now):
        put_marks(session, attempt.id, {each.asked.position: each.stored for each in answers})
        remember_answers(session, attempt, answers, now)
