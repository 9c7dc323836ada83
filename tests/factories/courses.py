"""Courses with more in them: sections, and accounts that teach."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.storage.accounts import Account, add_account
from quizapp.storage.ids import CourseId, SectionId
from quizapp.storage.sections import add_members, add_sections
from quizapp.storage.tables import SectionRow
from tests.factories.people import MORNING


def make_section(
    session: Session, course_id: CourseId, title: str, *learners: Account
) -> SectionId:
    """Make a section of a course with these learners of it."""
    add_sections(session, course_id, [title])
    statement = select(SectionRow.id).where(
        SectionRow.course_id == course_id, SectionRow.title == title
    )
    section_id = session.scalars(statement).one()
    add_members(session, course_id, [(section_id, learner.id) for learner in learners])
    return section_id


def make_account(session: Session, name: str, role: str = "learner") -> Account:
    """Make an account without a password, its address made of the name."""
    return add_account(
        session,
        email=f"{name.lower()}@example.org",
        name=name,
        role=role,
        timezone="UTC",
        now=MORNING,
    )
