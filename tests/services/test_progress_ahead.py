"""What a learner holds, what is due, and what an exam would show, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.memory import DEFAULT_PARAMETERS, Grade, Parameters, recall
from quizapp.services.progress.foreseeing import foresee_exams
from quizapp.services.progress.looking import (
    EARLIER,
    Holding,
)
from quizapp.services.reviewing.today import look_at_today
from quizapp.storage.courses import add_course, change_course, enrol, set_archived, teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import CourseId
from quizapp.storage.progress import list_learned_courses
from quizapp.storage.publishing import publish
from quizapp.storage.tables import VersionFactRow
from tests.factories.assignments import SECOND
from tests.factories.fits import make_fitting, make_own_fitting
from tests.factories.logs import Entry
from tests.factories.memories import TODAY, find_fact, make_due, make_learning, remember
from tests.factories.people import MORNING, World, build_world
from tests.factories.progress import DAY, list_history, log, look
from tests.factories.questions import make_version
from tests.factories.simulated_logs import STEEP

WEEK = timedelta(weeks=1)
MONDAY = MORNING.date()  # the second of March 2026


def set_exam(session: Session, course_id: CourseId, exam_on: date) -> None:
    change_course(session, course_id, title="Astronomy", timezone="UTC", exam_on=exam_on)


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
        Entry(fact="f1", at=before, grade=Grade.EASY),
        Entry(fact="f2", at=after, grade=Grade.EASY),
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


def test_an_exam_is_foreseen_by_the_weights_in_use(database: Database) -> None:
    world = build_world(database)
    exam_on = MONDAY + 40 * DAY
    memory, lasting = make_due(), Parameters(version="own", weights=STEEP)
    with database.writing() as session:
        set_exam(session, world.course_id, exam_on)
        remember(session, world.alice.id, "f1", memory)
        session.commit()
    recalled = {}
    for name, parameters in (("standard", DEFAULT_PARAMETERS), ("own", lasting)):
        [exam] = look(database, world.alice).exams
        recalled[name] = exam.recalled
        expected = recall(memory, exam_on.toordinal(), parameters)
        assert exam.recalled == pytest.approx(expected, rel=1e-9)
        assert exam.sections[0].recall == pytest.approx(expected, rel=1e-9)
        with database.writing() as session:
            make_own_fitting(session, world.alice, MORNING, weights=STEEP, used=True)
            # What fits a course gives way to what fits the learner.
            make_fitting(session, world.tess, world.course_id, MORNING, used=True)
            session.commit()
    assert recalled["own"] < recalled["standard"]


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
