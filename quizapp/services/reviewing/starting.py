"""Where a learner starts today: the one thing that matters most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from quizapp.attempts.rules import ends_at
from quizapp.services.assigning.listing import OwnAssignment
from quizapp.services.planning.counting import Countdown
from quizapp.services.reviewing.today import Today

# An assignment due within this time comes before reviews.
PRESSING = timedelta(days=1)
# The facts of an exam within so many days come before those of other courses.
NEAR_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where to start.

    `own` is the assignment to go on with or to begin, `exam` the one whose course alone is
    reviewed; None where there is none.
    """

    kind: Literal["attempt", "assignment", "review", "learn", "practise", "nothing"]
    own: OwnAssignment | None = None
    exam: Countdown | None = None


def pick_step(
    today: Today, assignments: Sequence[OwnAssignment], exams: Sequence[Countdown], now: datetime
) -> Step:
    """Return where it matters most to start.

    An attempt that goes on comes first, then an assignment that is due within a day, reviews, new
    facts, and practice where nothing waits.
    """
    running = [each for each in assignments if each.state == "in_progress"]
    if running:
        return Step(kind="attempt", own=min(running, key=lambda each: _find_end(each, now)))
    pressing = [each for each in assignments if _is_pressing(each, now)]
    if pressing:
        return Step(kind="assignment", own=min(pressing, key=lambda each: _find_end(each, now)))
    if today.counts.due or today.counts.learning:
        return Step(kind="review", exam=_find_near(today, exams))
    if today.counts.new:
        return Step(kind="learn")
    goes_on = any(not course.archived for course in today.courses)
    return Step(kind="practise" if goes_on else "nothing")


def _is_pressing(own: OwnAssignment, now: datetime) -> bool:
    begins = own.state == "open" and own.refusal is None
    return begins and now <= _find_end(own, now) <= now + PRESSING


def _find_end(own: OwnAssignment, now: datetime) -> datetime:
    """When it is due; once that is over, or where there is no such date, when it ends."""
    ends = [at for at in (own.rules.due_at, ends_at(own.rules)) if at is not None and at >= now]
    return min(ends, default=datetime.max.replace(tzinfo=now.tzinfo))


def _find_near(today: Today, exams: Sequence[Countdown]) -> Countdown | None:
    """The soonest exam that is near, if its course is one of several and facts of it are due."""
    due = {course.id for course in today.courses if course.due}
    if len(today.courses) == 1 or today.open_study is not None or not today.counts.due:
        return None
    near = (exam for exam in exams if exam.days <= NEAR_DAYS and exam.course_id in due)
    return next(near, None)
