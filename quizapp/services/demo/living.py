"""Six weeks of a simulated learner, in the order of time, through the same services as anybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from quizapp.services.demo.setting import Term
from quizapp.services.demo.simulation import (
    Habit,
    draw_answer,
    draw_habit,
    draw_starts,
    draw_thinking,
)
from quizapp.services.demo.sitting import sit_assignment
from quizapp.services.reviewing.answering import Submission, answer
from quizapp.services.reviewing.asking import Asking, ask_next
from quizapp.services.reviewing.days import calendar_of
from quizapp.services.reviewing.studies import finish_study
from quizapp.storage.accounts import Account
from quizapp.storage.ids import AssignmentId
from quizapp.storage.studies import add_study

DAYS = 42
_PAUSE = timedelta(minutes=5)
_JUST_NOW = timedelta(minutes=10)
# Whatever is begun earlier than this has ended by now.
_ENDED = timedelta(hours=1)
_ANSWERED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The learner sits down to study, or to an assignment of which they give `most` answers."""

    start: datetime
    assignment_id: AssignmentId | None = None
    most: int | None = None


def live(
    session: Session,
    account: Account,
    term: Term,
    seed: str,
    now: datetime,
    *,
    in_test: bool,
) -> None:
    """Write what the learner did in the `DAYS` before `now`; the seed fixes all chance.

    With `in_test` they are in the middle of the test at `now`.
    """
    rng = Random(seed)  # noqa: S311 - a simulation
    habit = draw_habit(rng)
    events = [*_list_studies(rng, habit, now), *_list_sittings(rng, habit, term, now)]
    events = [each for each in events if each.start < now - _ENDED]
    if in_test:
        events = [each for each in events if each.assignment_id != term.test_id]
        events.append(Event(start=now - _JUST_NOW, assignment_id=term.test_id, most=_ANSWERED))
    clock = events[0].start
    for event in sorted(events, key=lambda each: each.start):
        at = max(event.start, clock)
        clock = _do(session, account, rng, habit, term, event, at) + _PAUSE


def _list_studies(rng: Random, habit: Habit, now: datetime) -> Iterator[Event]:
    first = (now - timedelta(days=DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
    # The day of `now` is the last.
    for start in draw_starts(rng, habit, first=first, days=DAYS + 1):
        yield Event(start=start)


def _list_sittings(rng: Random, habit: Habit, term: Term, now: datetime) -> Iterator[Event]:
    """The quiz in time, late or never; the test, if they have come to it by now."""
    windows = {
        "in time": (term.quiz_opens, term.quiz_due),
        "late": (term.quiz_due, term.quiz_closes),
    }
    if habit.quiz in windows:
        opens, ends = windows[habit.quiz]
        yield Event(start=_draw_between(rng, opens, ends), assignment_id=term.quiz_id)
    if habit.early:
        start = _draw_between(rng, term.test_opens, now - _ENDED)
        yield Event(start=start, assignment_id=term.test_id)


def _draw_between(rng: Random, first: datetime, last: datetime) -> datetime:
    """An instant that leaves time enough to end by the last."""
    whole = (last - _ENDED - first).total_seconds()
    return first + timedelta(seconds=round(rng.random() * whole))


def _do(
    session: Session,
    account: Account,
    rng: Random,
    habit: Habit,
    term: Term,
    event: Event,
    at: datetime,
) -> datetime:
    if event.assignment_id is None:
        return _study(session, account, rng, habit, at)
    return sit_assignment(
        session,
        account,
        rng,
        habit,
        event.assignment_id,
        at,
        misread=term.misread if event.assignment_id == term.quiz_id else None,
        most=event.most,
    )


def _study(
    session: Session, account: Account, rng: Random, habit: Habit, start: datetime
) -> datetime:
    study_id = add_study(session, account.id, start)
    clock = start
    for _ in range(habit.most):
        asking = ask_next(session, account, study_id, clock)
        if asking is None:
            break
        shown = clock
        clock += draw_thinking(rng)
        submission = _submit(account, rng, habit, asking, shown, clock)
        answer(session, account, study_id, submission, clock)
        clock += timedelta(seconds=3)
    finish_study(session, account, study_id, left_open=False, now=clock)
    return clock


def _submit(
    account: Account, rng: Random, habit: Habit, asking: Asking, shown: datetime, at: datetime
) -> Submission:
    day = calendar_of(account).study_day(at)
    value = draw_answer(rng, habit, asking.question, asking.memory, day)
    return Submission(
        question_id=asking.question_id,
        fact_id=asking.fact_id,
        expected_reps=asking.reps,
        shown_at=shown,
        key=f"demo-{account.id}-{at.timestamp():.1f}",
        fields={"answer": value},
    )
