"""What a learner may see of an attempt now: the moment by the clock, then what is on for it."""

from datetime import datetime, timedelta
from typing import Final

from quizapp.attempts.rules import AssignmentRules, ends_at
from quizapp.attempts.states import Attempt, close_if_over
from quizapp.attempts.switches import NEED_ATTEMPT, Moment, Switch

# Moodle's own span (its IMMEDIATELY_AFTER_PERIOD).
RIGHT_AFTER: Final = timedelta(minutes=2)


def moment_of(rules: AssignmentRules, attempt: Attempt, now: datetime) -> Moment:
    """Return the moment: `during` until the attempt is submitted, overdue or not.

    `right_after` lasts two minutes from the submission, even where the assignment closes within
    them, as in Moodle; an attempt that time submitted counts them from its deadline. Then it is
    `while_open` until the assignment ends, and `after_close`; without a closing date never that.
    """
    submitted_at = close_if_over(attempt, rules, now).submitted_at
    if submitted_at is None:
        return "during"
    if now <= submitted_at + RIGHT_AFTER:
        return "right_after"
    end = ends_at(rules)
    return "while_open" if end is None or now <= end else "after_close"


def what_is_shown(rules: AssignmentRules, attempt: Attempt, now: datetime) -> frozenset[Switch]:
    """Return what may be shown now: the switches of the moment, without those left hanging.

    A switch that needs the attempt shown is off where the attempt is. Where `during` shows more
    than the attempt, an answer must be final once its feedback was seen.
    """
    shown = rules.feedback.at(moment_of(rules, attempt, now))
    return shown if "attempt" in shown else shown - NEED_ATTEMPT
