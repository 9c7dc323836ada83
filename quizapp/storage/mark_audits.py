"""What changed the marks of an assignment after submissions, for those who teach."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from quizapp.attempts.scores import Score
from quizapp.storage.grades import SCORE_COLUMNS, read_score
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId, CourseId, QuestionId, VersionId
from quizapp.storage.tables import (
    AccountRow,
    AttemptRow,
    GradeOverrideRow,
    MarkChangeRow,
    QuestionCorrectionRow,
    QuestionRow,
)
from quizapp.storage.tables.content import JsonObject

GIVEN = "grade"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEntry:
    """A change of a mark or a grade; `by_name` is None where that account is gone.

    `why` is that of `storage.grades.Why`, with the attempt, its score before and after, and for a
    single question its position and fractions; or it is `GIVEN`, a grade of the whole assignment
    with the shares of the maximum that were given before and now, None if none was or is.
    """

    at: datetime
    by_name: str | None
    learner_id: AccountId
    learner_name: str
    attempt_id: AttemptId | None
    number: int | None
    position: int | None
    why: str
    reason: str
    old_fraction: float | None
    new_fraction: float | None
    old: Score | None
    new: Score | None
    old_share: float | None
    new_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionEntry:
    """A correction of a question, by its published `body`; or it was dropped."""

    at: datetime
    by_name: str | None
    question_id: QuestionId
    body: JsonObject
    dropped: bool
    reason: str


_By = aliased(AccountRow, name="by")
_PLAIN = tuple(set(ChangeEntry.__slots__) - {"old", "new"})
_marks = (
    select(
        MarkChangeRow.at,
        MarkChangeRow.id,
        _By.name.label("by_name"),
        AttemptRow.learner_id,
        AccountRow.name.label("learner_name"),
        AttemptRow.id.label("attempt_id"),
        AttemptRow.number,
        AttemptRow.assignment_id,
        MarkChangeRow.position,
        MarkChangeRow.why,
        MarkChangeRow.reason,
        MarkChangeRow.old_fraction,
        MarkChangeRow.new_fraction,
        *SCORE_COLUMNS,
        null().label("old_share"),
        null().label("new_share"),
    )
    .join(AttemptRow, AttemptRow.id == MarkChangeRow.attempt_id)
    .join(AccountRow, AccountRow.id == AttemptRow.learner_id)
    .outerjoin(_By, _By.id == MarkChangeRow.changed_by)
)
_former_share = func.lag(GradeOverrideRow.share).over(
    partition_by=(GradeOverrideRow.assignment_id, GradeOverrideRow.learner_id),
    order_by=GradeOverrideRow.id,
)
_grades = (
    select(
        GradeOverrideRow.at,
        GradeOverrideRow.id,
        _By.name,
        GradeOverrideRow.learner_id,
        AccountRow.name,
        null(),
        null(),
        GradeOverrideRow.assignment_id,
        null(),
        literal(GIVEN),
        GradeOverrideRow.reason,
        null(),
        null(),
        *(null() for _ in SCORE_COLUMNS),
        _former_share,
        GradeOverrideRow.share,
    )
    .join(AccountRow, AccountRow.id == GradeOverrideRow.learner_id)
    .outerjoin(_By, _By.id == GradeOverrideRow.given_by)
)


def list_changes(
    session: Session, assignment_id: AssignmentId, *, offset: int, most: int
) -> tuple[tuple[ChangeEntry, ...], int]:
    """Return some changes in an assignment, the newest first, and how many there are in all.

    Two statements.
    """
    entries = union_all(
        _marks.where(AttemptRow.assignment_id == assignment_id),
        _grades.where(GradeOverrideRow.assignment_id == assignment_id),
    ).subquery("entries")
    newest = (entries.c.at.desc(), entries.c.why == GIVEN, entries.c.id.desc())
    rows = session.execute(select(entries).order_by(*newest).offset(offset).limit(most))
    found = tuple(
        ChangeEntry(
            **{name: row[name] for name in _PLAIN},
            old=None if row["why"] == GIVEN else read_score(row, "old"),
            new=None if row["why"] == GIVEN else read_score(row, "new"),
        )
        for row in rows.mappings()
    )
    return found, session.scalar(select(func.count()).select_from(entries)) or 0


def list_version_corrections(
    session: Session, course_id: CourseId, version_id: VersionId
) -> tuple[CorrectionEntry, ...]:
    """Return the corrections that a course made to questions of a version, the newest first."""
    rows = session.execute(
        select(
            QuestionCorrectionRow.at,
            _By.name.label("by_name"),
            QuestionRow.id.label("question_id"),
            QuestionRow.body,
            QuestionCorrectionRow.body.is_(None).label("dropped"),
            QuestionCorrectionRow.reason,
        )
        .join(QuestionRow, QuestionRow.id == QuestionCorrectionRow.question_id)
        .outerjoin(_By, _By.id == QuestionCorrectionRow.made_by)
        .where(QuestionCorrectionRow.course_id == course_id, QuestionRow.version_id == version_id)
        .order_by(QuestionCorrectionRow.id.desc())
    )
    return tuple(CorrectionEntry(**row) for row in rows.mappings())
