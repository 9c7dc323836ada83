"""Which questions may be asked by assignments that are still open to a learner."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from quizapp.storage.assignments import SET_BY_COURSE, Assignment
from quizapp.storage.ids import AccountId, QuestionId
from quizapp.storage.tables import (
    AssignmentQuestionRow,
    AssignmentRow,
    AttemptQuestionRow,
    AttemptRow,
    PassageRow,
    QuestionRow,
    VersionRow,
)


def list_withheld(
    session: Session, learner_id: AccountId, still_open: Sequence[Assignment], now: datetime
) -> frozenset[QuestionId]:
    """Return what these assignments may ask, and what the learner's running attempts do ask.

    A question is the same in every version of its set. Of what is drawn by chance all is taken that
    has the tag, however difficult.
    """
    asked = (
        select(VersionRow.set_id, QuestionRow.key)
        .join(VersionRow, VersionRow.id == QuestionRow.version_id)
        .join(PassageRow, PassageRow.id == QuestionRow.passage_id)
        .where(or_(_is_sat(learner_id, now), *map(_may_ask, still_open)))
        .distinct()
        .subquery()
    )
    statement = (
        select(QuestionRow.id)
        .join(VersionRow, VersionRow.id == QuestionRow.version_id)
        .join(asked, and_(asked.c.set_id == VersionRow.set_id, asked.c.key == QuestionRow.key))
    )
    return frozenset(session.scalars(statement))


def _may_ask(assignment: Assignment) -> ColumnElement[bool]:
    of_version = QuestionRow.version_id == assignment.version_id
    if assignment.picking == "list":
        return QuestionRow.id.in_(
            select(AssignmentQuestionRow.question_id).where(
                AssignmentQuestionRow.assignment_id == assignment.id
            )
        )
    if assignment.picking == "draw":
        return of_version & or_(*(_has_tag(wanted.tag) for wanted in assignment.draws))
    return of_version


def _has_tag(tag: str | None) -> ColumnElement[bool]:
    """A question's tags are its kind and its section; None is any."""
    return true() if tag is None else or_(QuestionRow.kind == tag, PassageRow.section == tag)


def _is_sat(learner_id: AccountId, now: datetime) -> ColumnElement[bool]:
    """Asked in an attempt that goes on, wherever its assignment may have gone since."""
    return QuestionRow.id.in_(
        select(AttemptQuestionRow.question_id)
        .join(AttemptRow, AttemptRow.id == AttemptQuestionRow.attempt_id)
        .join(AssignmentRow, AssignmentRow.id == AttemptRow.assignment_id)
        .where(
            AttemptRow.learner_id == learner_id,
            AttemptRow.submitted_at.is_(None),
            or_(AttemptRow.taken_until.is_(None), AttemptRow.taken_until >= now),
            SET_BY_COURSE,
        )
    )
