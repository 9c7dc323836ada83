"""What changes marks and grades after the submission: the audit, notes, claims and overrides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.orm import Session

from quizapp.attempts.scores import Score
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId, MarkChangeId
from quizapp.storage.tables import (
    AssignmentRow,
    AttemptQuestionRow,
    AttemptRow,
    GradeOverrideRow,
    MarkChangeRow,
)

Why = Literal["correction", "claim", "dates"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMarkChange:
    """A change of a mark to be written down; the fractions are those of the question changed."""

    attempt_id: AttemptId
    position: int | None
    why: Why
    reason: str
    changed_by: AccountId | None
    at: datetime
    old: Score
    new: Score
    old_fraction: float | None = None
    new_fraction: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkChange:
    """A change of a mark as it was written down, with the title of its assignment."""

    id: MarkChangeId
    attempt_id: AttemptId
    assignment_title: str
    position: int | None
    why: str
    reason: str
    at: datetime
    old: Score
    new: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeOverride:
    """A score given in place of the computed one, None where that was taken back."""

    assignment_id: AssignmentId
    learner_id: AccountId
    share: float | None
    reason: str
    given_by: AccountId | None
    at: datetime


SCORE_COLUMNS = (
    MarkChangeRow.old_points,
    MarkChangeRow.new_points,
    MarkChangeRow.old_maximum,
    MarkChangeRow.new_maximum,
    MarkChangeRow.old_credit,
    MarkChangeRow.new_credit,
)
_CHANGES = (
    select(
        MarkChangeRow.id,
        MarkChangeRow.attempt_id,
        AssignmentRow.title.label("assignment_title"),
        MarkChangeRow.position,
        MarkChangeRow.why,
        MarkChangeRow.reason,
        MarkChangeRow.at,
        *SCORE_COLUMNS,
    )
    .join(AttemptRow, AttemptRow.id == MarkChangeRow.attempt_id)
    .join(AssignmentRow, AssignmentRow.id == AttemptRow.assignment_id)
)
_OVERRIDE_COLUMNS = tuple(getattr(GradeOverrideRow, name) for name in GradeOverride.__slots__)


def add_mark_change(session: Session, change: NewMarkChange) -> None:
    """Write a change of a mark down, which is also the note to the learner."""
    values = {
        "attempt_id": change.attempt_id,
        "position": change.position,
        "why": change.why,
        "reason": change.reason,
        "changed_by": change.changed_by,
        "at": change.at,
        "old_fraction": change.old_fraction,
        "new_fraction": change.new_fraction,
        "old_points": change.old.points,
        "new_points": change.new.points,
        "old_maximum": change.old.maximum,
        "new_maximum": change.new.maximum,
        "old_credit": change.old.credit,
        "new_credit": change.new.credit,
    }
    session.execute(insert(MarkChangeRow).values(values))


def list_unseen_changes(session: Session, learner_id: AccountId) -> tuple[MarkChange, ...]:
    """Return the changes of a learner's marks that they have not put away, the newest first."""
    statement = _CHANGES.where(
        AttemptRow.learner_id == learner_id, MarkChangeRow.seen_at.is_(None)
    ).order_by(MarkChangeRow.id.desc())
    return tuple(_read_change(row) for row in session.execute(statement).mappings())


def put_changes_away(
    session: Session, learner_id: AccountId, upto: MarkChangeId, now: datetime
) -> None:
    """Note that the learner has seen the changes of their marks up to one of them."""
    theirs = select(AttemptRow.id).where(AttemptRow.learner_id == learner_id)
    session.execute(
        update(MarkChangeRow)
        .where(
            MarkChangeRow.attempt_id.in_(theirs),
            MarkChangeRow.id <= upto,
            MarkChangeRow.seen_at.is_(None),
        )
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )


def put_claim(
    session: Session, attempt_id: AttemptId, position: int, *, text: str, now: datetime
) -> None:
    """Store that a learner says they were right."""
    _put(session, attempt_id, position, claimed_at=now, claim=text)


def put_decision(
    session: Session,
    attempt_id: AttemptId,
    position: int,
    *,
    granted: float | None,
    now: datetime,
) -> None:
    """Store what was decided of a claim; None leaves the mark as the key gave it."""
    _put(session, attempt_id, position, decided_at=now, granted=granted)


def add_grade_override(session: Session, override: GradeOverride) -> None:
    """Let a score stand in place of the computed one, or with None take that back."""
    values = {name: getattr(override, name) for name in GradeOverride.__slots__}
    session.execute(insert(GradeOverrideRow).values(values))


def list_grade_overrides(
    session: Session, assignment_ids: Sequence[AssignmentId], learner_id: AccountId | None = None
) -> dict[tuple[AssignmentId, AccountId], GradeOverride]:
    """Return the overrides that stand, by assignment and learner; those taken back are left out."""
    statement = select(*_OVERRIDE_COLUMNS).where(GradeOverrideRow.assignment_id.in_(assignment_ids))
    if learner_id is not None:
        statement = statement.where(GradeOverrideRow.learner_id == learner_id)
    newest = {
        (row["assignment_id"], row["learner_id"]): GradeOverride(**row)
        for row in session.execute(statement.order_by(GradeOverrideRow.id)).mappings()
    }
    return {whose: each for whose, each in newest.items() if each.share is not None}


def read_score(row: RowMapping, which: Literal["old", "new"]) -> Score:
    """Read `SCORE_COLUMNS`: the score before or after a change."""
    return Score(
        points=row[f"{which}_points"],
        maximum=row[f"{which}_maximum"],
        credit=row[f"{which}_credit"],
    )


def _put(session: Session, attempt_id: AttemptId, position: int, **values: object) -> None:
    session.execute(
        update(AttemptQuestionRow)
        .where(AttemptQuestionRow.attempt_id == attempt_id, AttemptQuestionRow.position == position)
        .values(**values)
    )


def _read_change(row: RowMapping) -> MarkChange:
    plain = set(MarkChange.__slots__) - {"old", "new"}
    return MarkChange(
        **{name: row[name] for name in plain},
        old=read_score(row, "old"),
        new=read_score(row, "new"),
    )
