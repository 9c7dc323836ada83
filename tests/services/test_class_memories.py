"""The memory of a class: every figure against asking each memory and each answer by itself."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import StringIO

import pytest
from sqlalchemy import update

from quizapp.memory import DEFAULT_PARAMETERS, Grade, Memory, Parameters, recall
from quizapp.memory.class_forecast import SOON
from quizapp.services.reporting.memories_ahead import DAYS
from quizapp.services.reporting.memories_facts import (
    ClassFacts,
    list_facts,
    list_learners,
    rank_forgotten,
)
from quizapp.services.reporting.memories_files import COLUMNS, export_csv, export_json, list_rows
from quizapp.services.reporting.memories_grid import look_at_memories
from quizapp.services.reporting.memories_past import MOST_REPLAYED, check_forecasts
from quizapp.services.reporting.memories_report import ClassReport, report_class
from quizapp.services.reviewing.days import calendar_of
from quizapp.storage.class_logs import list_class_log
from quizapp.storage.courses import change_course
from quizapp.storage.engine import Database
from quizapp.storage.plans import ChosenPlan, put_plan
from quizapp.storage.progress import find_learned_course
from quizapp.storage.tables import AccountRow
from quizapp.storage.teachers import set_role
from tests.factories.fits import make_fitting, make_own_fitting
from tests.factories.logs import Entry, write_log
from tests.factories.people import MORNING, World, answer_next, build_world
from tests.factories.simulated_logs import STEEP

FACTS = 12
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
EXAM_ON = date(2026, 4, 20)
PLANNED = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """A class of two: Alice lives far away and plans for the exam, Bob studies as he likes."""

    world: World
    memories: Sequence[Sequence[Memory | None]]
    todays: Sequence[int]
    targets: Sequence[float]


def list_answers(facts: range, gaps: Sequence[int], every: int) -> list[Entry]:
    return [
        Entry(
            fact=f"f{fact}",
            at=MORNING - (70 - fact) * DAY + gap * DAY + fact * SECOND,
            grade=Grade.AGAIN if (fact + number) % every == 0 else Grade.GOOD,
            guess=0.25 * (fact % 2),
        )
        for fact in facts
        for number, gap in enumerate(gaps)
    ]


@pytest.fixture
def taught(database: Database) -> Taught:
    world = build_world(database, facts=FACTS)
    alice = replace(world.alice, timezone="Pacific/Honolulu")
    with database.writing() as session:
        session.execute(
            update(AccountRow).where(AccountRow.id == alice.id).values(timezone=alice.timezone)
        )
        change_course(session, world.course_id, title="Astronomy", timezone="UTC", exam_on=EXAM_ON)
        plan = ChosenPlan(retention=PLANNED, most_per_day=50, set_at=MORNING)
        put_plan(session, alice.id, world.course_id, plan)
        write_log(session, alice, list_answers(range(1, 10), (0, 1, 3, 8, 20, 50), 3))
        write_log(session, world.bob, list_answers(range(3, 13), (0, 2, 9, 30, 55), 4))
        session.commit()
        learners = (alice, world.bob)
        courses = [find_learned_course(session, each.id, world.course_id) for each in learners]
        memories = [[fact.memory for fact in course.facts] for course in courses if course]
    return Taught(
        world=replace(world, alice=alice),
        memories=memories,
        todays=[calendar_of(each).study_day(MORNING) for each in learners],
        targets=(PLANNED, world.bob.retention),
    )


def look(database: Database, taught: Taught) -> ClassReport:
    with database.reading() as session:
        return report_class(session, taught.world.tess, taught.world.course_id, MORNING)


def look_at_facts(database: Database, taught: Taught) -> ClassFacts:
    with database.reading() as session:
        return list_facts(session, taught.world.tess, taught.world.course_id, MORNING)


def recall_each(taught: Taught, fact: int, days: Sequence[int]) -> list[float]:
    """The recall of each learner who has met a fact, each on a day of their own."""
    return [
        recall(memory, day, DEFAULT_PARAMETERS)
        for row, day in zip(taught.memories, days, strict=True)
        if (memory := row[fact]) is not None
    ]


def test_the_share_that_knows_a_fact_is_the_mean_over_all_memories(
    database: Database, taught: Taught
) -> None:
    assert taught.todays[0] == taught.todays[1] - 1
    found = look_at_facts(database, taught)
    assert (found.learners, len(found.facts), found.exam_on) == (2, FACTS, EXAM_ON)
    for place, fact in enumerate(found.facts):
        today = recall_each(taught, place, taught.todays)
        exam = recall_each(taught, place, [EXAM_ON.toordinal()] * 2)
        assert fact.met == len(today)
        assert fact.today is not None
        assert fact.exam is not None
        assert fact.today.share == pytest.approx(sum(today) / 2, rel=1e-9)
        assert fact.exam.share == pytest.approx(sum(exam) / 2, rel=1e-9)
        for known in (fact.today, fact.exam):
            assert 0 <= known.low <= known.high <= len(today) / 2


def test_what_is_forgotten_next_is_what_every_memory_says(
    database: Database, taught: Taught
) -> None:
    expected: dict[str, tuple[int, int]] = {}
    for place in range(FACTS):
        falling = below = 0
        for row, today, target in zip(taught.memories, taught.todays, taught.targets, strict=True):
            memory = row[place]
            if memory is not None:
                now, then = (
                    recall(memory, day, DEFAULT_PARAMETERS) for day in (today, today + SOON)
                )
                falling, below = falling + (now >= target > then), below + (now < target)
        expected[f"f{place + 1} is option 1."] = (falling, below)
    found = look_at_facts(database, taught)
    assert {each.statement: (each.falling, each.below) for each in found.facts} == expected
    ranked = sorted(
        (name for name, counts in expected.items() if any(counts)),
        key=lambda name: tuple(-count for count in expected[name]),
    )
    assert [each.statement for each in rank_forgotten(found.facts)] == ranked
    assert len(ranked) > 1
    assert [each.statement for each in look(database, taught).forgotten] == ranked


def test_answers_are_counted_by_fact_and_by_learner(database: Database, taught: Taught) -> None:
    found = look_at_facts(database, taught)
    assert [each.answered for each in found.facts] == [6] * 2 + [11] * 7 + [5] * 3
    with database.reading() as session:
        listed = list_learners(session, taught.world.tess, taught.world.course_id, MORNING)
    alice, bob = listed.learners
    assert (alice.name, alice.answered, alice.met) == ("Alice", 54, 9)
    assert (bob.name, bob.answered, bob.met) == ("Bob", 50, 10)
    assert alice.right + bob.right == sum(each.right for each in found.facts)
    assert alice.due + bob.due == sum(each.due for each in found.facts)
    recalls = [
        recall(each, taught.todays[1], DEFAULT_PARAMETERS) for each in taught.memories[1] if each
    ]
    assert bob.known == pytest.approx(sum(recalls), rel=1e-9)
    assert bob.recall == pytest.approx(sum(recalls) / 10, rel=1e-9)


def test_without_reviews_the_class_fares_as_its_memories_say(
    database: Database, taught: Taught
) -> None:
    ahead = look(database, taught).ahead
    assert (ahead.learners, len(ahead.days)) == (2, DAYS + 1)
    for number, day in enumerate(ahead.days):
        means = []
        for row, today in zip(taught.memories, taught.todays, strict=True):
            met = [recall(each, today + number, DEFAULT_PARAMETERS) for each in row if each]
            means.append(sum(met) / len(met))
        assert day.date == MORNING.date() + number * DAY
        assert day.alone.mean == pytest.approx(sum(means) / 2, rel=1e-9)
        low, high = sorted(means)
        assert day.alone.low == pytest.approx(low + (high - low) / 4, rel=1e-9)
        assert day.alone.high == pytest.approx(high - (high - low) / 4, rel=1e-9)
    assert ahead.days[0].planned.mean == pytest.approx(ahead.days[0].alone.mean, rel=1e-9)
    assert ahead.days[-1].planned.mean > ahead.days[-1].alone.mean
    overdue = [
        sum(each.due_day <= today for each in row if each)
        for row, today in zip(taught.memories, taught.todays, strict=True)
    ]
    assert ahead.days[0].due == sum(overdue)


def test_the_expected_score_of_the_exam_counts_what_was_not_met_as_unknown(
    database: Database, taught: Taught
) -> None:
    exam = look(database, taught).ahead.exam
    assert exam is not None
    shares = [
        sum(recall(each, EXAM_ON.toordinal(), DEFAULT_PARAMETERS) for each in row if each) / FACTS
        for row in taught.memories
    ]
    assert exam.on == EXAM_ON
    assert exam.alone.mean == pytest.approx(sum(shares) / 2, rel=1e-9)
    assert exam.planned is not None
    assert exam.planned.mean > exam.alone.mean


def test_a_page_of_the_grid_shows_each_learner_and_fact(database: Database, taught: Taught) -> None:
    with database.reading() as session:
        grid = look_at_memories(
            session,
            taught.world.tess,
            taught.world.course_id,
            MORNING,
            learners=(9, 1),
            facts=(2, 5),
        )
    assert (grid.learners.number, grid.learners.pages) == (2, 2)
    assert (grid.facts.first, grid.facts.pages) == (5, 3)
    [row] = grid.rows
    assert row.name == "Bob"
    for cell, memory in zip(row.cells, taught.memories[1][5:10], strict=True):
        expected = None if memory is None else recall(memory, taught.todays[1], DEFAULT_PARAMETERS)
        assert cell.recall == pytest.approx(expected, rel=1e-9)
        assert cell.due == (memory is not None and memory.due_day <= taught.todays[1])


def test_past_forecasts_are_those_made_before_each_answer(
    database: Database, taught: Taught
) -> None:
    with database.reading() as session:
        log = list_class_log(session, taught.world.course_id, MOST_REPLAYED)
    past = check_forecasts(log)
    # Each answer but the first to a fact, all on days of their own.
    assert (past.answers.n, past.learners, past.whole) == (54 - 9 + 50 - 10, 2, True)
    assert past.marks.n == 0
    assert past.answers.brier is not None
    assert 0 < past.answers.brier < 1
    rights = sum(each.review.grade != Grade.AGAIN for each in log)
    firsts = len({(each.learner_id, each.fact_id) for each in log})
    assert firsts == 19
    assert past.answers.right == pytest.approx((rights - count_right_firsts()) / past.answers.n)


def count_right_firsts() -> int:
    both = (list_answers(range(1, 10), (0,), 3), list_answers(range(3, 13), (0,), 4))
    return sum(each.grade != Grade.AGAIN for entries in both for each in entries)


def test_a_long_log_is_that_of_some_learners_whole(database: Database, taught: Taught) -> None:
    with database.reading() as session:
        log = list_class_log(session, taught.world.course_id, 1)
    assert len({each.learner_id for each in log}) == 1
    assert len(log) in {54, 50}


def test_activity_is_counted_by_day(database: Database, taught: Taught) -> None:
    activity = look(database, taught).activity
    assert (activity.answered, activity.active, sum(activity.days)) == (104, 2, 104)
    assert activity.first.weekday() == 0
    assert activity.first + (len(activity.days) - 1) * DAY == MORNING.date()
    entry = list_answers(range(1, 2), (0,), 3)[0]
    # Where Alice lives it was the day before.
    assert activity.days[(entry.at.date() - activity.first).days - 1] == 1


def test_files_have_the_figures_of_the_page(database: Database, taught: Taught) -> None:
    found = look_at_facts(database, taught)
    rows = list(list_rows(found))
    assert rows[0] == COLUMNS
    read = list(csv.reader(StringIO(export_csv(found).decode("utf-8-sig"))))
    assert [len(row) for row in read] == [len(COLUMNS)] * (FACTS + 1)
    document = json.loads(export_json(found))
    assert document["exam_on"] == EXAM_ON.isoformat()
    for fact, row, written in zip(found.facts, read[1:], document["facts"], strict=True):
        assert fact.today is not None
        assert row[0] == fact.statement == written["statement"]
        assert float(row[COLUMNS.index("known_today")]) == fact.today.share
        assert written["today"]["share"] == fact.today.share
        assert int(row[COLUMNS.index("falling_in_7_days")]) == fact.falling == written["falling"]


def test_a_class_without_answers_has_nothing_to_foresee(database: Database) -> None:
    world = build_world(database, facts=2)
    with database.reading() as session:
        report = report_class(session, world.tess, world.course_id, MORNING)
        facts = list_facts(session, world.tess, world.course_id, MORNING)
    assert (report.ahead.days, report.ahead.exam, report.forgotten) == ((), None, ())
    assert report.past.answers.n == report.activity.answered == 0
    assert [each.met for each in facts.facts] == [0, 0]
    assert list(list_rows(facts))[1][COLUMNS.index("known_at_exam")] is None


def test_a_class_is_foreseen_by_the_weights_in_use(database: Database, taught: Taught) -> None:
    before = look(database, taught)
    world = taught.world
    with database.writing() as session:
        make_fitting(session, world.tess, world.course_id, MORNING, used=True)
        session.commit()
        for number in range(2):
            answer_next(session, world.bob, MORNING + number * SECOND, key=f"fitted-{number}")
    after = look(database, taught)
    assert before.ahead.exam is not None
    assert after.ahead.exam is not None
    assert before.ahead.exam.planned != after.ahead.exam.planned
    # Two of what was due were answered, and their forecasts came from before the fit.
    assert after.past.answers.n == before.past.answers.n + 2
    with database.reading() as session:
        log = list_class_log(session, world.course_id, MOST_REPLAYED)
    assert any(each.review.parameters.startswith("fit") for each in log)


def test_a_learner_with_own_weights_is_foreseen_by_these(
    database: Database, taught: Taught
) -> None:
    world, own = taught.world, Parameters(version="own", weights=STEEP)
    with database.writing() as session:
        make_fitting(session, world.tess, world.course_id, MORNING, used=True)
        make_own_fitting(session, world.bob, MORNING, weights=STEEP, used=True)
        session.commit()
    facts = look_at_facts(database, taught)
    for place, fact in enumerate(facts.facts):
        pairs = zip(taught.memories, (DEFAULT_PARAMETERS, own), strict=True)
        recalls = [
            recall(memory, EXAM_ON.toordinal(), parameters)
            for row, parameters in pairs
            if (memory := row[place]) is not None
        ]
        assert fact.exam is not None
        assert fact.exam.share == pytest.approx(sum(recalls) / 2, rel=1e-9)


def test_who_teaches_by_now_is_not_of_the_class(database: Database, taught: Taught) -> None:
    world = taught.world
    with database.writing() as session:
        set_role(
            session,
            course_id=world.course_id,
            account_id=world.bob.id,
            role="assistant",
            now=MORNING,
        )
        session.commit()
        report = report_class(session, world.bob, world.course_id, MORNING)
        log = list_class_log(session, world.course_id, MOST_REPLAYED)
    assert (report.learners, report.ahead.learners, report.activity.answered) == (1, 1, 54)
    assert {each.learner_id for each in log} == {world.alice.id}
    assert not report.may_change


def test_a_second_answer_of_a_day_was_not_forecast(database: Database) -> None:
    world = build_world(database, facts=2)
    with database.writing() as session:
        times = (0 * DAY, 3 * DAY, 3 * DAY + SECOND, 9 * DAY)
        write_log(session, world.bob, [Entry(fact="f1", at=MORNING - 9 * DAY + t) for t in times])
        session.commit()
        log = list_class_log(session, world.course_id, MOST_REPLAYED)
    assert len(log) == 4
    assert check_forecasts(log).answers.n == 2
