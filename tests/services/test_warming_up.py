"""A warm-up of one click: what it asks, when it is open, and who may make it."""

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from quizapp.services.assigning.creating import create, publish
from quizapp.services.assigning.planning import Plan
from quizapp.services.quizzing.starting import start
from quizapp.services.reporting.memories_facts import list_facts, rank_forgotten
from quizapp.services.reporting.warming_up import MOST, WarmUp, warm_up
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import (
    Assignment,
    Content,
    Pick,
    find_assignment,
    list_picks,
    list_version_questions,
)
from quizapp.storage.courses import enrol, set_archived
from quizapp.storage.engine import Database
from quizapp.storage.ids import AssignmentId, QuestionId
from quizapp.storage.recalling import list_asked_facts
from quizapp.storage.roles import STAFF
from tests.factories.assignments import RULES
from tests.factories.courses import make_account
from tests.factories.logs import Entry, write_log
from tests.factories.people import MORNING, World, build_world

FACTS = 12
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def world(database: Database) -> World:
    """A class that has met all facts once, longer and longer ago."""
    world = build_world(database, facts=FACTS)
    with database.writing() as session:
        for learner in (world.alice, world.bob):
            entries = [
                Entry(fact=f"f{fact}", at=MORNING - (fact // 3) * DAY + fact * SECOND)
                for fact in range(1, FACTS + 1)
            ]
            write_log(session, learner, sorted(entries, key=lambda each: each.at))
        session.commit()
    return world


def make(database: Database, world: World, who: Account | None = None) -> WarmUp:
    with database.writing() as session:
        made = warm_up(session, who or world.tess, world.course_id, MORNING)
        session.commit()
    return made


def get(database: Database, world: World, made: WarmUp) -> Assignment:
    with database.reading() as session:
        found = find_assignment(session, world.tess.id, made.assignment_id, STAFF)
    assert found is not None
    return found


def list_asked(database: Database, assignment_id: AssignmentId) -> tuple[QuestionId, ...]:
    with database.reading() as session:
        return tuple(pick.question_id for pick in list_picks(session, assignment_id))


def set_questions(database: Database, world: World, questions: list[QuestionId]) -> None:
    """Set an assignment that asks these questions and goes on for long."""
    picks = tuple(Pick(question_id=each) for each in questions)
    content = Content(version_id=world.version_id, picking="list", picks=picks)
    rules = RULES
    with database.writing() as session:
        plan = Plan(title="Test", content=content, rules=rules)
        publish(session, world.tess, create(session, world.tess, world.course_id, plan, MORNING))
        session.commit()


def list_choices(database: Database, world: World) -> list[QuestionId]:
    with database.reading() as session:
        found = list_version_questions(session, world.version_id)
    return [each.id for each in found if each.kind != "flashcard"]


def test_it_asks_what_the_class_forgets_next(database: Database, world: World) -> None:
    made = make(database, world)
    with database.reading() as session:
        facts = list_facts(session, world.tess, world.course_id, MORNING)
        asked = list_asked_facts(session, list_asked(database, made.assignment_id))
    first = [each.id for each in rank_forgotten(facts.facts)[:MOST]]
    assert made.questions == len(first) == MOST
    assert {each.fact_id for each in asked} == set(first)


def test_it_is_open_at_once_until_the_end_of_the_next_day(database: Database, world: World) -> None:
    made = make(database, world)
    found, ends = get(database, world, made), datetime(2026, 3, 3, 23, 59, tzinfo=UTC)
    assert (found.title, found.status, found.picking) == (
        "Warm-up, 2 March 2026",
        "published",
        "list",
    )
    assert (found.rules.opens_at, found.rules.due_at, found.rules.closes_at) == (
        MORNING,
        ends,
        ends,
    )
    assert (made.due_at, found.password_hash, found.rules.attempts_allowed) == (ends, None, 1)
    assert "right_answer" in found.rules.feedback.at("right_after")
    with database.writing() as session:
        assert start(session, world.alice, made.assignment_id, MORNING, key="k")


def test_a_second_click_is_the_same_warm_up(database: Database, world: World) -> None:
    first, second = make(database, world), make(database, world)
    assert (first.new, second.new) == (True, False)
    assert first.assignment_id == second.assignment_id
    assert first.questions == second.questions


def test_it_asks_nothing_that_another_assignment_still_asks(
    database: Database, world: World
) -> None:
    kept = list_choices(database, world)[:9]
    set_questions(database, world, kept)
    made = make(database, world)
    asked = list_asked(database, made.assignment_id)
    assert 0 < len(asked) <= FACTS - len(kept)
    assert not set(asked) & set(kept)


def test_without_a_free_question_there_is_none(database: Database, world: World) -> None:
    set_questions(database, world, list_choices(database, world))
    with pytest.raises(InvalidError, match="not over"):
        make(database, world)


def test_without_anything_to_forget_there_is_none(database: Database) -> None:
    with pytest.raises(InvalidError, match="Nothing is about to be forgotten"):
        make(database, build_world(database))


def test_only_instructors_of_the_course_make_one(database: Database, world: World) -> None:
    with database.writing() as session:
        kim = make_account(session, "Kim", "instructor")
        theo = make_account(session, "Theo", "instructor")
        enrol(
            session,
            course_id=world.course_id,
            account_id=kim.id,
            role="assistant",
            now=MORNING,
        )
        session.commit()
    for who in (theo, world.alice, world.charlie):
        with pytest.raises(NotFoundError):
            make(database, world, who)
    with pytest.raises(ForbiddenError):
        make(database, world, kim)


def test_an_archived_course_gets_none(database: Database, world: World) -> None:
    with database.writing() as session:
        set_archived(session, world.course_id, MORNING)
        session.commit()
    with pytest.raises(ConflictError):
        make(database, world)
