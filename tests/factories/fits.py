"""Fittings to a course or a learner that have ended, without fitting anything."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.memory.fit_figures import FitFigures, Outcome, Score
from quizapp.services.fitting.own import use_own
from quizapp.services.fitting.using import use_fitting
from quizapp.storage.accounts import Account
from quizapp.storage.fittings import FitSubject, add_fitting, end_fitting
from quizapp.storage.ids import CourseId, FitId
from tests.factories.simulated_logs import FIRST_DAY, FORGETFUL, LASTING

_LOSSES = {"better": -0.0171, "tie": 0.0012, "worse": 0.0213}


def make_figures(outcome: Outcome, *, why: str = "") -> FitFigures:
    """Make figures that go with an outcome."""
    if outcome == "failed":
        return FitFigures(outcome=outcome, why=why, answers=5812, learners=15)
    if outcome == "few":
        return FitFigures(outcome=outcome, answers=412, learners=9, learned_from=203, held_out=51)
    difference = _LOSSES[outcome]
    return FitFigures(
        outcome=outcome,
        answers=5812,
        learners=15,
        learned_from=4011,
        held_out=1174,
        guessable=0.31,
        split_day=FIRST_DAY,
        standard=Score(log_loss=0.4327, brier=0.1329, slope=0.81),
        fitted=Score(log_loss=0.4327 + difference, brier=0.1302, slope=0.97),
        difference=(difference, difference - 0.009, difference + 0.008),
    )


def make_fitting(
    session: Session,
    instructor: Account,
    course_id: CourseId,
    now: datetime,
    *,
    outcome: Outcome = "better",
    why: str = "",
    weights: Sequence[float] = FORGETFUL,
    used: bool = False,
) -> FitId:
    """Store a fitting that has ended with an outcome, and put it in use."""
    subject = FitSubject(course_id=course_id)
    fit_id = add_fitting(session, subject=subject, asked_by=instructor.id, now=now)
    figures = make_figures(outcome, why=why)
    end_fitting(session, fit_id, None if outcome in {"few", "failed"} else weights, figures, now)
    if used:
        use_fitting(session, instructor, course_id, fit_id, now)
    return fit_id


def make_own_fitting(
    session: Session,
    learner: Account,
    now: datetime,
    *,
    outcome: Outcome = "better",
    weights: Sequence[float] = LASTING,
    used: bool = False,
) -> FitId:
    """Store a fitting to a learner that has ended with an outcome, and put it in use."""
    subject = FitSubject(learner_id=learner.id)
    fit_id = add_fitting(session, subject=subject, asked_by=learner.id, now=now)
    figures = replace(make_figures(outcome), learners=1, clusters="days")
    end_fitting(session, fit_id, None if outcome in {"few", "failed"} else weights, figures, now)
    if used:
        use_own(session, learner, fit_id, now)
    return fit_id
