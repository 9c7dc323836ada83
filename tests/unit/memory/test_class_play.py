"""A class that reviews as planned, against the forecast without and the plan of one learner."""

from dataclasses import replace

import numpy as np
import pytest

from quizapp.memory import DEFAULT_PARAMETERS, Parameters
from quizapp.memory.class_forecast import recall_ahead
from quizapp.memory.class_play import Pace, play_class
from quizapp.memory.exam_forecast import expect
from quizapp.memory.planning import ExamPlan
from tests.factories.classes import draw_grid, to_class
from tests.factories.reviews import FIRST_DAY
from tests.factories.simulated_logs import STEEP

LEARNERS, FACTS = 6, 40
GRID = draw_grid(LEARNERS, FACTS)
CLASS = to_class(GRID, [0.9] * LEARNERS)
DAYS = range(31)


def set_pace(reviews: int, new: int, learners: int = LEARNERS) -> Pace:
    return Pace(reviews=np.full(learners, reviews), new=np.full(learners, new))


def test_who_does_nothing_recalls_what_the_forecast_says() -> None:
    played = play_class(CLASS, set_pace(0, 0), DAYS)
    for day in DAYS:
        recalls = recall_ahead(CLASS, day)
        np.testing.assert_allclose(played.recall[day], np.nanmean(recalls, axis=1), rtol=1e-9)
        np.testing.assert_allclose(played.known[day], np.nansum(recalls, axis=1) / FACTS, rtol=1e-9)
    assert played.reviews.sum() == 0


def test_reviews_as_planned_keep_recall_near_the_goal() -> None:
    without, planned = (play_class(CLASS, set_pace(most, 0), DAYS) for most in (0, 200))
    assert (planned.recall[0] == without.recall[0]).all()
    assert (planned.recall[-1] > without.recall[-1]).all()
    assert planned.recall[10:].mean() > 0.85
    assert without.recall[10:].mean() < 0.8


def test_a_class_of_one_fares_like_a_learner_who_plans_for_an_exam() -> None:
    row = GRID[0]
    met = [each for each in row if each is not None]
    plan = ExamPlan(retention=0.9, polish_days=0)
    one = expect(
        met,
        new_facts=FACTS - len(met),
        new_per_day=1,
        today=FIRST_DAY,
        exam_day=FIRST_DAY + 30,
        plan=plan,
    )
    played = play_class(to_class([row], [0.9]), set_pace(200, 1, learners=1), [30])
    assert played.known[0, 0] == pytest.approx(one.recall, abs=0.02)
    assert played.reviews[:30].sum() == pytest.approx(sum(one.reviews), rel=0.1)


def test_who_has_own_weights_fares_by_these_and_nobody_else_does() -> None:
    own = Parameters(version="own", weights=(*STEEP[:8], 1.0, *STEEP[9:]))
    grid = [GRID[0], GRID[0], GRID[0]]
    pace = set_pace(200, 1, learners=3)
    played = play_class(replace(to_class(grid, [0.9] * 3), own={1: own}), pace, [30])
    met = [each for each in GRID[0] if each is not None]
    for learner, parameters in enumerate((DEFAULT_PARAMETERS, own, DEFAULT_PARAMETERS)):
        one = expect(
            met,
            new_facts=FACTS - len(met),
            new_per_day=1,
            today=FIRST_DAY,
            exam_day=FIRST_DAY + 30,
            plan=ExamPlan(retention=0.9, polish_days=0),
            parameters=parameters,
        )
        assert played.known[0, learner] == pytest.approx(one.recall, abs=0.01)
    assert played.known[0, 1] != pytest.approx(played.known[0, 0], abs=0.02)


def test_nobody_reviews_or_meets_more_than_their_pace() -> None:
    played = play_class(CLASS, set_pace(2, 0), DAYS)
    assert played.reviews.max() <= 2 * LEARNERS
    # One day's new facts at even odds, before they are recalled the next day.
    more = play_class(to_class([[None] * 10], [0.9]), set_pace(0, 3, learners=1), [0, 1, 9])
    assert more.known[0, 0] == 0
    assert 0.2 < more.known[1, 0] <= 0.3
    assert np.isnan(more.recall).all()


def test_the_weakest_come_first_when_a_day_has_no_room() -> None:
    weak = play_class(CLASS, set_pace(3, 0), [1]).recall[0]
    strong = recall_ahead(CLASS, 1)
    assert (weak >= np.nanmean(strong, axis=1)).all()


def test_the_same_seed_plays_the_same() -> None:
    first, again = (play_class(CLASS, set_pace(20, 2), [9], seed=4) for _ in range(2))
    np.testing.assert_array_equal(first.recall, again.recall)


def test_a_class_of_nobody_has_nothing_to_play() -> None:
    played = play_class(to_class([], []), set_pace(9, 9, learners=0), [0, 1])
    assert played.recall.shape == (2, 0)
    assert played.reviews.tolist() == [0, 0]
