"""The memory of a class as one frozen value: what was, what is forgotten next, what to expect."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from quizapp.services.reporting.memories import LoadedClass, load_class
from quizapp.services.reporting.memories_ahead import ClassAhead, foresee
from quizapp.services.reporting.memories_facts import FactLine, describe_facts, rank_forgotten
from quizapp.services.reporting.memories_past import (
    MOST_REPLAYED,
    Activity,
    PastForecasts,
    check_forecasts,
    count_activity,
)
from quizapp.storage.accounts import Account
from quizapp.storage.class_logs import list_class_log, list_day_answers
from quizapp.storage.fits import list_fits
from quizapp.storage.ids import CourseId
from quizapp.storage.roles import INSTRUCTOR


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassReport:
    """The memory of a class at one instant.

    `forgotten` are the facts that most learners forget next; `may_change` tells whether the person
    who looks may set assignments in the course.
    """

    course_id: CourseId
    title: str
    as_of: datetime
    today: date
    exam_on: date | None
    may_change: bool
    learners: int
    facts: int
    forgotten: tuple[FactLine, ...]
    ahead: ClassAhead
    activity: Activity
    past: PastForecasts


def report_class(
    session: Session, person: Account, course_id: CourseId, now: datetime
) -> ClassReport:
    """Return the memory of a class: five statements, one more where a fit was in use.

    Raises:
        NotFoundError: no such course that this person teaches or assists in.
    """
    loaded = load_class(session, person, course_id, now)
    days = list_day_answers(session, course_id)
    log = list_class_log(session, course_id, MOST_REPLAYED)
    return ClassReport(
        course_id=course_id,
        title=loaded.course.title,
        as_of=now,
        today=loaded.today,
        exam_on=loaded.exam_on,
        may_change=may_set(loaded),
        learners=len(loaded.learners),
        facts=len(loaded.course.facts),
        forgotten=tuple(rank_forgotten(describe_facts(loaded))),
        ahead=foresee(loaded),
        activity=count_activity(days, loaded.today),
        past=check_forecasts(log, list_fits(session, (each.review.parameters for each in log))),
    )


def may_set(loaded: LoadedClass) -> bool:
    """Tell whether the person who loaded a class may set assignments in its course."""
    return loaded.course.role == INSTRUCTOR and not loaded.course.archived
