"""How many statements the hot paths take: the promises that the services' docstrings make."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from quizapp.errors import ConflictError
from quizapp.services.authoring.listing import find_sets
from quizapp.services.browsing import look_at_version, read_article_of
from quizapp.services.progress.looking import look_at_progress
from quizapp.services.reporting.memories_report import report_class
from quizapp.services.reviewing.answering import Submission, answer
from quizapp.services.reviewing.asking import Asking, ask_next
from quizapp.services.reviewing.days import queue_query
from quizapp.services.reviewing.feedback import look_back
from quizapp.services.reviewing.studies import start_study, sum_up
from quizapp.services.reviewing.today import look_at_today
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.engine import Database
from quizapp.storage.ids import ReviewId, StudyId
from quizapp.storage.queue import find_study_queue, load_queue
from tests.factories.memories import make_due, remember
from tests.factories.people import MORNING, World, answer_next, build_world, right_value, submit
from tests.support.statements import counting

SECOND = timedelta(seconds=1)
PAGE, ANSWER, UNDO = 2, 4, 5


def begin(database: Database, world: World) -> tuple[StudyId, Asking]:
    with database.writing() as session:
        study_id = start_study(session, world.alice, MORNING)
        asking = ask_next(session, world.alice, study_id, MORNING)
        session.commit()
    assert asking is not None
    return study_id, asking


def answer_once(database: Database, world: World) -> tuple[StudyId, ReviewId]:
    with database.writing() as session:
        return answer_next(session, world.alice, MORNING, key="k")


def test_only_the_programs_own_statements_are_counted(database: Database) -> None:
    with counting(database) as statements, database.writing() as session:
        with session.begin_nested():
            session.execute(text("SELECT 1"))
        session.commit()
    with counting(database) as read, database.reading() as session:
        session.execute(text("SELECT 2"))
    assert (statements, read) == (["SELECT 1"], ["SELECT 2"])


def test_the_queue_is_one_statement(database: Database) -> None:
    world = build_world(database, facts=9)
    with database.writing() as session:
        remember(session, world.alice.id, "f1", make_due())
        study_id = start_study(session, world.alice, MORNING)
        session.commit()
    query = queue_query(world.alice, MORNING)
    with counting(database) as statements, database.reading() as session:
        assert len(load_queue(session, query)) == 9
        assert len(statements) == 1
        assert find_study_queue(session, query, study_id) is not None
        assert len(statements) == 2


@pytest.mark.parametrize("again", [False, True])
def test_an_answer_takes_few_statements(database: Database, *, again: bool) -> None:
    world = build_world(database)
    if again:
        answer_once(database, world)
    study_id, asking = begin(database, world)
    form = submit(asking, key="new", value=right_value(asking), shown_at=MORNING)
    with counting(database) as statements, database.writing() as session:
        answer(session, world.alice, study_id, form, MORNING + SECOND)
        session.commit()
    assert 0 < len(statements) <= ANSWER


def test_an_answer_that_is_sent_again_takes_few_statements(database: Database) -> None:
    world = build_world(database)
    study_id, asking = begin(database, world)
    form = submit(asking, key="k", value=right_value(asking), shown_at=MORNING)
    with database.writing() as session:
        first = answer(session, world.alice, study_id, form, MORNING)
        session.commit()
    with counting(database) as statements, database.writing() as session:
        assert answer(session, world.alice, study_id, form, MORNING + SECOND) == first
        session.commit()
    assert 0 < len(statements) <= ANSWER


def test_a_stale_answer_takes_few_statements(database: Database) -> None:
    world = build_world(database)
    study_id, asking = begin(database, world)
    answer_once(database, world)
    stale: Submission = submit(asking, key="late", value=right_value(asking), shown_at=MORNING)
    with counting(database) as statements, database.writing() as session:
        with pytest.raises(ConflictError):
            answer(session, world.alice, study_id, stale, MORNING + SECOND)
        session.rollback()
    assert 0 < len(statements) <= ANSWER


@pytest.mark.parametrize("before", [0, 1])
def test_an_undo_takes_few_statements(database: Database, before: int) -> None:
    world = build_world(database, facts=1)
    with database.writing() as session:
        for number in range(before + 1):
            at = MORNING + number * timedelta(minutes=11)
            _, review_id = answer_next(session, world.alice, at, key=f"k{number}")
    with counting(database) as statements, database.writing() as session:
        undo(session, world.alice, review_id, MORNING + timedelta(hours=1))
        session.commit()
    assert 0 < len(statements) <= UNDO


Look = Callable[[Session, World, StudyId, ReviewId], object]
PAGES: dict[str, Look] = {
    "today": lambda session, world, _s, _r: look_at_today(session, world.alice, MORNING),
    "question": lambda session, world, study, _r: ask_next(session, world.alice, study, MORNING),
    "feedback": lambda session, world, study, review: look_back(
        session, world.alice, study, review, MORNING
    ),
    "summary": lambda session, world, study, _r: sum_up(session, world.alice, study, MORNING),
    "article": lambda session, world, _s, _r: read_article_of(
        session, world.alice, world.version_id
    ),
    "sets": lambda session, world, _s, _r: find_sets(session, world.tess),
    "set": lambda session, world, _s, _r: look_at_version(
        session, world.tess, world.version_id, search="", kind="", page=1
    ),
    "progress": lambda session, world, _s, _r: look_at_progress(session, world.alice, MORNING),
}


@pytest.mark.parametrize("facts", [3, 30])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_two_statements_however_much_it_shows(
    database: Database, page: str, facts: int
) -> None:
    world = build_world(database, facts=facts)
    study_id, review_id = answer_once(database, world)
    with counting(database) as statements, database.reading() as session:
        assert PAGES[page](session, world, study_id, review_id) is not None
    assert 0 < len(statements) <= PAGE


@pytest.mark.parametrize("facts", [3, 30])
def test_the_memory_of_a_class_takes_five_statements_however_much_it_shows(
    database: Database, facts: int
) -> None:
    world = build_world(database, facts=facts)
    answer_once(database, world)
    with counting(database) as statements, database.reading() as session:
        assert report_class(session, world.tess, world.course_id, MORNING).facts == facts
    assert len(statements) == 5
