"""What the learners of a course answered to its facts: counted, and as the log has it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import Session

from quizapp.memory import Grade, Review
from quizapp.storage.figures import LIVE
from quizapp.storage.ids import AccountId, CourseId, FactId
from quizapp.storage.reports import TAUGHT_FACTS
from quizapp.storage.roles import LEARNER
from quizapp.storage.tables import EnrolmentRow, ReviewRow, StudyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAnswers:
    """How much one learner answered on one of their study days, and how much of it right."""

    learner_id: AccountId
    study_day: int
    answered: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How much was answered, and how much of it right."""

    answered: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedAnswer:
    """An answer that was not undone; `in_assignment` tells whether it was given in one."""

    learner_id: AccountId
    fact_id: FactId
    in_assignment: bool
    review: Review


_course = bindparam("course_id", type_=Integer)
# One who gets full marks is right, whatever the grade of a flashcard.
_answered = func.count().label("answered")
_right = func.count().filter(ReviewRow.fraction >= 1).label("right")
_MINE = (
    EnrolmentRow.course_id == _course,
    EnrolmentRow.role == LEARNER,
    ReviewRow.fact_id.in_(TAUGHT_FACTS),
    LIVE,
)
_is_enrolled = EnrolmentRow.account_id == ReviewRow.learner_id
_BY_DAY = (
    select(ReviewRow.learner_id, ReviewRow.study_day, _answered, _right)
    .join(EnrolmentRow, _is_enrolled)
    .where(*_MINE)
    .group_by(ReviewRow.learner_id, ReviewRow.study_day)
)
_BY_FACT = (
    select(ReviewRow.fact_id, _answered, _right)
    .join(EnrolmentRow, _is_enrolled)
    .where(*_MINE)
    .group_by(ReviewRow.fact_id)
)
# Learners in an order that has nothing to do with how they learn.
_shuffled = (ReviewRow.learner_id % 10007 * 7919 % 10007, ReviewRow.learner_id)
_counts = (
    select(
        ReviewRow.learner_id,
        func.count().label("own"),
        func.sum(func.count()).over(order_by=_shuffled).label("upto"),
    )
    .join(EnrolmentRow, _is_enrolled)
    .where(*_MINE)
    .group_by(ReviewRow.learner_id)
    .subquery("counts")
)
_LOG = (
    select(
        ReviewRow.learner_id,
        ReviewRow.fact_id,
        StudyRow.attempt_id.is_not(None),
        ReviewRow.id,
        ReviewRow.at,
        ReviewRow.study_day,
        ReviewRow.grade,
        ReviewRow.guess,
        ReviewRow.parameters,
    )
    .join(_counts, _counts.c.learner_id == ReviewRow.learner_id)
    .join(StudyRow, StudyRow.id == ReviewRow.study_id)
    .where(
        _counts.c.upto - _counts.c.own < bindparam("most", type_=Integer),
        ReviewRow.fact_id.in_(TAUGHT_FACTS),
        LIVE,
    )
    .order_by(ReviewRow.learner_id, ReviewRow.at, ReviewRow.arrived_at, ReviewRow.id)
)


def list_day_answers(session: Session, course_id: CourseId) -> Sequence[DayAnswers]:
    """Return the answers of each learner of a course by study day: one statement."""
    rows = session.execute(_BY_DAY, {"course_id": course_id}).mappings()
    return [DayAnswers(**row) for row in rows]


def count_fact_answers(session: Session, course_id: CourseId) -> dict[FactId, Answers]:
    """Return the answers of a course's learners to each fact that has one: one statement."""
    rows = session.execute(_BY_FACT, {"course_id": course_id})
    return {row.fact_id: Answers(answered=row.answered, right=row.right) for row in rows}


def list_class_log(session: Session, course_id: CourseId, most: int) -> Sequence[LoggedAnswer]:
    """Return the answers of a course's learners to its facts, as they moved the memories.

    With more than `most` answers those of some learners, whole, until there are so many. Each
    learner's are in the order in which `memory.fold` takes them. A review's `arrived` is told as
    its `at`, since the order is made already. One statement.
    """
    rows = session.connection().execute(_LOG, {"course_id": course_id, "most": most})
    return [
        LoggedAnswer(
            learner_id=AccountId(learner_id),
            fact_id=FactId(fact_id),
            in_assignment=bool(in_assignment),
            review=Review(
                number=number,
                at=at,
                arrived=at,
                study_day=study_day,
                grade=Grade(grade),
                guess=guess,
                parameters=parameters,
            ),
        )
        for (
            learner_id,
            fact_id,
            in_assignment,
            number,
            at,
            study_day,
            grade,
            guess,
            parameters,
        ) in rows
    ]
