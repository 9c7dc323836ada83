"""Who teaches a course, who assists in it, and what of the sets it teaches."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from quizapp.storage.accounts import ACCOUNT_COLUMNS, Account, read_account
from quizapp.storage.assignments import SET_BY_COURSE
from quizapp.storage.courses import Teacher, enrol
from quizapp.storage.ids import AccountId, AssignmentId, CourseId, VersionId
from quizapp.storage.roles import INSTRUCTOR, STAFF
from quizapp.storage.tables import AccountRow, AssignmentRow, CourseSetRow, EnrolmentRow


def find_teacher(session: Session, course_id: CourseId, account_id: AccountId) -> Teacher | None:
    """Return one who teaches a course or assists in it."""
    row = session.execute(
        select(AccountRow.id, AccountRow.name, AccountRow.email, EnrolmentRow.role)
        .join(EnrolmentRow, EnrolmentRow.account_id == AccountRow.id)
        .where(
            EnrolmentRow.course_id == course_id,
            EnrolmentRow.account_id == account_id,
            EnrolmentRow.role.in_(STAFF),
        )
    )
    found = row.mappings().first()
    return Teacher(**found) if found else None


def find_instructor_of(
    session: Session, assignment_id: AssignmentId
) -> tuple[CourseId, Account] | None:
    """Return the course that set an assignment, and one who is an instructor of it."""
    statement = (
        select(EnrolmentRow.course_id, *ACCOUNT_COLUMNS)
        .join(AssignmentRow, AssignmentRow.course_id == EnrolmentRow.course_id)
        .join(AccountRow, AccountRow.id == EnrolmentRow.account_id)
        .where(AssignmentRow.id == assignment_id, SET_BY_COURSE, EnrolmentRow.role == INSTRUCTOR)
        .order_by(AccountRow.id)
        .limit(1)
    )
    row = session.execute(statement).mappings().first()
    return (row["course_id"], read_account(row)) if row else None


def set_role(
    session: Session, *, course_id: CourseId, account_id: AccountId, role: str, now: datetime
) -> None:
    """Put a person into a course in a role, or give them that role if they are in it."""
    if not enrol(session, course_id=course_id, account_id=account_id, role=role, now=now):
        session.execute(
            update(EnrolmentRow)
            .where(EnrolmentRow.course_id == course_id, EnrolmentRow.account_id == account_id)
            .values(role=role)
        )


def count_instructors(session: Session, course_id: CourseId) -> int:
    """Count the instructors of a course; call it with the course locked."""
    statement = select(func.count()).where(
        EnrolmentRow.course_id == course_id, EnrolmentRow.role == INSTRUCTOR
    )
    return session.scalar(statement) or 0


def delete_enrolment(session: Session, course_id: CourseId, account_id: AccountId) -> None:
    """Take a person out of a course and its sections; what they remember stays theirs."""
    session.execute(
        delete(EnrolmentRow).where(
            EnrolmentRow.course_id == course_id, EnrolmentRow.account_id == account_id
        )
    )


def stop_teaching(session: Session, course_id: CourseId, version_id: VersionId) -> None:
    """Let a course teach a version no more."""
    session.execute(
        delete(CourseSetRow).where(
            CourseSetRow.course_id == course_id, CourseSetRow.version_id == version_id
        )
    )
