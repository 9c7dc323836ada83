"""One attempt from its start to its marks: in progress -> overdue -> submitted -> marked.

The rule as learners are told it: what arrives until the deadline counts. What arrives within the
grace after it still counts, which makes up for the network, and is timed at the deadline. After
that nothing is taken, and what was saved is submitted as of the deadline. What was submitted is
never in progress again.

Nothing has to run at the deadline for this to hold: `state_at` tells the same whether or not
`close_if_over` has been stored yet, so a job may close attempts and so may any later request. Only
before the rules change must it be stored: an attempt that is over by the former rules stays over.
A clock that stands before the start is read as the start.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from quizapp.attempts.instants import as_utc, keep_in_utc
from quizapp.attempts.rules import AssignmentRules, ends_at
from quizapp.errors import ConflictError

State = Literal["in_progress", "overdue", "submitted", "marked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What is stored of an attempt; `auto` says that time submitted it and not the learner.

    `submitted_at` is the instant that credit is given for, never after the deadline. Instants are
    kept in UTC.

    Raises:
        ValueError: an instant has no time zone, or it is `auto` or `marked` without submission.
    """

    started_at: datetime
    submitted_at: datetime | None = None
    auto: bool = False
    marked: bool = False

    def __post_init__(self) -> None:
        keep_in_utc(self, "started_at", "submitted_at")
        if self.submitted_at is None and (self.auto or self.marked):
            raise ValueError("an attempt is submitted before it is marked or called automatic")


def deadline_of(rules: AssignmentRules, started_at: datetime) -> datetime | None:
    """Return the last instant of an attempt: its time limit or the closing, whichever is first.

    None if there is neither; never before the start, wherever the closing was moved to.
    """
    start = as_utc(started_at)
    limit = None if rules.time_limit is None else start + rules.time_limit
    ends = [at for at in (limit, ends_at(rules)) if at is not None]
    return max(start, min(ends)) if ends else None


def grace_ends_at(rules: AssignmentRules, started_at: datetime) -> datetime | None:
    """Return the last instant at which anything is taken, None if there is no deadline.

    At this instant itself an answer still counts, so a job that closes the attempt runs after it.
    """
    deadline = deadline_of(rules, started_at)
    return None if deadline is None else deadline + rules.grace


def close_if_over(attempt: Attempt, rules: AssignmentRules, now: datetime) -> Attempt:
    """Return the attempt as it stands now: submitted at its deadline if its grace has passed.

    The same comes out however often and however late it is asked.
    """
    deadline = deadline_of(rules, attempt.started_at)
    if attempt.submitted_at is not None or deadline is None or now <= deadline + rules.grace:
        return attempt
    return replace(attempt, submitted_at=deadline, auto=True)


def state_at(attempt: Attempt, rules: AssignmentRules, now: datetime) -> State:
    """Return the state; past the grace it is submitted, even if that has not been stored yet."""
    if attempt.marked:
        return "marked"
    if close_if_over(attempt, rules, now).submitted_at is not None:
        return "submitted"
    deadline = deadline_of(rules, attempt.started_at)
    return "in_progress" if deadline is None or now <= deadline else "overdue"


def may_save(attempt: Attempt, rules: AssignmentRules, now: datetime) -> str | None:
    """Return why no answer is taken any more, None if it is."""
    if attempt.submitted_at is not None and not attempt.auto:
        return "This attempt has been submitted; its answers can no longer be changed."
    if close_if_over(attempt, rules, now).submitted_at is not None:
        return "The time for this attempt is over; what was saved by then has been submitted."
    return None


def may_submit(attempt: Attempt, rules: AssignmentRules, now: datetime) -> str | None:
    """Return why the attempt cannot be submitted, None if it can: once, while answers are taken."""
    if attempt.submitted_at is not None and not attempt.auto:
        return "This attempt has been submitted already; it counts once."
    return may_save(attempt, rules, now)


def submit(attempt: Attempt, rules: AssignmentRules, now: datetime) -> Attempt:
    """Return the attempt submitted by its learner, within the grace timed at the deadline.

    Raises:
        ConflictError: it has been submitted, by the learner or by time.
    """
    refusal = may_submit(attempt, rules, now)
    if refusal is not None:
        raise ConflictError(refusal)
    at = max(as_utc(now), attempt.started_at)
    deadline = deadline_of(rules, attempt.started_at)
    return replace(attempt, submitted_at=at if deadline is None else min(at, deadline))


def may_start(
    rules: AssignmentRules, attempts_so_far: Sequence[Attempt], now: datetime, *, password_ok: bool
) -> str | None:
    """Return why the learner cannot start an attempt, None if they can.

    `attempts_so_far` are all of this learner's in this assignment; `password_ok` is true where no
    password is asked for.
    """
    if any(close_if_over(each, rules, now).submitted_at is None for each in attempts_so_far):
        return "An attempt of yours is in progress; resume it."
    if rules.opens_at is not None and now < rules.opens_at:
        return "This assignment is not open yet."
    end = ends_at(rules)
    if end is not None and now > end:
        return "This assignment is closed."
    if rules.attempts_allowed is not None and len(attempts_so_far) >= rules.attempts_allowed:
        return "You have used every attempt that is allowed."
    if not password_ok:
        return "The password is not the one for this assignment."
    return None


def may_still_sit(
    rules: AssignmentRules, attempts_so_far: Sequence[Attempt], now: datetime
) -> bool:
    """Tell whether an attempt of the learner goes on, or one can be started now or later.

    `attempts_so_far` are all of this learner's, as they stand now.
    """
    if any(each.submitted_at is None for each in attempts_so_far):
        return True
    end = ends_at(rules)
    if end is not None and now > end:
        return False
    return rules.attempts_allowed is None or len(attempts_so_far) < rules.attempts_allowed
