"""The gradebook of a course: one frozen value that page, CSV and workbook show alike.

Who was taken out of the course stays in it with what they were graded for, as long as there is an
attempt or a given grade: marks are a record of the course. Nothing is due from them any more, so
that what they did not sit neither lowers their total nor lets them be behind. What they remember is
theirs, not the course's: the report on memories (`services.reporting.memories`) leaves them out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from quizapp.attempts.rules import AssignmentRules, ends_at
from quizapp.attempts.scores import CoursePart, Result, count_results, total_course
from quizapp.attempts.states import close_if_over, state_at
from quizapp.errors import NotFoundError
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import Assignment
from quizapp.storage.attempts import AttemptRecord, list_course_attempts
from quizapp.storage.gradebooks import (
    GradedCourse,
    RosterLearner,
    find_graded_course,
    list_with_overrides,
)
from quizapp.storage.grades import GradeOverride, list_grade_overrides
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId, CourseId
from quizapp.storage.overrides import Overrides, SetOverride

GradeState = Literal["not_open", "open", "missed", "in_progress", "overdue", "submitted", "left"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedAssignment:
    """An assignment in the gradebook, its dates as they are without overrides."""

    id: AssignmentId
    title: str
    due_at: datetime | None
    counts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """One learner and assignment.

    `share` is what stands, None if nothing does: by the attempts, or as given by an instructor for
    a `reason`. `computed` is that by the attempts alone. Points, maximum and credit are those of
    the attempt that counts, `attempt_id`; None where several do, or none. `behind` tells that it
    was due, for this learner, and that nothing was submitted; "left" that they began nothing before
    they were taken out of the course.
    """

    state: GradeState
    share: float | None
    computed: float | None
    reason: str | None
    points: float | None
    maximum: float | None
    credit: float | None
    attempt_id: AttemptId | None
    attempts: int
    behind: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerGrades:
    """A learner with a grade for each assignment, the total, and how many they are behind with.

    `enrolled` is false of one who was taken out of the course.
    """

    id: AccountId
    name: str
    email: str
    enrolled: bool
    grades: tuple[Grade, ...]
    total: float | None
    behind: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradebook:
    """A course at one instant: `learners[i].grades[j]` is for `assignments[j]`."""

    course_id: CourseId
    title: str
    timezone: str
    as_of: datetime
    assignments: tuple[GradedAssignment, ...]
    learners: tuple[LearnerGrades, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a gradebook is made of: the course, and all that happened in it."""

    course: GradedCourse
    assignments: Sequence[tuple[Assignment, tuple[SetOverride, ...]]]
    attempts: Mapping[tuple[AssignmentId, AccountId], list[AttemptRecord]]
    given: Mapping[tuple[AssignmentId, AccountId], GradeOverride]

    def get_assignment(self, assignment_id: AssignmentId) -> Assignment:
        """Return an assignment that the course has published.

        Raises:
            NotFoundError: it has published no such assignment.
        """
        for assignment, _ in self.assignments:
            if assignment.id == assignment_id:
                return assignment
        raise NotFoundError("This course has published no such assignment.")


def make_gradebook(
    session: Session, person: Account, course_id: CourseId, now: datetime
) -> Gradebook:
    """Return the gradebook of a course for its staff, learners by name: four statements.

    Raises:
        NotFoundError: no such course for this person.
    """
    material = load_material(session, person, course_id)
    course = material.course
    return Gradebook(
        course_id=course.id,
        title=course.title,
        timezone=course.timezone,
        as_of=now,
        assignments=tuple(
            GradedAssignment(
                id=each.id, title=each.title, due_at=each.rules.due_at, counts=each.rules.counts
            )
            for each, _ in material.assignments
        ),
        learners=tuple(_make_line(material, learner, now) for learner in course.learners),
    )


def load_material(session: Session, person: Account, course_id: CourseId) -> Material:
    """Return what a gradebook is made of: four statements.

    Raises:
        NotFoundError: no such course for this person.
    """
    course = find_graded_course(session, person.id, course_id)
    if course is None:
        raise NotFoundError("You teach no such course.")
    assignments = list_with_overrides(session, course_id)
    ids = [each.id for each, _ in assignments]
    attempts: dict[tuple[AssignmentId, AccountId], list[AttemptRecord]] = {}
    for each in list_course_attempts(session, ids):
        attempts.setdefault((each.assignment_id, each.learner_id), []).append(each)
    given = list_grade_overrides(session, ids)
    return Material(course=course, assignments=assignments, attempts=attempts, given=given)


def _make_line(material: Material, learner: RosterLearner, now: datetime) -> LearnerGrades:
    grades = []
    parts = []
    for assignment, overrides in material.assignments:
        rules = select_overrides(overrides, learner).resolve(assignment.rules)
        whose = (assignment.id, learner.id)
        attempts, given = material.attempts.get(whose, []), material.given.get(whose)
        grade = make_grade(rules, attempts, given, now)
        if not learner.enrolled:
            grade = replace(grade, state=grade.state if attempts else "left", behind=False)
        end = ends_at(rules)
        over = learner.enrolled and end is not None and now > end
        parts.append(CoursePart(share=grade.share, over=over))
        grades.append(grade)
    return LearnerGrades(
        id=learner.id,
        name=learner.name,
        email=learner.email,
        enrolled=learner.enrolled,
        grades=tuple(grades),
        total=total_course(parts),
        behind=sum(grade.behind for grade in grades),
    )


def select_overrides(overrides: Sequence[SetOverride], learner: RosterLearner) -> Overrides:
    """The overrides that apply to a learner, as `storage.overrides.applies_to` selects them."""
    own = (each.override for each in overrides if each.whose.learner_id == learner.id)
    return Overrides(
        own=next(own, None),
        sections=tuple(
            each.override for each in overrides if each.whose.section_id in learner.sections
        ),
    )


def make_grade(
    rules: AssignmentRules,
    attempts: Sequence[AttemptRecord],
    given: GradeOverride | None,
    now: datetime,
) -> Grade:
    """Return the grade of a learner by the rules that hold for them."""
    computed = count_results(_list_results(attempts), rules.counts)
    counting = find_counting(attempts, rules)
    submitted = any(
        close_if_over(each.facts, each.clock, now).submitted_at is not None for each in attempts
    )
    due = rules.due_at or ends_at(rules)
    return Grade(
        state=_find_state(rules, attempts, now),
        share=given.share if given else computed,
        computed=computed,
        reason=given.reason if given else None,
        points=counting.points if counting else None,
        maximum=counting.maximum if counting else None,
        credit=counting.credit if counting else None,
        attempt_id=counting.id if counting else None,
        attempts=len(attempts),
        behind=due is not None and now > due and not submitted and given is None,
    )


def find_counting(
    attempts: Sequence[AttemptRecord], rules: AssignmentRules
) -> AttemptRecord | None:
    """Return the attempt that counts; None if none was marked, or if their average counts."""
    marked = [each for each in attempts if each.score is not None and each.score.share is not None]
    marked.sort(key=lambda each: each.started_at)
    if not marked or (rules.counts == "average" and len(marked) > 1):
        return None
    if rules.counts == "highest":
        return max(marked, key=_share_of)
    return marked[-1] if rules.counts == "last" else marked[0]


def _share_of(attempt: AttemptRecord) -> float:
    return (attempt.score.share if attempt.score else None) or 0.0


def _list_results(attempts: Sequence[AttemptRecord]) -> list[Result]:
    return [
        Result(attempt=each.facts, score=each.score) for each in attempts if each.score is not None
    ]


def _find_state(
    rules: AssignmentRules, attempts: Sequence[AttemptRecord], now: datetime
) -> GradeState:
    """The state of the attempt that goes on, if one does."""
    states = [state_at(each.facts, each.clock, now) for each in attempts]
    if "in_progress" in states:
        return "in_progress"
    if "overdue" in states:
        return "overdue"
    if states:
        return "submitted"
    end = ends_at(rules)
    if end is not None and now > end:
        return "missed"
    return "not_open" if rules.opens_at is not None and now < rules.opens_at else "open"
