"""Practice quizzes: built, answered and handed in."""

from collections.abc import Collection
from datetime import datetime
from itertools import count

from quizapp.services.practising.building import Built, build
from quizapp.services.practising.planning import Wish
from quizapp.services.quizzing.looking import look
from quizapp.services.quizzing.submitting import submit
from quizapp.storage.accounts import Account
from quizapp.storage.engine import Database
from quizapp.storage.ids import AttemptId
from tests.factories.assignments import HOUR, RIGHT, WRONG, Exam, give
from tests.factories.people import MORNING

# The exam is over, so that its questions may be practised.
AFTERWARDS = MORNING + 5 * HOUR
_keys = count(1)


def wish_for(exam: Exam, **wanted: object) -> Wish:
    """Return a wish for questions of the exam's version."""
    return Wish(
        course_id=exam.world.course_id,
        version_id=exam.version_id,
        **wanted,  # type: ignore[arg-type] # as the wish names them
    )


def practise(
    database: Database,
    learner: Account,
    wish: Wish,
    at: datetime = AFTERWARDS,
    *,
    key: str | None = None,
) -> Built:
    """Build a practice quiz, and commit."""
    with database.writing() as session:
        built = build(session, learner, wish, at, key=key or f"practice-{next(_keys)}")
        session.commit()
    return built


def answer_and_submit(
    database: Database,
    learner: Account,
    attempt_id: AttemptId,
    at: datetime = AFTERWARDS,
    *,
    wrong: Collection[str] = (),
    empty: Collection[str] = (),
) -> None:
    """Answer every question but those of the `empty` kinds, those of others `wrong`, and submit."""
    with database.writing() as session:
        paper = look(session, learner, attempt_id, at)
        for each in paper.questions:
            kind = each.question.kind
            if kind not in empty:
                values = WRONG if kind in wrong else RIGHT
                give(session, learner, paper, each.position, values[kind], at)
        submit(session, learner, attempt_id, at)
        session.commit()
