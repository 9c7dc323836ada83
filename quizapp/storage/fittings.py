"""Fittings to a course or a learner: asked for, ended with figures, in use, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, select, update
from sqlalchemy.orm import Session

from quizapp.memory.fit_figures import FitFigures, read_figures
from quizapp.storage.ids import AccountId, CourseId, FitId, JobId
from quizapp.storage.jobs import JobState
from quizapp.storage.roles import LEARNER
from quizapp.storage.tables import (
    AccountRow,
    EnrolmentRow,
    JobRow,
    ParameterFitRow,
)

_MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FitSubject:
    """Whose answers weights are fitted to: those of a course, or of one learner to everything."""

    course_id: CourseId | None = None
    learner_id: AccountId | None = None

    def __post_init__(self) -> None:
        assert (self.course_id is None) != (self.learner_id is None)

    def owns(self) -> ColumnElement[bool]:
        """Return the condition on a fitting that it is one of this subject."""
        if self.course_id is not None:
            return ParameterFitRow.course_id == self.course_id
        return ParameterFitRow.learner_id == self.learner_id


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFit:
    """A learner whose own weights are in use, since when, and what their fitting found."""

    name: str
    used_from: datetime
    figures: FitFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitting:
    """A fitting; `by_name` is None where that account is gone.

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
    .order_by(ParameterFitRow.id.desc())
)


def add_fitting(
    session: Session, *, subject: FitSubject, asked_by: AccountId, now: datetime
) -> FitId:
    """Store that a fitting was asked for."""
    row = ParameterFitRow(
        course_id=subject.course_id,
        learner_id=subject.learner_id,
        asked_by=asked_by,
        asked_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def set_job(session: Session, fit_id: FitId, job_id: JobId) -> None:
    """Store which job does a fitting."""
    _update(session, fit_id, job_id=job_id)


def list_fittings(session: Session, subject: FitSubject) -> tuple[Fitting, ...]:
    """Return the newest fittings of a course or a learner, the newest first: one statement."""
    rows = session.execute(_FITTINGS.where(subject.owns()).limit(_MOST_LISTED))
    return tuple(_read_fitting(row) for row in rows)


def find_fitting(session: Session, subject: FitSubject, fit_id: FitId) -> Fitting | None:
    """Return a fitting of a course or a learner: one statement."""
    one = _FITTINGS.where(subject.owns(), ParameterFitRow.id == fit_id)
    row = session.execute(one).first()
    return _read_fitting(row) if row else None


def find_open_subject(session: Session, fit_id: FitId) -> FitSubject | None:
    """Return whose fitting it is, if it has not ended."""
    columns = ParameterFitRow.course_id, ParameterFitRow.learner_id
    one = select(*columns).where(ParameterFitRow.id == fit_id, ParameterFitRow.ended_at.is_(None))
    row = session.execute(one).first()
    return FitSubject(course_id=row.course_id, learner_id=row.learner_id) if row else None


def lock_learner(session: Session, learner_id: AccountId) -> None:
    """Let nobody else ask for a fitting to this learner, or use one, meanwhile."""
    own = select(AccountRow.id).where(AccountRow.id == learner_id)
    session.execute(own.with_for_update(key_share=True, of=AccountRow))


def list_own_fits(session: Session, course_id: CourseId) -> tuple[OwnFit, ...]:
    """Return the learners of a course whose own weights are in use, by name: one statement."""
    rows = session.execute(
        select(AccountRow.name, ParameterFitRow.used_from, ParameterFitRow.figures)
        .join(AccountRow, AccountRow.id == ParameterFitRow.learner_id)
        .join(EnrolmentRow, EnrolmentRow.account_id == AccountRow.id)
        .where(EnrolmentRow.course_id == course_id, EnrolmentRow.role == LEARNER, _IN_USE)
        .order_by(AccountRow.name, AccountRow.id)
    )
    return tuple(
        OwnFit(name=name, used_from=used_from, figures=read_figures(figures))
        for name, used_from, figures in rows
        if used_from is not None
    )


def find_used_number(session: Session, course_id: CourseId) -> FitId | None:
    """Return the fitting in use in a course, None where the standard weights are."""
    used = select(ParameterFitRow.id).where(ParameterFitRow.course_id == course_id, _IN_USE)
    return session.scalar(used)


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


def put_in_use(session: Session, subject: FitSubject, fit_id: FitId, now: datetime) -> None:
    """Let a fitting hold for the answers to come, in the place of any other of the subject."""
    withdraw_used(session, subject, now)
    _update(session, fit_id, used_from=now, withdrawn_at=None)


def withdraw_used(session: Session, subject: FitSubject, now: datetime) -> None:
    """Let no fitting of the subject hold for the answers to come."""
    used = update(ParameterFitRow).where(subject.owns(), _IN_USE)
    session.execute(used.values(withdrawn_at=now))


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
