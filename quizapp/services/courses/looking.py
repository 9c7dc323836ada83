"""A course as those who teach it look at it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.storage.accounts import Account
from quizapp.storage.course_parts import OfferedVersion, Section, list_parts
from quizapp.storage.courses import CourseDetails, Teacher, Waiting, find_course_with_teachers
from quizapp.storage.ids import CourseId


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSheet:
    """A course with teachers and sections, the versions it teaches or could, and what waits."""

    course: CourseDetails
    teachers: tuple[Teacher, ...]
    sections: tuple[Section, ...]
    taught: tuple[OfferedVersion, ...]
    offered: tuple[OfferedVersion, ...]
    waiting: Waiting


def look_at_course(session: Session, person: Account, course_id: CourseId) -> CourseSheet:
    """Return all that a course's page shows, from two statements.

    Raises:
        NotFoundError: no such course that this person teaches or assists in.
    """
    found = find_course_with_teachers(session, person.id, course_id)
    if found is None:
        raise NotFoundError("You teach no such course.")
    course, teachers, waiting = found
    sections, versions = list_parts(session, person.id, course_id)
    return CourseSheet(
        course=course,
        teachers=teachers,
        sections=sections,
        taught=tuple(version for version in versions if version.taught),
        offered=tuple(version for version in versions if not version.taught),
        waiting=waiting,
    )
