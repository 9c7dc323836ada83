from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.errors import NotFoundError
from quizapp.memory import (
    DEFAULT_PARAMETERS,
    Entry,
    Grade,
    Memory,
    Review,
    StudyCalendar,
    Undo,
    advance,
    fold,
    get_parameters,
    preview,
)
from tests.factories.reviews import EVERY, FIRST_DAY, grades, guesses, make_review

VERSION = DEFAULT_PARAMETERS.version
logs = st.lists(
    st.builds(
        make_review,
        day=st.integers(0, 100),
        grade=grades,
        guess=guesses,
        minute=st.integers(0, 3),
        parameters=st.sampled_from((VERSION, "fuzzy")),
    ),
    max_size=15,
).map(lambda reviews: [replace(r, number=n) for n, r in enumerate(reviews, 1)])


def apply_in_turn(reviews: list[Review]) -> Memory | None:
    memory = None
    for review in sorted(reviews, key=lambda each: (each.at, each.number)):
        memory = advance(memory, review, seed="s", registry=EVERY)
    return memory


@settings(max_examples=60, deadline=None)
@given(log=logs, shuffle=st.integers(0, 9))
def test_a_fold_is_one_review_after_another_whatever_the_order_they_are_stored_in(
    log: list[Review], shuffle: int
) -> None:
    stored = list(log)
    Random(shuffle).shuffle(stored)
    assert fold(stored, seed="s", registry=EVERY) == apply_in_turn(log)


@settings(max_examples=60, deadline=None)
@given(log=logs, data=st.data())
def test_an_undone_review_might_as_well_never_have_been(
    log: list[Review], data: st.DataObject
) -> None:
    undone = data.draw(st.sets(st.sampled_from([r.number for r in log]))) if log else set()
    undos: list[Entry] = [Undo(number=100 + number, undoes=number) for number in undone]
    kept = [review for review in log if review.number not in undone]
    assert fold([*log, *undos], seed="s", registry=EVERY) == apply_in_turn(kept)


def test_an_empty_log_is_no_memory() -> None:
    assert fold([], seed="s") is None
    only = make_review(parameters=VERSION)
    assert fold([only, Undo(number=2, undoes=only.number)], seed="s") is None


def test_of_two_answers_of_one_time_the_first_to_arrive_counts_first() -> None:
    wrong = make_review(0, Grade.AGAIN, number=2)
    right = make_review(0, Grade.GOOD, number=1, arrived=wrong.at + timedelta(minutes=5))
    memory = fold([right, wrong], seed="s", registry=EVERY)
    assert memory == advance(
        advance(None, wrong, seed="s", registry=EVERY), right, seed="s", registry=EVERY
    )


def test_of_two_answers_that_arrive_together_the_lower_number_counts_first() -> None:
    wrong, right = make_review(0, Grade.AGAIN, number=1), make_review(0, Grade.GOOD, number=2)
    memory = fold([right, wrong], seed="s", registry=EVERY)
    assert memory == advance(
        advance(None, wrong, seed="s", registry=EVERY), right, seed="s", registry=EVERY
    )


def test_the_hour_that_comes_twice_does_not_change_the_order() -> None:
    paris = ZoneInfo("Europe/Paris")
    early = datetime(2024, 10, 27, 2, 50, tzinfo=paris)
    late = datetime(2024, 10, 27, 2, 10, fold=1, tzinfo=paris)  # twenty minutes later
    first = replace(make_review(0, Grade.AGAIN, number=1), at=early, arrived=early)
    second = replace(make_review(0, Grade.EASY, number=2), at=late, arrived=late)
    memory = fold([second, first], seed="s", registry=EVERY)
    assert memory is not None
    assert memory.last_at == late.astimezone(UTC)
    assert memory == fold([first, second], seed="s", registry=EVERY)


def test_nor_does_it_change_the_order_of_arrival() -> None:
    paris = ZoneInfo("Europe/Paris")
    early = datetime(2024, 10, 27, 2, 50, tzinfo=paris)
    late = datetime(2024, 10, 27, 2, 10, fold=1, tzinfo=paris)
    wrong = make_review(0, Grade.AGAIN, number=2, arrived=early)
    right = make_review(0, Grade.GOOD, number=1, arrived=late)
    assert fold([right, wrong], seed="s", registry=EVERY) == apply_in_turn(
        [replace(wrong, number=1), replace(right, number=2)]
    )


def test_a_learner_who_flies_west_keeps_a_memory_that_makes_sense() -> None:
    at = make_review(0, minute=15 * 60).at  # three at night in UTC
    tokyo = StudyCalendar(timezone=ZoneInfo("Asia/Tokyo")).study_day(at)
    later = at + timedelta(minutes=30)
    los_angeles = StudyCalendar(timezone=ZoneInfo("America/Los_Angeles")).study_day(later)
    assert los_angeles == tokyo - 1
    first = replace(make_review(), at=at, arrived=at, study_day=tokyo)
    second = replace(first, number=2, at=later, arrived=later, study_day=los_angeles)
    memory = fold([first, second], seed="s", registry=EVERY)
    same_day = fold([first, replace(second, study_day=tokyo)], seed="s", registry=EVERY)
    assert memory is not None
    assert same_day is not None
    assert memory.stability == same_day.stability
    assert (memory.last_day, memory.due_day) == (los_angeles, same_day.due_day - 1)


@settings(max_examples=60, deadline=None)
@given(log=logs, gap=st.integers(0, 60), guess=guesses)
def test_a_preview_shows_what_each_grade_then_does(
    log: list[Review], gap: int, guess: float
) -> None:
    memory = fold(log, seed="s", registry=EVERY)
    day = 100 + gap
    at = make_review(day).at
    shown = preview(
        memory,
        at=at,
        study_day=FIRST_DAY + day,
        guess=guess,
        parameters=DEFAULT_PARAMETERS,
        seed="s",
    )
    answers = {g: make_review(day, g, guess=guess, parameters=VERSION) for g in Grade}
    assert shown == {g: advance(memory, answer, seed="s") for g, answer in answers.items()}


def test_an_unknown_version_of_the_parameters_is_refused_by_name() -> None:
    assert get_parameters(VERSION) is DEFAULT_PARAMETERS
    with pytest.raises(NotFoundError, match=r"'fsrs9'.*known are fsrs6-1"):
        advance(None, make_review(parameters="fsrs9"), seed="s")


def test_a_review_without_a_time_zone_is_refused() -> None:
    naive = datetime(2024, 1, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        replace(make_review(), at=naive)
    with pytest.raises(ValueError, match="time zone"):
        replace(make_review(), arrived=naive)
