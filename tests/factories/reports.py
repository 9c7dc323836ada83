"""Assignments whose marks are written down, as if they had been sat: rows and no services."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from quizapp.attempts.rules import AssignmentRules
from quizapp.services.assigning.creating import create, publish
from quizapp.services.assigning.planning import Plan
from quizapp.services.reporting.scores import report_assignment
from quizapp.services.reporting.values import AssignmentReport, Which
from quizapp.storage.assignments import Content, Pick, list_version_questions
from quizapp.storage.courses import teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId, QuestionId, VersionId
from quizapp.storage.publishing import publish as publish_version
from quizapp.storage.tables import AccountRow, AttemptQuestionRow, AttemptRow, EnrolmentRow
from tests.factories.assignments import HOUR, RULES
from tests.factories.people import MORNING, World, make_world
from tests.factories.questions import make_version

# Of a choice the second option is right.
RIGHT, WRONG = "1", "0"
STEP = timedelta(seconds=20)
LATER = MORNING + 3 * HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """A published assignment of single choices, in the order of its questions."""

    world: World
    version_id: VersionId
    assignment_id: AssignmentId
    question_ids: tuple[QuestionId, ...]
    points: tuple[float, ...]


def make_quiz(
    session: Session,
    points: Sequence[float],
    *,
    world: World | None = None,
    rules: AssignmentRules = RULES,
    title: str = "Quiz",
    version_id: VersionId | None = None,
) -> Quiz:
    """Set an assignment of one choice for each of the points, in the world given or a new one."""
    world = world or make_world(session)
    if version_id is None:
        version = make_version(len(points), kinds=("choice",), key=title)
        version_id = publish_version(session, version, owner_id=world.tess.id, now=MORNING)
        teach(session, course_id=world.course_id, version_id=version_id)
    ids = [each.id for each in list_version_questions(session, version_id)][: len(points)]
    picks = tuple(Pick(question_id=id_, points=most) for id_, most in zip(ids, points, strict=True))
    content = Content(version_id=version_id, picking="list", picks=picks)
    plan = Plan(title=title, content=content, rules=rules)
    assignment_id = create(session, world.tess, world.course_id, plan, MORNING, password_hash=None)
    publish(session, world.tess, assignment_id)
    return Quiz(
        world=world,
        version_id=version_id,
        assignment_id=assignment_id,
        question_ids=tuple(ids),
        points=tuple(points),
    )


def enrol_learners(session: Session, world: World, count: int) -> list[AccountId]:
    """Enrol so many more learners, `S1` to `SN`."""
    people = [
        {
            "email": f"s{number}@example.org",
            "name": f"S{number:04}",
            "role": "learner",
            "timezone": "UTC",
            "created_at": MORNING,
        }
        for number in range(1, count + 1)
    ]
    if not people:
        return []
    ids = list(session.scalars(insert(AccountRow).returning(AccountRow.id), people))
    enrolments = [
        {
            "account_id": each,
            "course_id": world.course_id,
            "role": "learner",
            "enrolled_at": MORNING,
        }
        for each in ids
    ]
    session.execute(insert(EnrolmentRow), enrolments)
    return ids


def put_attempt(
    session: Session,
    quiz: Quiz,
    learner_id: AccountId,
    fractions: Sequence[float | None],
    *,
    number: int = 1,
    responses: Sequence[str] = (),
    started_at: datetime = MORNING,
    auto: bool = False,
) -> AttemptId:
    """Store a marked attempt; an answer is saved every `STEP`, and a blank one is None."""
    kept = [fraction or 0.0 for fraction in fractions]
    points = sum(part * most for part, most in zip(kept, quiz.points, strict=True))
    attempt = {
        "assignment_id": quiz.assignment_id,
        "learner_id": learner_id,
        "number": number,
        "key": f"{quiz.assignment_id}-{learner_id}-{number}",
        "seed": "seed",
        "shuffled": False,
        "started_at": started_at,
        "deadline_at": None,
        "taken_until": None,
        "submitted_at": started_at + STEP * (len(fractions) + 1),
        "auto": auto,
        "points": points,
        "maximum": sum(quiz.points),
        "credit": 1.0,
        "marked_at": started_at + HOUR,
    }
    statement = insert(AttemptRow).returning(AttemptRow.id)
    attempt_id = session.scalars(statement, [attempt]).one()
    given = responses or [WRONG if not each else RIGHT for each in fractions]
    session.execute(
        insert(AttemptQuestionRow),
        [
            {
                "attempt_id": attempt_id,
                "position": position,
                "question_id": quiz.question_ids[position],
                "points": quiz.points[position],
                "response": "" if fraction is None else given[position],
                "given": fraction is not None,
                "saves": 0 if fraction is None else 1,
                "saved_at": None if fraction is None else started_at + STEP * (position + 1),
                "flagged": False,
                "fraction": fraction,
                "dropped": False,
                "claim": "",
            }
            for position, fraction in enumerate(fractions)
        ],
    )
    return attempt_id


def build_quiz(
    database: Database,
    points: Sequence[float],
    marks: Sequence[Sequence[float | None]],
    *,
    rules: AssignmentRules = RULES,
) -> Quiz:
    """Set an assignment that as many learners have sat as there are rows of marks, and commit.

    Alice and Bob are the first two of them.
    """
    with database.writing() as session:
        quiz = make_quiz(session, points, rules=rules)
        world = quiz.world
        others = enrol_learners(session, world, len(marks) - 2)
        for learner_id, fractions in zip(
            [world.alice.id, world.bob.id, *others], marks, strict=False
        ):
            put_attempt(session, quiz, learner_id, fractions)
        session.commit()
    return quiz


def read_report(
    database: Database, quiz: Quiz, which: Which = "first", at: datetime = LATER
) -> AssignmentReport:
    """Return the report as Tess sees it."""
    world = quiz.world
    with database.reading() as session:
        return report_assignment(
            session, world.tess, world.course_id, quiz.assignment_id, at, which
        )


def due_later(hours: int) -> AssignmentRules:
    """Return the rules of an assignment that is due so many hours after the others."""
    return replace(RULES, due_at=MORNING + (2 + hours) * HOUR, closes_at=MORNING + 100 * HOUR)
