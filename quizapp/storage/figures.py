"""Study sessions in figures: the columns that several statements share."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    func,
    select,
)

from quizapp.storage.ids import StudyId
from quizapp.storage.scopes import Scope
from quizapp.storage.tables import CourseRow, ReviewRow, StudyRow, UndoRow

FiguresRow: TypeAlias = Row[*tuple[object, ...]]
_learner: ColumnElement[int] = bindparam("learner_id", type_=Integer)
# So many study sessions tell how a learner studies now.
RECENT = 5
# A review that counts.
LIVE = ~exists(select(1).where(UndoRow.review_id == ReviewRow.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyFigures:
    """A study session with what was answered in it; undone answers do not count."""

    id: StudyId
    started_at: datetime
    ended_at: datetime | None
    left_open: bool
    last_at: datetime | None
    answered: int
    right: int
    active_ms: int
    scope: Scope
    course_title: str | None


def newest_studies(most: int) -> ColumnElement[bool]:
    """Return the condition that names the learner's newest study sessions, attempts left out."""
    newest = (
        select(StudyRow.id)
        .where(StudyRow.learner_id == _learner, StudyRow.attempt_id.is_(None))
        .order_by(StudyRow.started_at.desc(), StudyRow.id.desc())
        .limit(most)
    )
    return StudyRow.id.in_(newest)


def study_figures(studies: ColumnElement[bool]) -> Select[*tuple[object, ...]]:
    """Build the statement that sums up the study sessions which the condition names."""
    return (
        select(
            StudyRow.id,
            StudyRow.started_at,
            StudyRow.ended_at,
            StudyRow.left_open,
            func.max(ReviewRow.at).label("last_at"),
            func.count(ReviewRow.id).label("answered"),
            func.count(ReviewRow.id).filter(ReviewRow.fraction >= 1).label("right"),
            func.coalesce(func.sum(ReviewRow.duration_ms), 0).label("active_ms"),
            StudyRow.course_id,
            StudyRow.section,
            StudyRow.ahead_days,
            select(CourseRow.title)
            .where(CourseRow.id == StudyRow.course_id)
            .scalar_subquery()
            .label("course_title"),
        )
        .outerjoin(ReviewRow, and_(ReviewRow.study_id == StudyRow.id, LIVE))
        .where(StudyRow.learner_id == _learner, studies)
        .group_by(StudyRow.id)
    )


def read_figures(row: FiguresRow) -> StudyFigures:
    """Read the columns of `study_figures`."""
    return StudyFigures(
        id=row.id,
        started_at=row.started_at,
        ended_at=row.ended_at,
        left_open=row.left_open,
        last_at=row.last_at,
        answered=row.answered,
        right=row.right,
        active_ms=row.active_ms,
        scope=Scope(course_id=row.course_id, section=row.section, ahead_days=row.ahead_days),
        course_title=row.course_title,
    )
