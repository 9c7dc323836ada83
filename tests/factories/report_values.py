"""Reports as frozen values, made of marks and no database."""

from datetime import timedelta

import numpy as np

from quizapp.psychometrics.analysing import analyse
from quizapp.psychometrics.findings import ItemFindings
from quizapp.psychometrics.marks import BoolArray, Item, Option, make_marks
from quizapp.services.reporting.checks import TITLES, check_item, sort_checks
from quizapp.services.reporting.values import (
    AssignmentReport,
    Check,
    CommonAnswer,
    QuestionLine,
    ScoreLine,
    TimeSpent,
)
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId, CourseId, QuestionId
from tests.factories.people import MORNING

_LONG = "According to the long account of this article, which of these names was given to it, and "


def make_report(
    attempts: int, items: int, *, seed: int = 1, wrong_key: int | None = None
) -> AssignmentReport:
    """Return the report of attempts at single choices by people who differ.

    The question at place `wrong_key` is keyed by an option that the stronger do not choose.
    """
    rng = np.random.default_rng(seed)
    ability = rng.normal(size=(attempts, 1))
    right = rng.random((attempts, items)) < 1 / (
        1 + np.exp(np.linspace(-1.5, 1.5, items) - 1.5 * ability)
    )
    if wrong_key is not None:
        right[:, wrong_key] = ~right[:, wrong_key]
    return _describe(right)


def _describe(right: BoolArray) -> AssignmentReport:
    attempts, count = right.shape
    options = tuple(Option(text=f"{_LONG}{each}", correct=each == "A") for each in "ABCD")
    items = [Item(name=f"q{n}", maximum=1.0, guess=0.25, options=options) for n in range(count)]
    turn = np.arange(attempts) % 3
    chosen = {
        n: np.stack([right[:, n], *(~right[:, n] & (turn == each) for each in range(3))], axis=1)
        for n in range(count)
    }
    report = analyse(make_marks(items, right.astype(float), choices=chosen))
    lines = tuple(_make_line(number, found) for number, found in enumerate(report.items, 1))
    learners = tuple(_make_learner(n, float(row.mean())) for n, row in enumerate(right))
    return AssignmentReport(
        course_id=CourseId(1),
        course_title="Course",
        timezone="UTC",
        assignment_id=AssignmentId(1),
        title="Quiz",
        opens_at=None,
        due_at=MORNING,
        closes_at=None,
        which="first",
        doubtful=None,
        as_of=MORNING,
        computed_at=MORNING,
        enrolled=attempts,
        finished=attempts,
        in_progress=0,
        report=report,
        questions=lines,
        facts=(),
        checks=sort_checks([check for line in lines for check in line.checks]),
        learners=learners,
        previous=None,
        time=TimeSpent(seconds=300.0 if attempts else None, n=attempts),
        notes=(),
    )


def _make_line(number: int, found: ItemFindings) -> QuestionLine:
    stem = f"{_LONG}what is the name of number {number}?"
    checks = tuple(
        Check(
            question_id=QuestionId(number),
            number=number,
            stem=stem,
            code=each.code,
            title=TITLES[each.code],
            text=each.text,
            sure=each.sure,
            source=each.source,
        )
        for each in check_item(found)
    )
    return QuestionLine(
        question_id=QuestionId(number),
        number=number,
        item=found.item,
        kind="choice",
        stem=stem,
        answer="A",
        section="Section",
        paragraph=1,
        points=1.0,
        corrected=False,
        dropped=False,
        findings=found,
        wrong=CommonAnswer(text=f"{_LONG}B", count=3, n=found.n),
        time=TimeSpent(seconds=20.0 + number, n=found.n),
        checks=checks,
    )


def _make_learner(number: int, share: float) -> ScoreLine:
    low = share < 0.5
    return ScoreLine(
        learner_id=AccountId(number + 1),
        name=f"Student with a rather long name {number}",
        enrolled=True,
        progress="finished",
        attempts=2,
        attempt_id=AttemptId(number + 1),
        number=1,
        submitted_at=MORNING - timedelta(hours=1),
        points=share,
        maximum=1.0,
        share=share,
        blank=0,
        questions=1,
        seconds=300.0,
        former=0.7,
        reasons=(f"scored {share:.0%}, which is under half", "much less than before")
        if low
        else (),
    )
