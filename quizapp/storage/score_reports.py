"""The marks of an assignment as columns, and what else a report on it is made of.

Five thousand attempts at fifty questions are a quarter of a million rows, so they come as plain
tuples of one statement and are no dataclasses: who asks turns them into arrays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    bindparam,
    case,
    cast,
    func,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from quizapp.storage.ids import (
    AssignmentId,
    AttemptId,
    CorrectionId,
    CourseId,
    MarkChangeId,
    QuestionId,
)
from quizapp.storage.tables import (
    AssignmentQuestionRow,
    AssignmentRow,
    AttemptQuestionRow,
    AttemptRow,
    FactRow,
    MarkChangeRow,
    QuestionCorrectionRow,
    QuestionFactRow,
    QuestionRow,
    VersionFactRow,
)
from quizapp.storage.tables.content import JsonObject

MarkTuple: TypeAlias = tuple[
    AttemptId, int, QuestionId, float | None, int, str | None, float | None
]
"""Attempt, position, question, the fraction that counts (None: unanswered), whether dropped (0 or
1), the response (None: nothing given, or "I don't know"), when it was saved in seconds since 1970.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The newest change of a mark in an assignment, and the newest correction in its course."""

    mark_change_id: MarkChangeId | None
    correction_id: CorrectionId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedQuestion:
    """A question that was asked: as published, and as its course corrected it last.

    `place` and `points` are those of a fixed list, None elsewhere.
    """

    id: QuestionId
    key: str
    body: JsonObject
    place: int | None
    points: float | None
    correction_id: CorrectionId | None
    corrected_body: JsonObject | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFact:
    """A fact that questions of an assignment ask for, as its version states it."""

    key: str
    statement: str
    section: str


# So few that they are gone before the collector of garbage has counted to its threshold.
_PART = 500
_which = bindparam("assignment_id", type_=Integer)
_course = bindparam("course_id", type_=Integer)
_counted = case(
    (
        (AttemptQuestionRow.granted > AttemptQuestionRow.fraction),
        AttemptQuestionRow.granted,
    ),
    else_=AttemptQuestionRow.fraction,
)
_given = case((AttemptQuestionRow.given, AttemptQuestionRow.response))
_CHANGED = select(
    select(func.max(MarkChangeRow.id))
    .join(AttemptRow, AttemptRow.id == MarkChangeRow.attempt_id)
    .where(AttemptRow.assignment_id == _which)
    .scalar_subquery()
    .label("mark_change_id"),
    select(func.max(QuestionCorrectionRow.id))
    .where(QuestionCorrectionRow.course_id == _course)
    .scalar_subquery()
    .label("correction_id"),
)
_newest = (
    select(func.max(QuestionCorrectionRow.id))
    .where(
        QuestionCorrectionRow.course_id == _course,
        QuestionCorrectionRow.question_id == QuestionRow.id,
    )
    .correlate(QuestionRow)
    .scalar_subquery()
)
_asked = bindparam("question_ids", expanding=True, type_=Integer)
_QUESTIONS = (
    select(
        QuestionRow.id,
        QuestionRow.key,
        QuestionRow.body,
        AssignmentQuestionRow.position.label("place"),
        AssignmentQuestionRow.points,
        QuestionCorrectionRow.id.label("correction_id"),
        QuestionCorrectionRow.body.label("corrected_body"),
    )
    .outerjoin(
        AssignmentQuestionRow,
        (AssignmentQuestionRow.question_id == QuestionRow.id)
        & (AssignmentQuestionRow.assignment_id == _which),
    )
    .outerjoin(QuestionCorrectionRow, QuestionCorrectionRow.id == _newest)
    .join(AssignmentRow, AssignmentRow.version_id == QuestionRow.version_id)
    .where(AssignmentRow.id == _which, QuestionRow.id.in_(_asked))
    .order_by(AssignmentQuestionRow.position, QuestionRow.id)
)
_FACTS = (
    select(FactRow.key, VersionFactRow.statement, VersionFactRow.section)
    .join(VersionFactRow, VersionFactRow.fact_id == FactRow.id)
    .join(AssignmentRow, AssignmentRow.version_id == VersionFactRow.version_id)
    .where(
        AssignmentRow.id == _which,
        FactRow.id.in_(
            select(QuestionFactRow.fact_id).where(QuestionFactRow.question_id.in_(_asked))
        ),
    )
    .order_by(VersionFactRow.position)
)


def select_marks(dialect: str) -> Select[*MarkTuple]:
    """Return the statement that brings the columns of `MarkTuple`, of marked attempts alone."""
    return (
        select(
            AttemptQuestionRow.attempt_id,
            AttemptQuestionRow.position,
            AttemptQuestionRow.question_id,
            _counted.label("counted"),
            type_coerce(AttemptQuestionRow.dropped, Integer).label("dropped"),
            _given.label("response"),
            _to_seconds(dialect).label("saved"),
        )
        .select_from(AttemptRow)
        .join(AttemptQuestionRow, AttemptQuestionRow.attempt_id == AttemptRow.id)
        .where(AttemptRow.assignment_id == _which, AttemptRow.marked_at.is_not(None))
    )


def _to_seconds(dialect: str) -> ColumnElement[float]:
    """When an answer was saved, in seconds since 1970 to a ten-thousandth: no instant is made."""
    saved_at = AttemptQuestionRow.saved_at
    if dialect == "sqlite":
        return (func.julianday(saved_at, type_=Float) - 2440587.5) * 86400.0
    return cast(func.extract("epoch", saved_at), Float)


_MARKS = {dialect: select_marks(dialect) for dialect in ("sqlite", "postgresql")}


def find_changed(session: Session, assignment_id: AssignmentId, course_id: CourseId) -> Changed:
    """Return what was changed last of the marks and keys of an assignment: one statement."""
    parameters = {"assignment_id": assignment_id, "course_id": course_id}
    row = session.connection().execute(_CHANGED, parameters).one()
    return Changed(mark_change_id=row.mark_change_id, correction_id=row.correction_id)


def stream_marks(session: Session, assignment_id: AssignmentId) -> Iterator[Sequence[MarkTuple]]:
    """Yield every answer of the marked attempts at an assignment, part by part: one statement.

    They come in no order. A part is small enough to be dropped before the next one is made.
    """
    connection = session.connection()
    found = connection.execute(_MARKS[connection.dialect.name], {"assignment_id": assignment_id})
    yield from found.partitions(_PART)


def list_reported_questions(
    session: Session,
    assignment_id: AssignmentId,
    course_id: CourseId,
    question_ids: Sequence[QuestionId],
) -> tuple[ReportedQuestion, ...]:
    """Return these questions of the assignment's version, in its order: one statement."""
    parameters = {
        "assignment_id": assignment_id,
        "course_id": course_id,
        "question_ids": question_ids,
    }
    rows = session.connection().execute(_QUESTIONS, parameters).mappings()
    return tuple(ReportedQuestion(**row) for row in rows)


def list_reported_facts(
    session: Session, assignment_id: AssignmentId, question_ids: Sequence[QuestionId]
) -> tuple[ReportedFact, ...]:
    """Return the facts that these questions ask for, in teaching order: one statement."""
    parameters = {"assignment_id": assignment_id, "question_ids": question_ids}
    rows = session.connection().execute(_FACTS, parameters).mappings()
    return tuple(ReportedFact(**row) for row in rows)
