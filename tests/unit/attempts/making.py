"""Rules, overrides and attempts on a clock that counts from one noon."""

from datetime import UTC, datetime, timedelta

from quizapp.attempts.rules import AssignmentRules, CreditStep
from quizapp.attempts.states import Attempt

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (
    timedelta(seconds=1),
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
)
MICROSECOND = timedelta(microseconds=1)

# Opens at noon; 110 % for a day, due after three, 80 % to the fifth, 50 % to the seventh, practice
# to the tenth.
LINE = AssignmentRules(
    opens_at=NOON,
    early=CreditStep(until=NOON + DAY, credit=1.1),
    due_at=NOON + 3 * DAY,
    late=(
        CreditStep(until=NOON + 5 * DAY, credit=0.8),
        CreditStep(until=NOON + 7 * DAY, credit=0.5),
    ),
    closes_at=NOON + 10 * DAY,
)


def submitted(at: datetime = NOON) -> Attempt:
    """Return an attempt that was submitted then, an hour after its start."""
    return Attempt(started_at=at - HOUR, submitted_at=at)
