"""Attempts: begun, found with the rules that hold for them, closed.

Locks are taken in one order, so that nobody waits in a circle: the course, then the attempt. Who
begins or closes an attempt shares the course with others who do; who changes dates, overrides or
keys holds it alone. So a change never misses an attempt that is begun or marked beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import Integer, RowMapping, Select, bindparam, case, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from quizapp.attempts.rules import AssignmentRules
from quizapp.attempts.scores import Score
from quizapp.attempts.states import Attempt
from quizapp.storage.assignments import ASSIGNMENT_COLUMNS, Assignment, read_assignment
from quizapp.storage.base import LONG, Base
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId
from quizapp.storage.overrides import OVERRIDE_COLUMNS, Overrides, applies_to, read_overrides
from quizapp.storage.tables import AssignmentOverrideRow, AssignmentRow, AttemptRow, CourseRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAttempt:
    """An attempt to be begun; `key` is the idempotency key of its start."""

    assignment_id: AssignmentId
    learner_id: AccountId
    number: int
    key: str
    seed: str
    shuffled: bool
    started_at: datetime
    deadline_at: datetime | None
    taken_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRecord:
    """An attempt as it is stored; without a mark the last four are None."""

    id: AttemptId
    assignment_id: AssignmentId
    learner_id: AccountId
    number: int
    seed: str
    shuffled: bool
    started_at: datetime
    deadline_at: datetime | None
    taken_until: datetime | None
    submitted_at: datetime | None
    auto: bool
    points: float | None
    maximum: float | None
    credit: float | None
    marked_at: datetime | None

    @property
    def facts(self) -> Attempt:
        """What the rules of the ground look at."""
        return Attempt(
            started_at=self.started_at,
            submitted_at=self.submitted_at,
            auto=self.auto,
            marked=self.marked_at is not None,
        )

    @property
    def clock(self) -> AssignmentRules:
        """Rules that say of this attempt's time what was told at its start, and nothing else."""
        grace = timedelta()
        if self.deadline_at is not None and self.taken_until is not None:
            grace = self.taken_until - self.deadline_at
        return AssignmentRules(closes_at=self.deadline_at, grace=grace)

    @property
    def score(self) -> Score | None:
        """The score, None before the attempt is marked."""
        if self.points is None or self.maximum is None or self.credit is None:
            return None
        return Score(points=self.points, maximum=self.maximum, credit=self.credit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """An attempt with its assignment and what differs for its learner."""

    attempt: AttemptRecord
    assignment: Assignment
    overrides: Overrides

    @property
    def rules(self) -> AssignmentRules:
        """The rules that hold for the learner now."""
        return self.overrides.resolve(self.assignment.rules)


_ATTEMPT = Base.metadata.tables[AttemptRow.__tablename__]
PREFIX = "attempt_"
_LABELS = {name: PREFIX + name for name in AttemptRecord.__slots__}
ATTEMPT_COLUMNS = tuple(getattr(AttemptRow, name).label(label) for name, label in _LABELS.items())
_which = bindparam("attempt_id", type_=LONG)
_learner = bindparam("learner_id", type_=Integer)


def _inserts() -> dict[str, ReturningInsert[AttemptId]]:
    """Begin an attempt, unless its key, its number or an open one is there already."""
    return {
        "sqlite": sqlite.insert(_ATTEMPT).on_conflict_do_nothing().returning(AttemptRow.id),
        "postgresql": postgresql.insert(_ATTEMPT).on_conflict_do_nothing().returning(AttemptRow.id),
    }


_INSERT = _inserts()
SITTING = (
    select(*ATTEMPT_COLUMNS, *ASSIGNMENT_COLUMNS, *OVERRIDE_COLUMNS)
    .select_from(AttemptRow)
    .join(AssignmentRow, AssignmentRow.id == AttemptRow.assignment_id)
    .join(CourseRow, CourseRow.id == AssignmentRow.course_id)
    .outerjoin(AssignmentOverrideRow, applies_to(AttemptRow.learner_id))
)
_ONE = SITTING.where(AttemptRow.id == _which)
_MINE = _ONE.where(AttemptRow.learner_id == _learner)
_LOCKED = _ONE.with_for_update(of=AttemptRow)
_SHARED_COURSE = (
    select(CourseRow.id)
    .join(AssignmentRow, AssignmentRow.course_id == CourseRow.id)
    .join(AttemptRow, AttemptRow.assignment_id == AssignmentRow.id)
    .where(AttemptRow.id == _which)
    .with_for_update(read=True, of=CourseRow)
)
_ATTEMPTS = select(*ATTEMPT_COLUMNS)
# One of another course or learner is none; the same learner's key of another assignment is one.
_BY_KEY = _ATTEMPTS.where(AttemptRow.key == bindparam("key"), AttemptRow.learner_id == _learner)


def read_attempt(row: RowMapping) -> AttemptRecord:
    """Read `ATTEMPT_COLUMNS`."""
    return AttemptRecord(**{name: row[label] for name, label in _LABELS.items()})


def add_attempt(session: Session, attempt: NewAttempt) -> AttemptId | None:
    """Begin an attempt; None if the key was used, or another one is open or has the number."""
    connection = session.connection()
    values = {name: getattr(attempt, name) for name in NewAttempt.__slots__} | {"auto": False}
    return connection.execute(_INSERT[connection.dialect.name], values).scalar()


def find_attempt_of_key(session: Session, learner_id: AccountId, key: str) -> AttemptRecord | None:
    """Return the attempt that the learner began with this key."""
    parameters = {"learner_id": learner_id, "key": key}
    row = session.connection().execute(_BY_KEY, parameters).mappings().first()
    return read_attempt(row) if row else None


def find_sitting(session: Session, learner_id: AccountId, attempt_id: AttemptId) -> Sitting | None:
    """Return an attempt of the learner: one statement."""
    parameters = {"attempt_id": attempt_id, "learner_id": learner_id}
    return read_sitting(session.connection().execute(_MINE, parameters).mappings().all())


def find_any_sitting(session: Session, attempt_id: AttemptId) -> Sitting | None:
    """Return an attempt, whoever's it is: one statement."""
    rows = session.connection().execute(_ONE, {"attempt_id": attempt_id}).mappings().all()
    return read_sitting(rows)


def lock_sitting(session: Session, attempt_id: AttemptId) -> Sitting | None:
    """Return an attempt that nobody else changes until the transaction ends, nor its rules."""
    connection = session.connection()
    connection.execute(_SHARED_COURSE, {"attempt_id": attempt_id})
    return read_sitting(connection.execute(_LOCKED, {"attempt_id": attempt_id}).mappings().all())


def list_attempts(
    session: Session, learner_id: AccountId, assignment_id: AssignmentId | None = None
) -> tuple[AttemptRecord, ...]:
    """Return the learner's attempts, of one assignment or of all, by their numbers."""
    statement = _ATTEMPTS.where(AttemptRow.learner_id == learner_id)
    if assignment_id is not None:
        statement = statement.where(AttemptRow.assignment_id == assignment_id)
    return _read_all(session, statement.order_by(AttemptRow.assignment_id, AttemptRow.number))


def lock_attempts(
    session: Session,
    assignment_id: AssignmentId,
    learner_ids: Sequence[AccountId] | None = None,
) -> tuple[Sitting, ...]:
    """Return the attempts at an assignment, of these learners or of all: nobody changes them."""
    statement = SITTING.where(AttemptRow.assignment_id == assignment_id)
    if learner_ids is not None:
        statement = statement.where(AttemptRow.learner_id.in_(learner_ids))
    locked = statement.order_by(AttemptRow.id).with_for_update(of=AttemptRow)
    rows = session.execute(locked).mappings()
    groups = groupby(rows, lambda row: row["attempt_id"])
    sittings = (read_sitting(tuple(group)) for _, group in groups)
    return tuple(sitting for sitting in sittings if sitting is not None)


def list_course_attempts(
    session: Session, assignment_ids: Sequence[AssignmentId]
) -> tuple[AttemptRecord, ...]:
    """Return the attempts at some assignments, by learner and number."""
    statement = _ATTEMPTS.where(AttemptRow.assignment_id.in_(assignment_ids))
    return _read_all(session, statement.order_by(AttemptRow.learner_id, AttemptRow.number))


def count_sitters(
    session: Session, assignment_ids: Sequence[AssignmentId]
) -> dict[AssignmentId, tuple[int, int]]:
    """Return how many learners began each assignment, and how many of them submitted it."""
    who = AttemptRow.learner_id
    rows = session.execute(
        select(
            AttemptRow.assignment_id,
            func.count(who.distinct()).label("begun"),
            func.count(case((AttemptRow.submitted_at.is_not(None), who)).distinct()).label(
                "submitted"
            ),
        )
        .where(AttemptRow.assignment_id.in_(assignment_ids))
        .group_by(AttemptRow.assignment_id)
    )
    return {row.assignment_id: (row.begun, row.submitted) for row in rows}


def put_submission(
    session: Session, attempt_id: AttemptId, attempt: Attempt, score: Score, now: datetime
) -> bool:
    """Store that an attempt was submitted and marked; False if it had been before."""
    found = session.execute(
        update(AttemptRow)
        .where(AttemptRow.id == attempt_id, AttemptRow.submitted_at.is_(None))
        .values(
            submitted_at=attempt.submitted_at,
            auto=attempt.auto,
            points=score.points,
            maximum=score.maximum,
            credit=score.credit,
            marked_at=now,
        )
        .returning(AttemptRow.id)
        .execution_options(synchronize_session=False)
    ).first()
    return found is not None


def put_score(session: Session, attempt_id: AttemptId, score: Score) -> None:
    """Replace the score of an attempt that was marked."""
    session.execute(
        update(AttemptRow)
        .where(AttemptRow.id == attempt_id)
        .values(points=score.points, maximum=score.maximum, credit=score.credit)
    )


def move_deadline(
    session: Session,
    attempt_id: AttemptId,
    *,
    deadline_at: datetime | None,
    taken_until: datetime | None,
) -> None:
    """Give an open attempt another deadline."""
    session.execute(
        update(AttemptRow)
        .where(AttemptRow.id == attempt_id, AttemptRow.submitted_at.is_(None))
        .values(deadline_at=deadline_at, taken_until=taken_until)
    )


def _read_all(
    session: Session, statement: Select[*tuple[object, ...]]
) -> tuple[AttemptRecord, ...]:
    rows = session.connection().execute(statement).mappings()
    return tuple(read_attempt(row) for row in rows)


def read_sitting(rows: Sequence[RowMapping]) -> Sitting | None:
    """Read the rows of one attempt that `SITTING` selects."""
    if not rows:
        return None
    return Sitting(
        attempt=read_attempt(rows[0]),
        assignment=read_assignment(rows[0]),
        overrides=read_overrides(rows),
    )
