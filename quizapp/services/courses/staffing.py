"""Who teaches a course and who assists in it."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError, NotFoundError
from quizapp.services.courses.access import get_led, lock_changeable, refuse_archived
from quizapp.storage.accounts import Account, find_credentials
from quizapp.storage.courses import CourseDetails, Teacher
from quizapp.storage.ids import AccountId, CourseId
from quizapp.storage.roles import INSTRUCTOR
from quizapp.storage.teachers import (
    count_instructors,
    delete_enrolment,
    find_teacher,
    set_role,
)

_TEACHING = frozenset({"instructor", "admin"})


def add_teacher(
    session: Session,
    instructor: Account,
    course_id: CourseId,
    *,
    email: str,
    role: str,
    now: datetime,
) -> Account:
    """Let somebody teach a course or assist in it; one who does already gets the other role.

    Raises:
        InvalidError: there is no such account, or it is a learner's; which, is not told.
        NotFoundError, ForbiddenError, ConflictError: as `lock_changeable` says, or they are the
            course's last instructor.
    """
    lock_changeable(session, instructor, course_id)
    found = find_credentials(session, email)
    if found is None or found.disabled or found.account.role not in _TEACHING:
        raise InvalidError(
            "No instructor has an account with this address. Check it, or ask an administrator "
            "to make the account."
        )
    if role != INSTRUCTOR:
        _keep_one_instructor(session, course_id, found.account.id)
    set_role(session, course_id=course_id, account_id=found.account.id, role=role, now=now)
    return found.account


def get_teacher(
    session: Session, instructor: Account, course_id: CourseId, account_id: AccountId
) -> tuple[CourseDetails, Teacher]:
    """Return one who teaches a course or assists in it, for those who may remove them.

    Raises:
        NotFoundError: no such course, or nobody like that in it.
        ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    course = refuse_archived(get_led(session, instructor, course_id))
    return course, _get(session, course_id, account_id)


def remove_teacher(
    session: Session, instructor: Account, course_id: CourseId, account_id: AccountId
) -> Teacher:
    """Let somebody teach a course or assist in it no more; return who it was.

    Raises:
        NotFoundError: no such course, or nobody like that in it.
        ForbiddenError, ConflictError: as `lock_changeable` says, or they are its last instructor.
    """
    lock_changeable(session, instructor, course_id)
    found = _get(session, course_id, account_id)
    _keep_one_instructor(session, course_id, account_id)
    delete_enrolment(session, course_id, account_id)
    return found


def _get(session: Session, course_id: CourseId, account_id: AccountId) -> Teacher:
    found = find_teacher(session, course_id, account_id)
    if found is None:
        raise NotFoundError("Nobody like that teaches this course.")
    return found


def _keep_one_instructor(session: Session, course_id: CourseId, leaving: AccountId) -> None:
    teacher = find_teacher(session, course_id, leaving)
    if teacher is None or teacher.role != INSTRUCTOR:
        return
    if count_instructors(session, course_id) <= 1:
        raise ConflictError(
            f"{teacher.name} is the last instructor of this course. Add another instructor first, "
            "or archive the course."
        )
