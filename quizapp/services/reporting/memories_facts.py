"""A class in lines: how many are likely to know a fact, what is forgotten next, who knows what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from sqlalchemy.orm import Session

from quizapp.memory.class_forecast import (
    Knowing,
    count_knowing,
    find_falling,
    recall_ahead,
)
from quizapp.services.reporting.memories import LoadedClass, load_class
from quizapp.storage.accounts import Account
from quizapp.storage.class_logs import Answers, count_fact_answers, list_day_answers
from quizapp.storage.ids import AccountId, CourseId, FactId, VersionId


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownShare:
    """The share of the class, 0 to 1, that is likely to know a fact, and its band.

    Who has not met the fact does not know it. The share lies in the band in 95 of 100 classes whose
    learners recall as predicted (`count_knowing`).
    """

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One fact over the whole class.

    `met` learners have been asked it, it is due for `due` of them. `falling` are at their target
    today and below it within a week, `below` are below it already. `exam` is the day of the exam
    if nobody reviews until then, None if there is none to come; both are None without learners.
    """

    id: FactId
    version_id: VersionId
    statement: str
    section: str
    met: int
    due: int
    today: KnownShare | None
    exam: KnownShare | None
    falling: int
    below: int
    answered: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerLine:
    """One learner: `known` is the expected number of facts recalled today.

    `recall` is the mean over the facts that they have met, None without any.
    """

    id: AccountId
    name: str
    answered: int
    right: int
    due: int
    met: int
    known: float
    recall: float | None
    last_active: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFacts:
    """The facts of a course in teaching order, of a class of so many learners."""

    course_id: CourseId
    title: str
    as_of: datetime
    exam_on: date | None
    learners: int
    facts: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLearners:
    """The learners of a course by name."""

    course_id: CourseId
    title: str
    as_of: datetime
    facts: int
    learners: tuple[LearnerLine, ...]


def list_facts(session: Session, person: Account, course_id: CourseId, now: datetime) -> ClassFacts:
    """Return how a class knows each fact: four statements.

    Raises:
        NotFoundError: no such course that this person teaches or assists in.
    """
    loaded = load_class(session, person, course_id, now)
    return ClassFacts(
        course_id=course_id,
        title=loaded.course.title,
        as_of=now,
        exam_on=loaded.exam_on,
        learners=len(loaded.learners),
        facts=describe_facts(loaded, count_fact_answers(session, course_id)),
    )


def list_learners(
    session: Session, person: Account, course_id: CourseId, now: datetime
) -> ClassLearners:
    """Return what each learner of a class knows: four statements.

    Raises:
        NotFoundError: no such course that this person teaches or assists in.
    """
    loaded = load_class(session, person, course_id, now)
    answers: dict[AccountId, Answers] = {}
    for day in list_day_answers(session, course_id):
        former = answers.get(day.learner_id, Answers())
        answers[day.learner_id] = Answers(
            answered=former.answered + day.answered, right=former.right + day.right
        )
    return ClassLearners(
        course_id=course_id,
        title=loaded.course.title,
        as_of=now,
        facts=len(loaded.course.facts),
        learners=_describe_learners(loaded, answers),
    )


def describe_facts(
    loaded: LoadedClass, answers: dict[FactId, Answers] | None = None
) -> tuple[FactLine, ...]:
    """Return a line for each fact; without `answers` nothing was answered."""
    memories, learners = loaded.memories, len(loaded.learners)
    today, exam = count_knowing(recall_ahead(memories, 0)), _foresee_exam(loaded)
    falling = find_falling(memories)
    met, due = memories.met.sum(axis=0).tolist(), loaded.due.sum(axis=0).tolist()
    return tuple(
        FactLine(
            id=fact.id,
            version_id=fact.version_id,
            statement=fact.statement,
            section=fact.section,
            met=met[place],
            due=due[place],
            today=_share(today, place, learners),
            exam=_share(exam, place, learners),
            falling=int(falling.falling[place]),
            below=int(falling.below[place]),
            answered=found.answered,
            right=found.right,
        )
        for place, fact in enumerate(loaded.course.facts)
        for found in ((answers or {}).get(fact.id, Answers()),)
    )


def _foresee_exam(loaded: LoadedClass) -> Knowing | None:
    if loaded.exam_on is None:
        return None
    ahead = loaded.exam_on.toordinal() - loaded.todays
    return count_knowing(recall_ahead(loaded.memories, ahead))


def _share(knowing: Knowing | None, place: int, learners: int) -> KnownShare | None:
    if knowing is None or not learners:
        return None
    return KnownShare(
        share=float(knowing.expected[place]) / learners,
        low=int(knowing.low[place]) / learners,
        high=int(knowing.high[place]) / learners,
    )


def rank_forgotten(facts: Sequence[FactLine]) -> list[FactLine]:
    """Return the facts that the class forgets next, those that most fall under target first.

    Of equal ones, that is first which more are below already; others are left out.
    """
    weak = [fact for fact in facts if fact.falling or fact.below]
    return sorted(weak, key=lambda fact: (-fact.falling, -fact.below))


def _describe_learners(
    loaded: LoadedClass, answers: dict[AccountId, Answers]
) -> tuple[LearnerLine, ...]:
    recalls = recall_ahead(loaded.memories, 0)
    known = np.nansum(recalls, axis=1).tolist()
    met, due = loaded.memories.met.sum(axis=1).tolist(), loaded.due.sum(axis=1).tolist()
    return tuple(
        LearnerLine(
            id=learner.id,
            name=learner.name,
            answered=found.answered,
            right=found.right,
            due=due[place],
            met=met[place],
            known=known[place],
            recall=known[place] / met[place] if met[place] else None,
            last_active=loaded.last_active[place],
        )
        for place, learner in enumerate(loaded.learners)
        for found in (answers.get(learner.id, Answers()),)
    )
