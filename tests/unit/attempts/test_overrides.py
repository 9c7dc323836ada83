"""Whose override wins, what is generous, and what moves along."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from quizapp.attempts.credit import credit_at, describe_credit
from quizapp.attempts.overrides import UNLIMITED, Override, check_override, resolve
from quizapp.attempts.rules import AssignmentRules
from tests.unit.attempts.making import DAY, HOUR, LINE, MICROSECOND, MINUTE, NOON

RULES = replace(LINE, time_limit=HOUR, attempts_allowed=2)
STRICT = replace(RULES, practice=False, late=(), closes_at=RULES.due_at)
NONE = Override()


def day(number: float) -> Any:
    return NOON + number * DAY


@pytest.mark.parametrize(
    ("field", "own", "sections", "expected"),
    [
        # Nobody says anything.
        ("opens_at", None, (), day(0)),
        ("due_at", None, (None, None), day(3)),
        ("closes_at", None, (), day(10)),
        ("attempts_allowed", None, (None,), 2),
        # One section, even where it is the stricter.
        ("opens_at", None, (day(1),), day(1)),
        ("due_at", None, (day(2),), day(2)),
        ("closes_at", None, (None, day(9)), day(9)),
        ("attempts_allowed", None, (1,), 1),
        # Several sections: the most generous.
        ("opens_at", None, (day(-1), day(-2), None), day(-2)),
        ("due_at", None, (day(4), day(6), None), day(6)),
        ("closes_at", None, (day(12), day(11)), day(12)),
        ("attempts_allowed", None, (3, 5, None), 5),
        ("attempts_allowed", None, (3, UNLIMITED, 99), None),
        # The learner's own, even where it is the stricter.
        ("opens_at", day(2), (day(-2),), day(2)),
        ("due_at", day(2), (day(6),), day(2)),
        ("closes_at", day(11), (day(12),), day(11)),
        ("attempts_allowed", 1, (UNLIMITED,), 1),
        ("attempts_allowed", UNLIMITED, (3,), None),
    ],
)
def test_the_learners_own_wins_and_of_sections_the_most_generous(
    field: str, own: Any, sections: tuple[Any, ...], expected: Any
) -> None:
    given = [Override(**{field: value}) for value in sections]
    for order in permutations(given):
        resolved = resolve(RULES, Override(**{field: own}), order)
        assert getattr(resolved, field) == expected


@pytest.mark.parametrize(
    ("own", "sections", "minutes"),
    [
        ({}, (), 60),
        ({"time_factor": 1.0125}, (), 60.75),
        ({"time_factor": 1.25}, (), 75),
        ({"time_factor": 1.5}, (), 90),
        ({"time_factor": 2.0}, (), 120),
        ({"extra_minutes": 10}, (), 70),
        ({}, ({"extra_minutes": 40}, {"time_factor": 1.5}), 100),
        ({}, ({"extra_minutes": 20}, {"time_factor": 1.5}), 90),
        ({"extra_minutes": 5}, ({"time_factor": 2.0},), 65),
    ],
)
def test_extra_time_is_a_factor_or_minutes_and_the_most_counts(
    own: dict[str, Any], sections: tuple[dict[str, Any], ...], minutes: float
) -> None:
    given = [Override(**each) for each in sections]
    assert resolve(RULES, Override(**own), given).time_limit == minutes * MINUTE


def test_extra_time_makes_no_limit_where_there_was_none() -> None:
    rules = replace(RULES, time_limit=None)
    assert resolve(rules, Override(time_factor=2), (Override(extra_minutes=5),)).time_limit is None


def test_each_field_is_resolved_by_itself() -> None:
    own = Override(due_at=day(4))
    section = Override(due_at=day(6), attempts_allowed=7, extra_minutes=15)
    resolved = resolve(RULES, own, (section,))
    assert (resolved.due_at, resolved.attempts_allowed) == (day(4), 7)
    assert resolved.time_limit == 75 * MINUTE


@pytest.mark.parametrize(
    ("override", "shift"),
    [
        (NONE, 0),
        (Override(due_at=day(5)), 2),
        (Override(due_at=day(2)), -1),
        (Override(closes_at=day(14)), 4),
        (Override(closes_at=day(8)), 0),
        (Override(due_at=day(2), closes_at=day(8)), -1),
        (Override(due_at=day(2), closes_at=day(10)), -1),
        (Override(due_at=day(4), closes_at=day(14)), 4),
        (Override(due_at=day(6), closes_at=day(11)), 3),
        (Override(opens_at=day(-4)), 0),
    ],
)
def test_late_steps_move_with_the_due_or_closing_date(override: Override, shift: int) -> None:
    moved = resolve(RULES, override, ())
    assert [step.until for step in moved.late] == [day(5 + shift), day(7 + shift)]
    assert [step.credit for step in moved.late] == [0.8, 0.5]
    assert moved.early == RULES.early
    assert resolve(RULES, None, (override,)) == moved


def test_a_late_learner_with_two_days_more_earns_what_others_did_two_days_before() -> None:
    moved = resolve(RULES, Override(due_at=day(5)), ())
    for hours in range(3 * 24 + 1, 8 * 24):
        at = NOON + timedelta(hours=hours)
        assert credit_at(moved, at + 2 * DAY) == credit_at(RULES, at)


def test_an_earlier_due_date_ends_the_credit_for_early_work() -> None:
    moved = resolve(RULES, Override(due_at=day(0.5)), ())
    assert credit_at(moved, day(0.5)) == 1.1
    assert credit_at(moved, day(0.5) + MICROSECOND) == 0.8
    assert [line.credit for line in describe_credit(moved, NOON)] == [1.1, 0.8, 0.5, 0.0]


def test_a_date_that_the_assignment_lacks_can_be_given_and_moves_nothing() -> None:
    bare = replace(RULES, due_at=None, closes_at=None)
    moved = resolve(bare, Override(due_at=day(4), closes_at=day(20)), ())
    assert (moved.due_at, moved.closes_at, moved.late) == (day(4), day(20), RULES.late)


def test_what_no_override_names_is_left_alone() -> None:
    every = Override(
        opens_at=day(1), due_at=day(4), closes_at=day(12), time_factor=2, attempts_allowed=9
    )
    touched = {"opens_at", "due_at", "closes_at", "late", "time_limit", "attempts_allowed"}
    resolved = resolve(RULES, every, ())
    for field in set(AssignmentRules.__slots__) - touched:
        assert getattr(resolved, field) == getattr(RULES, field)


@pytest.mark.parametrize(
    ("rules", "override", "fields"),
    [
        (RULES, NONE, []),
        (RULES, Override(time_factor=1.5, due_at=day(5)), []),
        (RULES, Override(time_factor=1.5, extra_minutes=5), ["extra_minutes"]),
        (RULES, Override(extra_minutes=0), ["extra_minutes"]),
        (RULES, Override(time_factor=1.0), ["time_factor"]),
        (RULES, Override(time_factor=float("nan")), ["time_factor"]),
        (
            RULES,
            Override(time_factor=float("inf"), attempts_allowed=0),
            ["time_factor", "attempts_allowed"],
        ),
        (RULES, Override(time_factor=10), []),
        (RULES, Override(time_factor=10.01), ["time_factor"]),
        (RULES, Override(time_factor=1e300), ["time_factor"]),
        (RULES, Override(extra_minutes=10_080), []),
        (RULES, Override(extra_minutes=10_081), ["extra_minutes"]),
        (RULES, Override(extra_minutes=10**18), ["extra_minutes"]),
        (RULES, Override(attempts_allowed=0), ["attempts_allowed"]),
        (RULES, Override(closes_at=day(2)), ["closes_at"]),
        (RULES, Override(closes_at=day(6)), []),
        (RULES, Override(due_at=day(0.5)), []),
        (RULES, Override(due_at=day(-1)), ["due_at"]),
        (replace(RULES, time_limit=None), Override(extra_minutes=5), ["extra_minutes"]),
        (replace(RULES, time_limit=None), Override(time_factor=2), ["time_factor"]),
        (STRICT, Override(closes_at=day(4)), ["closes_at"]),
        (STRICT, Override(closes_at=day(4), due_at=day(4)), []),
        (replace(STRICT, practice=True), Override(closes_at=day(4)), []),
    ],
)
def test_a_problem_of_an_override_is_named_by_its_field(
    rules: AssignmentRules, override: Override, fields: list[str]
) -> None:
    problems = check_override(rules, override)
    assert [problem.field for problem in problems] == fields
    assert all(problem.text and problem.remedy for problem in problems)


def test_a_problem_of_the_assignment_is_not_laid_to_the_override() -> None:
    broken = replace(RULES, grace=-MICROSECOND)
    assert check_override(broken, Override(extra_minutes=5)) == ()
