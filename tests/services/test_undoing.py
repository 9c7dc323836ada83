"""Undoing many answers one after the other, over study sessions, and beside those of attempts."""

from datetime import timedelta

import pytest

from quizapp.errors import ConflictError
from quizapp.services.checking import check_database
from quizapp.services.quizzing.submitting import submit
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.feedback import look_back
from quizapp.services.reviewing.studies import finish_study, start_study
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.engine import Database
from quizapp.storage.ids import ReviewId
from tests.factories.assignments import answer_all, begin, build_exam
from tests.factories.people import MORNING, World, answer_next, build_world

MINUTE = timedelta(minutes=1)
EVENING = MORNING + timedelta(hours=9)


def answer_many(database: Database, world: World, count: int) -> None:
    """Let Alice answer in two study sessions of one day."""
    with database.writing() as session:
        for number in range(count):
            at = MORNING + number * MINUTE
            study_id, _ = answer_next(session, world.alice, at, key=f"k{number}")
            if number == count // 2:
                finish_study(session, world.alice, study_id, left_open=False, now=at)
        session.commit()


def undo_next(database: Database, world: World, now: timedelta) -> ReviewId | None:
    """Undo what the page of the next question offers, and return which answer it was."""
    with database.writing() as session:
        study_id = start_study(session, world.alice, EVENING)
        asking = ask_next(session, world.alice, study_id, EVENING + now)
        assert asking is not None
        if asking.last_review_id is not None:
            undo(session, world.alice, asking.last_review_id, EVENING + now)
        session.commit()
        return asking.last_review_id


def test_thirty_answers_are_undone_in_a_row_over_study_sessions_and_no_more(
    database: Database,
) -> None:
    world = build_world(database, facts=40)
    answer_many(database, world, 32)
    undone = [undo_next(database, world, number * MINUTE) for number in range(30)]
    assert undone == list(range(32, 2, -1))
    with pytest.raises(ConflictError, match="last 30"):
        undo_next(database, world, 31 * MINUTE)
    check = check_database(database)
    assert (check.reviews, check.memories, check.clean) == (32, 2, True)


def test_an_answer_after_undoing_is_the_next_to_be_undone(database: Database) -> None:
    world = build_world(database)
    answer_many(database, world, 2)
    assert undo_next(database, world, MINUTE) == 2
    with database.writing() as session:
        _, third = answer_next(session, world.alice, EVENING + 2 * MINUTE, key="third")
    assert undo_next(database, world, 3 * MINUTE) == third
    assert undo_next(database, world, 4 * MINUTE) == 1
    assert undo_next(database, world, 5 * MINUTE) is None
    assert check_database(database).memories == 0


def test_the_answers_of_yesterday_are_not_offered(database: Database) -> None:
    world = build_world(database)
    answer_many(database, world, 2)
    assert undo_next(database, world, timedelta(days=1)) is None


def test_the_answers_of_an_attempt_stay_and_do_not_stand_in_the_way(database: Database) -> None:
    exam = build_exam(database)
    with database.writing() as session:
        # New facts come by position: the first of the course's other set, then the attempt's.
        answer_next(session, exam.alice, MORNING - 2 * MINUTE, key="another")
        study_id, review_id = answer_next(session, exam.alice, MORNING - MINUTE, key="before")
        before = look_back(session, exam.alice, study_id, review_id, MORNING)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING)
    with database.writing() as session:
        submit(session, exam.alice, attempt_id, MORNING + MINUTE)
        session.commit()
    with database.writing() as session:
        after = look_back(session, exam.alice, study_id, review_id, EVENING)
        undo(session, exam.alice, review_id, EVENING)
        session.commit()
        with pytest.raises(ConflictError, match="assignment"):
            undo(session, exam.alice, ReviewId(review_id + 1), EVENING)
    assert before.can_undo
    assert after.can_undo
    assert before.memory is not None
    assert after.memory is not None
    # The fact of that answer was answered in the attempt as well.
    assert (before.memory.reps, after.memory.reps) == (1, 2)
    check = check_database(database)
    assert (check.reviews, check.memories, check.clean) == (10, 9, True)
