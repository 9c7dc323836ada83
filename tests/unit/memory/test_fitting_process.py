"""The process that fits weights: what comes back, and what is said when it does not come back."""

import os
import sys

import pytest

from quizapp.memory import FittedWeights
from quizapp.memory.fitting_process import BROKE_OFF, TOO_LONG, FitResult, run_fitting
from quizapp.memory.fitting_worker import EXHAUSTED
from tests.factories.simulated_logs import FORGETFUL, STANDARD, simulate_class

LOG = [(1, 7, [(730_000, 3, 0.0), (730_004, 1, 0.25)])]
FITS = [FittedWeights(number=7, weights=STANDARD)]
LOST = "import time; time.sleep(60)"


def never() -> bool:
    return False


def run_code(code: str, patience: float = 20) -> FitResult:
    worker = ("-c", code)
    result = run_fitting(LOG, FITS, seed=1, is_cancelled=never, worker=worker, patience=patience)
    assert result is not None
    assert result.weights is None
    assert result.figures.outcome == "failed"
    return result


def test_too_few_answers_come_back_as_figures() -> None:
    result = run_fitting(LOG, FITS, seed=1, is_cancelled=never)
    assert result is not None
    assert result.weights is None
    figures = result.figures
    assert (figures.outcome, figures.answers, figures.learners) == ("few", 2, 1)
    assert (figures.learned_from, figures.held_out) == (0, 1)


def test_a_process_that_takes_too_long_is_ended() -> None:
    assert run_code(LOST, patience=0.5).figures.why == TOO_LONG


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_process_that_is_killed_is_a_failure() -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert run_code(code).figures.why == BROKE_OFF.format(code=-9)


def test_a_process_that_breaks_off_is_a_failure() -> None:
    assert run_code("raise SystemExit(3)").figures.why == BROKE_OFF.format(code=3)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit no addresses")
def test_the_process_limits_its_own_memory() -> None:
    code = (
        "import io, sys\n"
        "from quizapp.memory import fitting_worker as worker\n"
        "def swell(*_): return bytearray(8 * worker.MOST_MEMORY)\n"
        "worker.answer_document = swell\n"
        "worker.main()\n"
    )
    assert run_code(code).figures.why == EXHAUSTED


def test_nothing_comes_back_once_nobody_wants_it() -> None:
    asked: list[int] = []

    def is_cancelled() -> bool:
        asked.append(os.getpid())
        return True

    worker = ("-c", LOST)
    assert run_fitting(LOG, FITS, seed=1, is_cancelled=is_cancelled, worker=worker) is None
    assert asked


@pytest.mark.fitting
def test_a_whole_class_is_fitted_in_the_process() -> None:
    log = [
        (
            each.learner,
            None,
            [(answer.day, int(answer.grade), answer.guess) for answer in each.answers],
        )
        for each in simulate_class(FORGETFUL, seed=1)
    ]
    result = run_fitting(log, [], seed=1, is_cancelled=never)
    assert result is not None
    assert result.figures.outcome == "better"
    assert result.weights is not None
    assert result.weights[2] < STANDARD[2]
