"""Corrections of questions: how a course marks them from now on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from quizapp.storage.assignments import SET_BY_COURSE
from quizapp.storage.ids import AccountId, AttemptId, CorrectionId, CourseId, QuestionId
from quizapp.storage.tables import (
    AssignmentRow,
    AttemptQuestionRow,
    AttemptRow,
    QuestionCorrectionRow,
    QuestionRow,
)
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCorrection:
    """A correction as it was made; without a `body` it dropped the question."""

    id: CorrectionId
    course_id: CourseId
    question_id: QuestionId
    body: JsonObject | None
    reason: str
    made_by: AccountId | None
    at: datetime


_COLUMNS = tuple(getattr(QuestionCorrectionRow, name) for name in MadeCorrection.__slots__)


def add_correction(
    session: Session,
    *,
    course_id: CourseId,
    question_id: QuestionId,
    body: JsonObject | None,
    reason: str,
    made_by: AccountId,
    now: datetime,
) -> CorrectionId:
    """Store a correction, from now on the newest of its question in the course."""
    values = {
        "course_id": course_id,
        "question_id": question_id,
        "body": body,
        "reason": reason,
        "made_by": made_by,
        "at": now,
    }
    statement = insert(QuestionCorrectionRow).values(values).returning(QuestionCorrectionRow.id)
    return session.scalars(statement).one()


def get_correction(session: Session, correction_id: CorrectionId) -> MadeCorrection | None:
    """Return a correction."""
    statement = select(*_COLUMNS).where(QuestionCorrectionRow.id == correction_id)
    row = session.execute(statement).mappings().first()
    return MadeCorrection(**row) if row else None


def list_corrections(session: Session, course_id: CourseId) -> tuple[MadeCorrection, ...]:
    """Return all corrections that a course made, the newest last."""
    statement = (
        select(*_COLUMNS)
        .where(QuestionCorrectionRow.course_id == course_id)
        .order_by(QuestionCorrectionRow.id)
    )
    return tuple(MadeCorrection(**row) for row in session.execute(statement).mappings())


def list_dropped(session: Session, course_id: CourseId) -> frozenset[QuestionId]:
    """Return the questions that a course dropped."""
    newest = (
        select(func.max(QuestionCorrectionRow.id))
        .where(QuestionCorrectionRow.course_id == course_id)
        .group_by(QuestionCorrectionRow.question_id)
    )
    statement = select(QuestionCorrectionRow.question_id).where(
        QuestionCorrectionRow.id.in_(newest), QuestionCorrectionRow.body.is_(None)
    )
    return frozenset(session.scalars(statement))


def find_asked_question(
    session: Session, course_id: CourseId, question_id: QuestionId
) -> JsonObject | None:
    """Return a question as it was published, if an assignment of the course is of its version."""
    asked = (
        select(QuestionRow.body)
        .join(AssignmentRow, AssignmentRow.version_id == QuestionRow.version_id)
        .where(QuestionRow.id == question_id, AssignmentRow.course_id == course_id, SET_BY_COURSE)
        .limit(1)
    )
    return session.scalar(asked)


def list_to_remark(
    session: Session, correction: MadeCorrection, most: int
) -> tuple[AttemptId, ...]:
    """Return submitted attempts that the correction has not marked yet, at most so many.

    Practice quizzes are among them: they are marked by the same keys.
    """
    older = AttemptQuestionRow.correction_id.is_(None) | (
        AttemptQuestionRow.correction_id < correction.id
    )
    statement = (
        select(AttemptRow.id)
        .join(AttemptQuestionRow, AttemptQuestionRow.attempt_id == AttemptRow.id)
        .join(AssignmentRow, AssignmentRow.id == AttemptRow.assignment_id)
        .where(
            AttemptQuestionRow.question_id == correction.question_id,
            AssignmentRow.course_id == correction.course_id,
            AttemptRow.submitted_at.is_not(None),
            older,
        )
        .order_by(AttemptRow.id)
        .limit(most)
    )
    return tuple(session.scalars(statement))
