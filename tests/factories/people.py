"""Alice who learns, Bob who learns beside her, Charlie who is a stranger, and Tess who teaches."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from quizapp.services.reviewing.answering import Submission, answer
from quizapp.services.reviewing.asking import Asking, ask_next
from quizapp.services.reviewing.studies import start_study
from quizapp.storage.accounts import Account, add_account
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import CourseId, ReviewId, StudyId, VersionId
from quizapp.storage.publishing import publish
from tests.factories.answers import right_answer, wrong_answer
from tests.factories.questions import make_version

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A course with two learners and a teacher, and a stranger who is in no course."""

    alice: Account
    bob: Account
    charlie: Account
    tess: Account
    course_id: CourseId
    version_id: VersionId


def make_world(session: Session, *, facts: int = 3, timezone: str = "UTC") -> World:
    """Make the world in an empty database; every fact has a choice and a flashcard."""
    alice, bob, charlie, tess = (
        add_account(
            session,
            email=f"{name.lower()}@example.org",
            name=name,
            role="instructor" if name == "Tess" else "learner",
            timezone=timezone,
            now=MORNING,
        )
        for name in ("Alice", "Bob", "Charlie", "Tess")
    )
    version_id = publish(session, make_version(facts), owner_id=tess.id, now=MORNING)
    course_id = add_course(session, title="Astronomy", timezone=timezone, now=MORNING)
    teach(session, course_id=course_id, version_id=version_id)
    for person, role in ((alice, "learner"), (bob, "learner"), (tess, "instructor")):
        enrol(session, course_id=course_id, account_id=person.id, role=role, now=MORNING)
    return World(
        alice=alice,
        bob=bob,
        charlie=charlie,
        tess=tess,
        course_id=course_id,
        version_id=version_id,
    )


def build_world(database: Database, *, facts: int = 3, timezone: str = "UTC") -> World:
    """Make the world and commit it."""
    with database.writing() as session:
        world = make_world(session, facts=facts, timezone=timezone)
        session.commit()
    return world


def right_value(asking: Asking) -> str:
    """Return what a learner sends who knows."""
    return right_answer(asking.question)


def wrong_value(asking: Asking) -> str:
    """Return what a learner sends who does not know."""
    return wrong_answer(asking.question)


def submit(asking: Asking, *, key: str, value: str, shown_at: datetime) -> Submission:
    """Return the form that answers a question."""
    return Submission(
        question_id=asking.question_id,
        fact_id=asking.fact_id,
        expected_reps=asking.reps,
        shown_at=shown_at,
        key=key,
        fields={"answer": value},
    )


def answer_next(
    session: Session, account: Account, now: datetime, *, key: str, right: bool = True
) -> tuple[StudyId, ReviewId]:
    """Let a learner answer what is before them, and commit."""
    study_id = start_study(session, account, now)
    asking = ask_next(session, account, study_id, now)
    assert asking is not None
    value = right_value(asking) if right else wrong_value(asking)
    form = submit(asking, key=key, value=value, shown_at=now)
    review_id = answer(session, account, study_id, form, now)
    session.commit()
    return study_id, review_id
