"""Whose course it is: the one place where that is decided for every other service of courses.

An instructor of a course may do all; an assistant looks; to anybody else there is no such course.
"""

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, ForbiddenError, NotFoundError
from quizapp.storage.accounts import Account
from quizapp.storage.courses import CourseDetails, find_course
from quizapp.storage.ids import CourseId
from quizapp.storage.roles import INSTRUCTOR


def get_taught(session: Session, person: Account, course_id: CourseId) -> CourseDetails:
    """Return a course that the person teaches or assists in: one statement.

    Raises:
        NotFoundError: no such course for this person.
    """
    course = find_course(session, person.id, course_id)
    if course is None:
        raise NotFoundError("You teach no such course.")
    return course


def get_led(session: Session, person: Account, course_id: CourseId) -> CourseDetails:
    """Return a course of which the person is an instructor: one statement.

    Raises:
        NotFoundError: no such course for this person.
        ForbiddenError: they assist in it.
    """
    return _refuse_assistants(get_taught(session, person, course_id))


def lock_led(session: Session, person: Account, course_id: CourseId) -> CourseDetails:
    """Return a course of which the person is an instructor; nobody else changes it meanwhile.

    Raises:
        NotFoundError: no such course for this person.
        ForbiddenError: they assist in it.
    """
    course = find_course(session, person.id, course_id, lock=True)
    if course is None:
        raise NotFoundError("You teach no such course.")
    return _refuse_assistants(course)


def lock_changeable(session: Session, person: Account, course_id: CourseId) -> CourseDetails:
    """Return a course as `lock_led` does, if it can be changed.

    Raises:
        NotFoundError: no such course for this person.
        ForbiddenError: they assist in it.
        ConflictError: it is archived.
    """
    return refuse_archived(lock_led(session, person, course_id))


def refuse_archived(course: CourseDetails) -> CourseDetails:
    """Return the course, unless it is archived.

    Raises:
        ConflictError: it is.
    """
    if course.archived_at is not None:
        raise ConflictError("This course is archived; restore it before you change it.")
    return course


def _refuse_assistants(course: CourseDetails) -> CourseDetails:
    if course.role != INSTRUCTOR:
        raise ForbiddenError("You assist in this course; only its instructors change it.")
    return course
