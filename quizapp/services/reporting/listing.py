"""What there are reports on, course by course."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizapp.storage.accounts import Account
from quizapp.storage.courses import Course, list_taught
from quizapp.storage.report_lists import Reportable, list_reportable


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseReports:
    """A course with its published assignments, the newest due date first."""

    course: Course
    assignments: tuple[Reportable, ...]


def list_reports(session: Session, person: Account) -> tuple[CourseReports, ...]:
    """Return the courses of a person who teaches or assists, archived last: two statements."""
    found = list_reportable(session, person.id)
    courses = sorted(list_taught(session, person.id), key=lambda each: each.archived_at is not None)
    return tuple(
        CourseReports(
            course=course,
            assignments=tuple(each for each in found if each.course_id == course.id),
        )
        for course in courses
    )
