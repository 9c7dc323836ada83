"""The learner's first page: exams to come, and where it matters most to start."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from quizapp.attempts.rules import AssignmentRules
from quizapp.memory import DEFAULT_PARAMETERS, recall
from quizapp.services.assigning.listing import LearnerState, OwnAssignment
from quizapp.services.planning.choosing import choose
from quizapp.services.planning.counting import Countdown, count_down
from quizapp.services.reviewing.order import Counts
from quizapp.services.reviewing.starting import NEAR_DAYS, Step, pick_step
from quizapp.services.reviewing.today import Today, look_at_today
from quizapp.storage.accounts import Account
from quizapp.storage.courses import add_course, change_course, enrol, set_archived, teach
from quizapp.storage.engine import Database
from quizapp.storage.figures import StudyFigures
from quizapp.storage.ids import AssignmentId, AttemptId, CourseId, StudyId
from quizapp.storage.publishing import publish
from quizapp.storage.scopes import EVERYTHING
from quizapp.storage.today import CourseLoad
from tests.factories.memories import TODAY, make_due, make_learning, remember
from tests.factories.people import MORNING, World, build_world
from tests.factories.questions import make_version

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
EXAM_ON = (MORNING + 12 * DAY).date()


def set_exam(database: Database, world: World, exam_on: date | None = EXAM_ON) -> None:
    with database.writing() as session:
        change_course(session, world.course_id, title="Astronomy", timezone="UTC", exam_on=exam_on)
        session.commit()


def look(database: Database, person: Account) -> tuple[Countdown, ...]:
    with database.reading() as session:
        return count_down(session, person, MORNING)


def test_an_exam_is_counted_down_as_if_nothing_were_studied_any_more(database: Database) -> None:
    world = build_world(database, facts=5)
    set_exam(database, world)
    memories = [replace(make_due(), stability=strength) for strength in (3.0, 30.0)]
    with database.writing() as session:
        for number, memory in enumerate(memories, 1):
            remember(session, world.alice.id, f"f{number}", memory)
        remember(session, world.bob.id, "f3", make_due())
        choose(session, world.alice, world.course_id, MORNING, retention=0.8, most_per_day=9)
        session.commit()
    [exam] = look(database, world.alice)
    recalls = [recall(memory, TODAY + 12, DEFAULT_PARAMETERS) for memory in memories]
    assert (exam.days, exam.facts, exam.met, exam.planned) == (12, 5, 2, True)
    assert exam.recalled == pytest.approx(sum(recalls), rel=1e-9)
    [bobs] = look(database, world.bob)
    assert (bobs.met, bobs.planned) == (1, False)


@pytest.mark.parametrize(("exam_in", "days"), [(None, []), (-1, []), (0, [0]), (1, [1])])
def test_only_an_exam_to_come_is_counted_down(
    database: Database, exam_in: int | None, days: list[int]
) -> None:
    world = build_world(database)
    set_exam(database, world, None if exam_in is None else (MORNING + exam_in * DAY).date())
    assert [exam.days for exam in look(database, world.alice)] == days
    assert look(database, world.charlie) == look(database, world.tess) == ()
    with database.writing() as session:
        set_archived(session, world.course_id, MORNING)
        session.commit()
    assert look(database, world.alice) == ()


def test_exams_come_soonest_first_and_a_fact_of_two_versions_once(database: Database) -> None:
    world = build_world(database, facts=3)
    set_exam(database, world)
    with database.writing() as session:
        sooner = add_course(
            session, title="Geology", timezone="UTC", exam_on=EXAM_ON - DAY, now=MORNING
        )
        teach(session, course_id=sooner, version_id=world.version_id)
        newer = publish(session, make_version(4), owner_id=world.tess.id, now=MORNING)
        teach(session, course_id=sooner, version_id=newer)
        enrol(session, course_id=sooner, account_id=world.alice.id, role="learner", now=MORNING)
        session.commit()
    exams = look(database, world.alice)
    assert [(exam.course, exam.facts) for exam in exams] == [("Geology", 4), ("Astronomy", 3)]


@pytest.mark.parametrize(("due_in", "ahead"), [(1, 1), (2, 3), (7, 7), (8, None)])
def test_the_page_knows_what_can_be_reviewed_ahead(
    database: Database, due_in: int, ahead: int | None
) -> None:
    world = build_world(database, facts=2)
    with database.writing() as session:
        remember(session, world.alice.id, "f1", make_due(TODAY + due_in))
        session.commit()
    with database.reading() as session:
        assert look_at_today(session, world.alice, MORNING).ahead_days == ahead


def test_the_page_knows_when_the_next_step_ends(database: Database) -> None:
    world = build_world(database, facts=3)
    with database.writing() as session:
        for number in (1, 2):
            later = make_learning(MORNING + number * HOUR)
            remember(session, world.alice.id, f"f{number}", later)
        session.commit()
    with database.reading() as session:
        assert look_at_today(session, world.alice, MORNING).next_step == MORNING + HOUR


def make_course(number: int = 1, *, due: int = 1, archived: bool = False) -> CourseLoad:
    return CourseLoad(
        id=CourseId(number),
        title=f"Course {number}",
        facts=9,
        known=9,
        due=due,
        new=0,
        archived=archived,
        sections=(),
    )


def make_today(
    due: int = 0, new: int = 0, learning: int = 0, courses: tuple[CourseLoad, ...] = ()
) -> Today:
    return Today(
        counts=Counts(due=due, new=new, learning=learning),
        minutes=1,
        open_study=None,
        next_due=None,
        next_step=None,
        ahead_days=None,
        courses=courses or (make_course(),),
        week=(),
        recent=(),
        limits=None,
    )


def make_own(
    number: int,
    *,
    due_in: timedelta | None,
    state: LearnerState = "open",
    refusal: str | None = None,
) -> OwnAssignment:
    return OwnAssignment(
        id=AssignmentId(number),
        course_id=CourseId(1),
        course_title="Astronomy",
        timezone="UTC",
        title=f"Quiz {number}",
        rules=AssignmentRules(due_at=None if due_in is None else MORNING + due_in),
        extra_time=timedelta(0),
        credit=(),
        asks_password=False,
        state=state,
        refusal=refusal,
        open_attempt=AttemptId(number) if state == "in_progress" else None,
        attempts=(),
        share=None,
        share_reason=None,
    )


def make_exam(number: int, days: int) -> Countdown:
    return Countdown(
        course_id=CourseId(number),
        course=f"Course {number}",
        exam_on=(MORNING + days * DAY).date(),
        days=days,
        planned=False,
        facts=9,
        met=9,
        recalled=5.0,
    )


def pick(
    today: Today, *own: OwnAssignment, exams: tuple[Countdown, ...] = (), now: datetime = MORNING
) -> Step:
    return pick_step(today, own, exams, now)


ALL = make_today(due=3, new=2, learning=1)


def test_an_attempt_that_goes_on_comes_first() -> None:
    running = make_own(1, due_in=9 * DAY, state="in_progress")
    assert pick(ALL, make_own(2, due_in=HOUR), running) == Step(kind="attempt", own=running)


def test_an_assignment_due_within_a_day_comes_before_reviews() -> None:
    soon, sooner = make_own(1, due_in=24 * HOUR), make_own(2, due_in=3 * HOUR)
    assert pick(ALL, soon, sooner) == Step(kind="assignment", own=sooner)
    assert pick(ALL, soon) == Step(kind="assignment", own=soon)


@pytest.mark.parametrize(
    "own",
    [
        make_own(1, due_in=25 * HOUR),
        make_own(1, due_in=-HOUR),
        make_own(1, due_in=None),
        make_own(1, due_in=HOUR, state="submitted"),
        make_own(1, due_in=HOUR, state="missed"),
        make_own(1, due_in=HOUR, state="overdue"),
        make_own(1, due_in=HOUR, refusal="not now"),
    ],
)
def test_other_assignments_wait_behind_reviews(own: OwnAssignment) -> None:
    assert pick(ALL, own).kind == "review"


def test_once_the_due_date_is_over_the_end_counts() -> None:
    late = make_own(1, due_in=-HOUR)
    late = replace(late, rules=replace(late.rules, closes_at=MORNING + HOUR))
    assert pick(ALL, late) == Step(kind="assignment", own=late)


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (ALL, "review"),
        (make_today(learning=1, new=2), "review"),
        (make_today(new=2), "learn"),
        (make_today(), "practise"),
        (make_today(courses=(make_course(archived=True),)), "nothing"),
    ],
)
def test_reviews_come_before_new_facts_and_these_before_practice(today: Today, kind: str) -> None:
    assert pick(today) == Step(kind=kind)  # type: ignore[arg-type] # one of its kinds


TWO = (make_course(1), make_course(2))


def test_of_several_courses_the_one_with_the_nearest_exam_is_reviewed_first() -> None:
    today = make_today(due=2, courses=TWO)
    exams = (make_exam(2, 3), make_exam(1, NEAR_DAYS))
    assert pick(today, exams=exams).exam == exams[0]
    assert pick(today, exams=exams[1:]).exam == exams[1]


def test_no_course_is_put_first_without_a_reason() -> None:
    near = make_exam(2, 3)
    open_study = StudyFigures(
        id=StudyId(1),
        started_at=MORNING,
        ended_at=None,
        left_open=False,
        last_at=MORNING,
        answered=1,
        right=1,
        active_ms=1000,
        scope=EVERYTHING,
        course_title=None,
    )
    today = make_today(due=2, courses=TWO)
    for other, exam in (
        (today, make_exam(2, NEAR_DAYS + 1)),
        (make_today(due=2, courses=(make_course(2),)), near),
        (make_today(due=2, courses=(make_course(1), make_course(2, due=0))), near),
        (make_today(learning=2, courses=TWO), near),
        (replace(today, open_study=open_study), near),
    ):
        assert pick(other, exams=(exam,)) == Step(kind="review")
