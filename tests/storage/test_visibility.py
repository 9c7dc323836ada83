"""Who may see which course and which version: Alice learns, Tess teaches, Charlie is a stranger."""

from dataclasses import replace

import pytest
from sqlalchemy import delete

from quizapp.services.authoring.drafting import get_draft
from quizapp.storage.accounts import Account, add_account
from quizapp.storage.content import find_version
from quizapp.storage.courses import add_course, enrol, list_taught, teach
from quizapp.storage.drafts import put_facts
from quizapp.storage.engine import Database
from quizapp.storage.publishing import publish
from quizapp.storage.reports import find_taught_course
from quizapp.storage.set_lists import list_sets
from quizapp.storage.tables import CourseSetRow
from tests.factories.desk import accept_made_questions, build_desk
from tests.factories.people import MORNING, World, build_world
from tests.factories.questions import make_version

PEOPLE = ("alice", "bob", "charlie", "tess")


@pytest.mark.parametrize(
    ("name", "role", "seen"),
    [
        ("alice", "learner", True),
        ("bob", "learner", True),
        ("charlie", "learner", False),
        ("alice", "instructor", False),
        ("charlie", "instructor", False),
        ("tess", "instructor", True),
    ],
)
def test_a_version_is_seen_by_its_course_in_their_role(
    database: Database, name: str, role: str, *, seen: bool
) -> None:
    world = build_world(database)
    person: Account = getattr(world, name)
    with database.reading() as session:
        found = find_version(session, person.id, world.version_id, role=role)
    assert (found is not None) is seen


def test_a_version_that_no_course_teaches_is_seen_by_its_owner_alone(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        session.execute(delete(CourseSetRow))
        found = {
            name: find_version(
                session, getattr(world, name).id, world.version_id, role=getattr(world, name).role
            )
            for name in PEOPLE
        }
    assert [name for name in PEOPLE if found[name]] == ["tess"]


def test_a_colleague_sees_what_their_course_teaches_but_not_the_other_versions(
    database: Database,
) -> None:
    world = build_world(database)
    with database.writing() as session:
        colleague = add_account(
            session, email="kim@x.org", name="Kim", role="instructor", timezone="UTC", now=MORNING
        )
        second = publish(session, make_version(2), owner_id=world.tess.id, now=MORNING)
        course_id = add_course(session, title="Mine", timezone="UTC", now=MORNING)
        enrol(session, course_id=course_id, account_id=colleague.id, role="instructor", now=MORNING)
        assert list_sets(session, colleague.id) == ()
        teach(session, course_id=course_id, version_id=second)
        seen = [(one.version_id, one.may) for one in list_sets(session, colleague.id)]
        owned = [(one.version_id, one.may) for one in list_sets(session, world.tess.id)]
        former = find_version(session, colleague.id, world.version_id, role="instructor")
        courses = [course.title for course in list_taught(session, colleague.id)]
    assert seen == [(second, "read")]
    assert owned == [(second, "own")]
    assert former is not None
    assert courses == ["Mine"]


def test_sets_are_listed_with_what_they_hold(database: Database) -> None:
    world = build_world(database, facts=4)
    with database.reading() as session:
        (one,) = list_sets(session, world.tess.id)
    assert (one.number, one.facts, one.questions, one.courses) == (1, 4, 8, 1)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_course_is_shown_to_those_who_teach_it(database: Database, name: str) -> None:
    world: World = build_world(database)
    person: Account = getattr(world, name)
    with database.reading() as session:
        found = find_taught_course(session, person.id, world.course_id)
        listed = list_taught(session, person.id)
    if name != "tess":
        assert (found, listed) == (None, ())
        return
    assert found is not None
    (course,) = listed
    assert (course.title, course.learners, course.sets) == ("Astronomy", 2, ("The planets",))
    assert (found.id, found.title, found.timezone) == (course.id, course.title, course.timezone)


def test_a_course_is_listed_with_all_sets_that_it_teaches(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        for key in ("moons", "comets", "comets"):
            version = replace(make_version(2), set_key=key, title=key.title())
            version_id = publish(session, version, owner_id=world.tess.id, now=MORNING)
            teach(session, course_id=world.course_id, version_id=version_id)
        (course,) = list_taught(session, world.tess.id)
    assert course.sets == ("Comets", "Moons", "The planets")


def test_a_set_without_a_version_is_listed_with_what_its_draft_holds(database: Database) -> None:
    desk = build_desk(database)
    with database.writing() as session:
        keys = accept_made_questions(session, desk.tess, desk.set_id)
        _, draft = get_draft(session, desk.tess, desk.set_id)
        former = [one for one in list_sets(session, desk.tess.id) if one.id == desk.set_id]
        first = replace(draft.facts[0], state="proposed", decided_at=None)
        put_facts(session, desk.set_id, [first], desk.tess.id)
        latter = [one for one in list_sets(session, desk.tess.id) if one.id == desk.set_id]
    facts = len(draft.facts)
    assert [(one.facts, one.to_review, one.questions) for one in (*former, *latter)] == [
        (facts, 0, len(keys)),
        (facts - 1, 1, len(keys)),
    ]
