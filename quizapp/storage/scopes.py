"""What a learner may be asked: what their courses teach, within a scope, less what is set aside.

A study session may be narrowed to a course or a section. Its scope stands in its row, where
statements read it by scalar subqueries, which a database runs once.
"""

from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    exists,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from quizapp.storage.base import LONG
from quizapp.storage.ids import AccountId, CourseId, FactId, VersionId
from quizapp.storage.tables import (
    CourseRow,
    CourseSetRow,
    EnrolmentRow,
    FactChoiceRow,
    StudyRow,
    VersionFactRow,
)

Value = TypeVar("Value")
FactColumn: TypeAlias = ColumnElement[FactId] | ColumnElement[int] | InstrumentedAttribute[FactId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a study session asks: everything, or what one course or one of its sections teaches.

    With `ahead_days` it also asks what is due within so many days, and no new facts.
    """

    course_id: CourseId | None = None
    section: str | None = None
    ahead_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """A scope as expressions of a statement; null bounds nothing."""

    course_id: ColumnElement[CourseId | None] | ColumnElement[int]
    section: ColumnElement[str | None]
    ahead_days: ColumnElement[int]


_learner: ColumnElement[int] = bindparam("learner_id", type_=Integer)
_mine = and_(EnrolmentRow.account_id == _learner, EnrolmentRow.role == "learner")


def _of_study(column: InstrumentedAttribute[Value]) -> ColumnElement[Value]:
    study = bindparam("study_id", type_=LONG)
    return select(column).where(StudyRow.id == study).scalar_subquery()


EVERYTHING = Scope()
# The scope of the study session at hand.
OF_STUDY = Bounds(
    course_id=_of_study(StudyRow.course_id),
    section=_of_study(StudyRow.section),
    ahead_days=_of_study(StudyRow.ahead_days),
)


def taught_versions(bounds: Bounds | None = None) -> Select[VersionId]:
    """Select the versions that the learner's courses teach."""
    found = (
        select(CourseSetRow.version_id)
        .join(EnrolmentRow, EnrolmentRow.course_id == CourseSetRow.course_id)
        .where(_mine)
    )
    if bounds is None:
        return found
    return found.where(or_(bounds.course_id.is_(None), CourseSetRow.course_id == bounds.course_id))


def introduced_versions(bounds: Bounds | None = None) -> Select[VersionId]:
    """Select the versions of which they meet new facts: an archived course introduces none."""
    return (
        taught_versions(bounds)
        .join(CourseRow, CourseRow.id == CourseSetRow.course_id)
        .where(CourseRow.archived_at.is_(None))
    )


def is_within(facts: type[VersionFactRow], bounds: Bounds | None) -> ColumnElement[bool]:
    """Return whether a version's fact stands in the section asked for."""
    if bounds is None:
        return true()
    return or_(bounds.section.is_(None), facts.section == bounds.section)


def is_taught(fact_id: FactColumn, bounds: Bounds | None = None) -> ColumnElement[bool]:
    """Return whether a course in which the learner is enrolled teaches the fact."""
    return exists(
        select(literal(1)).where(
            VersionFactRow.fact_id == fact_id,
            VersionFactRow.version_id.in_(taught_versions(bounds)),
            is_within(VersionFactRow, bounds),
        )
    )


def is_not_suspended(fact_id: FactColumn) -> ColumnElement[bool]:
    """Return whether the learner goes on being asked for the fact, today or later."""
    return ~exists(_chosen(fact_id).where(FactChoiceRow.suspended_at.is_not(None)))


def is_not_set_aside(fact_id: FactColumn) -> ColumnElement[bool]:
    """Return whether the learner neither suspended the fact nor buried it for the day `today`."""
    buried = FactChoiceRow.buried_day == bindparam("today", type_=Integer)
    return ~exists(_chosen(fact_id).where(or_(FactChoiceRow.suspended_at.is_not(None), buried)))


def _chosen(fact_id: FactColumn) -> Select[int]:
    """Select what the learner chose for the fact."""
    return select(literal(1)).where(
        FactChoiceRow.learner_id == _learner, FactChoiceRow.fact_id == fact_id
    )


def has_scope(session: Session, learner_id: AccountId, scope: Scope) -> bool:
    """Tell whether a course of the learner teaches what the scope names."""
    bounds = Bounds(
        course_id=literal(scope.course_id, Integer),
        section=literal(scope.section, String),
        ahead_days=literal(scope.ahead_days),
    )
    facts = select(VersionFactRow.fact_id).where(
        VersionFactRow.version_id.in_(taught_versions(bounds)), is_within(VersionFactRow, bounds)
    )
    return session.scalar(select(facts.exists()), {"learner_id": learner_id}) is True
