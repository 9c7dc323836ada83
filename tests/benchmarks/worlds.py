"""Learners with many facts, in one database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.kinds.question import KindName
from quizapp.memory import Memory
from quizapp.services.reviewing.days import calendar_of
from quizapp.services.reviewing.states import seed_of, to_stored
from quizapp.services.reviewing.studies import start_study
from quizapp.storage.accounts import Account, add_account
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import FactId, QuestionId, StudyId
from quizapp.storage.introductions import move_on
from quizapp.storage.publishing import publish
from quizapp.storage.reviews import put_memory
from quizapp.storage.tables import QuestionFactRow, QuestionRow
from tests.factories.people import MORNING
from tests.factories.questions import make_version
from tests.support.databases import copy_sqlite, make_sqlite_template, opened

REPS = 4
"""Reviews of every fact in memory."""
_ELAPSED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """A learner with an open study session; `asked` are facts in teaching order with a question."""

    account: Account
    study_id: StudyId
    asked: Sequence[tuple[FactId, QuestionId]]


@contextmanager
def fresh_database() -> Iterator[Database]:
    """Give a migrated SQLite database in a file of its own."""
    with TemporaryDirectory() as folder:
        address = copy_sqlite(make_sqlite_template(Path(folder)), Path(folder))
        with opened(address) as database:
            yield database


def add_learner(session: Session, *, name: str, facts: int, kind: KindName) -> Learner:
    """Add a learner with a course of their own that teaches so many facts, one question each."""
    account = add_account(
        session,
        email=f"{name}@example.org",
        name=name,
        role="learner",
        timezone="UTC",
        now=MORNING,
    )
    version = make_version(facts, kinds=(kind,), key=name)
    version_id = publish(session, version, owner_id=None, now=MORNING)
    course_id = add_course(session, title=name, timezone="UTC", now=MORNING)
    teach(session, course_id=course_id, version_id=version_id)
    enrol(session, course_id=course_id, account_id=account.id, role="learner", now=MORNING)
    asked = session.execute(
        select(QuestionFactRow.fact_id, QuestionFactRow.question_id)
        .join(QuestionRow, QuestionRow.id == QuestionFactRow.question_id)
        .where(QuestionRow.version_id == version_id)
        .order_by(QuestionFactRow.fact_id)
    )
    return Learner(
        account=account,
        study_id=start_study(session, account, MORNING),
        asked=[(row.fact_id, row.question_id) for row in asked],
    )


def remember(session: Session, learner: Learner, *, facts: int, due: int) -> None:
    """Give the learner a memory of the first `facts` facts, every so many-th due, `due` in all.

    The others are due over the next hundred days.
    """
    every = facts // due
    for number, (fact_id, question_id) in enumerate(learner.asked[:facts]):
        in_days = -(number % 3) if number % every == 0 else 1 + number % 100
        memory = _make_memory(learner.account, in_days=in_days, stability=2.0 + number % 30)
        seed = seed_of(learner.account.id, fact_id)
        put_memory(
            session,
            learner_id=learner.account.id,
            fact_id=fact_id,
            stored=to_stored(memory, seed, question_id),
            expected_reps=0,
        )
    move_on(session, learner.account.id, learner.asked[0][0])


def _make_memory(account: Account, *, in_days: int, stability: float) -> Memory:
    """Make a memory that is due so many days from today and was reviewed ten days ago."""
    today = calendar_of(account).study_day(MORNING)
    return Memory(
        stability=stability,
        difficulty=5.3,
        phase="review",
        step=0,
        due_day=today + in_days,
        due_at=None,
        last_day=today - _ELAPSED,
        last_at=MORNING - timedelta(days=_ELAPSED),
        reps=REPS,
        lapses=1,
    )
