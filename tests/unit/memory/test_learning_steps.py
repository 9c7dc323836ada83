from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizapp.memory import (
    DEFAULT_PARAMETERS,
    Grade,
    Memory,
    StudyCalendar,
    advance,
    due_instant,
    is_due,
)
from tests.factories.reviews import EVERY, FIRST, FIRST_DAY, make_review

UNFUZZED = replace(DEFAULT_PARAMETERS, version="unfuzzed", fuzz=False)
REGISTRY = {**EVERY, UNFUZZED.version: UNFUZZED}
SHORT, LONG = timedelta(minutes=1), timedelta(minutes=10)


def answer(memory: Memory | None, *grades: Grade, day: int = 0) -> Memory:
    for grade in grades:
        review = make_review(day, grade, parameters=UNFUZZED.version)
        memory = advance(memory, review, seed="s", registry=REGISTRY)
    assert memory is not None
    return memory


@pytest.mark.parametrize(
    ("grades", "step", "delay"),
    [
        ([Grade.AGAIN], 0, SHORT),
        ([Grade.HARD], 0, (SHORT + LONG) / 2),
        ([Grade.GOOD], 1, LONG),
        ([Grade.GOOD, Grade.HARD], 1, LONG),
        ([Grade.GOOD, Grade.AGAIN], 0, SHORT),
    ],
)
def test_a_new_fact_comes_back_within_minutes(
    grades: list[Grade], step: int, delay: timedelta
) -> None:
    memory = answer(None, *grades)
    assert (memory.phase, memory.step) == ("learning", step)
    assert (memory.due_day, memory.due_at) == (FIRST_DAY, FIRST + delay)
    assert memory.lapses == 0


@pytest.mark.parametrize("grades", [[Grade.EASY], [Grade.GOOD, Grade.GOOD]])
def test_a_fact_past_its_steps_comes_back_on_another_day(grades: list[Grade]) -> None:
    memory = answer(None, *grades)
    assert (memory.phase, memory.step, memory.due_at) == ("review", 0, None)
    assert memory.due_day == FIRST_DAY + round(memory.stability)


def test_a_wrong_answer_to_a_known_fact_is_a_lapse_and_leads_to_relearning() -> None:
    memory = answer(answer(None, Grade.EASY), Grade.AGAIN, day=8)
    assert (memory.phase, memory.step, memory.lapses) == ("relearning", 0, 1)
    assert memory.due_at == FIRST + timedelta(days=8) + LONG
    assert memory.due_day == FIRST_DAY + 8


def test_only_the_first_wrong_answer_in_a_row_is_a_lapse() -> None:
    memory = answer(answer(None, Grade.EASY), Grade.AGAIN, Grade.AGAIN, day=8)
    assert (memory.lapses, memory.reps) == (1, 3)


def test_a_single_step_is_half_as_long_again_after_hard() -> None:
    memory = answer(answer(None, Grade.EASY), Grade.AGAIN, Grade.HARD, day=8)
    assert memory.due_at == FIRST + timedelta(days=8) + LONG * 1.5


def test_a_relearned_fact_returns_to_whole_days() -> None:
    memory = answer(answer(None, Grade.EASY), Grade.AGAIN, Grade.GOOD, day=8)
    assert (memory.phase, memory.due_at) == ("review", None)
    assert memory.due_day > FIRST_DAY + 8


def test_without_steps_a_wrong_answer_comes_back_the_next_day_at_the_earliest() -> None:
    first = advance(None, make_review(0, Grade.AGAIN), seed="s", registry=EVERY)
    assert (first.phase, first.due_day, first.lapses) == ("review", FIRST_DAY + 1, 0)
    lapsed = advance(first, make_review(1, Grade.AGAIN), seed="s", registry=EVERY)
    assert (lapsed.phase, lapsed.due_day, lapsed.lapses) == ("review", FIRST_DAY + 2, 1)


def test_a_memory_on_a_step_that_is_no_longer_there_goes_on_to_whole_days() -> None:
    memory = replace(answer(None, Grade.GOOD), step=7)
    assert answer(memory, Grade.HARD).phase == "review"


def test_an_interval_is_never_longer_than_the_longest() -> None:
    short = replace(UNFUZZED, version="short", maximum_interval=3)
    review = make_review(0, Grade.EASY, parameters="short")
    assert advance(None, review, seed="s", registry={"short": short}).due_day == FIRST_DAY + 3


def test_a_step_is_due_by_its_instant() -> None:
    memory = answer(None, Grade.AGAIN)
    ends = FIRST + SHORT
    assert not is_due(memory, FIRST_DAY, ends - timedelta(seconds=1))
    assert is_due(memory, FIRST_DAY, ends)
    assert is_due(memory, FIRST_DAY + 1, ends + timedelta(days=1))


def test_an_interval_is_due_from_the_start_of_its_study_day() -> None:
    memory = answer(None, Grade.EASY)
    calendar = StudyCalendar(timezone=ZoneInfo("Europe/Paris"))
    start = due_instant(memory, calendar)
    assert start == calendar.start_of(memory.due_day)
    assert is_due(memory, calendar.study_day(start), start)
    early = start - timedelta(seconds=1)
    assert not is_due(memory, calendar.study_day(early), early)


def test_a_step_over_the_change_of_the_clock_lasts_its_minutes() -> None:
    paris = ZoneInfo("Europe/Paris")
    at = datetime(2024, 3, 31, 1, 55, tzinfo=paris)
    review = replace(make_review(0, parameters=UNFUZZED.version), at=at)
    memory = advance(None, review, seed="s", registry=REGISTRY)
    assert memory.due_at == datetime(2024, 3, 31, 1, 5, tzinfo=UTC)  # five past three in Paris
    assert due_instant(memory, StudyCalendar(timezone=paris)) == memory.due_at
