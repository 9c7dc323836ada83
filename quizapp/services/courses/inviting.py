"""The join code of a course is switched on, renewed, given an end, and switched off."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError
from quizapp.services.courses.access import lock_changeable
from quizapp.services.courses.codes import make_code
from quizapp.storage.accounts import Account
from quizapp.storage.courses import CourseDetails
from quizapp.storage.ids import CourseId
from quizapp.storage.joining import set_join_code


def renew_code(
    session: Session,
    instructor: Account,
    course_id: CourseId,
    *,
    last_day: date | None,
    now: datetime,
) -> None:
    """Give a course a new join code; the one before is worth nothing from then on.

    `last_day` is the last day, in the course's time zone, on which it works (None: no end).

    Raises:
        InvalidError: that day is over.
        NotFoundError, ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    course = lock_changeable(session, instructor, course_id)
    until = _end_of(course, last_day, now)
    set_join_code(session, course_id, code=make_code(), until=until)


def change_end(
    session: Session,
    instructor: Account,
    course_id: CourseId,
    *,
    last_day: date | None,
    now: datetime,
) -> None:
    """Change until when the code works that a course has.

    Raises:
        InvalidError: that day is over.
        NotFoundError, ForbiddenError, ConflictError: as `lock_changeable` says, or without a code.
    """
    course = lock_changeable(session, instructor, course_id)
    if course.join_code is None:
        raise ConflictError("Joining was switched off meanwhile; make a new code.")
    until = _end_of(course, last_day, now)
    set_join_code(session, course_id, code=course.join_code, until=until)


def switch_code_off(session: Session, instructor: Account, course_id: CourseId) -> None:
    """Let nobody join by a code any more; the code that there was is worth nothing.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    lock_changeable(session, instructor, course_id)
    set_join_code(session, course_id, code=None, until=None)


def last_day_of(course: CourseDetails) -> date | None:
    """Return the last day on which a course's code works, in the course's time zone."""
    if course.join_until is None:
        return None
    moment_before = course.join_until - timedelta(microseconds=1)
    return moment_before.astimezone(ZoneInfo(course.timezone)).date()


def _end_of(course: CourseDetails, last_day: date | None, now: datetime) -> datetime | None:
    """Return the instant at which the last day has ended where the course is."""
    if last_day is None:
        return None
    zone = ZoneInfo(course.timezone)
    if last_day < now.astimezone(zone).date():
        raise InvalidError("That day is over; enter today or a later day, or none.")
    if last_day.year > now.year + _MOST_YEARS:
        raise InvalidError(f"Enter a day within {_MOST_YEARS} years, or none.")
    return datetime.combine(last_day + timedelta(days=1), time(), zone)


_MOST_YEARS = 10
