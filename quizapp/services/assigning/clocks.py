"""What happens to attempts when dates or times change, or learners join or leave a section.

- An attempt that is over by the former rules stays over: it is closed before the change. One that
  cannot be marked hinders nobody: it stays over by its own clock, which does not move.
- A running attempt gets the deadline of the new rules, but none in the past: an instructor may end
  it now, not in hindsight. Within the grace the deadline was, and a change moves it no further.
- A submitted attempt gets the credit of the new rules where that is more: moving a date back never
  takes away what was earned.

Callers hold the course alone (`courses.access.lock_changeable`), so that nobody begins or submits
an attempt between the two halves.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.attempts.scores import Score
from quizapp.attempts.states import deadline_of, state_at
from quizapp.services.quizzing.closing import close_if_possible, enqueue_closing, find_credit
from quizapp.storage.accounts import Account
from quizapp.storage.attempts import (
    Sitting,
    find_any_sitting,
    lock_attempts,
    move_deadline,
    put_score,
)
from quizapp.storage.grades import NewMarkChange, add_mark_change
from quizapp.storage.ids import AccountId, AssignmentId, CourseId
from quizapp.storage.overrides import list_overridden_for_sections


@contextmanager
def moving_clocks(
    session: Session,
    assignment_id: AssignmentId,
    instructor: Account,
    now: datetime,
    learner_ids: Sequence[AccountId] | None = None,
) -> Iterator[None]:
    """Let attempts, of these learners or of all, follow a change of rules within the block."""
    for sitting in lock_attempts(session, assignment_id, learner_ids):
        close_if_possible(session, sitting, now)
    yield
    _follow(session, assignment_id, instructor, now, learner_ids)


@contextmanager
def moving_between_sections(
    session: Session,
    course_id: CourseId,
    learner_ids: Sequence[AccountId],
    instructor: Account,
    now: datetime,
) -> Iterator[None]:
    """Let the attempts of learners follow a change of their sections within the block."""
    with ExitStack() as stack:
        for assignment_id in list_overridden_for_sections(session, course_id):
            moving = moving_clocks(session, assignment_id, instructor, now, learner_ids)
            stack.enter_context(moving)
        yield


def _follow(
    session: Session,
    assignment_id: AssignmentId,
    instructor: Account,
    now: datetime,
    learner_ids: Sequence[AccountId] | None,
) -> None:
    for sitting in lock_attempts(session, assignment_id, learner_ids):
        if sitting.attempt.submitted_at is None:
            _move_deadline(session, sitting, now)
        else:
            _raise_credit(session, sitting, sitting.attempt.submitted_at, instructor, now)


def _move_deadline(session: Session, sitting: Sitting, now: datetime) -> None:
    attempt, rules = sitting.attempt, sitting.rules
    if state_at(attempt.facts, attempt.clock, now) == "submitted":
        return
    deadline_at = deadline_of(rules, attempt.started_at)
    if deadline_at is not None:
        deadline_at = max(deadline_at, min(attempt.deadline_at or now, now))
    taken_until = None if deadline_at is None else deadline_at + rules.grace
    if (deadline_at, taken_until) == (attempt.deadline_at, attempt.taken_until):
        return
    move_deadline(session, attempt.id, deadline_at=deadline_at, taken_until=taken_until)
    moved = find_any_sitting(session, attempt.id)
    assert moved is not None
    enqueue_closing(session, moved.attempt, now)


def _raise_credit(
    session: Session, sitting: Sitting, submitted_at: datetime, instructor: Account, now: datetime
) -> None:
    old = sitting.attempt.score
    credit = find_credit(sitting.rules, submitted_at)
    if old is None or credit <= old.credit:
        return
    new = Score(points=old.points, maximum=old.maximum, credit=credit)
    put_score(session, sitting.attempt.id, new)
    change = NewMarkChange(
        attempt_id=sitting.attempt.id,
        position=None,
        why="dates",
        reason="The dates were changed.",
        changed_by=instructor.id,
        at=now,
        old=old,
        new=new,
    )
    add_mark_change(session, change)
