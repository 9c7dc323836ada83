"""How far a learner has come in a version: the mark moves on and back, and hides no new fact."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from quizapp.services.checking import check_database
from quizapp.services.reviewing.answering import answer
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.days import queue_query
from quizapp.services.reviewing.studies import start_study
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.engine import Database
from quizapp.storage.introductions import move_on
from quizapp.storage.publishing import publish
from quizapp.storage.queue import NEW, load_queue
from quizapp.storage.tables import IntroductionRow, ReviewRow
from tests.factories.memories import find_fact, make_due, remember
from tests.factories.people import MORNING, World, answer_next, build_world, right_value, submit
from tests.factories.questions import make_version

SECOND = timedelta(seconds=1)


def list_marks(session: Session, world: World) -> dict[int, int]:
    """Return Alice's marks by version."""
    rows = session.query(IntroductionRow).filter_by(learner_id=world.alice.id)
    return {row.version_id: row.position for row in rows}


def list_new(session: Session, world: World) -> list[int]:
    waiting = load_queue(session, queue_query(world.alice, MORNING))
    return [each.fact_id for each in waiting if each.why == NEW]


def set_mark(database: Database, world: World, position: int) -> None:
    with database.writing() as session:
        session.execute(
            text("INSERT INTO introduction VALUES (:learner, :version, :position, 0)"),
            {"learner": world.alice.id, "version": world.version_id, "position": position},
        )
        session.commit()


def test_nobody_has_a_mark_before_their_first_answer(database: Database) -> None:
    world = build_world(database)
    with database.reading() as session:
        assert list_marks(session, world) == {}
        assert len(list_new(session, world)) == 3


def test_the_mark_follows_the_new_facts_one_by_one_to_the_end(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        marks = []
        for number in range(3):
            answer_next(session, world.alice, MORNING, key=f"k{number}")
            marks.append(list_marks(session, world)[world.version_id])
        assert list_new(session, world) == []
    assert marks == [1, 2, 3]


def test_the_mark_stops_before_a_gap_and_then_passes_what_lies_behind_it(
    database: Database,
) -> None:
    world = build_world(database, facts=5)
    with database.writing() as session:
        for fact in ("f1", "f3", "f4"):
            last = remember(session, world.alice.id, fact, make_due())
        move_on(session, world.alice.id, last)
        assert list_marks(session, world) == {world.version_id: 1}
        move_on(session, world.alice.id, remember(session, world.alice.id, "f2", make_due()))
        assert list_marks(session, world) == {world.version_id: 4}
        assert list_new(session, world) == [find_fact(session, "f5")[0]]


def test_only_the_first_answer_to_a_fact_moves_the_mark(database: Database) -> None:
    world = build_world(database, facts=1)
    with database.writing() as session:
        answer_next(session, world.alice, MORNING, key="one")
        session.execute(text("DELETE FROM introduction"))
        answer_next(session, world.alice, MORNING + timedelta(minutes=11), key="two")
        assert list_marks(session, world) == {}


def test_an_undone_first_answer_moves_the_mark_back(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        before = list_new(session, world)
        reviews = [
            answer_next(session, world.alice, MORNING + number * SECOND, key=f"k{number}")[1]
            for number in range(3)
        ]
        for left, review_id in reversed(list(enumerate(reviews))):
            undo(session, world.alice, review_id, MORNING + timedelta(minutes=1))
            assert list_marks(session, world) == {world.version_id: left}
            assert list_new(session, world) == before[left:]
        session.commit()
    assert check_database(database).clean


def test_a_mark_that_lags_behind_is_not_moved_on_by_an_undo(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        _, review_id = answer_next(session, world.alice, MORNING, key="one")
        _, review_id = answer_next(session, world.alice, MORNING + SECOND, key="two")
        session.execute(text("UPDATE introduction SET position = 0"))
        undo(session, world.alice, review_id, MORNING + timedelta(minutes=1))
        assert list_marks(session, world) == {world.version_id: 0}


def test_a_fact_of_two_versions_moves_the_mark_of_both_on_and_back(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        newer = publish(session, make_version(2), owner_id=None, now=MORNING)
        course_id = add_course(session, title="Another", timezone="UTC", now=MORNING)
        teach(session, course_id=course_id, version_id=newer)
        enrol(session, course_id=course_id, account_id=world.alice.id, role="learner", now=MORNING)
        _, review_id = answer_next(session, world.alice, MORNING, key="k")
        assert list_marks(session, world) == {world.version_id: 1, newer: 1}
        undo(session, world.alice, review_id, MORNING)
        assert list_marks(session, world) == {world.version_id: 0, newer: 0}


def test_a_version_that_is_no_longer_taught_is_moved_back_too(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        _, review_id = answer_next(session, world.alice, MORNING, key="k")
        session.execute(text("DELETE FROM course_set"))
        undo(session, world.alice, review_id, MORNING)
        teach(session, course_id=world.course_id, version_id=world.version_id)
        session.commit()
        assert len(list_new(session, world)) == 3
    assert check_database(database).clean


def test_another_learners_mark_stays(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        answer_next(session, world.alice, MORNING, key="a")
        _, review_id = answer_next(session, world.bob, MORNING, key="b")
        undo(session, world.bob, review_id, MORNING)
        assert list_marks(session, world) == {world.version_id: 1}


@pytest.mark.parametrize(("position", "passed"), [(0, []), (1, []), (3, ["f2", "f3"])])
def test_the_check_names_each_fact_that_a_wrong_mark_hides(
    database: Database, position: int, passed: list[str]
) -> None:
    world = build_world(database, facts=4)
    with database.writing() as session:
        answer_next(session, world.alice, MORNING, key="k")
        facts = [find_fact(session, key)[0] for key in passed]
        session.execute(text("DELETE FROM introduction"))
        session.commit()
    set_mark(database, world, position)
    check = check_database(database)
    assert [(each.learner_id, each.fact_id) for each in check.mismatches] == [
        (world.alice.id, fact_id) for fact_id in facts
    ]
    assert all("counted as introduced" in each.what for each in check.mismatches)


@pytest.fixture(params=[True, False], ids=["with a mark", "without a mark"])
def met(database: Database, request: pytest.FixtureRequest) -> World:
    """Alice has met the first two of five facts."""
    world = build_world(database, facts=5)
    with database.writing() as session:
        answer_next(session, world.alice, MORNING - SECOND, key="first")
        answer_next(session, world.alice, MORNING, key="second")
        if not request.param:
            session.execute(text("DELETE FROM introduction"))
            session.commit()
    return world


Change = Callable[[Session], object]


def prepare(database: Database, world: World) -> tuple[Change, Change]:
    """Return what answers Alice's third fact, and what takes her second answer back."""
    with database.writing() as session:
        last = session.query(ReviewRow).order_by(ReviewRow.id.desc()).first()
        study_id = start_study(session, world.alice, MORNING)
        asking = ask_next(session, world.alice, study_id, MORNING)
        session.commit()
    assert last is not None
    assert asking is not None
    review_id, value = last.id, right_value(asking)
    form = submit(asking, key="third", value=value, shown_at=MORNING)
    # Dated before the second answer, so that this stays the last and may be undone.
    return (
        lambda session: answer(session, world.alice, study_id, form, MORNING - SECOND),
        lambda session: undo(session, world.alice, review_id, MORNING + SECOND),
    )


def run_both(database: Database, first: Change, second: Change) -> bool:
    """Run the second while the first has not committed; return whether it waited for that."""

    def run() -> None:
        with database.writing() as session:
            second(session)
            session.commit()

    with database.writing() as session, ThreadPoolExecutor(1) as pool:
        first(session)
        other = pool.submit(run)
        waited = not wait([other], timeout=0.4).done
        session.commit()
        other.result(10)
    return waited


@pytest.mark.parametrize("undo_first", [True, False])
def test_an_answer_and_an_undo_at_once_hide_no_fact(
    database: Database,
    met: World,
    undo_first: bool,
) -> None:
    answering, undoing = prepare(database, met)
    order = (undoing, answering) if undo_first else (answering, undoing)
    assert run_both(database, *order)
    check = check_database(database)
    assert (check.memories, check.mismatches) == (2, ())
    with database.reading() as session:
        facts = [find_fact(session, key)[0] for key in ("f2", "f4", "f5")]
        assert list_new(session, met) == facts
        assert list_marks(session, met)[met.version_id] <= 1
