"""A learner's progress: what was done, what was predicted, what is to come, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.memory import DEFAULT_PARAMETERS, Grade, recall
from quizapp.services.progress.foreseeing import foresee_exams
from quizapp.services.progress.looking import (
    CALENDAR_WEEKS,
    EARLIER,
    Holding,
    Progress,
    look_at_progress,
)
from quizapp.services.progress.replaying import Checked, replay
from quizapp.services.quizzing.submitting import submit
from quizapp.services.reviewing.today import look_at_today
from quizapp.services.reviewing.undoing import undo
from quizapp.storage.accounts import Account
from quizapp.storage.courses import add_course, change_course, enrol, set_archived, teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import CourseId
from quizapp.storage.progress import list_learned_courses, list_live_reviews
from quizapp.storage.publishing import publish
from quizapp.storage.tables import AccountRow, VersionFactRow
from tests.factories.assignments import SECOND, answer_all, begin, build_exam
from tests.factories.logs import Entry, write_log
from tests.factories.memories import TODAY, find_fact, make_due, make_learning, remember
from tests.factories.people import MORNING, World, answer_next, build_world
from tests.factories.questions import make_version

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
AGAIN, GOOD, EASY = Grade.AGAIN, Grade.GOOD, Grade.EASY
MONDAY = MORNING.date()  # the second of March 2026


def look(database: Database, account: Account, now: datetime = MORNING) -> Progress:
    with database.reading() as session:
        return look_at_progress(session, account, now)


def log(database: Database, account: Account, *entries: Entry) -> None:
    with database.writing() as session:
        write_log(session, account, entries)
        session.commit()


def set_exam(session: Session, course_id: CourseId, exam_on: date) -> None:
    change_course(session, course_id, title="Astronomy", timezone="UTC", exam_on=exam_on)


def list_history(learner_days: int, facts: int) -> list[Entry]:
    """A learner who meets every fact and gets each third answer wrong."""
    return [
        Entry(
            fact=f"f{fact}",
            at=MORNING - learner_days * DAY + gap * DAY + fact * SECOND,
            grade=AGAIN if (fact + number) % 3 == 0 else GOOD,
            guess=0.25 * (fact % 2),
        )
        for fact in range(1, facts + 1)
        for number, gap in enumerate((0, 1, 2, 5, 11, 25))
    ]


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


def test_facts_are_counted_by_how_long_they_hold(database: Database) -> None:
    world = build_world(database, facts=9)
    strengths = (6.9, 7.0, 20.9, 21.0, 89.9, 90.0)
    with database.writing() as session:
        for number, stability in enumerate(strengths, 1):
            memory = replace(make_due(), stability=stability)
            remember(session, world.alice.id, f"f{number}", memory)
        remember(session, world.alice.id, "f7", make_learning(MORNING))
        session.commit()
    holding = look(database, world.alice).holding
    assert holding == Holding(
        new=2,
        learning=1,
        under_week=1,
        under_three_weeks=2,
        under_three_months=2,
        longer=1,
    )
    assert holding.lasting == 3


def test_facts_are_compared_with_four_weeks_ago(database: Database) -> None:
    world = build_world(database)
    before, after = MORNING - EARLIER * DAY, MORNING - (EARLIER - 1) * DAY
    log(
        database,
        world.alice,
        Entry(fact="f1", at=before, grade=EASY),
        Entry(fact="f2", at=after, grade=EASY),
    )
    progress = look(database, world.alice)
    assert progress.earlier == Holding(new=2, under_three_weeks=1)
    assert progress.holding == Holding(new=1, under_three_weeks=2)
    assert look(database, world.alice, MORNING - DAY).earlier is None


def test_the_load_agrees_with_the_week_on_the_first_page(database: Database) -> None:
    world = build_world(database, facts=9)
    due = (TODAY - 5, TODAY, TODAY + 1, TODAY + 6, TODAY + 7, TODAY + 29, TODAY + 30)
    with database.writing() as session:
        for number, day in enumerate(due, 1):
            remember(session, world.alice.id, f"f{number}", make_due(day))
        remember(session, world.alice.id, "f8", make_learning(MORNING + SECOND))
        today = look_at_today(session, world.alice, MORNING)
        session.commit()
    load = look(database, world.alice).load
    assert [(day.date, day.count) for day in load[:7]] == [
        (day.date, day.count) for day in today.week
    ]
    assert [day.count for day in load] == [3, 1, *[0] * 4, 1, 1, *[0] * 21, 1]


def test_an_exam_is_foreseen_as_if_nobody_reviewed_any_more(database: Database) -> None:
    world = build_world(database, facts=4)
    exam_on = MONDAY + 40 * DAY
    with database.writing() as session:
        set_exam(session, world.course_id, exam_on)
        session.commit()
    log(database, world.alice, *list_history(60, 3))
    [exam] = look(database, world.alice).exams
    with database.reading() as session:
        [course] = list_learned_courses(session, world.alice.id)
    recalls = [
        recall(fact.memory, exam_on.toordinal(), DEFAULT_PARAMETERS)
        for fact in course.facts
        if fact.memory
    ]
    assert (exam.course, exam.exam_on, exam.met, exam.new) == ("Astronomy", exam_on, 3, 1)
    assert exam.recalled == pytest.approx(sum(recalls))
    assert exam.forgotten == pytest.approx(3 - sum(recalls))
    assert (exam.curve[0].date, exam.curve[-1].date) == (MONDAY, exam_on)
    assert exam.curve[-1].recall == pytest.approx(sum(recalls) / 3)
    falling = [each.recall for each in exam.curve]
    assert falling == sorted(falling, reverse=True)
    assert len(exam.curve) <= 31


def test_sections_are_foreseen_the_strongest_first(database: Database) -> None:
    world = build_world(database, facts=4)
    with database.writing() as session:
        set_exam(session, world.course_id, MONDAY + 30 * DAY)
        for number, section in enumerate(("Weak", "Strong", "Strong", "Unmet"), 1):
            fact_id, _ = find_fact(session, f"f{number}")
            session.execute(
                update(VersionFactRow)
                .where(VersionFactRow.fact_id == fact_id)
                .values(section=section)
            )
        remember(session, world.alice.id, "f1", replace(make_due(), stability=2.0))
        remember(session, world.alice.id, "f2", replace(make_due(), stability=90.0))
        session.commit()
    [exam] = look(database, world.alice).exams
    assert [(each.title, each.met, each.new) for each in exam.sections] == [
        ("Strong", 1, 1),
        ("Weak", 1, 0),
        ("Unmet", 0, 1),
    ]
    assert exam.sections[2].recall is None
    strong, weak = (each.recall for each in exam.sections[:2])
    assert strong is not None
    assert weak is not None
    assert strong > 0.9 > weak


def add_exam(session: Session, world: World, title: str, exam_on: date | None) -> CourseId:
    """Another course of Alice's on the same facts."""
    course = add_course(session, title=title, timezone="UTC", exam_on=exam_on, now=MORNING)
    teach(session, course_id=course, version_id=world.version_id)
    enrol(session, course_id=course, account_id=world.alice.id, role="learner", now=MORNING)
    return course


def test_only_exams_to_come_of_courses_that_go_on_are_foreseen(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        remember(session, world.alice.id, "f1", make_due())
        add_exam(session, world, "Past", MONDAY - DAY)
        add_exam(session, world, "Later", MONDAY + WEEK)
        add_exam(session, world, "Today", MONDAY)
        add_exam(session, world, "None", None)
        set_archived(session, add_exam(session, world, "Archived", MONDAY + DAY), MORNING)
        session.commit()
    progress = look(database, world.alice)
    assert [exam.course for exam in progress.exams] == ["Today", "Later"]
    assert [each.date for each in progress.exams[0].curve] == [MONDAY]
    # A fact of several courses is one fact.
    assert sum(getattr(progress.holding, name) for name in Holding.__slots__) == 3
    assert progress.load[0].count == 1


def test_a_fact_of_two_versions_of_a_course_is_one_fact(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        newer = make_version(4, kinds=("choice",))
        version_id = publish(session, newer, owner_id=world.tess.id, now=MORNING)
        teach(session, course_id=world.course_id, version_id=version_id)
        session.commit()
    assert look(database, world.alice).holding == Holding(new=4)


def test_a_course_of_which_nothing_was_met_is_not_foreseen(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        set_exam(session, world.course_id, MONDAY + WEEK)
        [course] = list_learned_courses(session, world.alice.id)
        session.commit()
    assert course.exam_on == MONDAY + WEEK
    assert foresee_exams([course], TODAY) == ()


def test_an_archived_course_has_nothing_new(database: Database) -> None:
    world = build_world(database)
    log(database, world.alice, Entry(fact="f1", at=MORNING))
    with database.writing() as session:
        set_archived(session, world.course_id, MORNING)
        session.commit()
    assert look(database, world.alice).holding == Holding(learning=1)
