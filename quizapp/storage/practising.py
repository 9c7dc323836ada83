"""Practice quizzes: what a learner may practise, and the quizzes they made."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, func, or_, select
from sqlalchemy.orm import Session

from quizapp.storage.attempts import ATTEMPT_COLUMNS, AttemptRecord, read_attempt
from quizapp.storage.ids import AccountId, CourseId, QuestionId, VersionId
from quizapp.storage.roles import LEARNER
from quizapp.storage.tables import (
    AccountRow,
    AssignmentRow,
    AttemptQuestionRow,
    AttemptRow,
    CourseRow,
    CourseSetRow,
    EnrolmentRow,
    VersionRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practisable:
    """A version that a course of the learner teaches."""

    course_id: CourseId
    course_title: str
    version_id: VersionId
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """A practice quiz with the one attempt at it.

    `withheld` counts its questions whose keys are to be kept from the learner for now.
    """

    attempt: AttemptRecord
    title: str
    course_title: str
    questions: int
    withheld: int


def list_practisable(session: Session, learner_id: AccountId) -> tuple[Practisable, ...]:
    """Return what the learner's courses teach, archived ones left out, by title."""
    rows = session.execute(
        select(
            CourseRow.id.label("course_id"),
            CourseRow.title.label("course_title"),
            VersionRow.id.label("version_id"),
            VersionRow.title,
        )
        .select_from(EnrolmentRow)
        .join(CourseRow, CourseRow.id == EnrolmentRow.course_id)
        .join(CourseSetRow, CourseSetRow.course_id == CourseRow.id)
        .join(VersionRow, VersionRow.id == CourseSetRow.version_id)
        .where(
            EnrolmentRow.account_id == learner_id,
            EnrolmentRow.role == LEARNER,
            CourseRow.archived_at.is_(None),
        )
        .order_by(VersionRow.title, CourseRow.title, CourseRow.id, VersionRow.id)
    )
    return tuple(Practisable(**row) for row in rows.mappings())


def lock_practice(session: Session, learner_id: AccountId, course_id: CourseId) -> None:
    """Let nobody change the course meanwhile, and the learner make one practice quiz at a time.

    What is read of either must be read afterwards (`overrides.share_course`).
    """
    session.execute(
        select(CourseRow.id)
        .where(CourseRow.id == course_id)
        .with_for_update(read=True, of=CourseRow)
    )
    session.execute(
        select(AccountRow.id)
        .where(AccountRow.id == learner_id)
        .with_for_update(key_share=True, of=AccountRow)
    )


def count_open_practice(session: Session, learner_id: AccountId, now: datetime) -> int:
    """Return how many practice quizzes of the learner go on."""
    statement = (
        select(func.count())
        .select_from(AttemptRow)
        .join(AssignmentRow, AssignmentRow.id == AttemptRow.assignment_id)
        .where(
            AssignmentRow.practised_by == learner_id,
            AttemptRow.submitted_at.is_(None),
            or_(AttemptRow.taken_until.is_(None), AttemptRow.taken_until >= now),
        )
    )
    return session.scalar(statement) or 0


def list_practice(
    session: Session, learner_id: AccountId, withheld: Collection[QuestionId], *, most: int
) -> tuple[Practised, ...]:
    """Return the learner's practice quizzes, those that go on first and each newest first."""
    question = AttemptQuestionRow.question_id
    counts = (
        select(
            AttemptQuestionRow.attempt_id,
            func.count().label("questions"),
            func.count().filter(question.in_(withheld)).label("withheld"),
        )
        .join(AttemptRow, AttemptRow.id == AttemptQuestionRow.attempt_id)
        .where(AttemptRow.learner_id == learner_id)
        .group_by(AttemptQuestionRow.attempt_id)
        .subquery()
    )
    rows = session.execute(
        select(
            *ATTEMPT_COLUMNS,
            AssignmentRow.title,
            CourseRow.title.label("course_title"),
            counts.c.questions,
            counts.c.withheld,
        )
        .select_from(AttemptRow)
        .join(AssignmentRow, AssignmentRow.id == AttemptRow.assignment_id)
        .join(CourseRow, CourseRow.id == AssignmentRow.course_id)
        .join(counts, counts.c.attempt_id == AttemptRow.id)
        .where(AssignmentRow.practised_by == learner_id)
        .order_by(AttemptRow.submitted_at.is_not(None), AttemptRow.id.desc())
        .limit(most)
    )
    return tuple(_read(row) for row in rows.mappings())


def _read(row: RowMapping) -> Practised:
    names = ("title", "course_title", "questions", "withheld")
    return Practised(attempt=read_attempt(row), **{name: row[name] for name in names})
