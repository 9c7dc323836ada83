"""The code by which learners join a course, and what it leads to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId, CourseId
from quizapp.storage.tables import CourseRow, EnrolmentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A course as its join code shows it; `joined` says that the person is in it."""

    course_id: CourseId
    title: str
    archived: bool
    until: datetime | None
    joined: bool


def find_invitation(session: Session, code: str, person_id: AccountId) -> Invitation | None:
    """Return the course with this join code: one statement."""
    row = session.execute(
        select(
            CourseRow.id,
            CourseRow.title,
            CourseRow.archived_at,
            CourseRow.join_until,
            EnrolmentRow.account_id,
        )
        .outerjoin(
            EnrolmentRow,
            (EnrolmentRow.course_id == CourseRow.id) & (EnrolmentRow.account_id == person_id),
        )
        .where(CourseRow.join_code == code)
    ).first()
    if row is None:
        return None
    return Invitation(
        course_id=row.id,
        title=row.title,
        archived=row.archived_at is not None,
        until=row.join_until,
        joined=row.account_id is not None,
    )


def set_join_code(
    session: Session, course_id: CourseId, *, code: str | None, until: datetime | None
) -> None:
    """Replace a course's join code, which is worth nothing from then on; None: nobody joins."""
    session.execute(
        update(CourseRow).where(CourseRow.id == course_id).values(join_code=code, join_until=until)
    )
