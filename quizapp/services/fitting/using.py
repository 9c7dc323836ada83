"""Fitted weights are put in use for the answers to come, or withdrawn.

The log entries of the time between go on naming them, so that no memory changes by either.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError
from quizapp.services.courses.access import lock_changeable
from quizapp.services.fitting.starting import get_fitting
from quizapp.storage.accounts import Account
from quizapp.storage.fittings import FitSubject, put_in_use, withdraw_used
from quizapp.storage.ids import CourseId, FitId


def use_fitting(
    session: Session, instructor: Account, course_id: CourseId, fit_id: FitId, now: datetime
) -> None:
    """Schedule the answers to come in a course by fitted weights, in the place of any others.

    Raises:
        NotFoundError: no such course for this person, or no such fitting of it.
        ForbiddenError: they assist in the course.
        ConflictError: the course is archived, or the weights were not better.
    """
    lock_changeable(session, instructor, course_id)
    use_accepted(session, FitSubject(course_id=course_id), fit_id, now)


def withdraw_fitting(
    session: Session, instructor: Account, course_id: CourseId, fit_id: FitId, now: datetime
) -> None:
    """Schedule the answers to come by the standard weights again, if those of the fit are in use.

    Raises:
        NotFoundError: no such course for this person, or no such fitting of it.
        ForbiddenError: they assist in the course.
        ConflictError: the course is archived.
    """
    lock_changeable(session, instructor, course_id)
    withdraw(session, FitSubject(course_id=course_id), fit_id, now)


def use_accepted(session: Session, subject: FitSubject, fit_id: FitId, now: datetime) -> None:
    """Put a fitting in use; whoever calls it has locked the subject.

    Raises:
        NotFoundError: there is no such fitting of it.
        ConflictError: the weights were not better.
    """
    fitting = get_fitting(session, subject, fit_id)
    if not fitting.accepted:
        raise ConflictError("These parameters were not better, so they cannot be used.")
    if not fitting.is_used:
        put_in_use(session, subject, fit_id, now)


def withdraw(session: Session, subject: FitSubject, fit_id: FitId, now: datetime) -> None:
    """Withdraw a fitting if it is in use; whoever calls it has locked the subject.

    Raises:
        NotFoundError: there is no such fitting of it.
    """
    if get_fitting(session, subject, fit_id).is_used:
        withdraw_used(session, subject, now)
