"""The learners of a course: listed, searched, written to a file, and taken out."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.formats.csv_table import write_table
from quizapp.services.assigning.clocks import moving_between_sections
from quizapp.services.courses.access import get_led, get_taught, lock_changeable, refuse_archived
from quizapp.services.courses.grouping import SEPARATOR
from quizapp.storage.accounts import Account
from quizapp.storage.course_parts import Section, find_course_with_sections
from quizapp.storage.courses import CourseDetails
from quizapp.storage.ids import AccountId, CourseId
from quizapp.storage.rosters import KnownAccount, RosterLine, find_learner, list_learners
from quizapp.storage.teachers import delete_enrolment

LEARNERS_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPage:
    """A page of a course's learners; `page` counts from 1 to `pages`."""

    course: CourseDetails
    sections: tuple[Section, ...]
    learners: tuple[RosterLine, ...]
    matches: int
    page: int
    pages: int


def look_at_roster(
    session: Session, person: Account, course_id: CourseId, *, search: str, page: int
) -> RosterPage:
    """Return a page of a course's learners whose name or address holds `search`.

    Two statements.

    Raises:
        NotFoundError: no such course that this person teaches or assists in.
    """
    found = find_course_with_sections(session, person.id, course_id)
    if found is None:
        raise NotFoundError("You teach no such course.")
    course, sections = found
    learners, matches = list_learners(
        session,
        course_id,
        search=search,
        offset=(page - 1) * LEARNERS_A_PAGE,
        most=LEARNERS_A_PAGE,
    )
    return RosterPage(
        course=course,
        sections=sections,
        learners=learners,
        matches=matches,
        page=page,
        pages=max(1, -(-matches // LEARNERS_A_PAGE)),
    )


def write_roster(session: Session, person: Account, course_id: CourseId) -> tuple[str, str]:
    """Return a course's title and its whole roster as CSV, which the import reads again.

    Raises:
        NotFoundError: no such course that this person teaches or assists in.
    """
    course = get_taught(session, person, course_id)
    learners, _ = list_learners(session, course_id, search="", offset=0, most=None)
    zone = ZoneInfo(course.timezone)
    heading = ("email", "name", "section", "joined", "last active")
    rows = [
        (
            learner.email,
            learner.name,
            f" {SEPARATOR} ".join(learner.sections),
            _write_day(learner.joined_at, zone),
            _write_day(learner.last_active, zone),
        )
        for learner in learners
    ]
    return course.title, write_table([heading, *rows])


def get_learner(
    session: Session, instructor: Account, course_id: CourseId, account_id: AccountId
) -> tuple[CourseDetails, KnownAccount]:
    """Return a learner of a course, for those who may remove them.

    Raises:
        NotFoundError: no such course, or no such learner in it.
        ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    course = refuse_archived(get_led(session, instructor, course_id))
    return course, _get(session, course_id, account_id)


def remove_learner(
    session: Session,
    instructor: Account,
    course_id: CourseId,
    account_id: AccountId,
    now: datetime,
) -> KnownAccount:
    """Take a learner out of a course and its sections; what they remember stays theirs.

    An attempt that runs goes on, without what an override of a section gave it.

    Raises:
        NotFoundError: no such course, or no such learner in it.
        ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    lock_changeable(session, instructor, course_id)
    found = _get(session, course_id, account_id)
    with moving_between_sections(session, course_id, [account_id], instructor, now):
        delete_enrolment(session, course_id, account_id)
    return found


def _get(session: Session, course_id: CourseId, account_id: AccountId) -> KnownAccount:
    found = find_learner(session, course_id, account_id)
    if found is None:
        raise NotFoundError("There is no such student in this course.")
    return found


def _write_day(instant: datetime | None, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).date().isoformat() if instant else ""
