"""The answers to one question: in an assignment page by page, and in all assignments of a course.

Only marked attempts are looked at. Each statement goes by the index of answers by question.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from quizapp.storage.assignments import SET_BY_COURSE
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId, CourseId, QuestionId
from quizapp.storage.questions import Passage
from quizapp.storage.tables import (
    AccountRow,
    AssignmentRow,
    AttemptQuestionRow,
    AttemptRow,
    MarkChangeRow,
    PassageRow,
    QuestionFactRow,
    QuestionRow,
    VersionFactRow,
    VersionRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionUse:
    """A question in one attempt, in whichever version of the set.

    `fraction` is what counts, `published_fraction` what the key as published gave, where a
    correction changed it; `changed` says that one did.
    """

    assignment_id: AssignmentId
    version: int
    question_id: QuestionId
    attempt_id: AttemptId
    fraction: float | None
    dropped: bool
    changed: bool
    published_fraction: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """One answer as it was given; `before` is when the answer before it was saved, if one was."""

    attempt_id: AttemptId
    position: int
    learner_id: AccountId
    name: str
    number: int
    response: str
    given: bool
    fraction: float | None
    points: float
    dropped: bool
    saved_at: datetime | None
    started_at: datetime
    before: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCount:
    """How many gave an answer, letter for letter, that earned them the same."""

    response: str
    given: bool
    fraction: float | None
    count: int


_assignment = bindparam("assignment_id", type_=Integer)
_course = bindparam("course_id", type_=Integer)
_question = bindparam("question_id", type_=Integer)
_Same = aliased(QuestionRow, name="same")
_SameVersion = aliased(VersionRow, name="same_version")
_Other = aliased(AttemptQuestionRow, name="other")
_counted = case(
    (AttemptQuestionRow.granted > AttemptQuestionRow.fraction, AttemptQuestionRow.granted),
    else_=AttemptQuestionRow.fraction,
).label("fraction")
_by_correction = (
    MarkChangeRow.attempt_id == AttemptQuestionRow.attempt_id,
    MarkChangeRow.position == AttemptQuestionRow.position,
    MarkChangeRow.why == "correction",
)
_PASSAGE = (
    select(
        VersionRow.id.label("version_id"),
        VersionRow.title.label("set_title"),
        VersionRow.article_title,
        PassageRow.section,
        PassageRow.paragraph,
        PassageRow.text,
        VersionFactRow.names,
    )
    .select_from(QuestionRow)
    .join(VersionRow, VersionRow.id == QuestionRow.version_id)
    .join(PassageRow, PassageRow.id == QuestionRow.passage_id)
    .outerjoin(
        VersionFactRow,
        (VersionFactRow.version_id == QuestionRow.version_id)
        & (
            VersionFactRow.fact_id
            == select(func.min(QuestionFactRow.fact_id))
            .where(QuestionFactRow.question_id == QuestionRow.id)
            .correlate(QuestionRow)
            .scalar_subquery()
        ),
    )
    .where(QuestionRow.id == _question)
)
_USES = (
    select(
        AttemptRow.assignment_id,
        _SameVersion.number.label("version"),
        _Same.id.label("question_id"),
        AttemptRow.id.label("attempt_id"),
        _counted,
        AttemptQuestionRow.dropped,
        exists().where(*_by_correction).correlate(AttemptQuestionRow).label("changed"),
        select(MarkChangeRow.old_fraction)
        .where(*_by_correction)
        .order_by(MarkChangeRow.id)
        .limit(1)
        .correlate(AttemptQuestionRow)
        .scalar_subquery()
        .label("published_fraction"),
    )
    .select_from(QuestionRow)
    .join(VersionRow, VersionRow.id == QuestionRow.version_id)
    .join(_SameVersion, _SameVersion.set_id == VersionRow.set_id)
    .join(_Same, (_Same.version_id == _SameVersion.id) & (_Same.key == QuestionRow.key))
    .join(AttemptQuestionRow, AttemptQuestionRow.question_id == _Same.id)
    .join(AttemptRow, AttemptRow.id == AttemptQuestionRow.attempt_id)
    .join(AssignmentRow, AssignmentRow.id == AttemptRow.assignment_id)
    .where(
        QuestionRow.id == _question,
        AssignmentRow.course_id == _course,
        SET_BY_COURSE,
        AttemptRow.marked_at.is_not(None),
    )
)
_of_assignment = (
    AttemptQuestionRow.question_id == _question,
    AttemptRow.assignment_id == _assignment,
    AttemptRow.marked_at.is_not(None),
)
_GIVEN = (
    select(
        AttemptRow.id.label("attempt_id"),
        AttemptQuestionRow.position,
        AttemptRow.learner_id,
        AccountRow.name,
        AttemptRow.number,
        AttemptQuestionRow.response,
        AttemptQuestionRow.given,
        _counted,
        AttemptQuestionRow.points,
        AttemptQuestionRow.dropped,
        AttemptQuestionRow.saved_at,
        AttemptRow.started_at,
        select(func.max(_Other.saved_at))
        .where(
            _Other.attempt_id == AttemptQuestionRow.attempt_id,
            _Other.saved_at < AttemptQuestionRow.saved_at,
        )
        .correlate(AttemptQuestionRow)
        .scalar_subquery()
        .label("before"),
    )
    .select_from(AttemptQuestionRow)
    .join(AttemptRow, AttemptRow.id == AttemptQuestionRow.attempt_id)
    .join(AccountRow, AccountRow.id == AttemptRow.learner_id)
    .where(*_of_assignment)
    .order_by(AccountRow.name, AccountRow.id, AttemptRow.number)
    .limit(bindparam("most", type_=Integer))
    .offset(bindparam("skipped", type_=Integer))
)
_COUNTS = (
    select(
        AttemptQuestionRow.response,
        AttemptQuestionRow.given,
        _counted,
        func.count().label("count"),
    )
    .select_from(AttemptQuestionRow)
    .join(AttemptRow, AttemptRow.id == AttemptQuestionRow.attempt_id)
    .where(*_of_assignment)
    .group_by(AttemptQuestionRow.response, AttemptQuestionRow.given, _counted)
)


def find_passage(session: Session, question_id: QuestionId) -> Passage | None:
    """Return the passage that a question comes from: one statement."""
    row = session.connection().execute(_PASSAGE, {"question_id": question_id}).mappings().first()
    if row is None:
        return None
    return Passage(**{**row, "names": row["names"] or []})


def list_question_uses(
    session: Session, course_id: CourseId, question_id: QuestionId
) -> tuple[QuestionUse, ...]:
    """Return every use that a course's assignments made of a question: one statement.

    The question is told by its key, through all versions of its set.
    """
    parameters = {"course_id": course_id, "question_id": question_id}
    rows = session.connection().execute(_USES, parameters).mappings()
    return tuple(QuestionUse(**row) for row in rows)


def list_given_answers(
    session: Session,
    assignment_id: AssignmentId,
    question_id: QuestionId,
    *,
    skipped: int,
    most: int,
) -> tuple[GivenAnswer, ...]:
    """Return some answers to a question in an assignment, by learner and attempt: one statement."""
    parameters = {
        "assignment_id": assignment_id,
        "question_id": question_id,
        "skipped": skipped,
        "most": most,
    }
    rows = session.connection().execute(_GIVEN, parameters).mappings()
    return tuple(GivenAnswer(**row) for row in rows)


def count_answers(
    session: Session, assignment_id: AssignmentId, question_id: QuestionId
) -> tuple[AnswerCount, ...]:
    """Return the different answers to a question in an assignment: one statement."""
    parameters = {"assignment_id": assignment_id, "question_id": question_id}
    rows = session.connection().execute(_COUNTS, parameters).mappings()
    return tuple(AnswerCount(**row) for row in rows)
