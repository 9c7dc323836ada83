"""What is wrong with the rules of an assignment, field by field, for the form that sets them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import isfinite
from typing import Final

from quizapp.attempts.rules import AssignmentRules
from quizapp.attempts.switches import MOMENTS, NEED_ATTEMPT

LONGEST_LIMIT: Final = timedelta(days=366)
LONGEST_GRACE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleProblem:
    """What is wrong with a field and what to do.

    `field` is named as in the rules; the parts of several values are joined as forms do it:
    "late-0-until", "early-credit", "feedback-during".
    """

    field: str
    text: str
    remedy: str


def check_rules(rules: AssignmentRules) -> tuple[RuleProblem, ...]:
    """Return every problem of the rules, in the order of their fields; none if they can be used."""
    return (
        *_check_dates(rules),
        *_check_early(rules),
        *_check_late(rules),
        *_check_limits(rules),
        *_check_feedback(rules),
    )


def _check_dates(rules: AssignmentRules) -> Iterator[RuleProblem]:
    opens, due, closes = rules.opens_at, rules.due_at, rules.closes_at
    if opens and due and not opens < due:
        yield RuleProblem(
            field="due_at",
            text="it is due before it opens",
            remedy="choose a due date after the opening",
        )
    if opens and closes and not opens < closes:
        yield RuleProblem(
            field="closes_at",
            text="it closes before it opens",
            remedy="choose a closing date after the opening",
        )
    if due and closes and not due <= closes:
        yield RuleProblem(
            field="closes_at",
            text="it closes before it is due",
            remedy="choose a closing date that is the due date or later",
        )


def _check_early(rules: AssignmentRules) -> Iterator[RuleProblem]:
    if rules.early is None:
        return
    until, credit = rules.early.until, rules.early.credit
    if not credit > 1 or not isfinite(credit):
        yield RuleProblem(
            field="early-credit",
            text="the credit for early work is not more than 100 %",
            remedy="give more than 100 %, or leave the early date empty",
        )
    if rules.opens_at and not rules.opens_at < until:
        yield RuleProblem(
            field="early-until",
            text="the credit for early work ends before the assignment opens",
            remedy="choose a date after the opening",
        )
    end, name = (rules.due_at, "is due") if rules.due_at else (rules.closes_at, "closes")
    if end and not until < end:
        yield RuleProblem(
            field="early-until",
            text=f"the credit for early work does not end before the assignment {name}",
            remedy="choose an earlier date",
        )


def _check_late(rules: AssignmentRules) -> Iterator[RuleProblem]:
    if not rules.late:
        return
    if rules.due_at is None:
        yield RuleProblem(
            field="due_at",
            text="there is credit for late work, but nothing is ever late",
            remedy="give a due date, or take the late credit away",
        )
        return
    former_until, former_credit = rules.due_at, 1.0
    for number, step in enumerate(rules.late):
        if not former_until < step.until:
            yield _late(number, "until", "does not end after the one before", "a later date")
        if rules.closes_at and not step.until <= rules.closes_at:
            yield _late(
                number, "until", "ends after the assignment closes", "a date until the closing"
            )
        if not 0 < step.credit <= former_credit:
            yield _late(
                number,
                "credit",
                "is not between 0 % and that of the one before",
                "more than 0 % and no more than before; work for no credit is called practice",
            )
        former_until, former_credit = step.until, step.credit


def _late(number: int, part: str, what: str, choose: str) -> RuleProblem:
    return RuleProblem(
        field=f"late-{number}-{part}",
        text=f"step {number + 1} of the late credit {what}",
        remedy=f"choose {choose}",
    )


def _check_limits(rules: AssignmentRules) -> Iterator[RuleProblem]:
    if rules.time_limit is not None and not timedelta() < rules.time_limit <= LONGEST_LIMIT:
        yield RuleProblem(
            field="time_limit",
            text=f"the time limit is not more than nothing and at most {LONGEST_LIMIT.days} days",
            remedy="give such a time, or leave it empty for no limit",
        )
    if not timedelta() <= rules.grace <= LONGEST_GRACE:
        yield RuleProblem(
            field="grace",
            text="the grace after the deadline is not between nothing and an hour",
            remedy="give 0 to 3600 seconds; 60 make up for a slow network",
        )
    if rules.attempts_allowed is not None and not rules.attempts_allowed >= 1:
        yield RuleProblem(
            field="attempts_allowed",
            text="no attempt is allowed",
            remedy="allow at least 1, or leave it empty for as many as one likes",
        )


def _check_feedback(rules: AssignmentRules) -> Iterator[RuleProblem]:
    for moment in MOMENTS:
        switches = rules.feedback.at(moment)
        idle = sorted(switches & NEED_ATTEMPT)
        if idle and "attempt" not in switches:
            yield RuleProblem(
                field=f"feedback-{moment}",
                text=f"{', '.join(idle)} cannot be shown without the attempt",
                remedy="switch the attempt on at this moment, or those off",
            )
