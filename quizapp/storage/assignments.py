"""Assignments: what a course sets, and from which questions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session

from quizapp.attempts.drawing import Wanted
from quizapp.attempts.rules import AssignmentRules
from quizapp.storage.ids import AccountId, AssignmentId, CourseId, QuestionId, VersionId
from quizapp.storage.rules import read_draw, read_rules, write_draw, write_rules
from quizapp.storage.tables import (
    AssignmentQuestionRow,
    AssignmentRow,
    AttemptRow,
    CourseRow,
    CourseSetRow,
    EnrolmentRow,
    QuestionRow,
)
from quizapp.storage.tables.content import JsonObject

Status = Literal["draft", "published"]
Picking = Literal["version", "list", "draw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A question of a fixed list and its points."""

    question_id: QuestionId
    points: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an assignment asks: the whole version, the `picks` in their order, or what is drawn.

    `points` is the maximum of each question but of those picked.
    """

    version_id: VersionId
    picking: Picking = "version"
    picks: tuple[Pick, ...] = ()
    draws: tuple[Wanted, ...] = ()
    points: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """An assignment; `edits` counts its changes. The picks of a list are kept apart.

    `practised_by` is the learner whose practice quiz it is, None for what a course sets.
    """

    id: AssignmentId
    course_id: CourseId
    course_title: str
    timezone: str
    archived: bool
    title: str
    status: Status
    version_id: VersionId
    picking: Picking
    draws: tuple[Wanted, ...]
    points: float
    password_hash: str | None
    rules: AssignmentRules
    edits: int
    practised_by: AccountId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionQuestion:
    """A question that an assignment may ask; `body` is as `quizapp-questions/1` writes it."""

    id: QuestionId
    kind: str
    body: JsonObject


_NAMES = (
    *("id", "course_id", "version_id", "title", "status", "picking", "draws", "points"),
    *("password_hash", "edits", "opens_at", "due_at", "closes_at", "early_until", "early_credit"),
    *("late", "practice", "time_limit", "grace", "attempts_allowed", "counts"),
    *("shuffle_questions", "shuffle_options", "layout", "feedback", "practised_by"),
)
PREFIX = "assignment_"
# An assignment with what its course says of it; needs `CourseRow` joined.
ASSIGNMENT_COLUMNS = (
    *(getattr(AssignmentRow, name).label(PREFIX + name) for name in _NAMES),
    CourseRow.title.label("course_title"),
    CourseRow.timezone.label("course_timezone"),
    CourseRow.archived_at.is_not(None).label("course_archived"),
)
# What a course sets; a practice quiz is its learner's own and nobody else's business.
SET_BY_COURSE = AssignmentRow.practised_by.is_(None)
_ASSIGNMENTS = select(*ASSIGNMENT_COLUMNS).join(CourseRow, CourseRow.id == AssignmentRow.course_id)


def read_assignment(row: RowMapping) -> Assignment:
    """Read `ASSIGNMENT_COLUMNS`."""
    return Assignment(
        id=row["assignment_id"],
        course_id=row["assignment_course_id"],
        course_title=row["course_title"],
        timezone=row["course_timezone"],
        archived=bool(row["course_archived"]),
        title=row["assignment_title"],
        status=row["assignment_status"],
        version_id=row["assignment_version_id"],
        picking=row["assignment_picking"],
        draws=tuple(read_draw(draw) for draw in row["assignment_draws"]),
        points=row["assignment_points"],
        password_hash=row["assignment_password_hash"],
        rules=read_rules(row, PREFIX),
        edits=row["assignment_edits"],
        practised_by=row["assignment_practised_by"],
    )


def is_enrolled(person_id: AccountId, roles: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a person has one of these roles in the assignment's course."""
    return exists(
        select(1).where(
            EnrolmentRow.course_id == AssignmentRow.course_id,
            EnrolmentRow.account_id == person_id,
            EnrolmentRow.role.in_(roles),
        )
    )


def add_assignment(
    session: Session,
    *,
    course_id: CourseId,
    title: str,
    content: Content,
    rules: AssignmentRules,
    password_hash: str | None,
    created_by: AccountId,
    now: datetime,
    practised_by: AccountId | None = None,
) -> AssignmentId:
    """Store a new draft, or the practice quiz of a learner, which is published at once."""
    values = {
        "course_id": course_id,
        "title": title,
        "status": "draft" if practised_by is None else "published",
        "password_hash": password_hash,
        "created_by": created_by,
        "practised_by": practised_by,
        "created_at": now,
        "edits": 0,
        **_write_content(content),
        **write_rules(rules),
    }
    added = session.scalars(insert(AssignmentRow).values(values).returning(AssignmentRow.id)).one()
    _add_picks(session, added, content.picks)
    return added


def change_assignment(
    session: Session,
    assignment_id: AssignmentId,
    *,
    title: str,
    content: Content | None,
    rules: AssignmentRules,
    password_hash: str | None,
) -> None:
    """Replace what an assignment says; None leaves what it asks as it is."""
    values = {"title": title, "password_hash": password_hash, **write_rules(rules)}
    if content is not None:
        values |= _write_content(content)
        session.execute(
            delete(AssignmentQuestionRow).where(
                AssignmentQuestionRow.assignment_id == assignment_id
            )
        )
        _add_picks(session, assignment_id, content.picks)
    session.execute(
        update(AssignmentRow)
        .where(AssignmentRow.id == assignment_id)
        .values({**values, "edits": AssignmentRow.edits + 1})
        .execution_options(synchronize_session=False)
    )


def set_status(session: Session, assignment_id: AssignmentId, status: Status) -> None:
    """Make an assignment a draft or published."""
    session.execute(
        update(AssignmentRow).where(AssignmentRow.id == assignment_id).values(status=status)
    )


def delete_assignment(session: Session, assignment_id: AssignmentId) -> None:
    """Delete an assignment that nobody began."""
    session.execute(delete(AssignmentRow).where(AssignmentRow.id == assignment_id))


def find_assignment(
    session: Session, person_id: AccountId, assignment_id: AssignmentId, roles: Collection[str]
) -> Assignment | None:
    """Return what a course set, if the person has one of these roles in it."""
    mine = and_(AssignmentRow.id == assignment_id, SET_BY_COURSE, is_enrolled(person_id, roles))
    return next(iter(_read_all(session, _ASSIGNMENTS.where(mine))), None)


def list_assignments(session: Session, course_id: CourseId) -> tuple[Assignment, ...]:
    """Return what a course set by due date, what has none last."""
    statement = _ASSIGNMENTS.where(AssignmentRow.course_id == course_id, SET_BY_COURSE)
    in_order = (AssignmentRow.due_at.is_(None), AssignmentRow.due_at, AssignmentRow.id)
    return _read_all(session, statement.order_by(*in_order))


def has_attempts(session: Session, assignment_id: AssignmentId) -> bool:
    """Tell whether anybody began an attempt."""
    found = select(AttemptRow.id).where(AttemptRow.assignment_id == assignment_id).limit(1)
    return session.scalar(found) is not None


def list_picks(session: Session, assignment_id: AssignmentId) -> tuple[Pick, ...]:
    """Return the questions of a fixed list in their order."""
    rows = session.execute(
        select(AssignmentQuestionRow.question_id, AssignmentQuestionRow.points)
        .where(AssignmentQuestionRow.assignment_id == assignment_id)
        .order_by(AssignmentQuestionRow.position)
    )
    return tuple(Pick(question_id=row.question_id, points=row.points) for row in rows)


def list_version_questions(session: Session, version_id: VersionId) -> tuple[VersionQuestion, ...]:
    """Return the questions of a version in the order of their numbers."""
    rows = session.execute(
        select(QuestionRow.id, QuestionRow.kind, QuestionRow.body)
        .where(QuestionRow.version_id == version_id)
        .order_by(QuestionRow.id)
    )
    return tuple(VersionQuestion(id=row.id, kind=row.kind, body=row.body) for row in rows)


def teaches(session: Session, course_id: CourseId, version_id: VersionId) -> bool:
    """Tell whether a course teaches a version."""
    return (
        session.scalar(
            select(func.count()).where(
                CourseSetRow.course_id == course_id, CourseSetRow.version_id == version_id
            )
        )
        == 1
    )


def _read_all(session: Session, statement: Select[*tuple[object, ...]]) -> tuple[Assignment, ...]:
    return tuple(read_assignment(row) for row in session.execute(statement).mappings())


def _write_content(content: Content) -> dict[str, object]:
    return {
        "version_id": content.version_id,
        "picking": content.picking,
        "points": content.points,
        "draws": [write_draw(each) for each in content.draws],
    }


def _add_picks(session: Session, assignment_id: AssignmentId, picks: Sequence[Pick]) -> None:
    values = [
        {
            "assignment_id": assignment_id,
            "question_id": pick.question_id,
            "position": position,
            "points": pick.points,
        }
        for position, pick in enumerate(picks)
    ]
    if values:
        session.execute(insert(AssignmentQuestionRow), values)
