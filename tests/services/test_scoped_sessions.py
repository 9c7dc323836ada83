"""Study sessions narrowed to a course, to a section, or that ask ahead of time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.services.checking import check_database
from quizapp.services.reviewing.answering import answer
from quizapp.services.reviewing.asking import ask_next, start_asking
from quizapp.services.reviewing.days import queue_query
from quizapp.services.reviewing.studies import finish_study, start_study
from quizapp.services.reviewing.today import look_at_today
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import CourseId, StudyId
from quizapp.storage.publishing import publish
from quizapp.storage.queue import DUE, find_study_queue, load_queue
from quizapp.storage.scopes import EVERYTHING, Scope
from quizapp.storage.tables import FactRow, SetRow
from tests.factories.memories import TODAY, make_due, remember
from tests.factories.people import MORNING, World, build_world, right_value, submit
from tests.factories.questions import make_version

MINUTE = timedelta(minutes=1)


def add_geology(session: Session, world: World) -> CourseId:
    """Let Alice learn in a second course: two facts of the section Rocks and one of Planets."""
    version = make_version(3, key="rocks")
    facts = tuple(
        replace(fact, section="Rocks" if number < 2 else fact.section)
        for number, fact in enumerate(version.facts)
    )
    stones = publish(session, replace(version, facts=facts), owner_id=None, now=MORNING)
    course_id = add_course(session, title="Geology", timezone="UTC", now=MORNING)
    teach(session, course_id=course_id, version_id=stones)
    enrol(session, course_id=course_id, account_id=world.alice.id, role="learner", now=MORNING)
    return course_id


def waiting(session: Session, world: World, study_id: StudyId) -> list[str]:
    """Return what waits in a study session: set and key of each fact."""
    rows = session.query(FactRow, SetRow).join(SetRow, SetRow.id == FactRow.set_id)
    names = {fact.id: f"{found.key} {fact.key}" for fact, found in rows}
    queue = find_study_queue(session, queue_query(world.alice, MORNING), study_id)
    assert queue is not None
    return [names[each.fact_id] for each in queue.waiting]


def test_a_session_of_one_course_asks_its_facts_alone_and_one_of_a_section_fewer(
    database: Database,
) -> None:
    world = build_world(database)
    with database.writing() as session:
        geology = add_geology(session, world)
        scopes = (EVERYTHING, Scope(course_id=geology), Scope(course_id=geology, section="Rocks"))
        asked = [
            waiting(session, world, start_study(session, world.alice, MORNING, scope))
            for scope in scopes
        ]
    assert [len(each) for each in asked] == [6, 3, 2]
    assert asked[1] == ["rocks f1", "rocks f2", "rocks f3"]
    assert asked[2] == ["rocks f1", "rocks f2"]


def test_what_is_due_is_narrowed_like_what_is_new(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        remember(session, world.alice.id, "f1", make_due())
        geology = add_geology(session, world)
        whole = start_study(session, world.alice, MORNING, Scope(course_id=world.course_id))
        assert waiting(session, world, whole)[0] == "planets f1"
        other = start_study(session, world.alice, MORNING, Scope(course_id=geology))
        assert "planets f1" not in waiting(session, world, other)


def test_resuming_keeps_the_scope_and_another_one_ends_the_session(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        scope = Scope(course_id=add_geology(session, world), section="Rocks")
        first = start_study(session, world.alice, MORNING, scope)
        assert start_study(session, world.alice, MORNING + MINUTE) == first
        assert start_study(session, world.alice, MORNING + MINUTE, scope) == first
        today = look_at_today(session, world.alice, MORNING + MINUTE)
        assert today.open_study is not None
        assert (today.open_study.scope, today.open_study.course_title) == (scope, "Geology")
        second = start_study(session, world.alice, MORNING + 2 * MINUTE, EVERYTHING)
        assert second != first
        assert start_study(session, world.alice, MORNING + 3 * MINUTE) == second


def test_a_narrowed_session_that_has_come_to_its_end_is_followed_by_one_of_everything(
    database: Database,
) -> None:
    world = build_world(database)
    with database.writing() as session:
        scope = Scope(course_id=add_geology(session, world), section="Rocks", ahead_days=3)
        assert start_asking(session, world.alice, MORNING, scope) is None
        session.rollback()
        scope = Scope(course_id=world.course_id, ahead_days=1)
        empty = start_study(session, world.alice, MORNING, scope)
        follows = start_asking(session, world.alice, MORNING + MINUTE, None)
    assert follows not in {None, empty}


@pytest.mark.parametrize(
    "scope",
    [
        Scope(course_id=CourseId(4711)),
        Scope(course_id=CourseId(0)),
        Scope(course_id=CourseId(1), section="Moons"),
        Scope(section="Moons"),
    ],
)
def test_what_no_course_of_theirs_teaches_cannot_be_asked_for(
    database: Database, scope: Scope
) -> None:
    world = build_world(database)
    with database.writing() as session:
        with pytest.raises(NotFoundError):
            start_study(session, world.alice, MORNING, scope)
        with pytest.raises(NotFoundError):
            start_study(session, world.charlie, MORNING, Scope(course_id=world.course_id))


@pytest.mark.parametrize(("ahead", "count"), [(1, 2), (3, 3), (7, 4)])
def test_ahead_of_time_what_is_due_within_the_days_is_asked_and_nothing_new(
    database: Database, ahead: int, count: int
) -> None:
    world = build_world(database, facts=6)
    with database.writing() as session:
        for number, days in enumerate((0, 1, 3, 7, 8), 1):
            remember(session, world.alice.id, f"f{number}", make_due(TODAY + days))
        study_id = start_study(session, world.alice, MORNING, Scope(ahead_days=ahead))
        asked = waiting(session, world, study_id)
    assert asked == [f"planets f{number}" for number in range(1, count + 1)]


def test_the_limit_of_a_day_neither_holds_for_reviews_ahead_nor_is_used_up_by_them(
    database: Database,
) -> None:
    world = build_world(database, facts=5)
    alice = replace(world.alice, reviews_per_day=1)
    with database.writing() as session:
        for number in range(1, 5):
            remember(session, alice.id, f"f{number}", make_due(TODAY + number // 2))
        study_id = start_study(session, alice, MORNING, Scope(ahead_days=3))
        for number in range(2):
            asking = ask_next(session, alice, study_id, MORNING)
            assert asking is not None
            form = submit(asking, key=f"k{number}", value=right_value(asking), shown_at=MORNING)
            answer(session, alice, study_id, form, MORNING)
        finish_study(session, alice, study_id, left_open=False, now=MORNING)
        session.commit()
        tomorrow = queue_query(alice, MORNING)
        ready = replace(tomorrow, today=TODAY + 2)
        left = [each for each in load_queue(session, ready) if each.why == DUE]
    assert len(left) == 1
    check = check_database(database)
    assert check.reviews == 2
