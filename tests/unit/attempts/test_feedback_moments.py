"""Seven switches at four moments: what is set is shown, then and only then."""

from dataclasses import replace
from datetime import timedelta

import pytest

from quizapp.attempts.feedback import moment_of, what_is_shown
from quizapp.attempts.rules import AssignmentRules
from quizapp.attempts.states import Attempt
from quizapp.attempts.switches import MOMENTS, NEED_ATTEMPT, SWITCHES, FeedbackTable, Moment, Switch
from tests.unit.attempts.making import DAY, HOUR, LINE, MICROSECOND, MINUTE, NOON, SECOND, submitted

OFF = FeedbackTable(
    during=frozenset(), right_after=frozenset(), while_open=frozenset(), after_close=frozenset()
)
SITTING = Attempt(started_at=NOON)
AT_NOON = submitted(NOON)
# An attempt and the time since noon at which it meets the moment; the assignment closes on day 10.
MEETINGS: dict[Moment, tuple[Attempt, timedelta]] = {
    "during": (SITTING, HOUR),
    "right_after": (AT_NOON, MINUTE),
    "while_open": (AT_NOON, DAY),
    "after_close": (AT_NOON, 11 * DAY),
}


def turn_on(moment: Moment, *switches: Switch) -> AssignmentRules:
    return replace(LINE, feedback=replace(OFF, **{moment: frozenset(switches)}))


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("switch", SWITCHES)
def test_a_switch_shows_its_part_at_its_moment_and_at_no_other(
    switch: Switch, moment: Moment
) -> None:
    rules = turn_on(moment, "attempt", switch)
    for other, (attempt, after) in MEETINGS.items():
        shown = what_is_shown(rules, attempt, NOON + after)
        assert shown == ({"attempt", switch} if other == moment else set())


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("switch", SWITCHES)
def test_without_the_attempt_only_what_stands_by_itself_is_shown(
    switch: Switch, moment: Moment
) -> None:
    attempt, after = MEETINGS[moment]
    shown = what_is_shown(turn_on(moment, switch), attempt, NOON + after)
    assert shown == ({switch} & {"attempt", "general"})
    assert (switch in NEED_ATTEMPT) == (shown == frozenset())


RESULT = {"attempt", "correctness", "marks"}


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("during", {"attempt"}),
        ("right_after", RESULT),
        ("while_open", RESULT),
        ("after_close", set(SWITCHES)),
    ],
)
def test_the_default_gives_no_key_away_before_the_closing(
    moment: Moment, expected: set[Switch]
) -> None:
    attempt, after = MEETINGS[moment]
    assert what_is_shown(LINE, attempt, NOON + after) == expected


@pytest.mark.parametrize(
    ("attempt", "after", "moment"),
    [
        (SITTING, -HOUR, "during"),
        (SITTING, timedelta(), "during"),
        (SITTING, 10 * DAY + MINUTE, "during"),  # overdue, within the grace
        (SITTING, 10 * DAY + MINUTE + MICROSECOND, "right_after"),  # submitted by time
        (SITTING, 10 * DAY + 2 * MINUTE, "right_after"),
        (SITTING, 10 * DAY + 2 * MINUTE + MICROSECOND, "after_close"),
        (AT_NOON, -HOUR, "right_after"),  # the clock was put back
        (AT_NOON, timedelta(), "right_after"),
        (AT_NOON, 2 * MINUTE, "right_after"),
        (AT_NOON, 2 * MINUTE + MICROSECOND, "while_open"),
        (AT_NOON, 10 * DAY, "while_open"),
        (AT_NOON, 10 * DAY + MICROSECOND, "after_close"),
        (submitted(NOON + 10 * DAY), 10 * DAY + MINUTE, "right_after"),
        (replace(AT_NOON, marked=True), DAY, "while_open"),
    ],
)
def test_the_moment_is_exact_at_its_bounds(
    attempt: Attempt, after: timedelta, moment: Moment
) -> None:
    assert moment_of(LINE, attempt, NOON + after) == moment


def test_without_a_closing_date_it_is_never_after_the_closing() -> None:
    rules = replace(LINE, closes_at=None)
    assert moment_of(rules, AT_NOON, NOON + 4000 * DAY) == "while_open"
    assert moment_of(rules, SITTING, NOON + 4000 * DAY) == "during"


def test_an_assignment_without_practice_closes_with_its_credit() -> None:
    rules = replace(LINE, practice=False, closes_at=None)
    assert moment_of(rules, AT_NOON, NOON + 7 * DAY) == "while_open"
    assert moment_of(rules, AT_NOON, NOON + 7 * DAY + SECOND) == "after_close"
