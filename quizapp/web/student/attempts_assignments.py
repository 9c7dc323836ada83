"""What a learner reads of an assignment: its state, its rules in words, its credit line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizapp.attempts.credit import CreditLine
from quizapp.attempts.rules import AssignmentRules, ends_at
from quizapp.attempts.switches import Moment, Switch
from quizapp.services.assigning.listing import LearnerState, OwnAssignment, OwnAttempt
from quizapp.web.student.attempts_pages import write_left
from quizapp.web.words import write_clock, write_day, write_percent, write_plural

_STATES: dict[LearnerState, str] = {
    "not_open": "not open yet",
    "in_progress": "in progress",
    "overdue": "time is over",
    "open": "open",
    "submitted": "submitted",
    "missed": "missed",
}
_COUNTS = {
    "first": "the first one counts",
    "last": "the last one counts",
    "highest": "the best one counts",
    "average": "their average counts",
}
_SWITCHES: dict[Switch, str] = {
    "attempt": "your answers",
    "correctness": "which are right",
    "marks": "your marks",
    "specific": "why an answer is wrong",
    "general": "the reasons",
    "right_answer": "the right answers",
    "passage": "the passages",
}
_MOMENTS: dict[Moment, str] = {
    "right_after": "Right after you submit",
    "while_open": "Later, while the assignment is open",
    "after_close": "After it has closed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """An assignment in the list of a learner; `when` is its next date in words."""

    id: int
    title: str
    course_title: str
    state: str
    when: str
    share: float | None
    open_attempt: int | None
    is_past: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditView:
    """A stretch of the credit line in words."""

    until: str
    credit: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentPage:
    """An assignment as a learner meets it before and between attempts."""

    id: int
    title: str
    course_title: str
    state: str
    refusal: str | None
    rules: tuple[str, ...]
    credit: tuple[CreditView, ...]
    asks_password: bool
    open_attempt: int | None
    attempts: tuple[OwnAttempt, ...]
    share: float | None
    share_reason: str | None
    counts: str


def show_lines(own: Sequence[OwnAssignment]) -> tuple[OwnLine, ...]:
    """Return a learner's assignments as their first page lists them."""
    return tuple(
        OwnLine(
            id=each.id,
            title=each.title,
            course_title=each.course_title,
            state=_STATES[each.state],
            when=say_when(each),
            share=each.share,
            open_attempt=each.open_attempt,
            is_past=each.state in {"submitted", "missed"},
        )
        for each in own
    )


def show_assignment(own: OwnAssignment) -> AssignmentPage:
    """Return the page of an assignment."""
    return AssignmentPage(
        id=own.id,
        title=own.title,
        course_title=own.course_title,
        state=_STATES[own.state],
        refusal=own.refusal,
        rules=tuple(_list_rules(own)),
        credit=tuple(_show_credit(line) for line in own.credit),
        asks_password=own.asks_password,
        open_attempt=own.open_attempt,
        attempts=own.attempts,
        share=own.share,
        share_reason=own.share_reason,
        counts=_COUNTS[own.rules.counts],
    )


def write_instant(at: datetime) -> str:
    """Return an instant in full, by the reader's clock: 2 March 2017, 10:42."""
    return f"{write_day(at)}, {write_clock(at)}"


def say_when(own: OwnAssignment) -> str:
    """Return the next date of an assignment: due 7 March 2026, 10:00."""
    rules = own.rules
    if own.state == "not_open" and rules.opens_at:
        return f"opens {write_instant(rules.opens_at)}"
    if rules.due_at:
        return f"due {write_instant(rules.due_at)}"
    end = ends_at(rules)
    return f"open until {write_instant(end)}" if end else "no deadline"


def _list_rules(own: OwnAssignment) -> Iterator[str]:
    rules = own.rules
    yield _say_dates(rules)
    yield _say_time(rules, own.extra_time)
    yield _say_attempts(rules)
    if rules.layout == "one":
        yield "You see one question at a time, and may go back and forth."
    else:
        yield "You see all questions on one page."
    yield "Your answers are saved as you go. You may go on from any device; the clock goes on, too."
    yield from _say_feedback(rules)


def _say_dates(rules: AssignmentRules) -> str:
    end = ends_at(rules)
    dates = [
        f"opens {write_instant(rules.opens_at)}" if rules.opens_at else "",
        f"is due {write_instant(rules.due_at)}" if rules.due_at else "",
        f"closes {write_instant(end)}" if end and end != rules.due_at else "",
    ]
    given = [each for each in dates if each]
    if not given:
        return "This assignment has no deadline."
    *most, last = given
    return f"This assignment {', '.join(most)}{' and ' if most else ''}{last}."


def _say_time(rules: AssignmentRules, extra: timedelta) -> str:
    seconds = round(rules.grace.total_seconds())
    late = f" What arrives within {write_plural(seconds, 'second')} after the end still counts."
    if rules.time_limit is None:
        words = "There is no time limit."
        return words + " Closing ends an attempt." + late if ends_at(rules) else words
    included = f", including {write_left(extra)} of extra time" if extra else ""
    return (
        f"You have {write_left(rules.time_limit)} from the start{included}. At the end what is"
        f" saved is submitted.{late if seconds else ''}"
    )


def _say_attempts(rules: AssignmentRules) -> str:
    allowed = rules.attempts_allowed
    if allowed == 1:
        return "You have one attempt."
    often = "as many attempts as you like" if allowed is None else write_plural(allowed, "attempt")
    return f"You have {often}; {_COUNTS[rules.counts]}."


def _say_feedback(rules: AssignmentRules) -> Iterator[str]:
    former: frozenset[Switch] | None = None
    for moment, when in _MOMENTS.items():
        switches = rules.feedback.at(moment)
        if moment == "after_close" and ends_at(rules) is None:
            continue
        if switches != former:
            shown = [words for switch, words in _SWITCHES.items() if switch in switches]
            yield f"{when} you see {_join(shown) if shown else 'nothing of it'}."
        former = switches


def _join(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _show_credit(line: CreditLine) -> CreditView:
    return CreditView(
        until=f"until {write_instant(line.until)}" if line.until else "after that, without end",
        credit=write_percent(line.credit) if line.credit else "practice, no credit",
        current=line.current,
    )
