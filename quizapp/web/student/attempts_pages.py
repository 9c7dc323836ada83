"""What the pages of an attempt show before its submission.

Nothing of it depends on the keys, but for answers that are final because their feedback is shown.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from quizapp.attempts.rules import Layout
from quizapp.attempts.switches import NEED_ATTEMPT
from quizapp.kinds.marking import Response
from quizapp.services.quizzing.looking import Paper
from quizapp.services.quizzing.showing import ShownQuestion
from quizapp.services.quizzing.submitting import MarkedQuestionView
from quizapp.web.kinds.controls import AnyControl, show_control
from quizapp.web.kinds.given import Given, recall_given
from quizapp.web.student.attempts_forms import prefix_of, stamp
from quizapp.web.student.attempts_results import ResultQuestion, show_answered
from quizapp.web.words import write_clock, write_plural

_NOTHING: Mapping[int, str] = {}
_UNCHANGED: Mapping[int, Given] = {}
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question with its fields, and what is sent along with them.

    `saved` says in words when the answer was saved; `problem` why the last one was not, or None.
    `final` is the answer as it was marked, where that is told at once and it cannot be changed.
    """

    number: int
    control: AnyControl
    points: float
    key: str
    saves: int
    stood: str
    flagged: bool
    saved: str
    problem: str | None
    final: ResultQuestion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """A question in the list of questions, with its state in words."""

    number: int
    words: str
    answered: bool
    flagged: bool
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeView:
    """The time that is left; the instants also as milliseconds, for the script that counts down."""

    left: str
    ends_at: datetime
    ends: int
    now: int
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptPage:
    """One question of an attempt or all of them, with the list of questions.

    `number` is the question that the page is about; `tells` says that each answer is final once it
    was given, because its feedback is shown at once.
    """

    attempt_id: int
    assignment_id: int
    title: str
    course_title: str
    layout: Layout
    number: int
    total: int
    answered: int
    questions: tuple[QuestionView, ...]
    entries: tuple[EntryView, ...]
    time: TimeView | None
    problems: tuple[tuple[str, str], ...]
    tells: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What was sent and not saved: why, and what is to stand in the fields, by number."""

    problems: Mapping[int, str] = field(default_factory=lambda: _NOTHING)
    given: Mapping[int, Given] = field(default_factory=lambda: _UNCHANGED)


def show_attempt(
    paper: Paper, number: int, refused: Refused, answered: Sequence[MarkedQuestionView] = ()
) -> AttemptPage:
    """Return the page of the question of that number, or of all where they stand together.

    `answered` are those whose feedback is shown already.
    """
    final = {each.shown.number: show_answered(each, paper.shown) for each in answered}
    here = [each for each in paper.questions if paper.layout == "all" or each.number == number]
    views = tuple(_show_question(each, paper.layout, refused, final) for each in here)
    return AttemptPage(
        attempt_id=paper.attempt_id,
        assignment_id=paper.assignment_id,
        title=paper.title,
        course_title=paper.course_title,
        layout=paper.layout,
        number=number,
        total=len(paper.questions),
        answered=len(paper.questions) - len(paper.unanswered),
        questions=views,
        entries=list_entries(paper, number if paper.layout == "one" else 0),
        time=show_time(paper),
        problems=tuple(
            (each.control.target, _locate(each, paper.layout)) for each in views if each.problem
        ),
        tells=tells_at_once(paper),
    )


def list_entries(paper: Paper, current: int) -> tuple[EntryView, ...]:
    """Return the list of questions; `current` is the number of the one that is before one, or 0."""
    return tuple(
        EntryView(
            number=each.number,
            words=_describe(each),
            answered=each.response is not None,
            flagged=each.flagged,
            current=each.number == current,
        )
        for each in paper.questions
    )


def show_time(paper: Paper) -> TimeView | None:
    """Return the time that is left, None where there is no end."""
    if paper.deadline_at is None:
        return None
    return TimeView(
        left=write_left(paper.deadline_at - paper.now),
        ends_at=paper.deadline_at,
        ends=round(paper.deadline_at.timestamp() * 1000),
        now=round(paper.now.timestamp() * 1000),
        over=paper.state == "overdue",
    )


def write_left(left: timedelta) -> str:
    """Return a length of time as people say it: 3 days, 2 hours 5 minutes, under a minute."""
    if left >= 2 * _DAY:
        return write_plural(left // _DAY, "day")
    minutes = left // _MINUTE
    if minutes < 1:
        return "under a minute"
    hours, rest = divmod(minutes, 60)
    parts = [write_plural(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(write_plural(rest, "minute"))
    return " ".join(parts)


def tells_at_once(paper: Paper) -> bool:
    """Tell whether feedback is shown while the attempt goes on."""
    return bool(paper.shown & NEED_ATTEMPT)


def _show_question(
    shown: ShownQuestion, layout: Layout, refused: Refused, final: Mapping[int, ResultQuestion]
) -> QuestionView:
    stands = recall_given(shown.question, shown.response or Response(given=False))
    problem = refused.problems.get(shown.number)
    return QuestionView(
        number=shown.number,
        control=show_control(
            shown.question,
            shown.order,
            given=refused.given.get(shown.number, stands),
            prefix=prefix_of(shown.number),
            level=1 if layout == "one" else 2,
            refused=problem is not None,
        ),
        points=shown.points,
        key=secrets.token_urlsafe(16),
        saves=shown.saves,
        stood=stamp(stands),
        flagged=shown.flagged,
        saved=_say_saved(shown),
        problem=problem,
        final=final.get(shown.number),
    )


def _say_saved(shown: ShownQuestion) -> str:
    if shown.response is None or shown.saved_at is None:
        return "Not answered"
    words = "Saved" if shown.response.given else "Saved as not known"
    return f"{words} {write_clock(shown.saved_at)}"


def _describe(shown: ShownQuestion) -> str:
    if shown.response is None:
        words = "not answered"
    else:
        words = "answered" if shown.response.given else "not known"
    return f"{words}, flagged" if shown.flagged else words


def _locate(view: QuestionView, layout: Layout) -> str:
    text = view.problem or ""
    return text if layout == "one" else f"Question {view.number}: {text}"
