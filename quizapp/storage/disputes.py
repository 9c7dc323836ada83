"""Problems that learners told of questions, and what instructors decided on them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, and_, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from quizapp.storage.ids import (
    AccountId,
    CourseId,
    DisputeId,
    QuestionId,
    ReviewId,
    SetId,
    VersionId,
)
from quizapp.storage.roles import LEARNER
from quizapp.storage.tables import (
    AccountRow,
    AssignmentRow,
    CourseRow,
    CourseSetRow,
    DisputeRow,
    EnrolmentRow,
    QuestionFactRow,
    QuestionRow,
    ReviewRow,
    VersionRow,
)
from quizapp.storage.tables.content import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Reportable:
    """A question that a course teaches the learner; `review_id` is their answer, if they named it.

    `body` is the question as `quizapp-questions/1` writes it.
    """

    course_id: CourseId
    course_title: str
    question_id: QuestionId
    body: JsonObject
    review_id: ReviewId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A problem that was told, with its question; without `decided_at` it is undecided.

    `correctable` tells that the course has assignments of the question's version, `count` how often
    problems of the question were told in the course. `answered` is how often its learners answered
    the question, in reviews and first in assignments, `right` how many of these were right.
    """

    id: DisputeId
    course_id: CourseId
    course_title: str
    question_id: QuestionId
    version_id: VersionId
    body: JsonObject
    learner_name: str
    reason: str
    text: str
    at: datetime
    decided_at: datetime | None
    upheld: bool | None
    word: str
    correctable: bool
    count: int
    set_id: SetId
    answered: int
    right: int


_Same = aliased(DisputeRow, name="same")
_correctable = exists(
    select(1).where(
        AssignmentRow.course_id == DisputeRow.course_id,
        AssignmentRow.version_id == QuestionRow.version_id,
    )
)


_answers = (
    select(func.count())
    .select_from(ReviewRow)
    .join(EnrolmentRow, EnrolmentRow.account_id == ReviewRow.learner_id)
    .join(QuestionFactRow, QuestionFactRow.fact_id == ReviewRow.fact_id)
    .where(
        EnrolmentRow.course_id == DisputeRow.course_id,
        EnrolmentRow.role == LEARNER,
        QuestionFactRow.question_id == QuestionRow.id,
        ReviewRow.question_id == QuestionRow.id,
    )
    .correlate(DisputeRow, QuestionRow)
)


def find_reportable(
    session: Session, learner_id: AccountId, question_id: QuestionId, review_id: ReviewId
) -> Reportable | None:
    """Return a question of a course in which the learner is enrolled, the oldest of these."""
    answered = and_(
        ReviewRow.id == review_id,
        ReviewRow.learner_id == learner_id,
        ReviewRow.question_id == QuestionRow.id,
    )
    row = session.execute(
        select(
            CourseRow.id.label("course_id"),
            CourseRow.title.label("course_title"),
            QuestionRow.id.label("question_id"),
            QuestionRow.body,
            ReviewRow.id.label("review_id"),
        )
        .join(CourseSetRow, CourseSetRow.version_id == QuestionRow.version_id)
        .join(CourseRow, CourseRow.id == CourseSetRow.course_id)
        .join(EnrolmentRow, EnrolmentRow.course_id == CourseRow.id)
        .outerjoin(ReviewRow, answered)
        .where(
            QuestionRow.id == question_id,
            EnrolmentRow.account_id == learner_id,
            EnrolmentRow.role == LEARNER,
        )
        .order_by(CourseRow.id)
        .limit(1)
    ).first()
    return Reportable(**row._asdict()) if row else None


def add_dispute(
    session: Session,
    learner_id: AccountId,
    about: Reportable,
    *,
    reason: str,
    text: str,
    now: datetime,
) -> None:
    """Store a problem that a learner told of a question."""
    row = DisputeRow(
        course_id=about.course_id,
        question_id=about.question_id,
        learner_id=learner_id,
        reason=reason,
        text=text,
        at=now,
        review_id=about.review_id,
    )
    session.add(row)
    session.flush()


def count_disputes(session: Session, learner_id: AccountId, since: datetime) -> int:
    """Count the problems that a learner told since then."""
    mine = and_(DisputeRow.learner_id == learner_id, DisputeRow.at > since)
    return session.scalar(select(func.count()).where(mine)) or 0


def list_own_disputes(session: Session, learner_id: AccountId) -> tuple[Dispute, ...]:
    """Return the problems that a learner told, the newest first: one statement."""
    mine = _disputes().where(DisputeRow.learner_id == learner_id)
    newest = mine.order_by(DisputeRow.at.desc(), DisputeRow.id.desc())
    return tuple(_read(row) for row in session.execute(newest))


def list_course_disputes(session: Session, course_id: CourseId) -> tuple[Dispute, ...]:
    """Return the problems told in a course, first the undecided ones by age: one statement."""
    ordered = _disputes().where(DisputeRow.course_id == course_id)
    undecided = DisputeRow.decided_at.is_(None).desc()
    ordered = ordered.order_by(undecided, DisputeRow.at, DisputeRow.id)
    return tuple(_read(row) for row in session.execute(ordered))


def put_verdict(
    session: Session,
    course_id: CourseId,
    dispute_id: DisputeId,
    *,
    upheld: bool,
    word: str,
    by: AccountId,
    now: datetime,
) -> bool:
    """Store what was decided on a problem of a course, unless that was done; return whether."""
    decided = (
        update(DisputeRow)
        .where(
            DisputeRow.id == dispute_id,
            DisputeRow.course_id == course_id,
            DisputeRow.decided_at.is_(None),
        )
        .values(decided_at=now, decided_by=by, upheld=upheld, word=word)
        .returning(DisputeRow.id)
    )
    return session.scalar(decided) is not None


def has_dispute(session: Session, course_id: CourseId, dispute_id: DisputeId) -> bool:
    """Tell whether such a problem was told in the course."""
    found = select(DisputeRow.id).where(
        DisputeRow.id == dispute_id, DisputeRow.course_id == course_id
    )
    return session.scalar(found) is not None


def _disputes() -> Select[*tuple[object, ...]]:
    of_question = (
        select(func.count())
        .select_from(_Same)
        .where(_Same.course_id == DisputeRow.course_id, _Same.question_id == QuestionRow.id)
        .scalar_subquery()
    )
    return (
        select(
            DisputeRow,
            CourseRow.title,
            QuestionRow.version_id,
            QuestionRow.body,
            AccountRow.name,
            _correctable.label("correctable"),
            of_question.label("told"),
            VersionRow.set_id,
            _answers.scalar_subquery().label("answered"),
            _answers.where(ReviewRow.fraction >= 1).scalar_subquery().label("right"),
        )
        .join(CourseRow, CourseRow.id == DisputeRow.course_id)
        .join(QuestionRow, QuestionRow.id == DisputeRow.question_id)
        .join(VersionRow, VersionRow.id == QuestionRow.version_id)
        .join(AccountRow, AccountRow.id == DisputeRow.learner_id)
    )


def _read(row: Row[*tuple[object, ...]]) -> Dispute:
    told = row.DisputeRow
    return Dispute(
        id=told.id,
        course_id=told.course_id,
        course_title=row.title,
        question_id=told.question_id,
        version_id=row.version_id,
        body=row.body,
        learner_name=row.name,
        reason=told.reason,
        text=told.text,
        at=told.at,
        decided_at=told.decided_at,
        upheld=told.upheld,
        word=told.word,
        correctable=bool(row.correctable),
        count=row.told,
        set_id=row.set_id,
        answered=row.answered,
        right=row.right,
    )
