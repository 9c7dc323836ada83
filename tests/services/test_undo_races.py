"""An undo beside an answer or another undo, at the same time: the log and its fold still agree."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest

from quizapp.errors import ConflictError
from quizapp.services.checking import check_database
from quizapp.services.reviewing.answering import answer
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.studies import start_study
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.engine import Database
from quizapp.storage.ids import ReviewId
from tests.factories.people import MORNING, World, answer_next, build_world, right_value, submit

LATER = MORNING + timedelta(minutes=11)


@pytest.fixture
def world(database: Database) -> World:
    """Alice learns the only fact there is."""
    return build_world(database, facts=1)


def answer_first(database: Database, world: World) -> ReviewId:
    with database.writing() as session:
        return answer_next(session, world.alice, MORNING, key="first")[1]


def try_undo(database: Database, world: World, review_id: ReviewId) -> str:
    with database.writing() as session:
        try:
            undo(session, world.alice, review_id, LATER)
        except ConflictError:
            return "refused"
        session.commit()
        return "done"


def is_waiting(other: Future[str]) -> bool:
    """Tell whether the other one is still at it after a moment in which it could have ended."""
    try:
        other.result(0.4)
    except TimeoutError:
        return True
    return False


@pytest.mark.parametrize("before", [0, 1])
def test_the_same_answer_undone_many_times_at_once_is_undone_once(
    database: Database, world: World, before: int
) -> None:
    review_id = answer_first(database, world)
    if before:
        with database.writing() as session:
            _, review_id = answer_next(session, world.alice, LATER, key="second")
    with ThreadPoolExecutor(8) as pool:
        ends = list(pool.map(lambda _: try_undo(database, world, review_id), range(8)))
    assert "done" in ends
    assert set(ends) <= {"done", "refused"}
    check = check_database(database)
    assert (check.reviews, check.memories, check.clean) == (before + 1, before, True)


def test_an_undo_that_comes_while_the_fact_is_answered_again_waits_and_is_refused(
    database: Database, world: World
) -> None:
    review_id = answer_first(database, world)
    with database.writing() as session, ThreadPoolExecutor(1) as pool:
        study_id = start_study(session, world.alice, LATER)
        asking = ask_next(session, world.alice, study_id, LATER)
        assert asking is not None
        form = submit(asking, key="second", value=right_value(asking), shown_at=LATER)
        answer(session, world.alice, study_id, form, LATER)
        undoing = pool.submit(try_undo, database, world, review_id)
        assert is_waiting(undoing)
        session.commit()
        assert undoing.result(10) == "refused"
    check = check_database(database)
    assert (check.reviews, check.memories, check.clean) == (2, 1, True)


def test_an_answer_that_comes_while_the_one_before_is_undone_waits_and_is_refused(
    database: Database, world: World
) -> None:
    review_id = answer_first(database, world)
    with database.writing() as session:
        study_id = start_study(session, world.alice, LATER)
        asking = ask_next(session, world.alice, study_id, LATER)
        session.commit()
    assert asking is not None
    form = submit(asking, key="second", value=right_value(asking), shown_at=LATER)

    def try_answer() -> str:
        with database.writing() as session:
            try:
                answer(session, world.alice, study_id, form, LATER)
            except ConflictError:
                return "refused"
            session.commit()
            return "done"

    with database.writing() as session, ThreadPoolExecutor(1) as pool:
        undo(session, world.alice, review_id, LATER)
        answering = pool.submit(try_answer)
        assert is_waiting(answering)
        session.commit()
        assert answering.result(10) == "refused"
    check = check_database(database)
    assert (check.reviews, check.memories, check.clean) == (1, 0, True)
