"""A course is made, edited, archived and brought back."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from quizapp.services.accounts.registering import check_timezone
from quizapp.services.courses.access import lock_changeable, lock_led
from quizapp.storage.accounts import Account
from quizapp.storage.courses import add_course, change_course, enrol, set_archived
from quizapp.storage.ids import CourseId
from quizapp.storage.roles import INSTRUCTOR


def create_course(
    session: Session,
    instructor: Account,
    *,
    title: str,
    timezone: str,
    exam_on: date | None,
    now: datetime,
) -> CourseId:
    """Make a course whose only instructor is the person who makes it.

    Raises:
        InvalidError: the time zone is none.
    """
    check_timezone(timezone)
    course_id = add_course(session, title=title, timezone=timezone, exam_on=exam_on, now=now)
    enrol(session, course_id=course_id, account_id=instructor.id, role=INSTRUCTOR, now=now)
    return course_id


def edit_course(
    session: Session,
    instructor: Account,
    course_id: CourseId,
    *,
    title: str,
    timezone: str,
    exam_on: date | None,
) -> None:
    """Replace a course's title, time zone and date of the exam.

    Raises:
        InvalidError: the time zone is none.
        NotFoundError, ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    lock_changeable(session, instructor, course_id)
    check_timezone(timezone)
    change_course(session, course_id, title=title, timezone=timezone, exam_on=exam_on)


def archive_course(
    session: Session, instructor: Account, course_id: CourseId, now: datetime
) -> None:
    """Make a course read-only: nobody joins, and its learners meet no new facts of it.

    What they have learned stays theirs and goes on being due.

    Raises:
        NotFoundError, ForbiddenError: as `lock_led` says.
    """
    if lock_led(session, instructor, course_id).archived_at is None:
        set_archived(session, course_id, now)


def restore_course(session: Session, instructor: Account, course_id: CourseId) -> None:
    """Bring an archived course back as it was; its code works again.

    Raises:
        NotFoundError, ForbiddenError: as `lock_led` says.
    """
    lock_led(session, instructor, course_id)
    set_archived(session, course_id, None)
