"""Plans for exams: chosen, dropped, and what each would lead to, on both databases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from quizapp.errors import ConflictError, InvalidError, NotFoundError
from quizapp.memory import DEFAULT_PARAMETERS, ExamPlan, Parameters
from quizapp.memory.exam_forecast import expect
from quizapp.services.accounts.changing import MOST_PER_DAY
from quizapp.services.planning.choosing import RETENTIONS, choose, drop
from quizapp.services.planning.looking import PlanDesk, look_at_plan
from quizapp.storage.accounts import Account
from quizapp.storage.courses import add_course, change_course, enrol, set_archived
from quizapp.storage.engine import Database
from quizapp.storage.ids import CourseId
from quizapp.storage.plans import ChosenPlan
from quizapp.storage.teachers import delete_enrolment
from tests.factories.fits import make_own_fitting
from tests.factories.logs import Entry, write_log
from tests.factories.memories import TODAY, make_due, make_learning, remember
from tests.factories.people import MORNING, World, build_world
from tests.factories.simulated_logs import STEEP

DAY = timedelta(days=1)
TO_EXAM = 12
EXAM_ON = (MORNING + TO_EXAM * DAY).date()


def build_exam_world(
    database: Database, *, facts: int = 6, exam_on: date | None = EXAM_ON
) -> World:
    world = build_world(database, facts=facts)
    with database.writing() as session:
        change_course(session, world.course_id, title="Astronomy", timezone="UTC", exam_on=exam_on)
        session.commit()
    return world


def look(database: Database, person: Account, course_id: CourseId) -> PlanDesk:
    with database.reading() as session:
        return look_at_plan(session, person, course_id, MORNING)


def plan(database: Database, world: World, retention: float = 0.8, most: int = 50) -> None:
    with database.writing() as session:
        choose(
            session,
            world.alice,
            world.course_id,
            MORNING,
            retention=retention,
            most_per_day=most,
        )
        session.commit()


def test_a_plan_is_chosen_changed_and_dropped(database: Database) -> None:
    world = build_exam_world(database)
    assert look(database, world.alice, world.course_id).course.plan is None
    for retention, most in ((0.8, 50), (0.95, 7)):
        plan(database, world, retention, most)
        chosen = ChosenPlan(retention=retention, most_per_day=most, set_at=MORNING)
        assert look(database, world.alice, world.course_id).course.plan == chosen
    assert look(database, world.bob, world.course_id).course.plan is None
    with database.writing() as session:
        drop(session, world.alice, world.course_id)
        session.commit()
    assert look(database, world.alice, world.course_id).course.plan is None


@pytest.mark.parametrize(
    ("exam_in", "archived", "words"),
    [(None, False, "no date"), (-1, False, "over"), (0, False, "today"), (9, True, "archived")],
)
def test_without_an_exam_to_come_there_is_no_plan(
    database: Database, exam_in: int | None, archived: bool, words: str
) -> None:
    exam_on = None if exam_in is None else (MORNING + exam_in * DAY).date()
    world = build_exam_world(database, exam_on=exam_on)
    if archived:
        with database.writing() as session:
            set_archived(session, world.course_id, MORNING)
            session.commit()
    desk = look(database, world.alice, world.course_id)
    assert words in desk.refusal
    assert (desk.usual, desk.plans) == (None, ())
    with pytest.raises(ConflictError, match=words):
        plan(database, world)


@pytest.mark.parametrize(
    ("retention", "most"), [(0.81, 50), (0.99, 50), (0.8, 0), (0.8, MOST_PER_DAY + 1)]
)
def test_a_plan_that_nobody_offers_is_refused(
    database: Database, retention: float, most: int
) -> None:
    world = build_exam_world(database)
    with pytest.raises(InvalidError):
        plan(database, world, retention, most)
    assert look(database, world.alice, world.course_id).course.plan is None


def test_only_who_learns_in_a_course_plans_for_its_exam(database: Database) -> None:
    world = build_exam_world(database)
    for person in (world.charlie, world.tess):
        with pytest.raises(NotFoundError):
            look(database, person, world.course_id)
        with pytest.raises(NotFoundError):
            plan(database, replace(world, alice=person))
        with database.writing() as session, pytest.raises(NotFoundError):
            drop(session, person, world.course_id)


def test_who_leaves_a_course_leaves_the_plan_for_its_exam(database: Database) -> None:
    world = build_exam_world(database)
    plan(database, world)
    with database.writing() as session:
        delete_enrolment(session, world.course_id, world.alice.id)
        enrol(
            session,
            course_id=world.course_id,
            account_id=world.alice.id,
            role="learner",
            now=MORNING,
        )
        session.commit()
    assert look(database, world.alice, world.course_id).course.plan is None


def test_a_course_that_teaches_nothing_has_nothing_to_plan(database: Database) -> None:
    world = build_world(database)
    with database.writing() as session:
        empty = add_course(
            session, title="Empty", timezone="UTC", exam_on=(MORNING + DAY).date(), now=MORNING
        )
        enrol(session, course_id=empty, account_id=world.alice.id, role="learner", now=MORNING)
        session.commit()
    assert "teaches nothing" in look(database, world.alice, empty).refusal


@pytest.mark.parametrize("weights", [None, STEEP])
def test_every_way_is_what_the_forecast_expects_of_it(
    database: Database, weights: Sequence[float] | None
) -> None:
    world = build_exam_world(database)
    memories = [make_due(TODAY), make_due(TODAY + 5), make_learning(MORNING)]
    with database.writing() as session:
        for number, memory in enumerate(memories, 1):
            remember(session, world.alice.id, f"f{number}", memory)
        if weights:
            make_own_fitting(session, world.alice, MORNING, weights=weights, used=True)
        session.commit()
    plan(database, world, most=2)
    learner = replace(world.alice, retention=0.87, new_per_day=2, reviews_per_day=3)
    desk = look(database, learner, world.course_id)
    assert (desk.days, desk.facts, desk.met) == (TO_EXAM, 6, 3)
    polished = [
        ExamPlan(retention=each, daily_cap=2, term_cap=3) for each in RETENTIONS if each < 0.95
    ]
    usual = ExamPlan(retention=0.87, polish_days=0, term_cap=3)
    throughout = ExamPlan(retention=0.95, polish_days=0, term_cap=3)
    assert desk.usual is not None
    for outlook, way in zip((desk.usual, *desk.plans), (usual, *polished, throughout), strict=True):
        expected = expect(
            memories,
            new_facts=3,
            new_per_day=2,
            today=TODAY,
            exam_day=TODAY + TO_EXAM,
            plan=way,
            parameters=Parameters(
                version="own", weights=tuple(weights or DEFAULT_PARAMETERS.weights)
            ),
        )
        assert outlook.plan.retention == way.retention
        assert outlook.recall == expected.recall
        assert outlook.reviews == pytest.approx(sum(expected.reviews))
        assert outlook.per_day == pytest.approx(sum(expected.reviews) / TO_EXAM)
        assert outlook.most == max(expected.reviews)


def test_minutes_are_by_the_learners_own_pace(database: Database) -> None:
    world = build_exam_world(database)
    with database.writing() as session:
        slow = [Entry(fact=f"f{n}", at=MORNING - 9 * DAY, duration_ms=30_000) for n in (1, 2)]
        write_log(session, world.alice, slow)
        session.commit()
    for outlook in look(database, world.alice, world.course_id).plans:
        asked = outlook.reviews + 4  # four facts are still new
        assert outlook.minutes == pytest.approx(asked / TO_EXAM * 30 / 60)
