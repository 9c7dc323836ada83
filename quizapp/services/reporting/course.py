"""What a course knows today: one frozen value that page and exports show alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.memory import DEFAULT_PARAMETERS, Memory, StudyCalendar, is_due, recall
from quizapp.services.reviewing.days import calendar_of
from quizapp.storage.accounts import Account
from quizapp.storage.ids import AccountId, CourseId, FactId
from quizapp.storage.reports import (
    CourseFact,
    CourseLearner,
    Recollection,
    TaughtCourse,
    find_taught_course,
    load_recollections,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One learner and fact; `recall` is the predicted probability, None if it was never asked."""

    due: bool
    recall: float | None
    answered: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerLine:
    """One learner: `known` is the expected number of facts recalled, means None without any."""

    id: AccountId
    name: str
    answered: int
    right_share: float | None
    due: int
    seen: int
    known: float
    recall_mean: float | None
    last_active: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One fact over all learners who have been asked it."""

    statement: str
    section: str
    learners_seen: int
    recall_mean: float | None
    due: int
    answered: int
    right_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseReport:
    """A course at one instant: its learners, its facts, and each of one with each of the other.

    `cells[i][j]` belongs to `learners[i]` and `facts[j]`.
    """

    course_id: CourseId
    title: str
    as_of: datetime
    learners: tuple[LearnerLine, ...]
    facts: tuple[FactLine, ...]
    cells: tuple[tuple[Cell, ...], ...]


_UNSEEN = Cell(due=False, recall=None, answered=0, right=0)


def report_course(
    session: Session, instructor: Account, course_id: CourseId, now: datetime
) -> CourseReport:
    """Return the report of a course, from two statements.

    Raises:
        NotFoundError: no such course that this person teaches.
    """
    course = find_taught_course(session, instructor.id, course_id)
    if course is None:
        raise NotFoundError("You teach no such course.")
    learners, recollections = load_recollections(session, course_id)
    return _report(course, learners, recollections, now)


def _report(
    course: TaughtCourse,
    learners: Sequence[CourseLearner],
    recollections: Sequence[Recollection],
    now: datetime,
) -> CourseReport:
    calendars = {learner.id: calendar_of(learner) for learner in learners}
    cells = {
        (each.learner_id, each.fact_id): _cell(each, calendars[each.learner_id], now)
        for each in recollections
    }
    last = _last_active(recollections)
    rows = [_row(cells, learner.id, course.facts) for learner in learners]
    return CourseReport(
        course_id=course.id,
        title=course.title,
        as_of=now,
        learners=tuple(
            _learner_line(learner, row, last.get(learner.id))
            for learner, row in zip(learners, rows, strict=True)
        ),
        facts=tuple(
            _fact_line(fact, [row[column] for row in rows])
            for column, fact in enumerate(course.facts)
        ),
        cells=tuple(rows),
    )


def _cell(each: Recollection, calendar: StudyCalendar, now: datetime) -> Cell:
    memory: Memory = each.memory
    today = calendar.study_day(now)
    return Cell(
        due=is_due(memory, today, now),
        recall=recall(memory, today, DEFAULT_PARAMETERS),
        answered=each.answered,
        right=each.right,
    )


def _row(
    cells: dict[tuple[AccountId, FactId], Cell], learner_id: AccountId, facts: Iterable[CourseFact]
) -> tuple[Cell, ...]:
    return tuple(cells.get((learner_id, fact.id), _UNSEEN) for fact in facts)


def _last_active(recollections: Iterable[Recollection]) -> dict[AccountId, datetime]:
    last: dict[AccountId, datetime] = {}
    for each in recollections:
        at = each.memory.last_at
        last[each.learner_id] = max(last.get(each.learner_id, at), at)
    return last


def _learner_line(
    learner: CourseLearner, cells: Sequence[Cell], last_active: datetime | None
) -> LearnerLine:
    recalls = _recalls(cells)
    return LearnerLine(
        id=learner.id,
        name=learner.name,
        answered=sum(cell.answered for cell in cells),
        right_share=_right_share(cells),
        due=sum(cell.due for cell in cells),
        seen=len(recalls),
        known=sum(recalls),
        recall_mean=fmean(recalls) if recalls else None,
        last_active=last_active,
    )


def _fact_line(fact: CourseFact, cells: Sequence[Cell]) -> FactLine:
    recalls = _recalls(cells)
    return FactLine(
        statement=fact.statement,
        section=fact.section,
        learners_seen=len(recalls),
        recall_mean=fmean(recalls) if recalls else None,
        due=sum(cell.due for cell in cells),
        answered=sum(cell.answered for cell in cells),
        right_share=_right_share(cells),
    )


def _recalls(cells: Iterable[Cell]) -> list[float]:
    return [cell.recall for cell in cells if cell.recall is not None]


def _right_share(cells: Sequence[Cell]) -> float | None:
    answered = sum(cell.answered for cell in cells)
    return sum(cell.right for cell in cells) / answered if answered else None
