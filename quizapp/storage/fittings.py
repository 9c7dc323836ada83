"""Fittings of a course: asked for, ended with figures, in use and withdrawn; and what they read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Integer, Row, and_, bindparam, select, update
from sqlalchemy.orm import Session

from quizapp.memory.fit_figures import FitFigures, read_figures
from quizapp.storage.figures import LIVE
from quizapp.storage.ids import AccountId, CourseId, FitId, JobId
from quizapp.storage.jobs import JobState
from quizapp.storage.roles import LEARNER
from quizapp.storage.tables import (
    AccountRow,
    CourseSetRow,
    EnrolmentRow,
    JobRow,
    ParameterFitRow,
    ReviewRow,
    VersionFactRow,
)

# The answers of the largest classes are not all needed; whole learners come first.
MOST_ANSWERS = 400_000
_MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """A fitting of a course; `by_name` is None where that account is gone.

    `figures` are None until it has ended. `job_state` is None once the job is forgotten, `reason`
    says why it failed. It is in use from `used_from` to `withdrawn_at`.
    """

    id: FitId
    by_name: str | None
    asked_at: datetime
    ended_at: datetime | None
    accepted: bool
    figures: FitFigures | None
    used_from: datetime | None
    withdrawn_at: datetime | None
    job_id: JobId | None
    job_state: JobState | None
    reason: str | None
    note: str | None
    cancel_asked: bool

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.ended_at is None and self.job_state in {JobState.WAITING, JobState.RUNNING}

    @property
    def is_used(self) -> bool:
        """Whether answers are scheduled by it."""
        return self.used_from is not None and self.withdrawn_at is None


_course = bindparam("course_id", type_=Integer)
_IN_USE = and_(ParameterFitRow.used_from.is_not(None), ParameterFitRow.withdrawn_at.is_(None))
_FITTINGS = (
    select(
        ParameterFitRow.id,
        AccountRow.name.label("by_name"),
        ParameterFitRow.asked_at,
        ParameterFitRow.ended_at,
        ParameterFitRow.accepted,
        ParameterFitRow.figures,
        ParameterFitRow.used_from,
        ParameterFitRow.withdrawn_at,
        ParameterFitRow.job_id,
        JobRow.state.label("job_state"),
        JobRow.reason,
        JobRow.progress_note.label("note"),
        JobRow.cancel_asked_at,
    )
    .outerjoin(AccountRow, AccountRow.id == ParameterFitRow.asked_by)
    .outerjoin(JobRow, JobRow.id == ParameterFitRow.job_id)
    .where(ParameterFitRow.course_id == _course)
    .order_by(ParameterFitRow.id.desc())
)
_USED_WEIGHTS = select(ParameterFitRow.weights).where(ParameterFitRow.course_id == _course, _IN_USE)
_taught = (
    select(VersionFactRow.fact_id)
    .join(CourseSetRow, CourseSetRow.version_id == VersionFactRow.version_id)
    .where(CourseSetRow.course_id == _course)
)
_LOG = (
    select(
        ReviewRow.learner_id,
        ReviewRow.fact_id,
        ReviewRow.study_day,
        ReviewRow.grade,
        ReviewRow.guess,
    )
    .join(
        EnrolmentRow,
        and_(
            EnrolmentRow.account_id == ReviewRow.learner_id,
            EnrolmentRow.course_id == _course,
            EnrolmentRow.role == LEARNER,
        ),
    )
    .where(ReviewRow.fact_id.in_(_taught), LIVE)
    .order_by(
        ReviewRow.learner_id,
        ReviewRow.fact_id,
        ReviewRow.at,
        ReviewRow.arrived_at,
        ReviewRow.id,
    )
)
LoggedAnswers = list[tuple[int, list[tuple[int, int, float]]]]


def add_fitting(
    session: Session, *, course_id: CourseId, asked_by: AccountId, now: datetime
) -> FitId:
    """Store that a fitting of a course was asked for."""
    row = ParameterFitRow(course_id=course_id, learner_id=None, asked_by=asked_by, asked_at=now)
    session.add(row)
    session.flush()
    return row.id


def set_job(session: Session, fit_id: FitId, job_id: JobId) -> None:
    """Store which job does a fitting."""
    _update(session, fit_id, job_id=job_id)


def list_fittings(session: Session, course_id: CourseId) -> tuple[Fitting, ...]:
    """Return the newest fittings of a course, the newest first: one statement."""
    rows = session.execute(_FITTINGS.limit(_MOST_LISTED), {"course_id": course_id})
    return tuple(_read_fitting(row) for row in rows)


def find_fitting(session: Session, course_id: CourseId, fit_id: FitId) -> Fitting | None:
    """Return a fitting of a course: one statement."""
    one = _FITTINGS.where(ParameterFitRow.id == fit_id)
    row = session.execute(one, {"course_id": course_id}).first()
    return _read_fitting(row) if row else None


def find_open_course(session: Session, fit_id: FitId) -> CourseId | None:
    """Return the course of a fitting that has not ended."""
    return session.scalar(
        select(ParameterFitRow.course_id).where(
            ParameterFitRow.id == fit_id, ParameterFitRow.ended_at.is_(None)
        )
    )


def find_used_weights(session: Session, course_id: CourseId) -> list[float] | None:
    """Return the weights in use in a course, None where these are the standard ones."""
    return session.scalar(_USED_WEIGHTS, {"course_id": course_id})


def load_course_log(session: Session, course_id: CourseId) -> LoggedAnswers:
    """Return what the learners of a course answered to each of its facts, for `run_fitting`.

    Undone answers do not count. Of the largest courses the first `MOST_ANSWERS`, by learner.
    """
    rows = session.execute(_LOG.limit(MOST_ANSWERS), {"course_id": course_id})
    return [
        (learner_id, [(day, grade, guess) for _, _, day, grade, guess in answers])
        for (learner_id, _), answers in groupby(rows, lambda row: (row.learner_id, row.fact_id))
    ]


def end_fitting(
    session: Session,
    fit_id: FitId,
    weights: Sequence[float] | None,
    figures: FitFigures,
    now: datetime,
) -> None:
    """Store what a fitting found."""
    _update(
        session,
        fit_id,
        ended_at=now,
        weights=None if weights is None else list(weights),
        accepted=figures.outcome == "better",
        figures=figures.to_document(),
    )


def put_in_use(session: Session, course_id: CourseId, fit_id: FitId, now: datetime) -> None:
    """Let a fitting hold for the answers to come in its course, in the place of any other."""
    withdraw_used(session, course_id, now)
    _update(session, fit_id, used_from=now, withdrawn_at=None)


def withdraw_used(session: Session, course_id: CourseId, now: datetime) -> None:
    """Let the standard weights hold again for the answers to come in a course."""
    session.execute(
        update(ParameterFitRow)
        .where(ParameterFitRow.course_id == course_id, _IN_USE)
        .values(withdrawn_at=now)
    )


def _update(session: Session, fit_id: FitId, **values: object) -> None:
    session.execute(update(ParameterFitRow).where(ParameterFitRow.id == fit_id).values(**values))


def _read_fitting(row: Row[*tuple[object, ...]]) -> Fitting:
    plain = set(Fitting.__slots__) - {"accepted", "figures", "job_state", "cancel_asked"}
    return Fitting(
        **{name: getattr(row, name) for name in plain},
        accepted=bool(row.accepted),
        figures=None if row.ended_at is None else read_figures(row.figures),
        job_state=None if row.job_state is None else JobState(row.job_state),
        cancel_asked=row.cancel_asked_at is not None,
    )
