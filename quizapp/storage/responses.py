"""The questions of an attempt: what was asked, what the answer is, and how it was marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, RowMapping, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from quizapp.storage.base import LONG, Base
from quizapp.storage.ids import AttemptId, CorrectionId, QuestionId
from quizapp.storage.questions import Passage
from quizapp.storage.tables import (
    AssignmentRow,
    AttemptQuestionRow,
    AttemptRow,
    PassageRow,
    QuestionCorrectionRow,
    QuestionFactRow,
    QuestionRow,
    VersionFactRow,
    VersionRow,
)
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A question in its place in an attempt, with its points."""

    position: int
    question_id: QuestionId
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a learner gave to one question; `saves` is 0 while that is nothing."""

    response: str
    given: bool
    saves: int
    saved_at: datetime | None
    flagged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMark:
    """The mark of a question by the key (`correction_id` if one made it), and what was granted."""

    fraction: float | None
    dropped: bool
    correction_id: CorrectionId | None
    granted: float | None

    @property
    def counted(self) -> float | None:
        """The fraction that counts: what was granted, or what the key gives if that is more."""
        if self.granted is None or self.fraction is None:
            return self.fraction
        return max(self.fraction, self.granted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """That the learner says they were right; `decided_at` is when an instructor said so or not."""

    at: datetime | None
    text: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction of a question; without a `body` the question is dropped."""

    id: CorrectionId
    body: JsonObject | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptQuestion:
    """A question of an attempt with all that is known of it.

    `body` is as it was published, `correction` the newest that its course made, None if none.
    """

    position: int
    question_id: QuestionId
    points: float
    body: JsonObject
    answer: Answer
    mark: StoredMark
    claim: Claim
    correction: Correction | None
    passage: Passage | None


_QUESTION = Base.metadata.tables[AttemptQuestionRow.__tablename__]
_which = bindparam("attempt_id", type_=LONG)
_newest = (
    select(func.max(QuestionCorrectionRow.id))
    .where(
        QuestionCorrectionRow.question_id == AttemptQuestionRow.question_id,
        QuestionCorrectionRow.course_id == AssignmentRow.course_id,
    )
    .correlate(AttemptQuestionRow, AssignmentRow)
    .scalar_subquery()
)
_COLUMNS = (
    AttemptQuestionRow.position,
    AttemptQuestionRow.question_id,
    AttemptQuestionRow.points,
    AttemptQuestionRow.response,
    AttemptQuestionRow.given,
    AttemptQuestionRow.saves,
    AttemptQuestionRow.saved_at,
    AttemptQuestionRow.flagged,
    AttemptQuestionRow.fraction,
    AttemptQuestionRow.dropped,
    AttemptQuestionRow.correction_id,
    AttemptQuestionRow.granted,
    AttemptQuestionRow.claimed_at,
    AttemptQuestionRow.claim,
    AttemptQuestionRow.decided_at,
    QuestionRow.body,
    QuestionCorrectionRow.id.label("newest_id"),
    QuestionCorrectionRow.body.label("newest_body"),
)
_QUESTIONS = (
    select(*_COLUMNS)
    .select_from(AttemptQuestionRow)
    .join(AttemptRow, AttemptRow.id == AttemptQuestionRow.attempt_id)
    .join(AssignmentRow, AssignmentRow.id == AttemptRow.assignment_id)
    .join(QuestionRow, QuestionRow.id == AttemptQuestionRow.question_id)
    .outerjoin(QuestionCorrectionRow, QuestionCorrectionRow.id == _newest)
    .where(AttemptQuestionRow.attempt_id == _which)
    .order_by(AttemptQuestionRow.position)
)
_first_fact = (
    select(func.min(QuestionFactRow.fact_id))
    .where(QuestionFactRow.question_id == QuestionRow.id)
    .correlate(QuestionRow)
    .scalar_subquery()
)
_WITH_PASSAGES = (
    _QUESTIONS.join(VersionRow, VersionRow.id == QuestionRow.version_id)
    .join(PassageRow, PassageRow.id == QuestionRow.passage_id)
    .outerjoin(
        VersionFactRow,
        (VersionFactRow.version_id == QuestionRow.version_id)
        & (VersionFactRow.fact_id == _first_fact),
    )
    .add_columns(
        VersionRow.id.label("version_id"),
        VersionRow.title.label("set_title"),
        VersionRow.article_title,
        PassageRow.section,
        PassageRow.paragraph,
        PassageRow.text,
        VersionFactRow.names,
    )
)


def add_questions(session: Session, attempt_id: AttemptId, questions: Sequence[Placed]) -> None:
    """Freeze the questions of an attempt."""
    values = [
        {
            "attempt_id": attempt_id,
            "position": each.position,
            "question_id": each.question_id,
            "points": each.points,
        }
        for each in questions
    ]
    if values:
        session.execute(insert(AttemptQuestionRow), values)


def list_questions(
    session: Session, attempt_id: AttemptId, *, passages: bool = False
) -> tuple[AttemptQuestion, ...]:
    """Return the questions of an attempt in their order, with their passages if wanted."""
    statement = _WITH_PASSAGES if passages else _QUESTIONS
    rows = session.connection().execute(statement, {"attempt_id": attempt_id}).mappings()
    return tuple(_read(row, passages=passages) for row in rows)


def put_marks(session: Session, attempt_id: AttemptId, marks: dict[int, StoredMark]) -> None:
    """Store the marks of an attempt's questions, by position; what was granted stays."""
    values = [
        {
            "of_attempt": attempt_id,
            "at_position": position,
            "fraction": mark.fraction,
            "dropped": mark.dropped,
            "correction_id": mark.correction_id,
        }
        for position, mark in sorted(marks.items())
    ]
    if values:
        session.connection().execute(_PUT_MARK, values)


_PUT_MARK = (
    update(_QUESTION)
    .where(
        _QUESTION.c.attempt_id == bindparam("of_attempt", type_=LONG),
        _QUESTION.c.position == bindparam("at_position", type_=Integer),
    )
    .values(
        fraction=bindparam("fraction"),
        dropped=bindparam("dropped"),
        correction_id=bindparam("correction_id"),
    )
)


def _read(row: RowMapping, *, passages: bool) -> AttemptQuestion:
    return AttemptQuestion(
        position=row["position"],
        question_id=row["question_id"],
        points=row["points"],
        body=row["body"],
        answer=Answer(**{name: row[name] for name in Answer.__slots__}),
        mark=StoredMark(**{name: row[name] for name in StoredMark.__slots__}),
        claim=Claim(at=row["claimed_at"], text=row["claim"], decided_at=row["decided_at"]),
        correction=None
        if row["newest_id"] is None
        else Correction(id=row["newest_id"], body=row["newest_body"]),
        passage=_read_passage(row) if passages else None,
    )


def _read_passage(row: RowMapping) -> Passage:
    names = {name: row[name] for name in Passage.__slots__}
    return Passage(**{**names, "names": names["names"] or []})
