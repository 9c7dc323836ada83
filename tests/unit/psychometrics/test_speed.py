from time import process_time

from quizapp.psychometrics.analysing import analyse
from tests.benchmarks.reporting import make_test


def test_five_thousand_attempts_at_fifty_items_take_under_a_second() -> None:
    marks = make_test(5000)
    times = []
    for _ in range(3):
        start = process_time()
        analyse(marks)
        times.append(process_time() - start)
    assert min(times) < 1
