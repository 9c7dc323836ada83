"""Courses, enrolments, and what a person may see of them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Integer, RowMapping, bindparam, func, select, update
from sqlalchemy.orm import Session, aliased

from quizapp.storage.ids import AccountId, CourseId, VersionId
from quizapp.storage.inserting import insert_missing
from quizapp.storage.roles import LEARNER, STAFF
from quizapp.storage.tables import (
    AccountRow,
    CourseRow,
    CourseSetRow,
    EnrolmentRow,
    VersionRow,
)
from quizapp.storage.waiting import WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course as those who teach it list it; `role` is what the person is in it.

    `sets` are the titles of what it teaches; `problems` and `claims` wait for a decision.
    """

    id: CourseId
    title: str
    timezone: str
    learners: int
    sets: tuple[str, ...]
    problems: int
    claims: int
    role: str
    archived_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDetails:
    """A course as one who teaches it sees it; `role` is what that person is in it.

    Without `join_code` nobody can join; `join_until` is the instant from which the code is dead.
    """

    id: CourseId
    title: str
    timezone: str
    exam_on: date | None
    archived_at: datetime | None
    join_code: str | None
    join_until: datetime | None
    learners: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher:
    """Somebody who teaches a course or assists in it."""

    id: AccountId
    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many problems and claims of a course wait for a decision."""

    problems: int
    claims: int


_Me = aliased(EnrolmentRow, name="me")
_Staff = aliased(EnrolmentRow, name="staff")
_person: ColumnElement[int] = bindparam("person_id", type_=Integer)
_course: ColumnElement[int] = bindparam("course_id", type_=Integer)
_learners = (
    select(func.count())
    .where(EnrolmentRow.course_id == CourseRow.id, EnrolmentRow.role == LEARNER)
    .correlate(CourseRow)
    .scalar_subquery()
    .label("learners")
)
# `CourseDetails` for one person; others join more to it.
DETAILS = (
    select(
        CourseRow.id,
        CourseRow.title,
        CourseRow.timezone,
        CourseRow.exam_on,
        CourseRow.archived_at,
        CourseRow.join_code,
        CourseRow.join_until,
        _learners,
        _Me.role,
    )
    .join(_Me, _Me.course_id == CourseRow.id)
    .where(CourseRow.id == _course, _Me.account_id == _person, _Me.role.in_(STAFF))
)
_WITH_TEACHERS = (
    DETAILS.join(_Staff, _Staff.course_id == CourseRow.id)
    .join(AccountRow, AccountRow.id == _Staff.account_id)
    .where(_Staff.role.in_(STAFF))
    .add_columns(
        AccountRow.id.label("teacher_id"),
        AccountRow.name.label("teacher_name"),
        AccountRow.email.label("teacher_email"),
        _Staff.role.label("teacher_role"),
        *WAITING,
    )
    .order_by(_Staff.role.desc(), AccountRow.name, AccountRow.id)
)


def add_course(
    session: Session, *, title: str, timezone: str, now: datetime, exam_on: date | None = None
) -> CourseId:
    """Store a new course."""
    row = CourseRow(title=title, timezone=timezone, created_at=now, exam_on=exam_on)
    session.add(row)
    session.flush()
    return row.id


def change_course(
    session: Session, course_id: CourseId, *, title: str, timezone: str, exam_on: date | None
) -> None:
    """Replace what a course's form asks for."""
    values = {"title": title, "timezone": timezone, "exam_on": exam_on}
    session.execute(update(CourseRow).where(CourseRow.id == course_id).values(values))


def set_archived(session: Session, course_id: CourseId, at: datetime | None) -> None:
    """Archive a course, or with None bring it back."""
    session.execute(update(CourseRow).where(CourseRow.id == course_id).values(archived_at=at))


def enrol(
    session: Session, *, course_id: CourseId, account_id: AccountId, role: str, now: datetime
) -> bool:
    """Put a person into a course; return False if they are in it, where they stay what they are."""
    values = {"account_id": account_id, "course_id": course_id, "role": role, "enrolled_at": now}
    return bool(insert_missing(session, EnrolmentRow, [values], EnrolmentRow.account_id))


def teach(session: Session, *, course_id: CourseId, version_id: VersionId) -> bool:
    """Let a course teach a version; return False if it does already."""
    values = {"course_id": course_id, "version_id": version_id}
    return bool(insert_missing(session, CourseSetRow, [values], CourseSetRow.version_id))


def list_taught(session: Session, person_id: AccountId) -> tuple[Course, ...]:
    """Return the courses that a person teaches or assists in, by title: one statement."""
    rows = session.execute(
        select(
            CourseRow.id,
            CourseRow.title,
            CourseRow.timezone,
            _learners,
            *WAITING,
            _Me.role,
            CourseRow.archived_at,
            VersionRow.title.label("set_title"),
        )
        .join(_Me, _Me.course_id == CourseRow.id)
        .outerjoin(CourseSetRow, CourseSetRow.course_id == CourseRow.id)
        .outerjoin(VersionRow, VersionRow.id == CourseSetRow.version_id)
        .where(_Me.account_id == person_id, _Me.role.in_(STAFF))
        .order_by(CourseRow.title, CourseRow.id, VersionRow.title)
    ).mappings()
    found: dict[CourseId, tuple[RowMapping, list[str]]] = {}
    for row in rows:
        titles = found.setdefault(row["id"], (row, []))[1]
        if row["set_title"] not in (None, *titles):
            titles.append(row["set_title"])
    return tuple(
        Course(sets=tuple(titles), **{name: row[name] for name in row if name != "set_title"})
        for row, titles in found.values()
    )


def find_course(
    session: Session, person_id: AccountId, course_id: CourseId, *, lock: bool = False
) -> CourseDetails | None:
    """Return a course if this person teaches it or assists in it: one statement.

    With `lock` nobody else changes it until the transaction ends.
    """
    statement = DETAILS.with_for_update(of=CourseRow) if lock else DETAILS
    parameters = {"course_id": course_id, "person_id": person_id}
    row = session.execute(statement, parameters).mappings().first()
    return CourseDetails(**row) if row else None


def find_course_with_teachers(
    session: Session, person_id: AccountId, course_id: CourseId
) -> tuple[CourseDetails, tuple[Teacher, ...], Waiting] | None:
    """Return a course as `find_course` does, with who teaches it or assists, and what waits."""
    parameters = {"course_id": course_id, "person_id": person_id}
    rows = session.execute(_WITH_TEACHERS, parameters).mappings().all()
    if not rows:
        return None
    details = CourseDetails(**{name: rows[0][name] for name in CourseDetails.__slots__})
    waiting = Waiting(problems=rows[0]["problems"], claims=rows[0]["claims"])
    return details, tuple(_teacher(row) for row in rows), waiting


def _teacher(row: RowMapping) -> Teacher:
    return Teacher(
        id=row["teacher_id"],
        name=row["teacher_name"],
        email=row["teacher_email"],
        role=row["teacher_role"],
    )
