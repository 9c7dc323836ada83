"""The benchmarks run, say what they measured, and compare what can be compared."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from quizapp.memory import DEFAULT_PARAMETERS
from tests.benchmarks.answering import open_sides
from tests.benchmarks.exam_plan import simulate
from tests.factories.people import MORNING
from tests.support.browser import find_browser

NAMES = {
    "answer",
    "answer_choice",
    "due_10k_over_1k",
    "due_10k_over_1k_half_new",
    "due_10k_over_1k_default_limits",
    "page",
    "generation_2x",
    "advance",
    "analysis_5k_over_500",
    "report_over_its_sql",
    "report_5k_over_500",
    "recall_1k_x_1k_x_30",
}
WAITS = {"check", "continue", "check_by_navigation", "continue_by_navigation"}
VISITS = {"first_visit", "warm_visit"}
PLANS = {"exam_plan", "retention_0.90", "retention_0.95", "sm2"}


@pytest.mark.slow
def test_a_quick_run_prints_one_json_document_of_ratios_and_plans() -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "--quick"]
    root = Path(__file__).parents[2]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    document = json.loads(run.stdout)
    assert set(document) == {"format", "machine", "ratios", "plans", "felt"}
    assert document["format"] == "quizapp-benchmarks/1"
    assert set(document["machine"]) == {"python", "sqlite", "cpus"}
    assert set(document["ratios"]) == NAMES
    for ratio in document["ratios"].values():
        assert set(ratio) == {"ratio", "aim", "ours_us", "baseline_us", "n"}
        assert ratio["ours_us"] > 0
        assert ratio["ratio"] == pytest.approx(ratio["ours_us"] / ratio["baseline_us"], rel=0.05)
        assert ratio["n"] > 0
    assert set(document["plans"]) == PLANS
    for outcome in document["plans"].values():
        assert set(outcome) == {"recall", "reviews", "answers", "most", "learners"}
    assert_felt(document["felt"])


def assert_felt(felt: dict[str, dict[str, float]]) -> None:
    """Assert that a browser, where there is one, was measured and had little to fetch."""
    if find_browser() is None:
        assert set(felt) == {"skipped"}
        return
    assert set(felt) == WAITS | VISITS
    for name in WAITS:
        assert set(felt[name]) == {"median_ms", "p95_ms", "aim_ms", "n"}
        assert 0 < felt[name]["median_ms"] <= felt[name]["p95_ms"]
        assert felt[name]["n"] > 1
    first, warm = felt["first_visit"], felt["warm_visit"]
    assert first["gzip_bytes"] < first["aim_bytes"]
    assert warm["requests"] == 1 < first["requests"] < 20
    assert warm["gzip_bytes"] < first["gzip_bytes"] < first["sent_bytes"]


def test_both_sides_of_an_answer_make_due_days_that_fuzz_may_part() -> None:
    with open_sides(30, "flashcard") as sides:
        before = sides.list_due_days()
        for number in range(30):
            sides.answer(number)
            sides.answer_plainly(number)
        after = sides.list_due_days()
    assert all(ours <= MORNING.toordinal() for ours, _ in before)
    assert len(after) == 30
    assert all(ours in reach for ours, reach in after)
    assert all(reach[0] > MORNING.toordinal() for _, reach in after)
    longest = max(ours for ours, _ in after) - MORNING.toordinal()
    assert 10 < longest < DEFAULT_PARAMETERS.maximum_interval


@pytest.mark.parametrize("class_of", ["spring", "summer", "autumn"])
def test_the_exam_plan_keeps_the_recall_of_a_high_retention_for_half_of_its_reviews(
    class_of: str,
) -> None:
    learners = [f"{class_of} {number}" for number in range(4)]
    plan, high = simulate("exam_plan", learners), simulate("retention_0.95", learners)
    assert plan.recall >= 0.97
    assert plan.reviews <= 0.55 * high.reviews
    assert plan.recall >= high.recall - 0.01
