"""What a course's page lists: its sections, and the versions it teaches or could teach."""

from dataclasses import dataclass

from sqlalchemy import Select, case, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from quizapp.storage.content import visible_to
from quizapp.storage.courses import DETAILS, CourseDetails
from quizapp.storage.ids import AccountId, CourseId, SectionId, VersionId
from quizapp.storage.roles import INSTRUCTOR
from quizapp.storage.tables import (
    CourseRow,
    CourseSetRow,
    SectionMemberRow,
    SectionRow,
    SetRow,
    VersionRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A named group of a course's learners."""

    id: SectionId
    title: str
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedVersion:
    """A published version that a course teaches, or that its instructor could let it teach."""

    id: VersionId
    title: str
    number: int
    taught: bool


_members = (
    select(func.count())
    .where(SectionMemberRow.section_id == SectionRow.id)
    .correlate(SectionRow)
    .scalar_subquery()
)
_WITH_SECTIONS = DETAILS.outerjoin(SectionRow, SectionRow.course_id == CourseRow.id).add_columns(
    SectionRow.id.label("section_id"),
    SectionRow.title.label("section_title"),
    _members.label("members"),
)


def list_parts(
    session: Session, person_id: AccountId, course_id: CourseId
) -> tuple[tuple[Section, ...], tuple[OfferedVersion, ...]]:
    """Return a course's sections by title, and its and the person's versions: one statement."""
    rows = session.execute(union_all(_sections(course_id), _versions(person_id, course_id))).all()
    sections = [
        Section(id=row.number, title=row.title, members=row.figure)
        for row in rows
        if row.part == "section"
    ]
    versions = [
        OfferedVersion(id=row.number, title=row.title, number=row.figure, taught=bool(row.taught))
        for row in rows
        if row.part == "version"
    ]
    return (
        tuple(sorted(sections, key=lambda section: section.title.casefold())),
        tuple(sorted(versions, key=lambda each: (each.title.casefold(), -each.number, each.id))),
    )


def find_course_with_sections(
    session: Session, person_id: AccountId, course_id: CourseId
) -> tuple[CourseDetails, tuple[Section, ...]] | None:
    """Return a course as `find_course` does, with its sections by title: one statement."""
    parameters = {"course_id": course_id, "person_id": person_id}
    rows = session.execute(_WITH_SECTIONS, parameters).mappings().all()
    if not rows:
        return None
    details = CourseDetails(**{name: rows[0][name] for name in CourseDetails.__slots__})
    sections = [
        Section(id=row["section_id"], title=row["section_title"], members=row["members"])
        for row in rows
        if row["section_id"] is not None
    ]
    return details, tuple(sorted(sections, key=lambda section: section.title.casefold()))


def may_teach(session: Session, person_id: AccountId, version_id: VersionId) -> bool:
    """Tell whether a person owns the version's set or is an instructor of a course with it."""
    statement = (
        select(VersionRow.id)
        .join(SetRow, SetRow.id == VersionRow.set_id)
        .where(VersionRow.id == version_id, visible_to(person_id, (INSTRUCTOR,)))
    )
    return session.scalar(statement) is not None


def _sections(course_id: CourseId) -> Select[*tuple[object, ...]]:
    return (
        select(
            literal("section").label("part"),
            SectionRow.id.label("number"),
            SectionRow.title.label("title"),
            func.count(SectionMemberRow.account_id).label("figure"),
            literal(0).label("taught"),
        )
        .outerjoin(SectionMemberRow, SectionMemberRow.section_id == SectionRow.id)
        .where(SectionRow.course_id == course_id)
        .group_by(SectionRow.id, SectionRow.title)
    )


def _versions(person_id: AccountId, course_id: CourseId) -> Select[*tuple[object, ...]]:
    taught = exists(
        select(1).where(
            CourseSetRow.version_id == VersionRow.id, CourseSetRow.course_id == course_id
        )
    )
    return (
        select(
            literal("version"),
            VersionRow.id,
            VersionRow.title,
            VersionRow.number,
            case((taught, 1), else_=0),
        )
        .join(SetRow, SetRow.id == VersionRow.set_id)
        .where(or_(taught, visible_to(person_id, (INSTRUCTOR,))))
    )
