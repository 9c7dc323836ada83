"""The marked answers to one question in a course: whom a correction of it concerns."""

from dataclasses import dataclass

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from quizapp.attempts.scores import Score
from quizapp.storage.assignments import SET_BY_COURSE
from quizapp.storage.ids import AttemptId, CourseId, QuestionId
from quizapp.storage.responses import Answer, StoredMark
from quizapp.storage.tables import AccountRow, AssignmentRow, AttemptQuestionRow, AttemptRow


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedUse:
    """One use of a question: whose attempt it was in, what was answered, how it was marked."""

    attempt_id: AttemptId
    number: int
    learner_name: str
    assignment_title: str
    points: float
    answer: Answer
    mark: StoredMark
    score: Score


_ANSWER = tuple(getattr(AttemptQuestionRow, name) for name in Answer.__slots__)
_MARK = tuple(getattr(AttemptQuestionRow, name) for name in StoredMark.__slots__)


def list_marked_uses(
    session: Session, course_id: CourseId, question_id: QuestionId
) -> tuple[MarkedUse, ...]:
    """Return the uses of a question in the marked attempts of a course, learners by name.

    Practice quizzes are left out, since nobody but their learners may know of them.
    """
    rows = session.execute(
        select(
            *_ANSWER,
            *_MARK,
            AttemptRow.id.label("attempt_id"),
            AttemptRow.number,
            AttemptRow.points.label("attempt_points"),
            AttemptRow.maximum,
            AttemptRow.credit,
            AttemptQuestionRow.points.label("question_points"),
            AccountRow.name.label("learner_name"),
            AssignmentRow.title,
        )
        .select_from(AttemptQuestionRow)
        .join(AttemptRow, AttemptRow.id == AttemptQuestionRow.attempt_id)
        .join(AssignmentRow, AssignmentRow.id == AttemptRow.assignment_id)
        .join(AccountRow, AccountRow.id == AttemptRow.learner_id)
        .where(
            AttemptQuestionRow.question_id == question_id,
            AssignmentRow.course_id == course_id,
            SET_BY_COURSE,
            AttemptRow.marked_at.is_not(None),
        )
        .order_by(AccountRow.name, AttemptRow.id)
    )
    return tuple(_read_use(row) for row in rows.mappings())


def _read_use(row: RowMapping) -> MarkedUse:
    return MarkedUse(
        attempt_id=row["attempt_id"],
        number=row["number"],
        learner_name=row["learner_name"],
        assignment_title=row["title"],
        points=row["question_points"],
        answer=Answer(**{name: row[name] for name in Answer.__slots__}),
        mark=StoredMark(**{name: row[name] for name in StoredMark.__slots__}),
        score=Score(points=row["attempt_points"], maximum=row["maximum"], credit=row["credit"]),
    )
