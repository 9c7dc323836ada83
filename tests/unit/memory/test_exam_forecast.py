"""What a plan is expected to lead to."""

from dataclasses import replace
from functools import partial
from time import process_time

import pytest

from quizapp.memory import (
    DEFAULT_PARAMETERS,
    DEFAULT_PLAN,
    ExamPlan,
    Grade,
    Memory,
    advance,
    recall,
)
from quizapp.memory.exam_forecast import Expectation, expect
from quizapp.memory.forecast import forecast_recall
from tests.benchmarks import exam_plan
from tests.factories.reviews import FIRST_DAY, make_memory, make_review

TODAY, EXAM = FIRST_DAY, FIRST_DAY + 60
PLAIN_HIGH = ExamPlan(retention=0.95, polish_days=0)


def play(plan: ExamPlan = DEFAULT_PLAN, *, new_facts: int = 300, seed: int = 0) -> Expectation:
    return expect(
        [], new_facts=new_facts, new_per_day=10, today=TODAY, exam_day=EXAM, plan=plan, seed=seed
    )


def make_memories() -> list[Memory]:
    plain = make_memory()
    return [
        replace(plain, stability=4.0 + number, last_day=TODAY - number, due_day=TODAY + number % 9)
        for number in range(40)
    ]


@pytest.mark.parametrize("name", ["exam_plan", "retention_0.95"])
def test_learners_who_forget_by_the_model_do_as_expected(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exam_plan, "_LEARNERS_DIFFER", 0.0)
    monkeypatch.setattr(exam_plan, "_FACTS_DIFFER", 0.0)
    happened = exam_plan.simulate(name, [str(number) for number in range(4)])
    expected = play(DEFAULT_PLAN if name == "exam_plan" else PLAIN_HIGH)
    assert expected.recall == pytest.approx(happened.recall, abs=0.004)
    assert sum(expected.reviews) == pytest.approx(happened.reviews, rel=0.04)


def test_a_wrong_answer_has_its_steps_on_the_same_day() -> None:
    steep = replace(
        DEFAULT_PARAMETERS, version="steep", weights=(*DEFAULT_PARAMETERS.weights[:20], 0.8)
    )
    registry = {steep.version: steep}
    forgotten = replace(make_memory(), stability=0.001, last_day=EXAM - 400)
    lapsed = forgotten
    for minute, grade in enumerate((Grade.AGAIN, Grade.GOOD)):
        review = make_review(59, grade, minute=minute, parameters=steep.version)
        lapsed = advance(lapsed, review, seed="s", registry=registry)
    assert (lapsed.last_day, lapsed.phase) == (EXAM - 1, "review")
    expected = expect(
        [forgotten], new_facts=0, new_per_day=0, today=EXAM - 1, exam_day=EXAM, parameters=steep
    )
    assert expected.recall == pytest.approx(recall(lapsed, EXAM, steep), rel=1e-9)


def test_who_does_nothing_recalls_what_the_forecast_says() -> None:
    memories = make_memories()
    idle = expect(
        memories,
        new_facts=10,
        new_per_day=0,
        today=TODAY,
        exam_day=EXAM,
        plan=ExamPlan(daily_cap=0, term_cap=0),
    )
    assert idle.recall == pytest.approx(forecast_recall(memories, [EXAM]).sum() / 50, rel=1e-9)
    assert set(idle.reviews) == {0.0}
    assert set(idle.introduced) == {0}


def test_a_day_has_its_new_facts_until_none_are_left() -> None:
    expected = play(new_facts=35)
    assert expected.introduced == (10, 10, 10, 5, *[0] * 56)
    assert len(expected.reviews) == 60
    assert expected.reviews[0] == 0


def test_facts_never_met_are_not_recalled() -> None:
    late = expect([], new_facts=100, new_per_day=10, today=EXAM - 2, exam_day=EXAM)
    assert 0.1 < late.recall < 0.2


def test_no_day_goes_over_the_cap_and_a_low_cap_costs_recall() -> None:
    capped, free = play(replace(DEFAULT_PLAN, daily_cap=30, term_cap=30)), play()
    assert max(capped.reviews) == 30
    assert max(free.reviews) > 50
    assert capped.recall < free.recall - 0.02


def test_only_the_polish_reviews_in_a_week_in_which_nothing_is_due() -> None:
    memories = [replace(each, due_day=EXAM + 9) for each in make_memories()]
    follow = partial(expect, memories, new_facts=0, new_per_day=0, today=EXAM - 9, exam_day=EXAM)
    polished = follow()
    assert polished.reviews[:2] == (0, 0)
    assert min(polished.reviews[2:]) > 0
    plain = follow(plan=replace(DEFAULT_PLAN, polish_days=0))
    assert sum(plain.reviews) == 0
    assert polished.recall > plain.recall + 0.1


def test_a_higher_retention_costs_more_and_brings_more() -> None:
    plans = [ExamPlan(retention=each, polish_days=0) for each in (0.8, 0.85, 0.9, 0.95)]
    outcomes = [play(plan) for plan in plans]
    recalls = [each.recall for each in outcomes]
    costs = [sum(each.reviews) for each in outcomes]
    assert recalls == sorted(recalls)
    assert costs == sorted(costs)


def test_a_seed_fixes_the_expectation_and_another_changes_it_little() -> None:
    assert play(seed=1) == play(seed=1)
    assert play(seed=1) != play(seed=2)
    assert play(seed=1).recall == pytest.approx(play(seed=2).recall, abs=0.005)


def test_on_the_day_of_the_exam_nothing_can_be_done() -> None:
    memories = make_memories()
    today = expect(memories, new_facts=0, new_per_day=5, today=EXAM, exam_day=EXAM)
    assert (today.reviews, today.introduced) == ((), ())
    assert today.recall == pytest.approx(forecast_recall(memories, [EXAM]).mean(), rel=1e-9)


@pytest.mark.parametrize(("facts", "exam_day"), [(0, EXAM), (5, TODAY - 1)])
def test_nothing_to_learn_and_an_exam_that_is_over_are_refused(facts: int, exam_day: int) -> None:
    with pytest.raises(ValueError, match="a plan needs"):
        expect([], new_facts=facts, new_per_day=5, today=TODAY, exam_day=exam_day)


def test_a_plan_for_a_term_is_reckoned_in_a_tenth_of_a_second() -> None:
    times = []
    for _ in range(3):
        start = process_time()
        play()
        times.append(process_time() - start)
    assert min(times) < 0.1
