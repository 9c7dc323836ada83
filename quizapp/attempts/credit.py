"""The credit line: how much of the score work earns by the time it is handed in.

The idea is PrairieLearn's: one line of dates with a credit each, which a learner reads at a glance,
in place of penalties to be worked out. An instant equal to a limit still counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from quizapp.attempts.rules import AssignmentRules, ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """One line for the page: what is handed in by `until` earns `credit` (1 is 100 %, 0 practice).

    `until` None is without end. `current` marks the line that holds now.
    """

    until: datetime | None
    credit: float
    current: bool


def credit_at(rules: AssignmentRules, at: datetime) -> float:
    """Return the credit for work handed in at the instant, 0 once it is practice or closed."""
    return next((credit for until, credit in _list_steps(rules) if _covers(until, at)), 0.0)


def describe_credit(rules: AssignmentRules, now: datetime) -> tuple[CreditLine, ...]:
    """Return the credit line, by time; none is current before the opening and after the end."""
    steps = list(_list_steps(rules))
    opened = rules.opens_at is None or rules.opens_at <= now
    current = next((place for place, (until, _) in enumerate(steps) if _covers(until, now)), None)
    return tuple(
        CreditLine(until=until, credit=credit, current=opened and place == current)
        for place, (until, credit) in enumerate(steps)
    )


def _list_steps(rules: AssignmentRules) -> Iterator[tuple[datetime | None, float]]:
    """Yield the stretches by time, cut off where the assignment ends."""
    end = ends_at(rules)
    for until, credit in _list_all_steps(rules):
        if until is None or (end is not None and until >= end):
            yield end, credit
            return
        yield until, credit


def _list_all_steps(rules: AssignmentRules) -> Iterator[tuple[datetime | None, float]]:
    """An override may make work due before the credit for early work ends, which it then ends."""
    early, due = rules.early, rules.due_at
    if early is not None:
        yield early.until if due is None else min(early.until, due), early.credit
    if due is None:
        yield None, 1.0
        return
    if early is None or early.until < due:
        yield due, 1.0
    yield from ((step.until, step.credit) for step in rules.late)
    if rules.practice:
        yield None, 0.0


def _covers(until: datetime | None, at: datetime) -> bool:
    return until is None or at <= until
