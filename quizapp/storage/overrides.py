"""Overrides of an assignment: other dates, more time or more attempts for some."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, and_, delete, insert, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from quizapp.attempts.overrides import Override, resolve
from quizapp.attempts.rules import AssignmentRules
from quizapp.storage.assignments import (
    ASSIGNMENT_COLUMNS,
    SET_BY_COURSE,
    Assignment,
    read_assignment,
)
from quizapp.storage.ids import AccountId, AssignmentId, CourseId, OverrideId, SectionId
from quizapp.storage.rules import read_override, write_override
from quizapp.storage.tables import (
    AssignmentOverrideRow,
    AssignmentRow,
    CourseRow,
    EnrolmentRow,
    SectionMemberRow,
    SectionRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose override it is: one learner's or a section's, never both."""

    learner_id: AccountId | None = None
    section_id: SectionId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOverride:
    """An override as it was set."""

    id: OverrideId
    whose: Whose
    override: Override


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """The overrides of an assignment that apply to one learner."""

    own: Override | None = None
    sections: tuple[Override, ...] = ()

    def resolve(self, rules: AssignmentRules) -> AssignmentRules:
        """Return the rules that hold for the learner."""
        return resolve(rules, self.own, self.sections)


_NAMES = (
    *("id", "account_id", "section_id", "opens_at", "due_at", "closes_at"),
    *("extra_minutes", "time_factor", "attempts_allowed", "unlimited"),
)
PREFIX = "override_"
OVERRIDE_COLUMNS = tuple(
    getattr(AssignmentOverrideRow, name).label(PREFIX + name) for name in _NAMES
)


def applies_to(
    learner_id: ColumnElement[AccountId] | InstrumentedAttribute[AccountId] | AccountId,
) -> ColumnElement[bool]:
    """Return the condition that joins the overrides of an assignment that apply to a learner."""
    sections = select(SectionMemberRow.section_id).where(SectionMemberRow.account_id == learner_id)
    return and_(
        AssignmentOverrideRow.assignment_id == AssignmentRow.id,
        or_(
            AssignmentOverrideRow.account_id == learner_id,
            AssignmentOverrideRow.section_id.in_(sections),
        ),
    )


def read_overrides(rows: Iterable[RowMapping]) -> Overrides:
    """Read `OVERRIDE_COLUMNS` of all rows of one assignment and learner."""
    found = [read_set_override(row) for row in rows if row["override_id"] is not None]
    return Overrides(
        own=next((each.override for each in found if each.whose.learner_id is not None), None),
        sections=tuple(each.override for each in found if each.whose.section_id is not None),
    )


def put_override(
    session: Session,
    assignment_id: AssignmentId,
    whose: Whose,
    override: Override,
    *,
    set_by: AccountId,
    now: datetime,
) -> None:
    """Store an override in place of the former one of the same learner or section."""
    delete_override(session, assignment_id, whose)
    values = {
        "assignment_id": assignment_id,
        "account_id": whose.learner_id,
        "section_id": whose.section_id,
        "set_by": set_by,
        "set_at": now,
        **write_override(override),
    }
    session.execute(insert(AssignmentOverrideRow).values(values))


def delete_override(session: Session, assignment_id: AssignmentId, whose: Whose) -> bool:
    """Delete an override; return False if there was none."""
    found = session.execute(
        delete(AssignmentOverrideRow)
        .where(
            AssignmentOverrideRow.assignment_id == assignment_id,
            AssignmentOverrideRow.account_id.is_not_distinct_from(whose.learner_id),
            AssignmentOverrideRow.section_id.is_not_distinct_from(whose.section_id),
        )
        .returning(AssignmentOverrideRow.id)
    ).first()
    return found is not None


def list_overrides(session: Session, assignment_id: AssignmentId) -> tuple[SetOverride, ...]:
    """Return the overrides of an assignment in the order they were set."""
    rows = session.execute(
        select(*OVERRIDE_COLUMNS)
        .where(AssignmentOverrideRow.assignment_id == assignment_id)
        .order_by(AssignmentOverrideRow.id)
    )
    return tuple(read_set_override(row) for row in rows.mappings())


def list_overridden_for_sections(session: Session, course_id: CourseId) -> tuple[AssignmentId, ...]:
    """Return the assignments of a course that have an override for a section."""
    statement = (
        select(AssignmentOverrideRow.assignment_id)
        .join(SectionRow, SectionRow.id == AssignmentOverrideRow.section_id)
        .where(SectionRow.course_id == course_id)
        .distinct()
        .order_by(AssignmentOverrideRow.assignment_id)
    )
    return tuple(session.scalars(statement))


def is_in_course(session: Session, course_id: CourseId, whose: Whose) -> bool:
    """Tell whether it is a learner or a section of the course."""
    if whose.learner_id is not None:
        learner = select(EnrolmentRow.account_id).where(
            EnrolmentRow.course_id == course_id,
            EnrolmentRow.account_id == whose.learner_id,
            EnrolmentRow.role == "learner",
        )
        return session.scalar(learner) is not None
    section = select(SectionRow.id).where(
        SectionRow.course_id == course_id, SectionRow.id == whose.section_id
    )
    return session.scalar(section) is not None


def share_course(session: Session, assignment_id: AssignmentId) -> None:
    """Keep others from changing an assignment or its course until the transaction ends.

    What is read of either must be read afterwards: a statement that waited for the lock would still
    see what was there before.
    """
    session.execute(
        select(CourseRow.id)
        .join(AssignmentRow, AssignmentRow.course_id == CourseRow.id)
        .where(AssignmentRow.id == assignment_id)
        .with_for_update(read=True, of=CourseRow)
    )


def find_for_learner(
    session: Session, learner_id: AccountId, assignment_id: AssignmentId
) -> tuple[Assignment, Overrides] | None:
    """Return a published assignment of a course of the learner, with what differs for them.

    A practice quiz is found by the learner alone whose own it is.
    """
    statement = (
        select(*ASSIGNMENT_COLUMNS, *OVERRIDE_COLUMNS)
        .select_from(AssignmentRow)
        .join(CourseRow, CourseRow.id == AssignmentRow.course_id)
        .join(EnrolmentRow, EnrolmentRow.course_id == CourseRow.id)
        .outerjoin(AssignmentOverrideRow, applies_to(learner_id))
        .where(
            AssignmentRow.id == assignment_id,
            or_(SET_BY_COURSE, AssignmentRow.practised_by == learner_id),
            AssignmentRow.status == "published",
            EnrolmentRow.account_id == learner_id,
            EnrolmentRow.role == "learner",
        )
    )
    rows = session.execute(statement).mappings().all()
    return (read_assignment(rows[0]), read_overrides(rows)) if rows else None


def list_for_learner(
    session: Session, learner_id: AccountId
) -> tuple[tuple[Assignment, Overrides], ...]:
    """Return what the learner's courses set and published, but for archived courses."""
    statement = (
        select(*ASSIGNMENT_COLUMNS, *OVERRIDE_COLUMNS)
        .select_from(AssignmentRow)
        .join(CourseRow, CourseRow.id == AssignmentRow.course_id)
        .join(EnrolmentRow, EnrolmentRow.course_id == CourseRow.id)
        .outerjoin(AssignmentOverrideRow, applies_to(learner_id))
        .where(
            SET_BY_COURSE,
            AssignmentRow.status == "published",
            CourseRow.archived_at.is_(None),
            EnrolmentRow.account_id == learner_id,
            EnrolmentRow.role == "learner",
        )
        .order_by(AssignmentRow.id)
    )
    found: dict[AssignmentId, list[RowMapping]] = {}
    for row in session.execute(statement).mappings():
        found.setdefault(row["assignment_id"], []).append(row)
    return tuple((read_assignment(rows[0]), read_overrides(rows)) for rows in found.values())


def read_set_override(row: RowMapping) -> SetOverride:
    """Read `OVERRIDE_COLUMNS` where there is an override."""
    return SetOverride(
        id=row["override_id"],
        whose=Whose(learner_id=row["override_account_id"], section_id=row["override_section_id"]),
        override=read_override(row, PREFIX),
    )
