"""Overrides: other dates, more time or more attempts for one learner or for a section.

They are resolved to plain rules before anything else looks at them, so that no other rule has an
exception in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from quizapp.attempts.checking import RuleProblem, check_rules
from quizapp.attempts.instants import keep_in_utc
from quizapp.attempts.rules import AssignmentRules, CreditStep, ends_at

Unlimited = Literal["unlimited"]
UNLIMITED: Final[Unlimited] = "unlimited"
# Far beyond what anyone needs, so that a slip of the hand is noticed.
MOST_MINUTES: Final = 7 * 24 * 60
MOST_TIMES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What is different; a field that is None stays as the assignment has it.

    Extra time is `extra_minutes` or a `time_factor` (1.5 is half as long again), not both, and
    means nothing where there is no time limit. Dates are kept in UTC.

    Raises:
        ValueError: a date has no time zone.
    """

    opens_at: datetime | None = None
    due_at: datetime | None = None
    closes_at: datetime | None = None
    extra_minutes: int | None = None
    time_factor: float | None = None
    attempts_allowed: int | Unlimited | None = None

    def __post_init__(self) -> None:
        keep_in_utc(self, "opens_at", "due_at", "closes_at")


_FIELDS = frozenset(field.name for field in fields(Override))


def resolve(
    rules: AssignmentRules,
    learner_override: Override | None,
    section_overrides: Sequence[Override],
) -> AssignmentRules:
    """Return the rules that hold for one learner.

    Field by field, the learner's own override wins. Of the sections' the most generous counts:
    the earliest opening, the latest due and closing date, the most time, the most attempts. Late
    steps move with the due date or a later closing date, by the greater shift if both moved; an
    earlier closing date cuts them off instead. What was early stays early at its date.
    """
    own, sections = learner_override or Override(), section_overrides
    opens_at = own.opens_at or min(_given(each.opens_at for each in sections), default=None)
    due_at = own.due_at or max(_given(each.due_at for each in sections), default=None)
    closes_at = own.closes_at or max(_given(each.closes_at for each in sections), default=None)
    shift = _find_shift(rules, due_at, closes_at)
    return replace(
        rules,
        opens_at=opens_at or rules.opens_at,
        due_at=due_at or rules.due_at,
        closes_at=closes_at or rules.closes_at,
        late=tuple(CreditStep(until=s.until + shift, credit=s.credit) for s in rules.late),
        time_limit=_resolve_time_limit(rules.time_limit, own, sections),
        attempts_allowed=_resolve_attempts(rules.attempts_allowed, own, sections),
    )


def check_override(rules: AssignmentRules, override: Override) -> tuple[RuleProblem, ...]:
    """Return the problems of an override by field: its own, and those of the rules it leads to.

    What is wrong with the rules without it is not reported again, nor what can only be mended in
    them: a credit step beyond the due or closing date given here is cut off there.
    """
    of_time = tuple(_check_extra_time(rules, override))
    if of_time:  # such a time cannot be reckoned with; the rest of the override still can
        override = replace(override, extra_minutes=None, time_factor=None)
    former, resolved = check_rules(rules), resolve(rules, override, ())
    return (
        *of_time,
        *_check_closing(rules, override, resolved),
        *(p for p in check_rules(resolved) if p.field in _FIELDS and p not in former),
    )


def _given(instants: Iterable[datetime | None]) -> Iterable[datetime]:
    return (at for at in instants if at is not None)


def _find_shift(
    rules: AssignmentRules, due_at: datetime | None, closes_at: datetime | None
) -> timedelta:
    shifts = []
    if rules.due_at is not None and due_at is not None:
        shifts.append(due_at - rules.due_at)
    if rules.closes_at is not None and closes_at is not None and closes_at > rules.closes_at:
        shifts.append(closes_at - rules.closes_at)
    return max(shifts, default=timedelta())


def _resolve_time_limit(
    limit: timedelta | None, own: Override, sections: Sequence[Override]
) -> timedelta | None:
    if limit is None:
        return None
    extended = [_extend(limit, each) for each in sections if _gives_time(each)]
    return _extend(limit, own) if _gives_time(own) else max(extended, default=limit)


def _gives_time(override: Override) -> bool:
    return override.extra_minutes is not None or override.time_factor is not None


def _extend(limit: timedelta, override: Override) -> timedelta:
    """Where both are given, which is a problem of the form, the longer holds."""
    by_minutes = limit + timedelta(minutes=override.extra_minutes or 0)
    return max(by_minutes, limit * (override.time_factor or 1))


def _resolve_attempts(
    allowed: int | None, own: Override, sections: Sequence[Override]
) -> int | None:
    given = [each.attempts_allowed for each in sections if each.attempts_allowed is not None]
    if own.attempts_allowed is not None:
        given = [own.attempts_allowed]
    if UNLIMITED in given:
        return None
    return max((number for number in given if number != UNLIMITED), default=allowed)


def _check_closing(
    rules: AssignmentRules, override: Override, resolved: AssignmentRules
) -> Iterable[RuleProblem]:
    if override.closes_at in {None, rules.closes_at} or ends_at(resolved) != ends_at(rules):
        return
    yield RuleProblem(
        field="closes_at",
        text="the closing date changes nothing, since work is taken only while it earns credit",
        remedy="move the due date as well, or allow practice afterwards",
    )


def _check_extra_time(rules: AssignmentRules, override: Override) -> Iterable[RuleProblem]:
    minutes, factor = override.extra_minutes, override.time_factor
    if minutes is not None and factor is not None:
        yield RuleProblem(
            field="extra_minutes",
            text="extra time is given both in minutes and as a factor",
            remedy="give one and leave the other empty",
        )
    if minutes is not None and not 0 < minutes <= MOST_MINUTES:
        yield RuleProblem(
            field="extra_minutes",
            text=f"the extra minutes are not between 1 and {MOST_MINUTES}",
            remedy="give so many, or leave it empty",
        )
    if factor is not None and not 1 < factor <= MOST_TIMES:
        yield RuleProblem(
            field="time_factor",
            text=f"the factor is not more than 1 and at most {MOST_TIMES}",
            remedy="give one such as 1.25, 1.5 or 2, or leave it empty",
        )
    if rules.time_limit is None and _gives_time(override):
        yield RuleProblem(
            field="extra_minutes" if factor is None else "time_factor",
            text="there is no time limit to give extra time for",
            remedy="leave it empty, or give the assignment a time limit",
        )
