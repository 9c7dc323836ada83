"""A fitting is asked for, or cancelled."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, NotFoundError
from quizapp.jobs import cancel, enqueue
from quizapp.services.courses.access import lock_changeable
from quizapp.storage.accounts import Account
from quizapp.storage.fittings import (
    FitSubject,
    Fitting,
    add_fitting,
    find_fitting,
    list_fittings,
    set_job,
)
from quizapp.storage.ids import CourseId, FitId

FIT_JOB = "fit_parameters"
# What went wrong in the library would go wrong again; a second try is for a worker that died.
_ATTEMPTS = 2


def start_fitting(
    session: Session, instructor: Account, course_id: CourseId, now: datetime
) -> FitId:
    """Let weights be fitted to the answers of a course, by a job.

    Raises:
        NotFoundError: no such course for this person.
        ForbiddenError: they assist in the course.
        ConflictError: the course is archived, or a fitting of it waits or runs.
    """
    lock_changeable(session, instructor, course_id)
    return begin_fitting(session, FitSubject(course_id=course_id), instructor, now)


def begin_fitting(session: Session, subject: FitSubject, person: Account, now: datetime) -> FitId:
    """Store a fitting with its job; whoever calls it has locked the subject.

    Raises:
        ConflictError: a fitting of the subject waits or runs.
    """
    if any(each.is_open for each in list_fittings(session, subject)):
        raise ConflictError("These parameters are being fitted already.")
    fit_id = add_fitting(session, subject=subject, asked_by=person.id, now=now)
    key = f"fit parameters {fit_id}"
    job_id = enqueue(session, FIT_JOB, {"fit": fit_id}, now, key=key, attempts=_ATTEMPTS)
    set_job(session, fit_id, job_id)
    return fit_id


def cancel_fitting(
    session: Session, instructor: Account, course_id: CourseId, fit_id: FitId, now: datetime
) -> None:
    """Cancel a fitting that waits or runs; nothing of it is stored.

    Raises:
        NotFoundError: no such course for this person, or no such fitting of it.
        ForbiddenError: they assist in the course.
        ConflictError: the course is archived, or the fitting has ended.
    """
    lock_changeable(session, instructor, course_id)
    call_off(session, FitSubject(course_id=course_id), fit_id, now)


def call_off(session: Session, subject: FitSubject, fit_id: FitId, now: datetime) -> None:
    """Cancel a fitting; whoever calls it has locked the subject.

    Raises:
        NotFoundError: there is no such fitting of it.
        ConflictError: the fitting has ended.
    """
    fitting = get_fitting(session, subject, fit_id)
    if not fitting.is_open or fitting.job_id is None:
        raise ConflictError("This fitting has ended; there is nothing to cancel.")
    cancel(session, fitting.job_id, now)


def get_fitting(session: Session, subject: FitSubject, fit_id: FitId) -> Fitting:
    """Return a fitting of a course or a learner.

    Raises:
        NotFoundError: there is no such fitting of it.
    """
    fitting = find_fitting(session, subject, fit_id)
    if fitting is None:
        raise NotFoundError("There is no such fitting.")
    return fitting
