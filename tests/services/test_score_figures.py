"""The figures of a report, against cases that were reckoned by hand."""

import json
from math import isclose, sqrt

import pytest

from quizapp.psychometrics.bands import doubt
from quizapp.services.reporting.files import export_csv, export_json, export_workbook
from quizapp.services.reporting.values import AssignmentReport
from quizapp.storage.engine import Database
from tests.factories.reports import build_quiz, read_report

# Maxima of 1, 2 and 1; the marks are (1 1 1), (1 2 0), (0 .5 -) and (1 0 1), totals 3, 3, .5, 2.
POINTS = (1.0, 2.0, 1.0)
PARTIAL = ((1.0, 0.5, 1.0), (1.0, 1.0, 0.0), (0.0, 0.25, None), (1.0, 0.0, 1.0))


def close(found: float | None, wanted: float) -> bool:
    return found is not None and isclose(found, wanted, rel_tol=1e-12)


def read_everything(report: AssignmentReport) -> dict[str, object]:
    """Write every file; JSON refuses what is no number."""
    assert export_csv(report)
    assert export_workbook(report)
    document: dict[str, object] = json.loads(export_json(report))
    return document


def test_partial_marks_and_different_maxima(database: Database) -> None:
    quiz = build_quiz(database, POINTS, PARTIAL)
    found = read_report(database, quiz)
    test = found.report.test
    assert (test.n, test.maximum, test.mean, test.median) == (4, 4.0, 2.125, 2.5)
    assert close(test.sd, sqrt(4.1875 / 3))
    assert close(test.alpha, 6 / 67)
    facilities = [line.findings.facility for line in found.questions if line.findings]
    assert facilities == [0.75, 0.4375, 0.5]
    assert [line.points for line in found.questions] == [1.0, 2.0, 1.0]
    assert found.report.items[2].blank == 1


def test_discrimination_is_that_with_the_other_marks_and_may_be_negative(
    database: Database,
) -> None:
    quiz = build_quiz(database, POINTS, PARTIAL)
    second = read_report(database, quiz).questions[1].findings
    assert second is not None
    # Of 1, 2, .5, 0 with 2, 1, 0, 2: the covariance is -1/8, the variances 35/48 and 11/12.
    assert close(second.discrimination, -1 / 8 / sqrt(35 / 48 * 11 / 12))


@pytest.mark.parametrize(
    ("points", "marks", "alpha", "sd"),
    [
        pytest.param((1.0, 1.0), ((1.0, 0.0), (0.0, 1.0), (1.0, 1.0)), -2.0, None, id="negative"),
        pytest.param((1.0, 1.0), ((1.0, 0.0), (1.0, 0.0)), None, 0.0, id="zero variance"),
        pytest.param((2.0,), ((1.0,), (0.5,)), None, sqrt(0.5), id="one item"),
        pytest.param((1.0, 1.0), ((1.0, 0.0),), None, None, id="one attempt"),
        pytest.param((1.0, 1.0), (), None, None, id="no attempt"),
    ],
)
def test_small_cases_have_words_where_they_have_no_figure(
    database: Database,
    points: tuple[float, ...],
    marks: tuple[tuple[float, ...], ...],
    alpha: float | None,
    sd: float | None,
) -> None:
    found = read_report(database, build_quiz(database, points, marks))
    test = found.report.test
    assert test.n == len(marks)
    assert test.alpha == (alpha if alpha is None else pytest.approx(alpha))
    if sd is not None:
        assert test.sd is not None
        assert isclose(test.sd, sd, abs_tol=1e-12)
    assert test.notes
    assert len(found.questions) == (len(points) if marks else 0)
    document = read_everything(found)
    report = document["report"]
    assert isinstance(report, dict)
    assert report["test"]["alpha"] == test.alpha


def test_of_few_attempts_nothing_is_sure(database: Database) -> None:
    marks = [(1.0, 0.0)] * 4 + [(0.0, 1.0)] * 5
    found = read_report(database, build_quiz(database, (1.0, 1.0), marks))
    assert found.checks
    assert not any(check.sure for check in found.checks)
    assert all(doubt(9) in check.text.replace("Cannot", "cannot") for check in found.checks)


def test_a_key_that_the_stronger_avoid_is_the_first_thing_to_check(database: Database) -> None:
    strong, weak = (0.0, 1.0, 1.0, 1.0), (1.0, 0.0, 0.0, 0.0)
    others = [(0.0, 1.0, 1.0, 0.0), (1.0, 0.0, 1.0, 0.0)]
    quiz = build_quiz(database, (1.0,) * 4, [strong, weak] * 9 + others)
    first = read_report(database, quiz).checks[0]
    assert (first.code, first.number, first.sure) == ("wrong_key", 1, True)
    assert "“f1 option 0” more often than the key “f1 option 1”" in first.text


def test_what_everybody_knows_is_too_easy_and_nobody_chose_the_rest(database: Database) -> None:
    marks = [(1.0, float(number % 2)) for number in range(60)]
    found = read_report(database, build_quiz(database, (1.0, 1.0), marks))
    checks = {(check.number, check.code): check for check in found.checks}
    assert checks[1, "too_easy"].sure
    assert "(n = 60)" in checks[1, "too_easy"].text
    unused = checks[2, "unused_distractor"]
    assert unused.sure
    assert unused.text.startswith("Nobody of 60 chose “f2 option 2” or “f2 option 3”")
    assert (2, "too_easy") not in checks
