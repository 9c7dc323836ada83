"""Sections of a course: made, renamed and deleted, and learners put into them.

An override of a section holds for who is in it, so that running clocks follow
(`assigning.clocks.moving_between_sections`).
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import InvalidError, NotFoundError
from quizapp.services.assigning.clocks import moving_between_sections
from quizapp.services.courses.access import get_led, lock_changeable, refuse_archived
from quizapp.storage.accounts import Account
from quizapp.storage.course_parts import Section
from quizapp.storage.courses import CourseDetails
from quizapp.storage.ids import AccountId, CourseId, SectionId
from quizapp.storage.sections import (
    add_members,
    add_sections,
    delete_section,
    keep_learners,
    list_members,
    list_sections,
    remove_members,
    rename_section,
)

LONGEST_SECTION = 80
# What stands between several sections of one learner in a roster's file.
SEPARATOR = "|"


def find_title_problem(title: str) -> str | None:
    """Return what is wrong with the title of a section."""
    if not title:
        return "Enter a title for the section."
    if len(title) > LONGEST_SECTION:
        return f"The title of a section has at most {LONGEST_SECTION} characters; shorten it."
    if SEPARATOR in title:
        return f"The title of a section cannot hold {SEPARATOR}, which parts sections in a file."
    return None


def create_section(session: Session, instructor: Account, course_id: CourseId, title: str) -> None:
    """Make a section.

    Raises:
        InvalidError: the title cannot be used or is taken.
        NotFoundError, ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    lock_changeable(session, instructor, course_id)
    _refuse_title(session, course_id, title, but=None)
    add_sections(session, course_id, [title])


def get_section(
    session: Session, instructor: Account, course_id: CourseId, section_id: SectionId
) -> tuple[CourseDetails, Section]:
    """Return a section for those who may change it.

    Raises:
        NotFoundError: no such course or section.
        ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    course = refuse_archived(get_led(session, instructor, course_id))
    return course, _get(session, course_id, section_id)


def change_section(
    session: Session, instructor: Account, course_id: CourseId, section_id: SectionId, title: str
) -> None:
    """Rename a section.

    Raises:
        InvalidError: the title cannot be used or is taken.
        NotFoundError: no such course or section.
        ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    lock_changeable(session, instructor, course_id)
    _get(session, course_id, section_id)
    _refuse_title(session, course_id, title, but=section_id)
    rename_section(session, section_id, title)


def remove_section(
    session: Session,
    instructor: Account,
    course_id: CourseId,
    section_id: SectionId,
    now: datetime,
) -> Section:
    """Delete a section, whose learners stay in the course; return what it was.

    Raises:
        NotFoundError: no such course or section.
        ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    lock_changeable(session, instructor, course_id)
    found = _get(session, course_id, section_id)
    members = list_members(session, section_id)
    with moving_between_sections(session, course_id, members, instructor, now):
        delete_section(session, section_id)
    return found


def move_learners(
    session: Session,
    instructor: Account,
    course_id: CourseId,
    section_id: SectionId,
    account_ids: Sequence[AccountId],
    now: datetime,
    *,
    into: bool,
) -> tuple[Section, int]:
    """Put learners into a section or take them out; return it and how many were meant.

    Who is no learner of the course is left out.

    Raises:
        NotFoundError: no such course or section.
        ForbiddenError, ConflictError: as `lock_changeable` says.
    """
    lock_changeable(session, instructor, course_id)
    found = _get(session, course_id, section_id)
    learners = keep_learners(session, course_id, account_ids)
    with moving_between_sections(session, course_id, learners, instructor, now):
        if into:
            add_members(session, course_id, [(section_id, learner) for learner in learners])
        else:
            remove_members(session, section_id, learners)
    return found, len(learners)


def _get(session: Session, course_id: CourseId, section_id: SectionId) -> Section:
    sections = list_sections(session, course_id)
    found = next((section for section in sections if section.id == section_id), None)
    if found is None:
        raise NotFoundError("There is no such section in this course.")
    return found


def _refuse_title(
    session: Session, course_id: CourseId, title: str, *, but: SectionId | None
) -> None:
    problem = find_title_problem(title)
    if problem:
        raise InvalidError(problem)
    taken = {
        section.title.casefold()
        for section in list_sections(session, course_id)
        if section.id != but
    }
    if title.casefold() in taken:
        raise InvalidError(f"There is a section {title!r} already; choose another title.")
