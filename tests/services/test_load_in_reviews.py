"""The day of the next review is chosen by what else is due, and the log names it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from quizapp.services.checking import check_database
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.studies import start_study
from quizapp.storage.accounts import Account
from quizapp.storage.engine import Database
from quizapp.storage.tables import MemoryRow, ReviewRow
from tests.factories.memories import TODAY, make_due, remember
from tests.factories.people import MORNING, answer_next, build_world

# The facts that are due on each day around the one that is left free.
CROWD, AROUND = 6, 9


def review_first(session: Session, learner: Account) -> int:
    """Let somebody answer the only fact that is due, and return the interval in the log."""
    remember(session, learner.id, "f1", make_due())
    _, review_id = answer_next(session, learner, MORNING, key=learner.name)
    row = session.get_one(ReviewRow, review_id)
    due_day = session.scalars(
        select(MemoryRow.due_day).where(
            MemoryRow.learner_id == learner.id, MemoryRow.fact_id == row.fact_id
        )
    ).one()
    assert row.interval_days == due_day - row.study_day
    return row.interval_days


def test_a_review_goes_to_the_day_on_which_least_is_due(database: Database) -> None:
    world = build_world(database, facts=2 * AROUND * CROWD + 1)
    with database.writing() as session:
        free = review_first(session, world.alice)
        days = [free + days for days in range(-AROUND, AROUND + 1) if days]
        for number in range(2 * AROUND * CROWD):
            due = make_due(TODAY + days[number // CROWD])
            remember(session, world.bob.id, f"f{number + 2}", due)
        assert review_first(session, world.bob) == free


def test_an_easy_day_gets_few_of_the_reviews(database: Database) -> None:
    world = build_world(database, facts=31)
    # Of a week all days but Sundays are to have the least.
    alice = replace(world.alice, easy_days="lllllln")
    with database.writing() as session:
        for number in range(1, 31):
            remember(session, alice.id, f"f{number}", make_due(), shuffle=number)
        for number in range(30):
            answer_next(session, alice, MORNING + number * timedelta(seconds=1), key=f"k{number}")
        named = session.scalars(select(ReviewRow.interval_days)).all()
    weekdays = [date.fromordinal(TODAY + (days or 0)).weekday() for days in named]
    assert None not in named
    # A seventh of them would be four.
    assert weekdays.count(6) > 10


@pytest.mark.parametrize(("retention", "version"), [(0.9, "fsrs6-1"), (0.8, "fsrs6-1@0.80")])
def test_the_log_names_the_retention_and_a_lower_one_leads_further(
    database: Database, retention: float, version: str
) -> None:
    world = build_world(database, facts=1)
    with database.writing() as session:
        alice = replace(world.alice, retention=retention)
        days = review_first(session, alice)
        assert session.scalars(select(ReviewRow.parameters)).one() == version
    assert (days > 60) == (retention < 0.9)


def test_the_log_of_chosen_intervals_folds_to_the_memories_and_names_each_that_was_chosen(
    database: Database,
) -> None:
    world = build_world(database, facts=3)
    with database.writing() as session:
        for number in range(180):
            at = MORNING + number * 8 * timedelta(hours=1)
            study_id = start_study(session, world.alice, at)
            if ask_next(session, world.alice, study_id, at):
                answer_next(session, world.alice, at, key=f"k{number}")
        session.commit()
        named = session.scalars(select(ReviewRow.interval_days).order_by(ReviewRow.id)).all()
    # While steps last, and under two and a half days, there is nothing to choose.
    assert named[:3] == [None, None, None]
    assert sum(each is not None for each in named) >= 5
    assert check_database(database).clean
    with database.writing() as session:
        session.execute(text("UPDATE review SET interval_days = NULL"))
        session.commit()
    assert not check_database(database).clean
