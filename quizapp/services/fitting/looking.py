"""What has been fitted: to a course, for those who teach it, and to a learner, for themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quizapp.memory.fit_figures import LEAST_TESTED
from quizapp.services.courses.access import get_taught
from quizapp.storage.accounts import Account
from quizapp.storage.courses import CourseDetails
from quizapp.storage.fit_logs import count_tested
from quizapp.storage.fittings import FitSubject, Fitting, OwnFit, list_fittings, list_own_fits
from quizapp.storage.ids import CourseId

# A day brings few new answers, and jobs of all learners share a worker.
PAUSE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingDesk:
    """The fittings to a course or a learner, the newest first."""

    fittings: tuple[Fitting, ...]

    @property
    def used(self) -> Fitting | None:
        """The fitting in use, None if none of these is."""
        return next((each for each in self.fittings if each.is_used), None)

    @property
    def open(self) -> Fitting | None:
        """The fitting that waits or runs."""
        return next((each for each in self.fittings if each.is_open), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDesk(FittingDesk):
    """A course with its fittings, and its learners who use weights of their own."""

    course: CourseDetails
    own_fits: tuple[OwnFit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDesk(FittingDesk):
    """A learner's own fittings; `tested` answers came a study day or more after another."""

    tested: int

    @property
    def may_suffice(self) -> bool:
        """Whether there may be enough answers; the fitting itself counts them by kind."""
        return self.tested >= LEAST_TESTED

    def must_pause(self, now: datetime) -> bool:
        """Return whether a fitting has ended that was asked for less than `PAUSE` ago."""
        ended = (each.asked_at for each in self.fittings if each.ended_at is not None)
        return any(now - asked_at < PAUSE for asked_at in ended)


def look_at_fittings(session: Session, person: Account, course_id: CourseId) -> CourseDesk:
    """Return the fittings of a course that the person teaches or assists in: three statements.

    Raises:
        NotFoundError: no such course for this person.
    """
    course = get_taught(session, person, course_id)
    return CourseDesk(
        course=course,
        fittings=list_fittings(session, FitSubject(course_id=course_id)),
        own_fits=list_own_fits(session, course_id),
    )


def look_at_own_fittings(session: Session, learner: Account) -> OwnDesk:
    """Return the fittings to a learner: two statements."""
    return OwnDesk(
        fittings=list_fittings(session, FitSubject(learner_id=learner.id)),
        tested=count_tested(session, learner.id),
    )
