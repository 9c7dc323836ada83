"""Facts set aside: buried for a day, suspended, flagged; and how they come back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.services.checking import check_database
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.choosing import Act, choose, list_set_aside
from quizapp.services.reviewing.days import queue_query
from quizapp.services.reviewing.feedback import look_back
from quizapp.services.reviewing.studies import start_study
from quizapp.services.reviewing.today import look_at_today
from quizapp.storage.engine import Database
from quizapp.storage.ids import FactId
from quizapp.storage.queue import DUE, LEARNING, NEW, load_queue
from quizapp.storage.tables import FactRow, IntroductionRow
from tests.factories.memories import TODAY, find_fact, make_due, make_learning, remember
from tests.factories.people import MORNING, World, answer_next, build_world
from tests.support.statements import counting

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
Prepare = Callable[[Session, World], FactId]


def ask(session: Session, world: World, days: int = 0) -> list[tuple[str, str]]:
    """Return why and which fact waits for Alice, so many days later."""
    keys = {row.id: row.key for row in session.query(FactRow)}
    waiting = load_queue(session, queue_query(world.alice, MORNING + days * DAY))
    return [(each.why, keys[each.fact_id]) for each in waiting]


def learn(session: Session, world: World) -> None:
    """Let Alice have one fact of each sort: f1 in a learning step, f2 due, f3 new."""
    remember(session, world.alice.id, "f1", make_learning(MORNING))
    remember(session, world.alice.id, "f2", make_due())


@pytest.mark.parametrize("act", ["bury", "suspend"])
@pytest.mark.parametrize(("fact", "why"), [("f1", LEARNING), ("f2", DUE), ("f3", NEW)])
def test_what_is_set_aside_does_not_wait_whatever_it_waited_for(
    database: Database, fact: str, why: str, act: Act
) -> None:
    world = build_world(database)
    with database.writing() as session:
        learn(session, world)
        before = look_at_today(session, world.alice, MORNING)
        choose(session, world.alice, find_fact(session, fact)[0], act, MORNING)
        waiting, after = ask(session, world), look_at_today(session, world.alice, MORNING)
        study_id = start_study(session, world.alice, MORNING)
        asking = ask_next(session, world.alice, study_id, MORNING)
    assert len(waiting) == 2
    assert (why, fact) not in waiting
    assert after.counts.total == before.counts.total - 1
    assert getattr(after.counts, why) == 0
    course, former = after.courses[0], before.courses[0]
    assert (course.due + course.new, former.due + former.new) == (2 - (why != LEARNING), 2)
    assert asking is not None
    assert asking.question.facts != (fact,)


def test_what_is_buried_comes_again_the_next_day_and_what_is_suspended_does_not(
    database: Database,
) -> None:
    world = build_world(database)
    with database.writing() as session:
        learn(session, world)
        choose(session, world.alice, find_fact(session, "f2")[0], "bury", MORNING)
        choose(session, world.alice, find_fact(session, "f3")[0], "suspend", MORNING)
        assert ask(session, world) == [(LEARNING, "f1")]
        assert ask(session, world, days=1) == [(LEARNING, "f1"), (DUE, "f2")]
        assert ask(session, world, days=300) == [(LEARNING, "f1"), (DUE, "f2")]


@pytest.mark.parametrize(("act", "back"), [("bury", "unbury"), ("suspend", "resume")])
@pytest.mark.parametrize("fact", ["f1", "f2", "f3"])
def test_what_is_taken_back_waits_as_before(
    database: Database, fact: str, act: Act, back: Act
) -> None:
    world = build_world(database)
    with database.writing() as session:
        learn(session, world)
        before, fact_id = ask(session, world), find_fact(session, fact)[0]
        choose(session, world.alice, fact_id, act, MORNING)
        choose(session, world.alice, fact_id, back, MORNING)
        assert ask(session, world) == before
        assert list_set_aside(session, world.alice, MORNING) == ()


def test_a_new_fact_that_was_suspended_is_passed_over_and_comes_when_taken_back(
    database: Database,
) -> None:
    world = build_world(database, facts=4)
    with database.writing() as session:
        first = find_fact(session, "f1")[0]
        choose(session, world.alice, first, "suspend", MORNING)
        for number in range(3):
            answer_next(session, world.alice, MORNING + number * MINUTE, key=f"k{number}")
        session.commit()
        assert not [fact for why, fact in ask(session, world) if why == NEW]
        # All is behind the mark, so that the queue looks at none of it again.
        assert session.scalars(select(IntroductionRow.position)).all() == [4]
    assert check_database(database).clean
    with database.writing() as session:
        choose(session, world.alice, first, "resume", MORNING)
        session.commit()
        assert [fact for why, fact in ask(session, world) if why == NEW] == ["f1"]
        assert session.scalars(select(IntroductionRow.position)).all() == [0]
    assert check_database(database).clean


def test_setting_aside_gives_the_limit_of_new_facts_to_the_next(database: Database) -> None:
    world = build_world(database, facts=4)
    with database.writing() as session:
        choose(session, world.alice, find_fact(session, "f1")[0], "bury", MORNING)
        query = replace(queue_query(world.alice, MORNING), new_per_day=2)
        assert len(load_queue(session, query)) == 2


def test_a_flag_changes_nothing_about_when_a_fact_comes(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        before = ask(session, world)
        choose(session, world.alice, find_fact(session, "f1")[0], "flag", MORNING)
        assert ask(session, world) == before
        study_id = start_study(session, world.alice, MORNING)
        asking = ask_next(session, world.alice, study_id, MORNING)
        assert asking is not None
        assert asking.flagged
        _, review_id = answer_next(session, world.alice, MORNING, key="k")
        assert look_back(session, world.alice, study_id, review_id, MORNING).flagged
        choose(session, world.alice, asking.fact_id, "unflag", MORNING)
        assert not look_back(session, world.alice, study_id, review_id, MORNING).flagged


def test_what_others_set_aside_is_theirs_alone(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        before = ask(session, world)
        choose(session, world.bob, find_fact(session, "f1")[0], "suspend", MORNING)
        assert ask(session, world) == before
        assert list_set_aside(session, world.alice, MORNING) == ()


def test_only_facts_of_ones_own_courses_can_be_set_aside(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        fact_id = find_fact(session, "f1")[0]
        for person in (world.charlie, world.tess):
            with pytest.raises(NotFoundError):
                choose(session, person, fact_id, "suspend", MORNING)
        with pytest.raises(NotFoundError):
            choose(session, world.alice, FactId(4711), "suspend", MORNING)


def test_the_list_names_what_is_set_aside_and_leeches_in_one_statement(
    database: Database,
) -> None:
    world = build_world(database, facts=6)
    with database.writing() as session:
        for fact, lapses in (("f4", 8), ("f5", 7)):
            remember(session, world.alice.id, fact, replace(make_due(), lapses=lapses))
        acts: dict[str, Act] = {"f1": "suspend", "f2": "bury", "f3": "flag", "f4": "flag"}
        for fact, act in acts.items():
            choose(session, world.alice, find_fact(session, fact)[0], act, MORNING)
        session.commit()
    with counting(database) as statements, database.reading() as session:
        found = list_set_aside(session, world.alice, MORNING)
        later = list_set_aside(session, world.alice, MORNING + DAY)
    states = [(f.suspended, f.buried, f.flagged, f.often_forgotten, f.lapses) for f in found]
    assert [fact.statement for fact in found] == [f"f{n} is option 1." for n in (1, 2, 3, 4)]
    assert states == [
        (True, False, False, False, 0),
        (False, True, False, False, 0),
        (False, False, True, False, 0),
        (False, False, True, True, 8),
    ]
    assert [fact.statement[:2] for fact in later] == ["f1", "f3", "f4"]
    assert len(statements) == 2


@pytest.mark.parametrize(("lapses", "told"), [(6, 0), (7, 8), (8, 0), (10, 0), (11, 12), (15, 16)])
def test_the_answer_that_makes_a_leech_says_so_at_eight_lapses_and_at_every_fourth_after(
    database: Database, lapses: int, told: int
) -> None:
    world = build_world(database, facts=1)
    with database.writing() as session:
        memory = replace(make_due(TODAY), lapses=lapses)
        remember(session, world.alice.id, "f1", memory)
        study_id, review_id = answer_next(session, world.alice, MORNING, key="k", right=False)
        feedback = look_back(session, world.alice, study_id, review_id, MORNING)
        assert feedback.forgotten == told
        answer_next(session, world.alice, MORNING + 11 * MINUTE, key="again")
        assert look_back(session, world.alice, study_id, review_id, MORNING).forgotten == 0


def test_a_right_answer_to_a_leech_says_nothing_of_it(database: Database) -> None:
    world = build_world(database, facts=1)
    with database.writing() as session:
        remember(session, world.alice.id, "f1", replace(make_due(TODAY), lapses=8))
        study_id, review_id = answer_next(session, world.alice, MORNING, key="k")
        assert look_back(session, world.alice, study_id, review_id, MORNING).forgotten == 0
