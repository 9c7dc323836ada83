"""A plan for an exam, chosen and dropped."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, InvalidError, NotFoundError
from quizapp.services.accounts.changing import MOST_PER_DAY
from quizapp.services.reviewing.days import calendar_of
from quizapp.storage.accounts import Account
from quizapp.storage.ids import CourseId
from quizapp.storage.plans import ChosenPlan, ExamCourse, delete_plan, find_exam_course, put_plan

# The first three end with a polish; the last one is kept up to the exam.
RETENTIONS = (0.80, 0.85, 0.90, 0.95)


def choose(
    session: Session,
    learner: Account,
    course_id: CourseId,
    now: datetime,
    *,
    retention: float,
    most_per_day: int,
) -> None:
    """Set the learner's plan for the exam of a course, in the place of the one that they had.

    `most_per_day` are the reviews of a day of the polish.

    Raises:
        NotFoundError: the person does not learn in such a course.
        ConflictError: there is no exam to plan for.
        InvalidError: the retention is none of `RETENTIONS`, or a number of reviews cannot be.
    """
    course = get_exam_course(session, learner, course_id)
    refusal = refuse_plan(course, calendar_of(learner).study_day(now))
    if refusal:
        raise ConflictError(refusal)
    if retention not in RETENTIONS:
        raise InvalidError("There is no such plan. Choose one of the list.")
    if not 1 <= most_per_day <= MOST_PER_DAY:
        raise InvalidError(f"The most reviews a day are a whole number from 1 to {MOST_PER_DAY:,}.")
    plan = ChosenPlan(retention=retention, most_per_day=most_per_day, set_at=now)
    put_plan(session, learner.id, course_id, plan)


def drop(session: Session, learner: Account, course_id: CourseId) -> None:
    """Let the learner do without a plan for the exam of a course.

    Raises:
        NotFoundError: the person does not learn in such a course.
    """
    get_exam_course(session, learner, course_id)
    delete_plan(session, learner.id, course_id)


def get_exam_course(session: Session, learner: Account, course_id: CourseId) -> ExamCourse:
    """Return a course in which the person learns: one statement.

    Raises:
        NotFoundError: there is no such course.
    """
    course = find_exam_course(session, learner.id, course_id)
    if course is None:
        raise NotFoundError("You learn in no such course.")
    return course


def refuse_plan(course: ExamCourse, today: int) -> str:
    """Return why there is no exam to plan for on the study day `today`; "" if there is one."""
    if course.archived:
        return "This course is archived, so there is no exam to plan for."
    if course.exam_on is None:
        return "This course has no date for an exam yet, so there is nothing to plan for."
    if course.exam_on.toordinal() < today:
        return "The exam of this course is over."
    if course.exam_on.toordinal() == today:
        return "The exam is today, so there is no day left to plan."
    return ""
