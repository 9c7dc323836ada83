"""Measures everything and prints one JSON document: `python -m tests.benchmarks [--quick]`."""

import argparse
import json
import os
import platform
from dataclasses import asdict

from quizapp.storage.sqlite import sqlite_version
from tests.benchmarks.answering import measure_answers
from tests.benchmarks.due import measure_due
from tests.benchmarks.exam_plan import measure_exam_plan
from tests.benchmarks.felt import measure_felt
from tests.benchmarks.generating import measure_generation
from tests.benchmarks.measuring import Sizes
from tests.benchmarks.memory import measure_advance
from tests.benchmarks.page import measure_page
from tests.benchmarks.recalling import measure_recall
from tests.benchmarks.reporting import measure_analysis
from tests.benchmarks.score_reports import measure_score_reports

FORMAT = "quizapp-benchmarks/1"
_FULL = Sizes(calls=500, few_facts=1000, many_facts=10_000, copies=(10, 100), learners=40)
_QUICK = Sizes(calls=3, few_facts=20, many_facts=200, copies=(2,), learners=1)
_MEASURES = (
    measure_answers,
    measure_due,
    measure_page,
    measure_generation,
    measure_advance,
    measure_analysis,
    measure_score_reports,
    measure_recall,
)


def main() -> None:
    """Print the ratios and their machine, what plans for an exam lead to, and how fast it feels."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="see that all runs; times mean nothing"
    )
    sizes = _QUICK if parser.parse_args().quick else _FULL
    ratios: dict[str, dict[str, object]] = {}
    for measure in _MEASURES:
        ratios |= {name: asdict(ratio) for name, ratio in measure(sizes).items()}
    machine = {
        "python": platform.python_version(),
        "sqlite": sqlite_version(),
        "cpus": os.cpu_count(),
    }
    plans = {name: asdict(outcome) for name, outcome in measure_exam_plan(sizes).items()}
    document = {
        "format": FORMAT,
        "machine": machine,
        "ratios": ratios,
        "plans": plans,
        "felt": measure_felt(sizes),
    }
    print(json.dumps(document, indent=2))


if __name__ == "__main__":
    main()
