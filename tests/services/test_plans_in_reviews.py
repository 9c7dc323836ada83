"""A plan for an exam in the reviews: the retention by which answers are scheduled."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.memory import Grade, name_version
from quizapp.services.checking import check_database
from quizapp.services.planning.choosing import choose, drop
from quizapp.services.quizzing.submitting import submit
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.studies import start_study
from quizapp.storage.accounts import Account
from quizapp.storage.courses import add_course, change_course, enrol, set_archived, teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import CourseId
from quizapp.storage.tables import ReviewRow
from tests.factories.assignments import SECOND, answer_all, begin, build_exam
from tests.factories.memories import TODAY, make_due, remember
from tests.factories.people import MORNING, World, answer_next, build_world

DAY = timedelta(days=1)
TO_EXAM = 12
EXAM_ON = (MORNING + TO_EXAM * DAY).date()


def set_exam(session: Session, course_id: CourseId, exam_on: date = EXAM_ON) -> None:
    change_course(session, course_id, title="Astronomy", timezone="UTC", exam_on=exam_on)


def plan(session: Session, learner: Account, course_id: CourseId, retention: float) -> None:
    choose(session, learner, course_id, MORNING, retention=retention, most_per_day=200)


def build_planned(database: Database, retention: float) -> World:
    world = build_world(database, facts=3)
    with database.writing() as session:
        set_exam(session, world.course_id)
        plan(session, world.alice, world.course_id, retention)
        session.commit()
    return world


def answer_as(database: Database, learner: Account, at: timedelta = timedelta(0)) -> str:
    """Let somebody answer once, and return the version that the log names."""
    with database.writing() as session:
        _, review_id = answer_next(session, learner, MORNING + at, key=f"{learner.id} {at}")
        found = session.scalar(select(ReviewRow.parameters).where(ReviewRow.id == review_id))
    assert found is not None
    return found


def test_an_answer_is_scheduled_by_the_plan_for_its_course(database: Database) -> None:
    world = build_planned(database, 0.8)
    assert answer_as(database, world.alice) == name_version(0.8)
    assert answer_as(database, world.bob) == name_version(world.bob.retention)
    with database.writing() as session:
        drop(session, world.alice, world.course_id)
        session.commit()
    assert answer_as(database, world.alice, SECOND) == name_version(world.alice.retention)


def test_of_several_plans_the_highest_retention_holds(database: Database) -> None:
    world = build_planned(database, 0.85)
    with database.writing() as session:
        for title, retention in (("Geology", 0.9), ("Botany", 0.8)):
            other = add_course(session, title=title, timezone="UTC", exam_on=EXAM_ON, now=MORNING)
            teach(session, course_id=other, version_id=world.version_id)
            alice = world.alice.id
            enrol(session, course_id=other, account_id=alice, role="learner", now=MORNING)
            plan(session, world.alice, other, retention)
        session.commit()
    assert answer_as(database, world.alice) == name_version(0.9)


def test_a_plan_for_another_course_changes_nothing(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        other = add_course(session, title="Other", timezone="UTC", exam_on=EXAM_ON, now=MORNING)
        enrol(session, course_id=other, account_id=world.alice.id, role="learner", now=MORNING)
        plan(session, world.alice, other, 0.8)
        session.commit()
    assert answer_as(database, world.alice) == name_version(world.alice.retention)


@pytest.mark.parametrize(("days", "retention"), [(TO_EXAM, 0.8), (TO_EXAM + 1, 0.9)])
def test_a_plan_holds_until_the_exam_is_over(
    database: Database, days: int, retention: float
) -> None:
    world = build_planned(database, 0.8)
    assert answer_as(database, world.alice, days * DAY) == name_version(retention)


def test_the_plan_for_an_archived_course_asks_for_nothing(database: Database) -> None:
    world = build_planned(database, 0.8)
    with database.writing() as session:
        remember(session, world.alice.id, "f1", make_due())
        set_archived(session, world.course_id, MORNING)
        session.commit()
    assert answer_as(database, world.alice) == name_version(world.alice.retention)


def show_good(database: Database, world: World) -> int:
    """Return after how many days a card would come again that was known."""
    with database.writing() as session:
        study_id = start_study(session, world.alice, MORNING)
        for number in range(20):
            asking = ask_next(session, world.alice, study_id, MORNING)
            assert asking is not None
            if asking.outcomes:
                return asking.outcomes[Grade.GOOD].due_day - TODAY
            answer_next(session, world.alice, MORNING, key=f"card {number}")
    raise AssertionError("no flashcard")


def test_a_flashcard_shows_the_interval_of_the_plan(database: Database) -> None:
    world = build_world(database, facts=12)
    with database.writing() as session:
        set_exam(session, world.course_id)
        for number in range(1, 13):
            remember(session, world.alice.id, f"f{number}", make_due())
        session.commit()
    usual = show_good(database, world)
    with database.writing() as session:
        plan(session, world.alice, world.course_id, 0.8)
        session.commit()
    assert show_good(database, world) > 1.5 * usual


def test_the_answers_of_an_attempt_are_scheduled_by_the_plan(database: Database) -> None:
    exam = build_exam(database)
    with database.writing() as session:
        set_exam(session, exam.world.course_id)
        plan(session, exam.alice, exam.world.course_id, 0.85)
        session.commit()
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING + SECOND)
    with database.writing() as session:
        submit(session, exam.alice, attempt_id, MORNING + 2 * SECOND)
        session.commit()
        versions = set(session.scalars(select(ReviewRow.parameters)))
    assert versions == {name_version(0.85)}
    assert check_database(database).clean
