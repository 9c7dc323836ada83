"""The benchmarks run, say what they measured, and compare what can be compared."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from quizapp.memory import DEFAULT_PARAMETERS
from tests.benchmarks.answering import open_sides
from tests.factories.people import MORNING

NAMES = {
    "answer",
    "answer_choice",
    "due_10k_over_1k",
    "due_10k_over_1k_half_new",
    "due_10k_over_1k_default_limits",
    "page",
    "generation_2x",
    "advance",
}


def test_a_quick_run_prints_one_json_document_of_ratios() -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "--quick"]
    root = Path(__file__).parents[2]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    document = json.loads(run.stdout)
    assert set(document) == {"format", "machine", "ratios"}
    assert document["format"] == "quizapp-benchmarks/1"
    assert set(document["machine"]) == {"python", "sqlite", "cpus"}
    assert set(document["ratios"]) == NAMES
    for ratio in document["ratios"].values():
        assert set(ratio) == {"ratio", "aim", "ours_us", "baseline_us", "n"}
        assert ratio["ours_us"] > 0
        assert ratio["ratio"] == pytest.approx(ratio["ours_us"] / ratio["baseline_us"], rel=0.05)
        assert ratio["n"] > 0


def test_both_sides_of_an_answer_make_the_same_due_day() -> None:
    with open_sides(30, "flashcard") as sides:
        before = sides.list_due_days()
        for number in range(30):
            sides.answer(number)
            sides.answer_plainly(number)
        after = sides.list_due_days()
    assert all(ours <= MORNING.toordinal() for ours, _ in before)
    assert len(after) == 30
    assert all(ours == plain > MORNING.toordinal() for ours, plain in after)
    longest = max(ours for ours, _ in after) - MORNING.toordinal()
    assert 10 < longest < DEFAULT_PARAMETERS.maximum_interval
