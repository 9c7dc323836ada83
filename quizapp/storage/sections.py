"""Sections of a course, and who is in them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from quizapp.storage.course_parts import Section
from quizapp.storage.ids import AccountId, CourseId, SectionId
from quizapp.storage.inserting import insert_missing
from quizapp.storage.roles import LEARNER
from quizapp.storage.tables import EnrolmentRow, SectionMemberRow, SectionRow


def list_sections(session: Session, course_id: CourseId) -> tuple[Section, ...]:
    """Return the sections of a course by title, with how many are in each."""
    rows = session.execute(
        select(
            SectionRow.id,
            SectionRow.title,
            func.count(SectionMemberRow.account_id).label("members"),
        )
        .outerjoin(SectionMemberRow, SectionMemberRow.section_id == SectionRow.id)
        .where(SectionRow.course_id == course_id)
        .group_by(SectionRow.id, SectionRow.title)
    )
    sections = [Section(**row) for row in rows.mappings()]
    return tuple(sorted(sections, key=lambda section: section.title.casefold()))


def add_sections(session: Session, course_id: CourseId, titles: Iterable[str]) -> None:
    """Store the sections with these titles that the course does not have."""
    values = [{"course_id": course_id, "title": title} for title in titles]
    insert_missing(session, SectionRow, values, SectionRow.id)


def rename_section(session: Session, section_id: SectionId, title: str) -> None:
    """Give a section another title."""
    session.execute(update(SectionRow).where(SectionRow.id == section_id).values(title=title))


def delete_section(session: Session, section_id: SectionId) -> None:
    """Delete a section; its learners stay in the course."""
    session.execute(delete(SectionRow).where(SectionRow.id == section_id))


def add_members(
    session: Session, course_id: CourseId, members: Sequence[tuple[SectionId, AccountId]]
) -> None:
    """Put learners of the course into sections of it; those who are in stay in."""
    values = [
        {"section_id": section_id, "account_id": account_id, "course_id": course_id}
        for section_id, account_id in members
    ]
    insert_missing(session, SectionMemberRow, values, SectionMemberRow.account_id)


def remove_members(
    session: Session, section_id: SectionId, account_ids: Sequence[AccountId]
) -> None:
    """Take learners out of a section."""
    session.execute(
        delete(SectionMemberRow).where(
            SectionMemberRow.section_id == section_id,
            SectionMemberRow.account_id.in_(account_ids),
        )
    )


def list_members(session: Session, section_id: SectionId) -> tuple[AccountId, ...]:
    """Return who is in a section."""
    statement = select(SectionMemberRow.account_id).where(SectionMemberRow.section_id == section_id)
    return tuple(session.scalars(statement))


def keep_learners(
    session: Session, course_id: CourseId, account_ids: Sequence[AccountId]
) -> tuple[AccountId, ...]:
    """Return which of these people are learners of the course."""
    statement = select(EnrolmentRow.account_id).where(
        EnrolmentRow.course_id == course_id,
        EnrolmentRow.role == LEARNER,
        EnrolmentRow.account_id.in_(account_ids),
    )
    return tuple(session.scalars(statement))
