"""Whether fitted weights are taken: split by time, scored on the days held out, decided."""

import math
from dataclasses import replace

import pytest

from quizapp.memory import DEFAULT_PARAMETERS, Grade, fsrs6
from quizapp.memory.fit_figures import LEAST_LEARNED_FROM, FitFigures, read_figures
from quizapp.memory.fitting import (
    KEPT_DECAY,
    LEAST_GAIN,
    Answer,
    FactHistory,
    count_answers,
    foretell,
    is_enough,
    judge,
    split_by_time,
    tidy_weights,
)
from quizapp.memory.fitting_worker import MISSING, OUT_OF_BOUNDS, fit_and_judge, fit_weights
from tests.factories.simulated_logs import FIRST_DAY, FORGETFUL, STANDARD, simulate_class


@pytest.fixture(scope="module")
def forgetful() -> list[FactHistory]:
    return simulate_class(FORGETFUL, seed=1)


def make_history(*answers: tuple[int, Grade, float], learner: int = 1) -> FactHistory:
    return FactHistory(
        learner=learner,
        answers=tuple(
            Answer(day=day + 1, grade=grade, guess=guess) for day, grade, guess in answers
        ),
    )


def under(used: tuple[float, ...], log: list[FactHistory]) -> list[FactHistory]:
    """Let these weights be in use for all of a log."""
    return [replace(each, used=used) for each in log]


def test_the_last_fifth_of_the_days_is_held_out() -> None:
    good = Grade.GOOD
    log = [make_history((0, good, 0), *((day, good, 0) for day in range(1, 11)))]
    split = split_by_time(log)
    assert split is not None
    assert (split.day, split.learned_from, split.held_out) == (10, 8, 2)


def test_answers_of_one_day_and_those_that_could_be_guessed_teach_nothing() -> None:
    good = Grade.GOOD
    log = [
        make_history((0, good, 0), (0, good, 0), (1, good, 0.5), (2, good, 0), (9, good, 0)),
        make_history((5, good, 0)),
    ]
    split = split_by_time(log)
    assert split is not None
    assert (split.day, split.learned_from, split.held_out) == (10, 1, 1)
    assert split_by_time(log[1:]) is None


def test_what_is_foretold_counts_guessing() -> None:
    log = [make_history((0, Grade.GOOD, 0), (4, Grade.AGAIN, 0.25), (4, Grade.GOOD, 0))]
    (found,) = foretell(log, STANDARD, 0)
    recall = fsrs6.predict_recall(STANDARD[2], 4, STANDARD)
    assert found.chance == pytest.approx(0.25 + 0.75 * recall, rel=1e-12)
    assert not found.right
    assert foretell(log, STANDARD, 6) == []


def test_the_scores_are_those_of_the_formulas() -> None:
    log = [
        make_history((0, Grade.GOOD, 0), (gap, grade, 0), learner=learner)
        for learner in range(1, 13)
        for gap, grade in ((1, Grade.GOOD), (9, Grade.AGAIN), (9, Grade.GOOD))
    ]
    figures = judge(log, FORGETFUL, seed=0)
    assert figures.standard is not None
    assert figures.fitted is not None
    chance = fsrs6.predict_recall(STANDARD[2], 9, STANDARD)
    assert figures.held_out == 24
    assert figures.standard.brier == pytest.approx(((1 - chance) ** 2 + chance**2) / 2)
    loss = -(math.log(chance) + math.log(1 - chance)) / 2
    assert figures.standard.log_loss == pytest.approx(loss)
    assert figures.standard.slope is None  # all were foretold alike
    assert figures.difference is not None
    assert figures.difference[0] == pytest.approx(figures.fitted.log_loss - loss)


def test_the_true_weights_win_and_lose_against_nothing_but_themselves(
    forgetful: list[FactHistory],
) -> None:
    figures = judge(forgetful, FORGETFUL, seed=0)
    assert figures.outcome == "better"
    assert figures.difference is not None
    mean, low, high = figures.difference
    assert low < mean < high < 0
    again = judge(under(FORGETFUL, forgetful), FORGETFUL, seed=0)
    assert (again.outcome, again.difference) == ("tie", (0, 0, 0))
    assert again.used == again.fitted == figures.fitted


def test_each_fact_is_compared_with_the_weights_in_use_for_it(
    forgetful: list[FactHistory],
) -> None:
    half = [*under(FORGETFUL, forgetful[:300]), *forgetful[300:]]
    figures, whole = (judge(log, FORGETFUL, seed=0) for log in (half, forgetful))
    assert figures.used is not None
    assert (figures.standard, figures.fitted) == (whole.standard, whole.fitted)
    assert figures.standard is not None
    assert figures.fitted is not None
    assert figures.fitted.log_loss < figures.used.log_loss < figures.standard.log_loss
    rest = judge(forgetful[300:], FORGETFUL, seed=0)
    assert rest.difference is not None
    assert figures.difference is not None
    gained = rest.difference[0] * rest.held_out / figures.held_out
    assert figures.difference[0] == pytest.approx(gained)


def test_worse_weights_are_told_from_a_tie(forgetful: list[FactHistory]) -> None:
    assert judge(under(FORGETFUL, forgetful), STANDARD, seed=0).outcome == "worse"


def test_what_may_be_chance_is_a_tie() -> None:
    log = simulate_class(STANDARD, seed=1, learners=4)
    figures = judge(log, FORGETFUL, seed=0)
    assert figures.difference is not None
    mean, _, high = figures.difference
    assert mean < -LEAST_GAIN
    assert high > 0
    assert figures.outcome == "tie"


def test_a_gain_that_is_too_small_to_matter_is_a_tie() -> None:
    log = simulate_class(FORGETFUL, seed=1, learners=4)
    slightly_less = (*(weight * 0.9 for weight in STANDARD[:3]), *STANDARD[3:])
    figures = judge(log, slightly_less, seed=0)
    assert figures.difference is not None
    mean, _, high = figures.difference
    assert -LEAST_GAIN < mean < high < 0
    assert figures.outcome == "tie"


def test_weights_that_beat_those_in_use_must_beat_the_standard_ones_too() -> None:
    log = simulate_class(STANDARD, seed=3)
    bad = (*(weight * 0.02 for weight in STANDARD[:4]), *STANDARD[4:])
    better = (*(weight * 0.5 for weight in STANDARD[:4]), *STANDARD[4:])
    figures = judge(under(bad, log), better, seed=0)
    assert figures.difference is not None
    assert figures.difference[2] < 0
    assert figures.outcome == "tie"


def test_of_few_students_the_days_are_resampled() -> None:
    log = simulate_class(STANDARD, seed=1, learners=3)
    figures = judge(log, FORGETFUL, seed=0)
    assert figures.clusters == "days"
    assert figures.difference is not None
    assert judge(log[:1], FORGETFUL, seed=0).outcome == "few"


def test_too_few_answers_are_not_fitted(forgetful: list[FactHistory]) -> None:
    figures = count_answers(forgetful)
    assert is_enough(figures)
    assert not is_enough(replace(figures, learned_from=LEAST_LEARNED_FROM - 1))
    assert not is_enough(replace(figures, held_out=199))
    document = fit_and_judge(forgetful[:40], 0, lambda _log, _until: pytest.fail("fitted"))
    assert document["weights"] is None
    assert count_answers([]) == FitFigures(outcome="few")


def test_fitted_weights_keep_the_decay_of_the_standard_ones() -> None:
    weights = [0.30001, *STANDARD[1:20], 0.3]
    assert tidy_weights(weights) == (0.3, *STANDARD[1:20], KEPT_DECAY)


@pytest.mark.parametrize(
    "weights", [STANDARD[:20], (*STANDARD, 1), (math.nan, *STANDARD[1:]), (-1, *STANDARD[1:])]
)
def test_weights_out_of_bounds_are_refused(
    forgetful: list[FactHistory], weights: tuple[float, ...]
) -> None:
    document = fit_and_judge(forgetful, 0, lambda _log, _until: weights)
    assert document["weights"] is None
    figures = document["figures"]
    assert isinstance(figures, dict)
    assert (figures["outcome"], figures["why"]) == ("failed", OUT_OF_BOUNDS)


def test_without_the_library_the_figures_say_what_is_missing(
    forgetful: list[FactHistory],
) -> None:
    def fail(_log: object, _until: int) -> tuple[float, ...]:
        raise ImportError

    figures = fit_and_judge(forgetful, 0, fail)["figures"]
    assert isinstance(figures, dict)
    assert figures["why"] == MISSING


def test_figures_survive_their_document(forgetful: list[FactHistory]) -> None:
    figures = judge(under(FORGETFUL, forgetful), FORGETFUL, seed=0)
    assert read_figures(figures.to_document()) == figures
    assert read_figures({}).outcome == "failed"
    assert (figures.split_day or 0) > FIRST_DAY


@pytest.mark.fitting
def test_the_library_finds_weights_that_win_where_the_truth_differs(
    forgetful: list[FactHistory],
) -> None:
    document = fit_and_judge(forgetful, 0, fit_weights)
    figures, weights = document["figures"], document["weights"]
    assert isinstance(figures, dict)
    assert figures["outcome"] == "better"
    assert isinstance(weights, list)
    assert weights[2] < STANDARD[2]


@pytest.mark.fitting
def test_one_learner_with_enough_answers_gets_weights_of_their_own() -> None:
    log = simulate_class(FORGETFUL, seed=1, learners=1, facts=600, days=200)
    figures = fit_and_judge(log, 0, fit_weights)["figures"]
    assert isinstance(figures, dict)
    assert (figures["outcome"], figures["learners"], figures["clusters"]) == ("better", 1, "days")


@pytest.mark.fitting
@pytest.mark.parametrize("seed", range(5))
def test_the_library_does_not_win_by_chance(seed: int) -> None:
    log = simulate_class(DEFAULT_PARAMETERS.weights, seed=seed)
    figures = fit_and_judge(log, 0, fit_weights)["figures"]
    assert isinstance(figures, dict)
    assert figures["outcome"] in {"tie", "worse"}
