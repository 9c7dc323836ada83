"""What work earns by its time, exact at every limit."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from quizapp.attempts.credit import credit_at, describe_credit
from quizapp.attempts.rules import AssignmentRules
from tests.unit.attempts.making import DAY, LINE, MICROSECOND, NOON

STRICT = replace(LINE, practice=False)


@pytest.mark.parametrize(
    ("days", "at_limit", "just_after"),
    [(1, 1.1, 1.0), (3, 1.0, 0.8), (5, 0.8, 0.5), (7, 0.5, 0.0), (10, 0.0, 0.0)],
)
@pytest.mark.parametrize("rules", [LINE, STRICT])
def test_an_instant_equal_to_a_limit_still_counts(
    rules: AssignmentRules, days: int, at_limit: float, just_after: float
) -> None:
    limit = NOON + days * DAY
    assert credit_at(rules, limit - MICROSECOND) == at_limit
    assert credit_at(rules, limit) == at_limit
    assert credit_at(rules, limit + MICROSECOND) == just_after


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_without_dates_everything_earns_full_credit(days: int) -> None:
    assert credit_at(AssignmentRules(), NOON + days * DAY) == 1.0


def test_without_a_due_date_credit_ends_with_the_closing() -> None:
    rules = AssignmentRules(closes_at=NOON)
    assert (credit_at(rules, NOON), credit_at(rules, NOON + MICROSECOND)) == (1.0, 0.0)


def test_a_closing_within_the_line_cuts_it_off() -> None:
    rules = replace(LINE, closes_at=NOON + 4 * DAY)
    assert credit_at(rules, NOON + 4 * DAY) == 0.8
    assert credit_at(rules, NOON + 4 * DAY + MICROSECOND) == 0.0
    assert [(line.until, line.credit) for line in describe_credit(rules, NOON)] == [
        (NOON + DAY, 1.1),
        (NOON + 3 * DAY, 1.0),
        (NOON + 4 * DAY, 0.8),
    ]


def test_a_closing_at_the_end_of_a_step_is_told_once() -> None:
    lines = describe_credit(replace(LINE, closes_at=NOON + 7 * DAY), NOON)
    assert [(line.until, line.credit) for line in lines][-2:] == [
        (NOON + 5 * DAY, 0.8),
        (NOON + 7 * DAY, 0.5),
    ]


def test_work_that_is_due_when_the_early_credit_ends_has_one_line_until_then() -> None:
    lines = describe_credit(replace(LINE, due_at=NOON + DAY), NOON)
    assert [line.credit for line in lines] == [1.1, 0.8, 0.5, 0.0]


def test_the_line_is_told_with_practice_last() -> None:
    assert [(line.until, line.credit) for line in describe_credit(LINE, NOON)] == [
        (NOON + DAY, 1.1),
        (NOON + 3 * DAY, 1.0),
        (NOON + 5 * DAY, 0.8),
        (NOON + 7 * DAY, 0.5),
        (NOON + 10 * DAY, 0.0),
    ]


def test_the_line_ends_with_its_credit_where_there_is_no_practice() -> None:
    last = describe_credit(STRICT, NOON)[-1]
    assert (last.until, last.credit) == (NOON + 7 * DAY, 0.5)


def test_practice_without_a_closing_date_has_no_end() -> None:
    last = describe_credit(replace(LINE, closes_at=None), NOON)[-1]
    assert (last.until, last.credit) == (None, 0.0)


@pytest.mark.parametrize(
    ("after", "current"),
    [
        (timedelta() - MICROSECOND, []),
        (timedelta(), [1.1]),
        (DAY, [1.1]),
        (DAY + MICROSECOND, [1.0]),
        (4 * DAY, [0.8]),
        (7 * DAY, [0.5]),
        (10 * DAY, [0.0]),
        (10 * DAY + MICROSECOND, []),
    ],
)
def test_the_current_step_is_marked_while_the_assignment_is_open(
    after: timedelta, current: list[float]
) -> None:
    lines = describe_credit(LINE, NOON + after)
    assert [line.credit for line in lines if line.current] == current


@pytest.mark.parametrize("hours", range(-3, 260, 7))
def test_what_is_told_as_current_is_what_is_earned(hours: int) -> None:
    now: datetime = NOON + timedelta(hours=hours)
    current = [line.credit for line in describe_credit(LINE, now) if line.current]
    assert current == ([credit_at(LINE, now)] if 0 <= hours <= 240 else [])
