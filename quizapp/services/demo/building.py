"""Fills an empty database with the demonstration."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from quizapp.facts.model import Pack
from quizapp.services.accounts.registering import register, set_password
from quizapp.services.demo.simulation import (
    Habit,
    draw_answer,
    draw_habit,
    draw_starts,
    draw_thinking,
)
from quizapp.services.publishing import publish_pack
from quizapp.services.reviewing.answering import Submission, answer
from quizapp.services.reviewing.asking import Asking, ask_next
from quizapp.services.reviewing.days import calendar_of
from quizapp.services.reviewing.studies import finish_study
from quizapp.storage.accounts import Account
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.studies import add_study

DAYS = 21
_SEED = 7
_TIMEZONE = "UTC"
_COURSE = "Demo course"
PEOPLE = (
    ("Amina Keita", "amina@example.org"),
    ("Ben Okafor", "ben@example.org"),
    ("Chen Li", "chen@example.org"),
    ("Dara Novak", "dara@example.org"),
    ("Elif Kaya", "elif@example.org"),
    ("Farid Rahmani", "farid@example.org"),
    ("Grace Mensah", "grace@example.org"),
    ("Hugo Martin", "hugo@example.org"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """How to sign in to the demonstration."""

    role: str
    email: str
    password: str


def build_demo(
    session: Session, pack: Pack, *, now: datetime, progress: Callable[[], None]
) -> tuple[DemoAccount, ...]:
    """Make a course on the pack, an instructor, a new learner, and learners with a history.

    `progress` is called after each of `PEOPLE`. Passwords are random; the history is the
    same for the same `now`.
    """
    first = now - timedelta(days=DAYS)
    instructor, owner = _add_person(
        session, "Maria Diallo", "instructor", "teacher@example.org", first
    )
    version_id = publish_pack(session, pack, owner_id=owner.id, seed=0, now=first)
    course_id = add_course(session, title=_COURSE, timezone=_TIMEZONE, now=first)
    teach(session, course_id=course_id, version_id=version_id)
    enrol(session, course_id=course_id, account_id=owner.id, role="instructor", now=first)
    accounts = [instructor]
    learner, newcomer = _add_person(session, "Sam Rivera", "learner", "student@example.org", now)
    enrol(session, course_id=course_id, account_id=newcomer.id, role="learner", now=now)
    accounts.append(learner)
    for number, (name, email) in enumerate(PEOPLE):
        rng = Random(f"{_SEED}:{number}")  # noqa: S311 - a simulation
        credentials, account = _add_person(session, name, "learner", email, first)
        enrol(session, course_id=course_id, account_id=account.id, role="learner", now=first)
        _live(session, account, rng, first.replace(hour=0, minute=0), now)
        accounts.append(credentials)
        progress()
    return tuple(accounts)


def _add_person(
    session: Session, name: str, role: str, email: str, now: datetime
) -> tuple[DemoAccount, Account]:
    account = register(session, email=email, name=name, role=role, timezone=_TIMEZONE, now=now)
    password = secrets.token_urlsafe(9)
    set_password(session, account, password)
    return DemoAccount(role=role, email=email, password=password), account


def _live(session: Session, account: Account, rng: Random, first: datetime, now: datetime) -> None:
    """Let a learner study on their days, through the same services as anybody."""
    habit = draw_habit(rng)
    for start in draw_starts(rng, habit, first=first, days=DAYS):
        if start < now - timedelta(hours=1):
            _sit(session, account, rng, habit, start)


def _sit(session: Session, account: Account, rng: Random, habit: Habit, start: datetime) -> None:
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


def _submit(
    account: Account, rng: Random, habit: Habit, asking: Asking, shown: datetime, at: datetime
) -> Submission:
    day = calendar_of(account).study_day(at)
    value = draw_answer(rng, habit, asking.question, asking.memory, day)
    return Submission(
        question_id=asking.question_id,
        expected_reps=asking.reps,
        shown_at=shown,
        key=f"demo-{account.id}-{at.timestamp():.1f}",
        fields={"answer": value},
    )
