"""The analysis of a test that ten times as many have sat."""

import numpy as np

from quizapp.psychometrics.analysing import analyse
from quizapp.psychometrics.marks import Item, Marks, Option, make_marks
from tests.benchmarks.measuring import Ratio, Sizes, compare

AIM = 12.0
_ATTEMPTS, _ITEMS, _OPTIONS = 500, 50, 4
_CALLS = 10  # more would tell the same and take a minute


def measure_analysis(sizes: Sizes) -> dict[str, Ratio]:
    """Compare 5,000 attempts at 50 items with 500: all statistics, intervals and options."""
    many, few = (make_test(attempts) for attempts in (10 * _ATTEMPTS, _ATTEMPTS))
    ratio = compare(
        ours=lambda seed: analyse(many, seed=seed),
        baseline=lambda seed: analyse(few, seed=seed),
        calls=min(sizes.calls, _CALLS),
        aim=AIM,
    )
    return {"analysis_5k_over_500": ratio}


def make_test(attempts: int) -> Marks:
    """Draw marks of 50 items with four options each, two items a fact."""
    random = np.random.default_rng(attempts)
    strength = random.normal(size=(attempts, 1))
    right = strength + random.normal(size=(attempts, _ITEMS)) > np.linspace(-1.5, 1.5, _ITEMS)
    wrong = random.integers(1, _OPTIONS, size=(attempts, _ITEMS))
    chosen = np.where(right, 0, wrong)[:, :, np.newaxis] == np.arange(_OPTIONS)
    options = tuple(Option(text=letter, correct=letter == "A") for letter in "ABCD")
    items = [
        Item(
            name=f"i{number}",
            maximum=1.0,
            guess=1 / _OPTIONS,
            facts=(f"f{number // 2}",),
            template=f"t{number % 2}",
            options=options,
        )
        for number in range(_ITEMS)
    ]
    choices = {number: chosen[:, number] for number in range(_ITEMS)}
    return make_marks(items, right.astype(np.float64), choices=choices)
