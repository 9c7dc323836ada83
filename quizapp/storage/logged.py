"""One answer read back from the log, and whether it may be undone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, and_, bindparam, exists, literal_column, select
from sqlalchemy.orm import Session, aliased

from quizapp.memory import Grade, Memory
from quizapp.storage.base import LONG
from quizapp.storage.ids import AccountId, ReviewId, StudyId
from quizapp.storage.questions import (
    MEMORY_COLUMNS,
    VARIANT_COLUMNS,
    Variant,
    join_variant,
    read_memory,
    read_variant,
)
from quizapp.storage.tables import (
    FactChoiceRow,
    MemoryRow,
    QuestionFactRow,
    QuestionRow,
    ReviewRow,
    StudyRow,
    UndoRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedReview:
    """An answer as it was logged, with its question and the memory as it is now.

    `was` is the phase of the memory before it; `flagged` tells that the learner flagged the fact.
    No answer that counts came after the last one; a recent one is among the last thirty, with those
    that were undone. Answers `of_attempt`s are passed over in this.
    """

    id: ReviewId
    study_id: StudyId
    at: datetime
    was: str
    grade: Grade
    fraction: float
    given: bool
    response: str
    shown: str
    hints: int
    undone: bool
    of_attempt: bool
    is_last: bool
    is_recent: bool
    flagged: bool
    variant: Variant
    memory: Memory | None


_Later = aliased(ReviewRow, name="later")
_LaterUndo = aliased(UndoRow, name="later_undo")
_LaterStudy = aliased(StudyRow, name="later_study")
_ONE = literal_column("1", Integer)
# So many answers may be undone, one after the other; the last of them has one less after it.
_RECENT = literal_column("29", Integer)
# The learner's answers after this one, but for those of attempts.
_LATER = (
    select(_Later.id)
    .join(_LaterStudy, and_(_LaterStudy.id == _Later.study_id, _LaterStudy.attempt_id.is_(None)))
    .outerjoin(_LaterUndo, _LaterUndo.review_id == _Later.id)
    .where(
        _Later.learner_id == ReviewRow.learner_id,
        _Later.at >= ReviewRow.at,
        _Later.id > ReviewRow.id,
    )
    .correlate(ReviewRow)
)
_LOGGED = (
    join_variant(
        select(
            *VARIANT_COLUMNS,
            *MEMORY_COLUMNS,
            ReviewRow.id.label("review_id"),
            ReviewRow.study_id,
            ReviewRow.at,
            ReviewRow.was,
            ReviewRow.grade,
            ReviewRow.fraction,
            ReviewRow.given,
            ReviewRow.response,
            ReviewRow.shown,
            ReviewRow.hints,
            UndoRow.review_id.label("undone"),
            StudyRow.attempt_id.is_not(None).label("of_attempt"),
            exists(_LATER.where(_LaterUndo.review_id.is_(None))).label("superseded"),
            exists(_LATER.limit(_ONE).offset(_RECENT)).label("old"),
            FactChoiceRow.flagged_at.is_not(None).label("flagged"),
        )
        .select_from(ReviewRow)
        .join(StudyRow, StudyRow.id == ReviewRow.study_id)
        .join(QuestionRow, QuestionRow.id == ReviewRow.question_id)
        .outerjoin(UndoRow, UndoRow.review_id == ReviewRow.id)
    )
    .outerjoin(
        MemoryRow,
        and_(MemoryRow.learner_id == ReviewRow.learner_id, MemoryRow.fact_id == ReviewRow.fact_id),
    )
    .outerjoin(
        FactChoiceRow,
        and_(
            FactChoiceRow.learner_id == ReviewRow.learner_id,
            FactChoiceRow.fact_id == ReviewRow.fact_id,
        ),
    )
    .where(
        ReviewRow.id == bindparam("review_id", type_=LONG),
        ReviewRow.learner_id == bindparam("learner_id", type_=Integer),
        QuestionFactRow.fact_id == ReviewRow.fact_id,
    )
)


def find_review(
    session: Session, learner_id: AccountId, review_id: ReviewId
) -> LoggedReview | None:
    """Return one answer of the learner with its question and passage, in one statement."""
    parameters = {"review_id": review_id, "learner_id": learner_id}
    row = session.connection().execute(_LOGGED, parameters).first()
    if row is None:
        return None
    return LoggedReview(
        id=row.review_id,
        study_id=row.study_id,
        at=row.at,
        was=row.was,
        grade=Grade(row.grade),
        fraction=row.fraction,
        given=row.given,
        response=row.response,
        shown=row.shown,
        hints=row.hints,
        undone=row.undone is not None,
        of_attempt=bool(row.of_attempt),
        is_last=not row.superseded,
        is_recent=not row.old,
        flagged=bool(row.flagged),
        variant=read_variant(row),
        memory=read_memory(row),
    )
