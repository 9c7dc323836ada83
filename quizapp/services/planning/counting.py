"""How long it is to each exam, and what would be recalled there without further study."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from quizapp.services.reviewing.days import calendar_of
from quizapp.storage.accounts import Account
from quizapp.storage.ids import CourseId
from quizapp.storage.plans import ExamToCome, list_exams


@dataclass(frozen=True, slots=True, kw_only=True)
class Countdown:
    """An exam that is `days` away, 0 on its day.

    `recalled` is the expected number of all the course's `facts` that would be recalled on its day
    if nothing were studied any more; those that were not `met` are not.
    """

    course_id: CourseId
    course: str
    exam_on: date
    days: int
    planned: bool
    facts: int
    met: int
    recalled: float


def count_down(session: Session, learner: Account, now: datetime) -> tuple[Countdown, ...]:
    """Return the learner's exams to come, the soonest first: one statement."""
    today = calendar_of(learner).study_day(now)
    exams = list_exams(session, learner.id, date.fromordinal(today))
    return tuple(_count_down(exam, today) for exam in exams)


def _count_down(exam: ExamToCome, today: int) -> Countdown:
    return Countdown(
        course_id=exam.course_id,
        course=exam.title,
        exam_on=exam.exam_on,
        days=exam.exam_on.toordinal() - today,
        planned=exam.planned,
        facts=exam.facts,
        met=len(exam.stabilities),
        recalled=_foresee(exam) if exam.stabilities else 0.0,
    )


def _foresee(exam: ExamToCome) -> float:
    # Here alone, since both bring NumPy.
    import numpy as np  # noqa: PLC0415 - see above

    from quizapp.memory.forecast import forecast_grid  # noqa: PLC0415 - see above

    columns = np.array(exam.stabilities), np.array(exam.last_days)
    return float(forecast_grid(*columns, [exam.exam_on.toordinal()]).sum())
