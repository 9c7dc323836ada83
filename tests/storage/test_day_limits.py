"""Limits of one study day in the queue, and days that a new time zone or hour began."""

from dataclasses import replace
from datetime import timedelta

import pytest

from quizapp.services.reviewing.days import queue_query
from quizapp.services.reviewing.today import look_at_today
from quizapp.storage.engine import Database
from quizapp.storage.limits import DayLimits, delete_day_limits, put_day_limits
from quizapp.storage.queue import DUE, NEW, load_queue
from tests.factories.memories import TODAY, make_due, remember
from tests.factories.people import MORNING, World, answer_next, build_world

FEW = DayLimits(new_per_day=2, reviews_per_day=1)


def count_both(database: Database, world: World) -> tuple[int, int]:
    """Return how many new facts and how many due ones wait for Alice."""
    with database.reading() as session:
        reasons = [each.why for each in load_queue(session, queue_query(world.alice, MORNING))]
    return reasons.count(NEW), reasons.count(DUE)


def build_waiting(database: Database) -> World:
    """Make a world in which four facts are due and five are new for Alice."""
    world = build_world(database, facts=9)
    with database.writing() as session:
        for number in range(1, 5):
            remember(session, world.alice.id, f"f{number}", make_due(), shuffle=number)
        session.commit()
    return world


def test_the_limits_of_a_day_take_the_place_of_the_usual_ones(database: Database) -> None:
    world = build_waiting(database)
    assert count_both(database, world) == (5, 4)
    with database.writing() as session:
        put_day_limits(session, world.alice.id, TODAY, FEW)
        session.commit()
    assert count_both(database, world) == (2, 1)
    with database.writing() as session:
        answer_next(session, world.alice, MORNING, key="k")
    assert count_both(database, world) == (2, 0)


def test_limits_of_another_day_or_learner_change_nothing(database: Database) -> None:
    world = build_waiting(database)
    with database.writing() as session:
        put_day_limits(session, world.bob.id, TODAY, FEW)
        for day in (TODAY - 1, TODAY + 1):
            put_day_limits(session, world.alice.id, day, FEW)
        session.commit()
    assert count_both(database, world) == (5, 4)


def test_limits_may_be_above_the_usual_ones_and_changed_again(database: Database) -> None:
    world = build_waiting(database)
    world = replace(world, alice=replace(world.alice, new_per_day=1, reviews_per_day=1))
    with database.writing() as session:
        put_day_limits(session, world.alice.id, TODAY, FEW)
        put_day_limits(session, world.alice.id, TODAY, replace(FEW, reviews_per_day=3))
        session.commit()
    assert count_both(database, world) == (2, 3)


def test_limits_that_are_lifted_are_forgotten_with_those_before(database: Database) -> None:
    world = build_waiting(database)
    with database.writing() as session:
        for day in (TODAY - 1, TODAY, TODAY + 1):
            put_day_limits(session, world.alice.id, day, FEW)
        delete_day_limits(session, world.alice.id, upto=TODAY)
        session.commit()
        assert look_at_today(session, world.alice, MORNING).limits is None
        assert look_at_today(session, world.alice, MORNING + timedelta(days=1)).limits == FEW
    assert count_both(database, world) == (5, 4)


@pytest.mark.parametrize("change", [{"rollover_hour": 9}, {"timezone": "Pacific/Kiritimati"}])
def test_what_was_reviewed_in_a_day_is_not_due_again_in_it(
    database: Database, change: dict[str, object]
) -> None:
    world = build_world(database, facts=2)
    evening = MORNING + timedelta(hours=6)
    late = replace(world.alice, rollover_hour=15)
    reviewed = replace(make_due(TODAY), last_day=TODAY - 1, last_at=evening)
    with database.writing() as session:
        remember(session, world.alice.id, "f1", reviewed)
        # Her day would have begun at 15:00; by a new setting it began before the review.
        assert look_at_today(session, late, evening).counts.due == 0
        moved = replace(late, **change)  # type: ignore[arg-type] # names of settings
        page = look_at_today(session, moved, evening)
        assert (page.counts.due, page.courses[0].due, page.week[0].count) == (0, 0, 0)
        assert page.week[1].count == 1
        tomorrow = look_at_today(session, moved, evening + timedelta(days=1))
        assert (tomorrow.counts.due, tomorrow.courses[0].due, tomorrow.week[0].count) == (1, 1, 1)
