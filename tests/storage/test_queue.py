"""The queue: what waits for a learner, in which order, within which limits."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from quizapp.memory import Memory
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.days import queue_query
from quizapp.services.reviewing.studies import start_study
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import CourseId, VersionId
from quizapp.storage.publishing import publish
from quizapp.storage.queue import DUE, LEARNING, NEW, QueueQuery, Waiting, load_queue
from quizapp.storage.tables import CourseSetRow, EnrolmentRow, FactRow
from tests.factories.memories import TODAY, make_due, make_learning, remember
from tests.factories.people import MORNING, World, answer_next, build_world
from tests.factories.questions import make_version

MINUTE = timedelta(minutes=1)


def ask(session: Session, query: QueueQuery) -> list[tuple[str, str]]:
    """Return why and which fact, by its key, in the order of the queue."""
    keys = {row.id: row.key for row in session.query(FactRow)}
    return [(each.why, keys[each.fact_id]) for each in load_queue(session, query)]


def count(waiting: tuple[Waiting, ...], why: str) -> int:
    return sum(each.why == why for each in waiting)


def alices(world: World, *, new: int = 20, reviews: int = 200) -> QueueQuery:
    query = queue_query(world.alice, MORNING)
    return replace(query, new_per_day=new, reviews_per_day=reviews)


def add_to_course(session: Session, world: World, version_id: VersionId) -> CourseId:
    """Let Alice learn in a second course, which teaches this version."""
    course_id = add_course(session, title="Another", timezone="UTC", now=MORNING)
    teach(session, course_id=course_id, version_id=version_id)
    enrol(session, course_id=course_id, account_id=world.alice.id, role="learner", now=MORNING)
    return course_id


def test_learning_comes_before_due_before_new(database: Database) -> None:
    world = build_world(database, facts=4)
    with database.writing() as session:
        remember(session, world.alice.id, "f3", make_due())
        remember(session, world.alice.id, "f4", make_learning(MORNING - MINUTE))
        queue = ask(session, alices(world))
    assert queue == [(LEARNING, "f4"), (DUE, "f3"), (NEW, "f1"), (NEW, "f2")]


def test_learning_steps_come_by_their_instant_and_soon_ones_too(database: Database) -> None:
    world = build_world(database, facts=4)
    steps = {"f1": 19 * MINUTE, "f2": -MINUTE, "f3": 21 * MINUTE, "f4": -9 * MINUTE}
    with database.writing() as session:
        for fact, wait in steps.items():
            remember(session, world.alice.id, fact, make_learning(MORNING + wait))
        queue = ask(session, alices(world))
    assert queue == [(LEARNING, "f4"), (LEARNING, "f2"), (LEARNING, "f1")]


def test_due_facts_come_by_day_and_then_by_chance(database: Database) -> None:
    world = build_world(database, facts=5)
    ages = {"f1": (0, 7), "f2": (0, 3), "f3": (-2, 9), "f4": (1, 0), "f5": (-2, 1)}
    with database.writing() as session:
        for fact, (days, shuffle) in ages.items():
            remember(session, world.alice.id, fact, make_due(TODAY + days), shuffle=shuffle)
        queue = ask(session, alices(world))
    assert queue == [(DUE, "f5"), (DUE, "f3"), (DUE, "f2"), (DUE, "f1")]


def test_new_facts_come_in_the_order_of_teaching(database: Database) -> None:
    world = build_world(database, facts=12)
    with database.reading() as session:
        queue = ask(session, alices(world))
    assert queue == [(NEW, f"f{number}") for number in range(1, 13)]


@pytest.mark.parametrize(
    ("limit", "answered", "left"), [(5, 0, 5), (5, 2, 3), (2, 2, 0), (1, 2, 0)]
)
def test_the_limit_of_new_facts_counts_those_met_today(
    database: Database, limit: int, answered: int, left: int
) -> None:
    world = build_world(database, facts=9)
    with database.writing() as session:
        for number in range(answered):
            answer_next(session, world.alice, MORNING, key=f"k{number}")
        waiting = load_queue(session, alices(world, new=limit))
    assert count(waiting, NEW) == left


@pytest.mark.parametrize(
    ("limit", "answered", "left"), [(5, 0, 5), (5, 2, 3), (2, 2, 0), (1, 2, 0)]
)
def test_the_limit_of_reviews_counts_those_made_today(
    database: Database, limit: int, answered: int, left: int
) -> None:
    world = build_world(database, facts=9)
    with database.writing() as session:
        for number in range(1, 10):
            remember(session, world.alice.id, f"f{number}", make_due(), shuffle=number)
        for number in range(answered):
            answer_next(session, world.alice, MORNING, key=f"k{number}")
        waiting = load_queue(session, alices(world, reviews=limit))
    assert count(waiting, DUE) == left


def test_an_undone_answer_does_not_use_up_the_limit(database: Database) -> None:
    world = build_world(database, facts=5)
    with database.writing() as session:
        _, review_id = answer_next(session, world.alice, MORNING, key="k")
        assert count(load_queue(session, alices(world, new=2)), NEW) == 1
        undo(session, world.alice, review_id, MORNING)
        assert count(load_queue(session, alices(world, new=2)), NEW) == 2


@pytest.mark.parametrize(("hour", "left"), [(3, 2), (5, 1)])
def test_answers_before_the_study_day_began_do_not_use_up_its_limit(
    database: Database, hour: int, left: int
) -> None:
    world = build_world(database, facts=5)
    with database.writing() as session:
        answer_next(session, world.alice, MORNING.replace(hour=hour), key="k")
        assert count(load_queue(session, alices(world, new=2)), NEW) == left


def test_learning_steps_know_no_limit(database: Database) -> None:
    world = build_world(database, facts=3)
    with database.writing() as session:
        for number in range(1, 4):
            remember(session, world.alice.id, f"f{number}", make_learning(MORNING))
        waiting = load_queue(session, alices(world, new=0, reviews=0))
    assert count(waiting, LEARNING) == 3


def test_what_another_learner_did_changes_nothing(database: Database) -> None:
    world = build_world(database, facts=3)
    with database.writing() as session:
        before = load_queue(session, alices(world, new=2))
        remember(session, world.bob.id, "f1", make_due())
        answer_next(session, world.bob, MORNING, key="k")
        assert load_queue(session, alices(world, new=2)) == before


def test_someone_in_no_course_has_an_empty_queue(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        remember(session, world.charlie.id, "f1", make_due())
        assert load_queue(session, queue_query(world.charlie, MORNING)) == ()


def test_whoever_teaches_a_course_does_not_learn_in_it(database: Database) -> None:
    world = build_world(database)
    with database.reading() as session:
        assert load_queue(session, queue_query(world.tess, MORNING)) == ()


@pytest.mark.parametrize("memory", [make_due(), make_learning(MORNING), None])
def test_facts_that_no_course_of_theirs_teaches_are_not_asked(
    database: Database, memory: Memory | None
) -> None:
    world = build_world(database, facts=1)
    with database.writing() as session:
        publish(session, make_version(2, key="moons"), owner_id=world.tess.id, now=MORNING)
        if memory:
            remember(session, world.alice.id, "f2", memory)
        assert ask(session, alices(world)) == [(NEW, "f1")]


@pytest.mark.parametrize("memory", [make_due(), make_learning(MORNING), None])
def test_facts_of_a_course_that_was_left_are_not_asked(
    database: Database, memory: Memory | None
) -> None:
    world = build_world(database, facts=1)
    with database.writing() as session:
        if memory:
            remember(session, world.alice.id, "f1", memory)
        assert len(load_queue(session, alices(world))) == 1
        session.execute(delete(EnrolmentRow).where(EnrolmentRow.account_id == world.alice.id))
        assert load_queue(session, alices(world)) == ()


def test_facts_that_a_newer_version_dropped_are_not_asked(database: Database) -> None:
    world = build_world(database, facts=3)
    with database.writing() as session:
        for fact in ("f1", "f3"):
            remember(session, world.alice.id, fact, make_due())
        newer = publish(session, make_version(2), owner_id=world.tess.id, now=MORNING)
        session.execute(delete(CourseSetRow))
        teach(session, course_id=world.course_id, version_id=newer)
        assert ask(session, alices(world)) == [(DUE, "f1"), (NEW, "f2")]


@pytest.mark.parametrize("limit", [1, 3, 20])
def test_a_fact_that_two_courses_teach_waits_once_and_counts_once(
    database: Database, limit: int
) -> None:
    world = build_world(database, facts=6)
    with database.writing() as session:
        add_to_course(session, world, world.version_id)
        remember(session, world.alice.id, "f5", make_due())
        remember(session, world.alice.id, "f6", make_learning(MORNING))
        queue = ask(session, alices(world, new=limit))
    new = [(NEW, f"f{number}") for number in range(1, 5)][:limit]
    assert queue == [(LEARNING, "f6"), (DUE, "f5"), *new]


def test_a_fact_of_two_versions_waits_once_where_the_newer_one_has_it(database: Database) -> None:
    world = build_world(database, facts=4)
    version = make_version(3)
    turned = replace(version, facts=version.facts[::-1], digest="turned")
    with database.writing() as session:
        newer = publish(session, turned, owner_id=world.tess.id, now=MORNING)
        add_to_course(session, world, newer)
        assert ask(session, alices(world, new=3)) == [(NEW, "f3"), (NEW, "f2"), (NEW, "f1")]
        # Only the older version has the fourth fact.
        assert sorted(ask(session, alices(world))) == [(NEW, f"f{n}") for n in (1, 2, 3, 4)]
        study_id = start_study(session, world.alice, MORNING)
        asking = ask_next(session, world.alice, study_id, MORNING)
    assert asking is not None
    assert asking.question.facts == ("f3",)
    assert asking.passage.version_id == newer


def test_the_limit_is_filled_over_two_courses_of_different_sets(database: Database) -> None:
    world = build_world(database, facts=3)
    with database.writing() as session:
        moons = publish(session, make_version(3, key="moons"), owner_id=None, now=MORNING)
        add_to_course(session, world, moons)
        waiting = load_queue(session, alices(world, new=5))
    assert len({each.fact_id for each in waiting}) == len(waiting) == 5
