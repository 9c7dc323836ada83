"""Which published versions a course teaches."""

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError
from quizapp.services.courses.access import lock_changeable
from quizapp.storage.accounts import Account
from quizapp.storage.course_parts import may_teach
from quizapp.storage.courses import teach
from quizapp.storage.ids import CourseId, VersionId
from quizapp.storage.teachers import stop_teaching


def add_version(
    session: Session, instructor: Account, course_id: CourseId, version_id: VersionId
) -> None:
    """Let a course teach a version that its instructor owns or teaches elsewhere.

    Raises:
        InvalidError: it is none of theirs.
        NotFoundError, ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    lock_changeable(session, instructor, course_id)
    if not may_teach(session, instructor.id, version_id):
        raise InvalidError("Choose a set from the list.")
    teach(session, course_id=course_id, version_id=version_id)


def remove_version(
    session: Session, instructor: Account, course_id: CourseId, version_id: VersionId
) -> None:
    """Let a course teach a version no more; what learners remember of it stays theirs.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    lock_changeable(session, instructor, course_id)
    stop_teaching(session, course_id, version_id)
