"""What is needed to carry a new version of a set through to a course that teaches a former one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from quizapp.storage.ids import AccountId, CourseId, DisputeId, QuestionId, SetId, VersionId
from quizapp.storage.roles import INSTRUCTOR
from quizapp.storage.tables import (
    AssignmentRow,
    CourseRow,
    CourseSetRow,
    DisputeRow,
    EnrolmentRow,
    FactRow,
    QuestionRow,
    VersionFactRow,
    VersionRow,
)
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Newer:
    """A version that a course teaches, and the newest one of its set."""

    former_id: VersionId
    former_number: int
    latter_id: VersionId
    latter_number: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A problem that was told of a question and not yet put right; `upheld` is None undecided."""

    id: DisputeId
    question_id: QuestionId
    upheld: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A course that teaches a former version of a set."""

    course_id: CourseId
    title: str
    version_id: VersionId
    number: int


def list_newer(session: Session, course_id: CourseId) -> tuple[Newer, ...]:
    """Return the versions that a course teaches of which there is a newer one: one statement."""
    taught = (
        select(VersionRow.id, VersionRow.number, VersionRow.set_id)
        .join(CourseSetRow, CourseSetRow.version_id == VersionRow.id)
        .where(CourseSetRow.course_id == course_id)
        .subquery()
    )
    rows = session.execute(
        select(
            taught.c.id.label("former_id"),
            taught.c.number.label("former_number"),
            VersionRow.id.label("latter_id"),
            VersionRow.number.label("latter_number"),
            VersionRow.title,
        )
        .join(taught, taught.c.set_id == VersionRow.set_id)
        .where(VersionRow.number > taught.c.number)
        .order_by(VersionRow.number)
    )
    newest = {row.former_id: Newer(**row._asdict()) for row in rows}
    return tuple(newest.values())


def list_behind(session: Session, person_id: AccountId, set_id: SetId) -> tuple[Behind, ...]:
    """Return the courses of an instructor that teach another version of a set than its newest."""
    newest = (
        select(func.max(VersionRow.number)).where(VersionRow.set_id == set_id).scalar_subquery()
    )
    rows = session.execute(
        select(
            CourseRow.id.label("course_id"),
            CourseRow.title,
            VersionRow.id.label("version_id"),
            VersionRow.number,
        )
        .join(CourseSetRow, CourseSetRow.course_id == CourseRow.id)
        .join(VersionRow, VersionRow.id == CourseSetRow.version_id)
        .join(EnrolmentRow, EnrolmentRow.course_id == CourseRow.id)
        .where(
            VersionRow.set_id == set_id,
            VersionRow.number < newest,
            CourseRow.archived_at.is_(None),
            EnrolmentRow.account_id == person_id,
            EnrolmentRow.role == INSTRUCTOR,
        )
        .order_by(CourseRow.title, CourseRow.id)
    )
    return tuple(Behind(**row._asdict()) for row in rows)


def list_digests(session: Session, version_id: VersionId) -> dict[str, str]:
    """Return what the questions on each fact of a version ask, as a digest, by the fact's key."""
    rows = session.execute(
        select(FactRow.key, VersionFactRow.digest)
        .join(VersionFactRow, VersionFactRow.fact_id == FactRow.id)
        .where(VersionFactRow.version_id == version_id)
    )
    return {row.key: row.digest for row in rows}


def list_asked(
    session: Session, course_id: CourseId, version_id: VersionId
) -> dict[QuestionId, JsonObject]:
    """Return the questions of a version that assignments of a course may ask, practice included."""
    rows = session.execute(
        select(QuestionRow.id, QuestionRow.body)
        .where(
            QuestionRow.version_id == version_id,
            exists(
                select(1).where(
                    AssignmentRow.course_id == course_id,
                    AssignmentRow.version_id == QuestionRow.version_id,
                )
            ),
        )
        .order_by(QuestionRow.key)
    )
    return {row.id: row.body for row in rows}


def list_open_problems(
    session: Session, course_id: CourseId, version_id: VersionId
) -> tuple[Told, ...]:
    """Return the problems of a version's questions that are undecided, or upheld and not mended."""
    rows = session.execute(
        select(DisputeRow.id, DisputeRow.question_id, DisputeRow.upheld)
        .join(QuestionRow, QuestionRow.id == DisputeRow.question_id)
        .where(
            DisputeRow.course_id == course_id,
            QuestionRow.version_id == version_id,
            DisputeRow.mended_version_id.is_(None),
            DisputeRow.upheld.is_not(False),
        )
        .order_by(DisputeRow.id)
    )
    return tuple(Told(**row._asdict()) for row in rows)


def mend_problems(
    session: Session,
    problems: list[DisputeId],
    version_id: VersionId,
    *,
    word: str,
    by: AccountId,
    now: datetime,
) -> None:
    """Note that a version put these problems right, and uphold those that were undecided."""
    found = DisputeRow.id.in_(problems)
    session.execute(
        update(DisputeRow)
        .where(found, DisputeRow.decided_at.is_(None))
        .values(decided_at=now, decided_by=by, upheld=True, word=word)
    )
    session.execute(update(DisputeRow).where(found).values(mended_version_id=version_id))
