from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizapp.memory import (
    DEFAULT_PARAMETERS,
    DEFAULT_PLAN,
    ExamPlan,
    Grade,
    Memory,
    advance,
    count_polish,
    find_reach,
    is_polish_day,
    list_polish,
    name_version,
    needs_polish,
    plan_at,
    recall,
)
from tests.factories.reviews import FIRST_DAY, make_memory, make_review, right_grades

EXAM = FIRST_DAY + 60
REVIEWED = replace(make_memory(), last_day=EXAM - 20)


def make_with(stability: float, last_day: int = EXAM - 20) -> Memory:
    return replace(REVIEWED, stability=stability, last_day=last_day)


def test_the_polish_is_the_last_week_before_the_exam_and_not_its_day() -> None:
    days = [day for day in range(EXAM - 20, EXAM + 5) if is_polish_day(day, EXAM)]
    assert days == list(range(EXAM - 7, EXAM))
    unpolished = ExamPlan(polish_days=0)
    assert not any(is_polish_day(day, EXAM, unpolished) for day in range(EXAM - 20, EXAM + 5))


@settings(max_examples=200, deadline=None)
@given(
    stability=st.floats(min_value=0.01, max_value=500),
    age=st.integers(1, 60),
    left=st.integers(1, 7),
    target=st.floats(min_value=0.81, max_value=0.99),
)
def test_a_fact_needs_polish_that_is_predicted_below_the_target_at_the_exam(
    stability: float, age: int, left: int, target: float
) -> None:
    today, plan = EXAM - left, ExamPlan(target=target)
    memory = make_with(stability, last_day=today - age)
    at_exam = recall(memory, EXAM, DEFAULT_PARAMETERS)
    assume(abs(at_exam - target) > 1e-9)
    assert needs_polish(memory, today, EXAM, plan) == (at_exam < target)


def test_at_a_target_of_nine_tenths_a_memory_reaches_as_far_as_its_stability() -> None:
    plan = ExamPlan(target=0.9)
    assert find_reach(plan) == 1
    assert needs_polish(make_with(19.9), EXAM - 1, EXAM, plan)
    assert not needs_polish(make_with(20.0), EXAM - 1, EXAM, plan)


def test_nothing_needs_polish_before_its_week_nor_twice_on_a_day() -> None:
    weak = make_with(1.0)
    assert needs_polish(weak, EXAM - 7, EXAM)
    assert not needs_polish(weak, EXAM - 8, EXAM)
    assert not needs_polish(weak, EXAM, EXAM)
    assert not needs_polish(replace(weak, last_day=EXAM - 7), EXAM - 7, EXAM)
    assert needs_polish(replace(weak, last_day=EXAM - 7), EXAM - 6, EXAM)


@settings(max_examples=100, deadline=None)
@given(
    gaps=st.lists(st.integers(0, 30), max_size=6),
    grade=right_grades,
    seed=st.text(max_size=3),
    before_exam=st.integers(1, 7),
)
def test_what_is_due_in_the_polish_is_polished(
    gaps: list[int], grade: Grade, seed: str, before_exam: int
) -> None:
    version, day = name_version(DEFAULT_PLAN.retention), 0
    memory = advance(None, make_review(0, Grade.EASY, parameters=version), seed=seed)
    for gap in gaps:
        day += gap
        memory = advance(memory, make_review(day, grade, parameters=version), seed=seed)
    assert needs_polish(memory, memory.due_day, memory.due_day + before_exam)


def test_a_fact_within_a_step_is_due_by_that_and_not_polished() -> None:
    memory = replace(make_with(1.0), phase="relearning", due_at=REVIEWED.last_at)
    assert not needs_polish(memory, EXAM - 3, EXAM)


def test_the_weakest_come_first_as_many_as_a_day_has_to_take() -> None:
    memories = {f"fact {number}": make_with(float(number)) for number in range(10, 0, -1)}
    memories["young"] = make_with(1.5, last_day=EXAM - 4)  # weaker than 10 days of 20, but newer
    memories["strong"] = make_with(300.0)
    first = list_polish(memories, done=0, today=EXAM - 3, exam_day=EXAM)
    assert first == ["fact 1", "fact 2", "fact 3", "fact 4"]
    last = list_polish(memories, done=0, today=EXAM - 1, exam_day=EXAM)
    assert set(last) == set(memories) - {"strong"}
    assert last.index("young") == 7


@given(waiting=st.integers(0, 500), left=st.integers(1, 7), cap=st.integers(0, 100))
def test_the_share_of_a_day_stays_the_same_while_it_is_done(
    waiting: int, left: int, cap: int
) -> None:
    plan, today = ExamPlan(daily_cap=cap), EXAM - left
    share = count_polish(waiting, done=0, today=today, exam_day=EXAM, plan=plan)
    assert share <= cap
    assert share == cap or waiting <= share * left < waiting + left
    for done in range(share + 1):
        more = count_polish(waiting - done, done=done, today=today, exam_day=EXAM, plan=plan)
        assert more == share - done


def test_more_than_a_share_done_is_enough() -> None:
    assert count_polish(10, done=30, today=EXAM - 4, exam_day=EXAM) == 0
    assert count_polish(10, done=0, today=EXAM - 30, exam_day=EXAM) == 0


@pytest.mark.parametrize(
    ("retention", "target"), [(0.0, 0.92), (1.0, 0.92), (0.8, 1.0), (0.92, 0.92), (0.95, 0.92)]
)
def test_a_plan_that_cannot_be_followed_is_refused(retention: float, target: float) -> None:
    with pytest.raises(ValueError, match="retention"):
        ExamPlan(retention=retention, target=target)


@pytest.mark.parametrize(("days", "cap"), [(-1, 200), (7, -1)])
def test_fewer_than_no_days_or_reviews_are_refused(days: int, cap: int) -> None:
    with pytest.raises(ValueError, match="fewer than none"):
        ExamPlan(polish_days=days, daily_cap=cap)


def test_a_plan_without_polish_may_have_any_retention() -> None:
    assert ExamPlan(retention=0.95, polish_days=0).retention == 0.95


@pytest.mark.parametrize(
    ("retention", "days"), [(0.8, 7), (0.9, 7), (0.91, 7), (0.92, 0), (0.95, 0)]
)
def test_a_plan_has_a_polish_if_its_retention_is_below_the_target(
    retention: float, days: int
) -> None:
    plan = plan_at(retention, daily_cap=9, term_cap=8)
    assert plan == ExamPlan(retention=retention, polish_days=days, daily_cap=9, term_cap=8)
