"""What a learner did and what was predicted of it, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from quizapp.memory import DEFAULT_PARAMETERS, Grade, recall
from quizapp.services.progress.looking import (
    CALENDAR_WEEKS,
    Holding,
)
from quizapp.services.progress.replaying import Checked, replay
from quizapp.services.quizzing.submitting import submit
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.engine import Database
from quizapp.storage.progress import list_learned_courses, list_live_reviews
from quizapp.storage.tables import AccountRow
from tests.factories.assignments import SECOND, answer_all, begin, build_exam
from tests.factories.logs import Entry
from tests.factories.memories import TODAY
from tests.factories.people import MORNING, answer_next, build_world
from tests.factories.progress import DAY, list_history, log, look

WEEK = timedelta(weeks=1)
AGAIN, GOOD, EASY = Grade.AGAIN, Grade.GOOD, Grade.EASY
MONDAY = MORNING.date()  # the second of March 2026


def test_a_new_learner_has_done_nothing_and_has_all_before_them(database: Database) -> None:
    progress = look(database, build_world(database).alice)
    assert (progress.reviews, progress.checked, progress.exams) == (0, Checked(), ())
    assert (progress.holding, progress.earlier) == (Holding(new=3), None)
    assert sum(day.count for day in (*progress.days, *progress.load)) == 0
    assert [week.first for week in progress.weeks] == [MONDAY]


def test_who_learns_in_no_course_has_no_facts(database: Database) -> None:
    world = build_world(database)
    for person in (world.charlie, world.tess):
        assert look(database, person).holding == Holding()


def test_replaying_the_log_comes_to_the_memories_that_are_stored(database: Database) -> None:
    world = build_world(database, facts=6)
    log(database, world.alice, *list_history(60, 6))
    with database.reading() as session:
        reviews = list_live_reviews(session, world.alice.id)
        [course] = list_learned_courses(session, world.alice.id)
    past = replay(reviews, until=TODAY)
    stored = {fact.id: fact.memory for fact in course.facts}
    assert len(past.memories) == 6
    for fact_id, memory in past.memories.items():
        kept = stored[fact_id]
        assert kept is not None
        # The day on which it is due is moved by chance, which replaying leaves out.
        assert replace(memory, due_day=kept.due_day) == kept


def test_a_prediction_is_made_before_each_review_of_a_learned_fact(database: Database) -> None:
    world = build_world(database, facts=1)
    gaps = (0, 0, 3, 8)  # learned by two answers on the first day
    days = [sum(gaps[: number + 1]) for number in range(len(gaps))]
    first = MORNING - 20 * DAY
    entries = [
        Entry(fact="f1", at=first + day * DAY + n * SECOND, guess=0.25, grade=grade)
        for n, (day, grade) in enumerate(zip(days, (GOOD, GOOD, GOOD, AGAIN), strict=True))
    ]
    log(database, world.alice, *entries)
    with database.reading() as session:
        reviews = list_live_reviews(session, world.alice.id)
    start = (MORNING - 20 * DAY).toordinal()
    learned = next(iter(replay(reviews[:2], until=TODAY).memories.values()))
    grown = next(iter(replay(reviews[:3], until=TODAY).memories.values()))
    chances = [
        0.25 + 0.75 * recall(memory, start + day, DEFAULT_PARAMETERS)
        for memory, day in ((learned, 3), (grown, 11))
    ]
    checked = look(database, world.alice).checked
    assert (checked.count, checked.right) == (2, 1)
    assert checked.expected == pytest.approx(sum(chances))
    assert 1 < checked.expected < 2


def test_answers_while_learning_and_relearning_are_not_predicted(database: Database) -> None:
    world = build_world(database, facts=1)
    grades = (AGAIN, GOOD, GOOD, AGAIN, GOOD, GOOD)
    at = MORNING - 10 * DAY
    log(
        database,
        world.alice,
        *(Entry(fact="f1", at=at + n * SECOND, grade=grade) for n, grade in enumerate(grades)),
    )
    # Learned by the third answer, forgotten at the fourth, learned anew by the fifth.
    assert look(database, world.alice).checked.count == 2


def test_an_undone_answer_does_not_count(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        answer_next(session, world.alice, MORNING, key="one")
        _, review_id = answer_next(session, world.alice, MORNING + SECOND, key="two")
    assert look(database, world.alice).reviews == 2
    with database.writing() as session:
        undo(session, world.alice, review_id, MORNING + 2 * SECOND)
        session.commit()
    progress = look(database, world.alice)
    assert (progress.reviews, progress.days[-1].count, progress.weeks[-1].reviews) == (1, 1, 1)
    assert (progress.holding.learning, progress.holding.new) == (1, 2)


def test_the_answers_of_others_do_not_count(database: Database) -> None:
    world = build_world(database)
    log(database, world.bob, Entry(fact="f1", at=MORNING, grade=EASY))
    progress = look(database, world.alice)
    assert (progress.reviews, progress.holding) == (0, Holding(new=3))


def test_the_answers_of_an_attempt_are_reviews(database: Database) -> None:
    exam = build_exam(database)
    attempt_id = begin(database, exam)
    answer_all(database, exam, attempt_id, MORNING + SECOND)
    assert look(database, exam.alice).reviews == 0
    with database.writing() as session:
        submit(session, exam.alice, attempt_id, MORNING + 2 * SECOND)
        session.commit()
    progress = look(database, exam.alice)
    assert (progress.reviews, progress.days[-1].count) == (8, 8)
    assert progress.holding.learning == 8


def test_days_are_the_learners_study_days(database: Database) -> None:
    world = build_world(database, timezone="Asia/Tokyo")
    night = datetime(2026, 3, 1, 18, 59, tzinfo=UTC)  # 03:59 on the second, in Tokyo
    log(
        database,
        world.alice,
        Entry(fact="f1", at=night),
        Entry(fact="f2", at=night + timedelta(minutes=1)),
    )
    progress = look(database, world.alice)
    assert [(day.date, day.count) for day in progress.days[-2:]] == [
        (date(2026, 3, 1), 1),
        (date(2026, 3, 2), 1),
    ]
    assert [(week.first, week.reviews) for week in progress.weeks] == [
        (date(2026, 2, 23), 1),
        (date(2026, 3, 2), 1),
    ]


def test_a_later_rollover_hour_ends_the_day_later(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        session.execute(update(AccountRow).values(rollover_hour=9))
        session.commit()
    progress = look(database, replace(world.alice, rollover_hour=9))
    assert progress.days[-1].date == MONDAY - DAY  # It is eight in the morning.


def test_the_calendar_begins_on_a_monday_and_ends_today(database: Database) -> None:
    world = build_world(database)
    thursday = MORNING + 3 * DAY
    days = look(database, world.alice, thursday).days
    assert days[0].date.weekday() == 0
    assert days[-1].date == thursday.date()
    assert len(days) == (CALENDAR_WEEKS - 1) * 7 + 4


def test_weeks_begin_with_the_first_review_and_are_twelve_at_most(database: Database) -> None:
    world = build_world(database)
    log(database, world.alice, Entry(fact="f1", at=MORNING - 20 * DAY, duration_ms=90_000))
    weeks = look(database, world.alice).weeks
    assert [week.first for week in weeks] == [MONDAY - number * WEEK for number in (3, 2, 1, 0)]
    assert [week.minutes for week in weeks] == [1.5, 0, 0, 0]
    assert len(look(database, world.alice, MORNING + 30 * WEEK).weeks) == 12


def test_recent_predictions_are_those_of_four_weeks(database: Database) -> None:
    world = build_world(database, facts=1)
    days = (90, 89, 80, 60, 40, 20, 6)  # the third is before the first week shown
    log(database, world.alice, *(Entry(fact="f1", at=MORNING - day * DAY) for day in days))
    weeks = look(database, world.alice).weeks
    assert [week.checked.count for week in weeks] == [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0]
    assert [week.recent.count for week in weeks] == [1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 2, 2]
