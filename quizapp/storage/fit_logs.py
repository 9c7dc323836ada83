"""The answers that weights are fitted to, with the fits that are in use for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from sqlalchemy import Integer, Row, and_, func, literal, select
from sqlalchemy.orm import Session

from quizapp.memory import FittedWeights
from quizapp.storage.figures import LIVE
from quizapp.storage.fits import list_weights, number_of_fit
from quizapp.storage.fittings import FitSubject, find_used_number
from quizapp.storage.ids import AccountId, CourseId
from quizapp.storage.roles import LEARNER
from quizapp.storage.tables import CourseSetRow, EnrolmentRow, ReviewRow, VersionFactRow

# The answers of the largest classes are not all needed; whole learners come first.
MOST_ANSWERS = 400_000
LoggedAnswers: TypeAlias = list[tuple[int, int | None, list[tuple[int, int, float]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FitLog:
    """What `run_fitting` takes: the answers, and the fits that they name as in use."""

    answers: LoggedAnswers
    fits: tuple[FittedWeights, ...]


_IN_ORDER = (ReviewRow.at, ReviewRow.arrived_at, ReviewRow.id)
_LOG = (
    select(
        ReviewRow.learner_id,
        ReviewRow.fact_id,
        ReviewRow.study_day,
        ReviewRow.grade,
        ReviewRow.guess,
    )
    .where(LIVE)
    .order_by(ReviewRow.learner_id, ReviewRow.fact_id, *_IN_ORDER)
    .limit(MOST_ANSWERS)
)
_IN_USE_FOR_IT = number_of_fit(ReviewRow.__table__.c.fact_id).label("used")


def load_log(session: Session, subject: FitSubject) -> FitLog:
    """Return what a course or a learner answered to each fact, with the fits in use for it.

    Undone answers do not count. Of the largest logs the first `MOST_ANSWERS`, by learner.
    """
    if subject.course_id is not None:
        return _load_course_log(session, subject.course_id)
    own = _LOG.add_columns(_IN_USE_FOR_IT).where(ReviewRow.learner_id == subject.learner_id)
    answers = _group(session.execute(own, {"learner_id": subject.learner_id}))
    numbers = {number for _, number, _ in answers if number is not None}
    return FitLog(answers=answers, fits=list_weights(session, numbers))


def count_tested(session: Session, learner_id: AccountId) -> int:
    """Count a learner's answers that came a study day or more after the one before to the fact."""
    former = func.lag(ReviewRow.study_day).over(partition_by=ReviewRow.fact_id, order_by=_IN_ORDER)
    log = (
        select(ReviewRow.study_day, former.label("former"))
        .where(ReviewRow.learner_id == learner_id, LIVE)
        .subquery()
    )
    counted = select(func.count()).select_from(log).where(log.c.study_day > log.c.former)
    return session.scalar(counted) or 0


def _load_course_log(session: Session, course_id: CourseId) -> FitLog:
    """Take what is in use in the course as in use for all, those with own weights among them."""
    number = find_used_number(session, course_id)
    taught = (
        select(VersionFactRow.fact_id)
        .join(CourseSetRow, CourseSetRow.version_id == VersionFactRow.version_id)
        .where(CourseSetRow.course_id == course_id)
    )
    learns = and_(
        EnrolmentRow.account_id == ReviewRow.learner_id,
        EnrolmentRow.course_id == course_id,
        EnrolmentRow.role == LEARNER,
    )
    log = _LOG.add_columns(literal(number, Integer).label("used"))
    rows = session.execute(log.join(EnrolmentRow, learns).where(ReviewRow.fact_id.in_(taught)))
    fits = list_weights(session, () if number is None else (number,))
    return FitLog(answers=_group(rows), fits=fits)


def _group(rows: Iterable[Row[tuple[int, int, int, int, float, int | None]]]) -> LoggedAnswers:
    groups = groupby(rows, lambda row: (row.learner_id, row.fact_id, row.used))
    return [
        (learner_id, number, [(row.study_day, row.grade, row.guess) for row in answers])
        for (learner_id, _, number), answers in groups
    ]
