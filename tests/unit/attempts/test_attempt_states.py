"""The deadline rule, to the second and for everyone alike."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from quizapp.attempts.credit import credit_at
from quizapp.attempts.overrides import Override, resolve
from quizapp.attempts.rules import AssignmentRules
from quizapp.attempts.states import (
    Attempt,
    State,
    close_if_over,
    deadline_of,
    grace_ends_at,
    may_save,
    may_start,
    may_still_sit,
    may_submit,
    state_at,
    submit,
)
from quizapp.errors import ConflictError
from tests.unit.attempts.making import DAY, HOUR, LINE, MICROSECOND, MINUTE, NOON, SECOND, submitted

TIMED = AssignmentRules(
    opens_at=NOON, due_at=NOON + 2 * HOUR, closes_at=NOON + 3 * HOUR, time_limit=HOUR
)
LEARNERS = range(20)
# What each fifth of the learners has been given, and when their attempts end.
OVERRIDES: tuple[tuple[Override | None, timedelta], ...] = (
    (None, HOUR),
    (Override(time_factor=1.5), 90 * MINUTE),
    (Override(extra_minutes=10), 70 * MINUTE),
    (Override(closes_at=NOON + 30 * MINUTE), 30 * MINUTE),
    (Override(time_factor=2, closes_at=NOON + 4 * HOUR), 2 * HOUR),
)
# Seconds from the deadline: state, whether answers are taken, and when it counts as submitted.
MOMENTS: tuple[tuple[int, State, bool, int | None], ...] = (
    (-1, "in_progress", True, -1),
    (0, "in_progress", True, 0),
    (1, "overdue", True, 0),
    (60, "overdue", True, 0),
    (61, "submitted", False, None),
)


def sit(learner: int, *, overridden: bool) -> tuple[AssignmentRules, Attempt, datetime]:
    """Return rules, attempt and deadline of a learner; they start a second apart."""
    override, length = OVERRIDES[learner % 5] if overridden else OVERRIDES[0]
    start = NOON + learner * SECOND
    by_limit = start + length
    closing = override.closes_at if override and override.closes_at else by_limit
    return (
        resolve(TIMED, override, ()),
        Attempt(started_at=start),
        min(by_limit, closing),
    )


@pytest.mark.parametrize("overridden", [False, True])
@pytest.mark.parametrize("learner", LEARNERS)
def test_the_deadline_is_the_limit_or_the_closing_whichever_is_first(
    learner: int, overridden: bool
) -> None:
    rules, attempt, deadline = sit(learner, overridden=overridden)
    assert deadline_of(rules, attempt.started_at) == deadline
    assert grace_ends_at(rules, attempt.started_at) == deadline + MINUTE


@pytest.mark.parametrize("overridden", [False, True])
@pytest.mark.parametrize(("seconds", "state", "taken", "counted"), MOMENTS)
@pytest.mark.parametrize("learner", LEARNERS)
def test_one_rule_holds_for_everyone_around_the_deadline(
    learner: int,
    seconds: int,
    state: State,
    taken: bool,
    counted: int | None,
    overridden: bool,
) -> None:
    rules, attempt, deadline = sit(learner, overridden=overridden)
    now = deadline + seconds * SECOND
    assert state_at(attempt, rules, now) == state
    assert (may_save(attempt, rules, now) is None) is taken
    assert (may_submit(attempt, rules, now) is None) is taken
    if counted is None:
        with pytest.raises(ConflictError, match="has been submitted"):
            submit(attempt, rules, now)
        closed = close_if_over(attempt, rules, now)
        assert closed == replace(attempt, submitted_at=deadline, auto=True)
    else:
        assert close_if_over(attempt, rules, now) == attempt
        at = deadline + counted * SECOND
        assert submit(attempt, rules, now) == replace(attempt, submitted_at=at)


def test_what_comes_within_the_grace_earns_the_credit_of_the_deadline() -> None:
    rules = replace(LINE, practice=False, late=())
    done = submit(Attempt(started_at=NOON), rules, NOON + 3 * DAY + 30 * SECOND)
    assert done.submitted_at is not None
    assert credit_at(rules, done.submitted_at) == 1.0


@pytest.mark.parametrize("grace", [0, 5, 600])
def test_the_grace_is_what_the_assignment_says(grace: int) -> None:
    rules = replace(TIMED, grace=grace * SECOND)
    attempt, deadline = Attempt(started_at=NOON), NOON + HOUR
    assert may_save(attempt, rules, deadline + grace * SECOND) is None
    assert may_save(attempt, rules, deadline + grace * SECOND + MICROSECOND) is not None


def test_without_limit_and_closing_an_attempt_waits_for_its_learner() -> None:
    attempt, later = Attempt(started_at=NOON), NOON + 3000 * DAY
    rules = AssignmentRules(due_at=NOON + DAY)
    assert deadline_of(rules, NOON) is None
    assert grace_ends_at(rules, NOON) is None
    assert state_at(attempt, rules, later) == "in_progress"
    assert submit(attempt, rules, later).submitted_at == later


def test_without_practice_an_attempt_ends_with_the_last_credit() -> None:
    rules = replace(LINE, practice=False)
    assert deadline_of(rules, NOON) == NOON + 7 * DAY


def test_closing_an_attempt_again_changes_nothing() -> None:
    attempt, over = Attempt(started_at=NOON), NOON + 2 * HOUR
    once = close_if_over(attempt, TIMED, over)
    assert close_if_over(once, TIMED, over + 9 * DAY) == once
    assert close_if_over(attempt, TIMED, over + 9 * DAY) == once


@pytest.mark.parametrize("done", [submitted(), replace(submitted(), auto=True)])
@pytest.mark.parametrize("rules", [AssignmentRules(), TIMED])
@pytest.mark.parametrize("after", [-HOUR, timedelta(), DAY])
def test_what_was_submitted_stays_so_whatever_the_rules_and_the_clock(
    done: Attempt, rules: AssignmentRules, after: timedelta
) -> None:
    now = NOON + after
    assert state_at(done, rules, now) == "submitted"
    assert close_if_over(done, rules, now) == done
    assert may_save(done, rules, now) is not None
    assert may_submit(done, rules, now) is not None
    with pytest.raises(ConflictError):
        submit(done, rules, now)
    assert state_at(replace(done, marked=True), rules, now) == "marked"


def test_a_second_submission_is_told_apart_from_one_that_came_too_late() -> None:
    by_hand, by_time = submitted(), replace(submitted(), auto=True)
    assert may_submit(by_hand, TIMED, NOON) == (
        "This attempt has been submitted already; it counts once."
    )
    assert may_submit(by_time, TIMED, NOON) == may_save(Attempt(started_at=NOON), TIMED, NOON + DAY)
    assert may_save(by_hand, TIMED, NOON) != may_save(by_time, TIMED, NOON)


@pytest.mark.parametrize("fields", [{"auto": True}, {"marked": True}])
def test_an_attempt_that_was_not_submitted_is_neither_marked_nor_automatic(
    fields: dict[str, Any],
) -> None:
    with pytest.raises(ValueError, match="submitted before"):
        Attempt(started_at=NOON, **fields)


@pytest.mark.parametrize("back", [SECOND, HOUR, DAY])
def test_a_clock_before_the_start_is_read_as_the_start(back: timedelta) -> None:
    attempt, now = Attempt(started_at=NOON), NOON - back
    assert state_at(attempt, TIMED, now) == "in_progress"
    assert close_if_over(attempt, TIMED, now) == attempt
    assert may_save(attempt, TIMED, now) is None
    assert submit(attempt, TIMED, now).submitted_at == NOON


def test_a_closing_moved_before_the_start_leaves_no_negative_time() -> None:
    attempt, moved = Attempt(started_at=NOON), AssignmentRules(closes_at=NOON - DAY)
    assert deadline_of(moved, NOON) == NOON
    assert close_if_over(attempt, moved, NOON + HOUR).submitted_at == NOON


def test_an_hour_is_an_hour_in_the_night_when_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 3, 29, 1, 30, tzinfo=berlin)
    rules = AssignmentRules(time_limit=HOUR)
    assert deadline_of(rules, start) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    attempt = Attempt(started_at=start)
    assert state_at(attempt, rules, datetime(2026, 3, 29, 3, 30, tzinfo=berlin)) == "in_progress"
    assert state_at(attempt, rules, datetime(2026, 3, 29, 3, 31, tzinfo=berlin)) == "overdue"


SITTING = Attempt(started_at=NOON)


@pytest.mark.parametrize(
    ("so_far", "after", "password_ok", "refusal"),
    [
        ((), timedelta(), True, None),
        ((), -MICROSECOND, True, "not open yet"),
        ((), 3 * HOUR, True, None),
        ((), 3 * HOUR + MICROSECOND, True, "closed"),
        ((), HOUR, False, "password"),
        ((), -HOUR, False, "not open yet"),
        ((submitted(),), HOUR, True, None),
        ((submitted(), submitted()), HOUR, True, "every attempt"),
        ((submitted(), submitted()), HOUR, False, "every attempt"),
        ((SITTING,), HOUR, True, "resume"),
        ((SITTING,), HOUR + MINUTE, True, "resume"),
        ((SITTING,), HOUR + MINUTE + MICROSECOND, True, None),
        ((SITTING,), -HOUR, True, "resume"),
        ((submitted(), SITTING), HOUR, False, "resume"),
        ((submitted(), SITTING), 2 * HOUR, True, "every attempt"),
        ((SITTING,), 4 * HOUR, True, "closed"),
    ],
)
def test_an_attempt_is_started_when_it_may_be(
    so_far: tuple[Attempt, ...], after: timedelta, password_ok: bool, refusal: str | None
) -> None:
    rules = replace(TIMED, attempts_allowed=2)
    told = may_start(rules, so_far, NOON + after, password_ok=password_ok)
    assert told is None if refusal is None else refusal in (told or "")


def test_unlimited_attempts_are_unlimited() -> None:
    assert may_start(TIMED, (submitted(),) * 500, NOON, password_ok=True) is None


@pytest.mark.parametrize(
    ("rules", "attempts", "at", "may"),
    [
        (TIMED, (), NOON - DAY, True),
        (TIMED, (), TIMED.closes_at, True),
        (TIMED, (), NOON + 3 * HOUR + MICROSECOND, False),
        (TIMED, (submitted(),) * 9, NOON, True),
        (replace(TIMED, attempts_allowed=1), (), NOON, True),
        (replace(TIMED, attempts_allowed=1), (submitted(),), NOON, False),
        (replace(TIMED, attempts_allowed=2), (submitted(),), NOON, True),
        (replace(TIMED, attempts_allowed=1), (Attempt(started_at=NOON),), NOON + DAY, True),
        (AssignmentRules(), (submitted(),), NOON + 999 * DAY, True),
    ],
)
def test_what_can_be_begun_later_or_goes_on_may_still_be_sat(
    rules: AssignmentRules, attempts: tuple[Attempt, ...], at: datetime, may: bool
) -> None:
    assert may_still_sit(rules, attempts, at) is may
