"""What has been fitted to a course, for those who teach it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizapp.services.courses.access import get_taught
from quizapp.storage.accounts import Account
from quizapp.storage.courses import CourseDetails
from quizapp.storage.fittings import Fitting, list_fittings
from quizapp.storage.ids import CourseId


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingDesk:
    """A course and its fittings, the newest first."""

    course: CourseDetails
    fittings: tuple[Fitting, ...]

    @property
    def used(self) -> Fitting | None:
        """The fitting in use, None if the standard weights are."""
        return next((each for each in self.fittings if each.is_used), None)

    @property
    def open(self) -> Fitting | None:
        """The fitting that waits or runs."""
        return next((each for each in self.fittings if each.is_open), None)


def look_at_fittings(session: Session, person: Account, course_id: CourseId) -> FittingDesk:
    """Return the fittings of a course that the person teaches or assists in: two statements.

    Raises:
        NotFoundError: no such course for this person.
    """
    course = get_taught(session, person, course_id)
    return FittingDesk(course=course, fittings=list_fittings(session, course_id))
