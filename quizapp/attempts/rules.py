"""The rules of one assignment: when it is sat, for what credit, how often, how long, what is shown.

Overrides turn them into the rules of one learner (`overrides.py`); everything else in this room
takes the rules that hold for the learner at hand and never asks whose they are.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from quizapp.attempts.instants import keep_in_utc
from quizapp.attempts.switches import DEFAULT_FEEDBACK, FeedbackTable

Counting = Literal["first", "last", "highest", "average"]
Layout = Literal["one", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditStep:
    """A stretch of the credit line: what is handed in by `until` earns `credit` (1 is 100 %).

    Raises:
        ValueError: `until` has no time zone.
    """

    until: datetime
    credit: float

    def __post_init__(self) -> None:
        keep_in_utc(self, "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentRules:
    """The rules; a date that is None sets no bound. Defaults are Moodle's.

    Work handed in by `early.until` earns `early.credit` (more than 1), by `due_at` 1, then what the
    `late` steps say in their order. After the last step it is practice for no credit until
    `closes_at`, or nothing is taken any more where `practice` is off. `grace` makes up for the
    network after a deadline, `attempts_allowed` None is as many as one likes, `counts` says which
    attempt's score stands. Dates are kept in UTC.

    Raises:
        ValueError: a date has no time zone.
    """

    opens_at: datetime | None = None
    due_at: datetime | None = None
    closes_at: datetime | None = None
    early: CreditStep | None = None
    late: tuple[CreditStep, ...] = ()
    practice: bool = True
    time_limit: timedelta | None = None
    grace: timedelta = timedelta(seconds=60)
    attempts_allowed: int | None = None
    counts: Counting = "highest"
    shuffle_questions: bool = False
    shuffle_options: bool = True
    layout: Layout = "one"
    feedback: FeedbackTable = DEFAULT_FEEDBACK

    def __post_init__(self) -> None:
        keep_in_utc(self, "opens_at", "due_at", "closes_at")


def ends_at(rules: AssignmentRules) -> datetime | None:
    """Return the last instant at which the assignment is open, None if it never closes.

    That is `closes_at`, or the end of the last credit where that is sooner and there is no practice
    after it.
    """
    if rules.practice or rules.due_at is None:
        return rules.closes_at
    last_credit = max((rules.due_at, *(step.until for step in rules.late)))
    return min(last_credit, rules.closes_at or last_credit)
