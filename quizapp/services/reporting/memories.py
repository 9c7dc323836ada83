"""The memory of a class at one instant: learners by facts, as columns and in lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy.orm import Session

from quizapp.errors import NotFoundError
from quizapp.memory import DEFAULT_PARAMETERS, choose_parameters
from quizapp.memory.class_forecast import ClassMemories
from quizapp.memory.fsrs6_arrays import BoolArray, IntArray
from quizapp.services.reviewing.days import calendar_of
from quizapp.storage.accounts import Account
from quizapp.storage.ids import CourseId
from quizapp.storage.reports import (
    ClassMemory,
    CourseLearner,
    TaughtCourse,
    find_taught_course,
    list_class_memories,
    list_course_learners,
)

# Weights are the same at every retention; each learner's own is in the targets.
_RETENTION = DEFAULT_PARAMETERS.retention


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoadedClass:
    """A course with what its learners remember; rows are `learners`, columns `course.facts`.

    `todays` are the learners' own study days of the instant `as_of`, `today` is its date in the
    course's time zone. `due` tells what is due, `last_active` when each learner last answered.
    """

    course: TaughtCourse
    as_of: datetime
    today: date
    learners: tuple[CourseLearner, ...]
    memories: ClassMemories
    todays: IntArray
    due: BoolArray
    last_active: tuple[datetime | None, ...]

    @property
    def exam_on(self) -> date | None:
        """The day of the exam, None if there is none to come."""
        exam_on = self.course.exam_on
        return exam_on if exam_on is not None and exam_on >= self.today else None


def load_class(
    session: Session, person: Account, course_id: CourseId, now: datetime
) -> LoadedClass:
    """Return the memory of a class: three statements, one of them for all memories.

    Raises:
        NotFoundError: no such course that this person teaches or assists in.
    """
    course = find_taught_course(session, person.id, course_id)
    if course is None:
        raise NotFoundError("You teach no such course.")
    learners = list_course_learners(session, course_id)
    rows = list_class_memories(session, course_id)
    todays = np.array([calendar_of(each).study_day(now) for each in learners], dtype=np.int64)
    last: dict[int, datetime] = {}
    for row in rows:
        last[row.learner_id] = max(row.last_at, last.get(row.learner_id, row.last_at))
    today = now.astimezone(ZoneInfo(course.timezone)).date()
    memories, due = _arrange(course, learners, rows, todays, now, today)
    return LoadedClass(
        course=course,
        as_of=now,
        today=today,
        learners=learners,
        memories=memories,
        todays=todays,
        due=due,
        last_active=tuple(last.get(each.id) for each in learners),
    )


def _arrange(
    course: TaughtCourse,
    learners: Sequence[CourseLearner],
    rows: Sequence[ClassMemory],
    todays: IntArray,
    now: datetime,
    today: date,
) -> tuple[ClassMemories, BoolArray]:
    """Put memories in their places, days counted from each learner's today."""
    shape = (len(learners), len(course.facts))
    places = _find_places(
        rows,
        {each.id: place for place, each in enumerate(learners)},
        {each.id: place for place, each in enumerate(course.facts)},
    )
    stabilities, difficulties = np.full(shape, np.nan), np.full(shape, np.nan)
    last_days, due_days = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    due = np.zeros(shape, dtype=np.bool_)
    stabilities[places] = [row.stability for row in rows]
    difficulties[places] = [row.difficulty for row in rows]
    last_days[places] = [row.last_day for row in rows] - todays[places[0]]
    due_days[places] = [row.due_day for row in rows] - todays[places[0]]
    due[places] = [row.due_at is None or row.due_at <= now for row in rows]
    return ClassMemories(
        stabilities=stabilities,
        difficulties=difficulties,
        last_days=last_days,
        due_days=due_days,
        targets=np.array([_find_target(course, each, today) for each in learners]),
        parameters=choose_parameters(course.fit, _RETENTION),
        own={
            row: choose_parameters(each.fit, _RETENTION)
            for row, each in enumerate(learners)
            if each.fit is not None
        },
    ), due & (due_days <= 0)


def _find_places(
    rows: Sequence[ClassMemory], learners: Mapping[int, int], facts: Mapping[int, int]
) -> tuple[IntArray, IntArray]:
    return (
        np.array([learners[row.learner_id] for row in rows], dtype=np.int64),
        np.array([facts[row.fact_id] for row in rows], dtype=np.int64),
    )


def _find_target(course: TaughtCourse, learner: CourseLearner, today: date) -> float:
    """The retention of a plan up to its exam, else the learner's own."""
    goes_on = not course.archived and course.exam_on is not None and course.exam_on >= today
    return learner.planned if goes_on and learner.planned is not None else learner.retention
