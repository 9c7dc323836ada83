"""The polish before an exam: which facts are asked in its week, and how many, on both databases."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import pytest

from quizapp.memory import Memory, list_polish, plan_at
from quizapp.services.planning.choosing import choose
from quizapp.services.reviewing.asking import ask_next
from quizapp.services.reviewing.choosing import Act
from quizapp.services.reviewing.choosing import choose as set_aside
from quizapp.services.reviewing.days import queue_query
from quizapp.services.reviewing.order import count_waiting, order_waiting
from quizapp.services.reviewing.studies import start_study
from quizapp.services.reviewing.today import look_at_today
from quizapp.storage.accounts import Account
from quizapp.storage.courses import add_course, change_course, enrol, set_archived, teach
from quizapp.storage.engine import Database
from quizapp.storage.ids import FactId
from quizapp.storage.polishing import POLISH
from quizapp.storage.publishing import publish
from quizapp.storage.queue import DUE, LEARNING, Waiting, find_study_queue, load_queue
from quizapp.storage.scopes import Scope
from tests.factories.memories import TODAY, make_due, remember
from tests.factories.people import MORNING, World, answer_next, build_world
from tests.factories.questions import make_version

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
WEAK, STRONG = 5.0, 500.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A world with an exam, Alice's plan for it, and her memories."""

    world: World
    exam_day: int
    memories: dict[FactId, Memory]

    @property
    def alice(self) -> Account:
        """The learner, whom nothing new distracts."""
        return replace(self.world.alice, new_per_day=0)


def build(
    database: Database,
    memories: list[Memory],
    *,
    to_exam: int = 4,
    retention: float | None = 0.8,
    most: int = 200,
) -> Setting:
    world = build_world(database, facts=len(memories))
    exam_on = (MORNING + to_exam * DAY).date()
    with database.writing() as session:
        change_course(session, world.course_id, title="Astronomy", timezone="UTC", exam_on=exam_on)
        if retention is not None:
            choose(
                session,
                world.alice,
                world.course_id,
                MORNING,
                retention=retention,
                most_per_day=most,
            )
        kept = {
            remember(session, world.alice.id, f"f{number}", memory): memory
            for number, memory in enumerate(memories, 1)
        }
        session.commit()
    return Setting(world=world, exam_day=TODAY + to_exam, memories=kept)


def look(
    database: Database, learner: Account, now: datetime = MORNING, scope: Scope | None = None
) -> tuple[Waiting, ...]:
    """Return what waits; the queue of a study session and that of the first page agree."""
    query = queue_query(learner, now)
    with database.writing() as session:
        alone = load_queue(session, query)
        study_id = start_study(session, learner, now, scope)
        found = find_study_queue(session, query, study_id)
        session.rollback()
    assert found is not None
    if scope is None:
        assert [replace(each, rival=False) for each in found.waiting] == list(alone)
    return found.waiting


def pick(waiting: tuple[Waiting, ...], why: str = POLISH) -> list[FactId]:
    return [each.fact_id for each in waiting if each.why == why]


def make_weak(strength: float = WEAK, due_day: int = TODAY + 30) -> Memory:
    return replace(make_due(due_day), stability=strength)


def draw(random: Random) -> Memory:
    """A memory of any sort: strong, weak, due, in a step, or reviewed today."""
    last_day = TODAY - random.choice([0, 1, 2, 5, 9, 30])
    return replace(
        make_due(TODAY + random.randint(-5, 20)),
        stability=random.uniform(0.2, random.choice([2, 40])),
        last_day=last_day,
        last_at=MORNING - (TODAY - last_day) * DAY - timedelta(hours=1),
        due_at=MORNING if random.random() < 0.1 else None,
    )


@pytest.mark.parametrize(("to_exam", "most"), [(1, 200), (2, 200), (5, 3), (7, 200)])
def test_the_queue_polishes_what_the_rules_pick_of_any_memories(
    database: Database, to_exam: int, most: int
) -> None:
    random = Random(to_exam)
    setting = build(database, [draw(random) for _ in range(40)], to_exam=to_exam, most=most)
    expected = list_polish(
        setting.memories,
        done=0,
        today=TODAY,
        exam_day=setting.exam_day,
        plan=plan_at(0.8, daily_cap=most),
    )
    waiting = look(database, setting.alice)
    assert pick(waiting) == expected
    assert expected
    assert pick(waiting, DUE) == []
    assert set(pick(waiting, LEARNING)) == {
        key for key, memory in setting.memories.items() if memory.due_at
    }


@pytest.mark.parametrize(("to_exam", "retention"), [(8, 0.8), (0, 0.8), (4, None), (4, 0.95)])
def test_outside_of_a_polish_facts_are_due_as_ever(
    database: Database, to_exam: int, retention: float | None
) -> None:
    memories = [make_weak(), make_due(TODAY), make_due(TODAY + 1)]
    setting = build(database, memories, to_exam=max(to_exam, 1), retention=retention)
    now = MORNING
    if not to_exam:  # A plan cannot be made on the day of the exam.
        with database.writing() as session:
            change_course(
                session,
                setting.world.course_id,
                title="Astronomy",
                timezone="UTC",
                exam_on=MORNING.date(),
            )
            session.commit()
    waiting = look(database, setting.alice, now)
    assert (pick(waiting), pick(waiting, DUE)) == ([], [list(setting.memories)[1]])


def test_in_an_archived_course_nothing_is_polished(database: Database) -> None:
    setting = build(database, [make_weak(), make_due(TODAY)])
    with database.writing() as session:
        set_archived(session, setting.world.course_id, MORNING)
        session.commit()
    waiting = look(database, setting.alice)
    assert (pick(waiting), pick(waiting, DUE)) == ([], [list(setting.memories)[1]])


def test_the_shares_of_the_days_take_up_all_that_is_weak(database: Database) -> None:
    setting = build(database, [make_weak(WEAK + n) for n in range(10)], to_exam=3)
    alice, asked = setting.alice, []
    for day in range(3):
        now = MORNING + day * DAY
        waiting = look(database, alice, now)
        share = len(pick(waiting))
        for number in range(share):
            left = len(pick(look(database, alice, now)))
            assert left == share - number
            with database.writing() as session:
                answer_next(session, alice, now + number * SECOND, key=f"{day} {number}")
        assert pick(look(database, alice, now + timedelta(hours=1))) == []
        asked.append(share)
    assert asked == [4, 3, 3]


def test_a_fact_set_aside_is_not_polished(database: Database) -> None:
    setting = build(database, [make_weak(), make_weak(WEAK + 1)], to_exam=1)
    first, second = setting.memories
    acts: tuple[Act, ...] = ("bury", "suspend")
    for act in acts:
        with database.writing() as session:
            set_aside(session, setting.alice, first, act, MORNING)
            session.commit()
        assert pick(look(database, setting.alice)) == [second]


def test_facts_of_another_course_are_untouched(database: Database) -> None:
    setting = build(database, [make_due(TODAY), make_weak()], to_exam=1)
    world = setting.world
    with database.writing() as session:
        other = add_course(session, title="Geology", timezone="UTC", now=MORNING)
        version = publish(session, make_version(3), owner_id=world.tess.id, now=MORNING)
        teach(session, course_id=other, version_id=version)
        enrol(session, course_id=other, account_id=world.alice.id, role="learner", now=MORNING)
        third = remember(session, world.alice.id, "f3", make_due(TODAY))
        session.commit()
    waiting = look(database, setting.alice)
    assert pick(waiting, DUE) == [third]
    assert set(pick(waiting)) == set(setting.memories)
    assert pick(look(database, replace(world.bob, new_per_day=0))) == []


def test_a_fact_of_two_exams_is_polished_once(database: Database) -> None:
    setting = build(database, [make_weak()], to_exam=1)
    world = setting.world
    with database.writing() as session:
        exam_on = (MORNING + 2 * DAY).date()
        other = add_course(session, title="Geology", timezone="UTC", exam_on=exam_on, now=MORNING)
        teach(session, course_id=other, version_id=world.version_id)
        enrol(session, course_id=other, account_id=world.alice.id, role="learner", now=MORNING)
        choose(session, world.alice, other, MORNING, retention=0.85, most_per_day=9)
        session.commit()
    assert pick(look(database, setting.alice)) == list(setting.memories)


def test_a_scope_polishes_its_own_part_and_reviews_ahead_polish_nothing(
    database: Database,
) -> None:
    setting = build(database, [make_weak(), make_weak(due_day=TODAY + 2)], to_exam=1)
    course_id = setting.world.course_id
    whole = look(database, setting.alice, scope=Scope(course_id=course_id))
    assert set(pick(whole)) == set(setting.memories)
    ahead = look(database, setting.alice, scope=Scope(ahead_days=3))
    assert (pick(ahead), pick(ahead, DUE)) == ([], [list(setting.memories)[1]])


def test_the_limit_of_the_day_holds_for_polish_and_due_together(database: Database) -> None:
    setting = build(database, [make_weak(WEAK + n) for n in range(3)], to_exam=1)
    world = setting.world
    with database.writing() as session:
        other = add_course(session, title="Geology", timezone="UTC", now=MORNING)
        version = publish(session, make_version(6), owner_id=world.tess.id, now=MORNING)
        teach(session, course_id=other, version_id=version)
        enrol(session, course_id=other, account_id=world.alice.id, role="learner", now=MORNING)
        for number in (4, 5, 6):
            remember(session, world.alice.id, f"f{number}", make_due(TODAY))
        session.commit()
    for limit, polish, due in ((2, 2, 0), (4, 3, 1), (9, 3, 3)):
        waiting = look(database, replace(setting.alice, reviews_per_day=limit))
        assert (len(pick(waiting)), len(pick(waiting, DUE))) == (polish, due)


def test_polish_is_counted_as_due_and_asked_first_the_weakest_first(database: Database) -> None:
    memories = [make_weak(STRONG), make_weak(WEAK + 1), make_weak(WEAK)]
    setting = build(database, memories, to_exam=1)
    _, weak, weakest = setting.memories
    waiting = look(database, setting.alice)
    assert count_waiting(waiting).due == 2
    ordered = order_waiting(waiting, now=MORNING, today=TODAY, backlog=200)
    assert [each.fact_id for each in ordered] == [weakest, weak]
    with database.writing() as session:
        assert look_at_today(session, setting.alice, MORNING).counts.due == 2
        study_id = start_study(session, setting.alice, MORNING)
        asking = ask_next(session, setting.alice, study_id, MORNING)
        assert asking is not None
        assert asking.fact_id == weakest
        session.rollback()
