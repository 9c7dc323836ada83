"""The assignments of a course for its staff, and those of a learner with their own dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.orm import Session

from quizapp.attempts.credit import CreditLine, describe_credit
from quizapp.attempts.rules import AssignmentRules, ends_at
from quizapp.attempts.scores import Result, count_results
from quizapp.attempts.states import close_if_over, may_start, state_at
from quizapp.errors import NotFoundError
from quizapp.services.quizzing.looking import list_shown
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import Assignment, list_assignments
from quizapp.storage.attempts import AttemptRecord, Sitting, count_sitters, list_attempts
from quizapp.storage.grades import GradeOverride, list_grade_overrides
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId, CourseId
from quizapp.storage.overrides import Overrides, find_for_learner, list_for_learner

# Of an assignment for its staff, and for one learner.
CourseState = Literal["draft", "not_open", "open", "late", "closed"]
LearnerState = Literal["not_open", "in_progress", "overdue", "open", "submitted", "missed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentLine:
    """An assignment as its staff list it, with how many learners began and submitted it."""

    assignment: Assignment
    state: CourseState
    begun: int
    submitted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAttempt:
    """An attempt of the learner as it stands now; `share` is None where marks are not shown."""

    id: AttemptId
    number: int
    started_at: datetime
    submitted_at: datetime | None
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAssignment:
    """An assignment for one learner, with the rules that hold for them.

    `extra_time` is the part of their time limit that others do not have, zero if there is none.
    `refusal` says why no attempt can be begun now, None if one can. `share` is what stands for the
    assignment, overrides by an instructor included; None where there is none, or none is shown.
    """

    id: AssignmentId
    course_id: CourseId
    course_title: str
    timezone: str
    title: str
    rules: AssignmentRules
    extra_time: timedelta
    credit: tuple[CreditLine, ...]
    asks_password: bool
    state: LearnerState
    refusal: str | None
    open_attempt: AttemptId | None
    attempts: tuple[OwnAttempt, ...]
    share: float | None
    share_reason: str | None


def list_lines(session: Session, course_id: CourseId, now: datetime) -> tuple[AssignmentLine, ...]:
    """Return the assignments of a course for a caller who knows that it may: two statements."""
    assignments = list_assignments(session, course_id)
    counts = count_sitters(session, [each.id for each in assignments])
    return tuple(
        AssignmentLine(
            assignment=each,
            state=find_course_state(each, now),
            begun=counts.get(each.id, (0, 0))[0],
            submitted=counts.get(each.id, (0, 0))[1],
        )
        for each in assignments
    )


def list_own(session: Session, learner: Account, now: datetime) -> tuple[OwnAssignment, ...]:
    """Return the published assignments of the learner's courses: three statements.

    What is due first comes first, what has no due date last.
    """
    found = list_for_learner(session, learner.id)
    attempts = list_attempts(session, learner.id)
    given = list_grade_overrides(session, [each.id for each, _ in found], learner.id)
    own = [_describe(learner.id, each, over, attempts, given, now) for each, over in found]
    return tuple(sorted(own, key=_by_due))


def look_at_own(
    session: Session, learner: Account, assignment_id: AssignmentId, now: datetime
) -> OwnAssignment:
    """Return one assignment of the learner: three statements.

    Raises:
        NotFoundError: no such assignment for this learner; a practice quiz is none.
    """
    found = find_for_learner(session, learner.id, assignment_id)
    if found is None or found[0].practised_by is not None:
        raise NotFoundError("There is no such assignment.")
    attempts = list_attempts(session, learner.id, assignment_id)
    given = list_grade_overrides(session, [assignment_id], learner.id)
    return _describe(learner.id, found[0], found[1], attempts, given, now)


def find_course_state(assignment: Assignment, now: datetime) -> CourseState:
    """Return what an assignment is for those without an override."""
    rules, end = assignment.rules, ends_at(assignment.rules)
    if assignment.status == "draft":
        return "draft"
    if rules.opens_at is not None and now < rules.opens_at:
        return "not_open"
    if end is not None and now > end:
        return "closed"
    return "late" if rules.due_at is not None and now > rules.due_at else "open"


def _describe(
    learner_id: AccountId,
    assignment: Assignment,
    overrides: Overrides,
    all_attempts: Sequence[AttemptRecord],
    given: dict[tuple[AssignmentId, AccountId], GradeOverride],
    now: datetime,
) -> OwnAssignment:
    rules = overrides.resolve(assignment.rules)
    attempts = [each for each in all_attempts if each.assignment_id == assignment.id]
    facts = [close_if_over(each.facts, each.clock, now) for each in attempts]
    running = next((each for each in attempts if state_of(each, now) in _RUNNING), None)
    own = tuple(_own_attempt(assignment, overrides, each, now) for each in attempts)
    share, reason = _find_share(rules, attempts, own, given.get((assignment.id, learner_id)))
    return OwnAssignment(
        id=assignment.id,
        course_id=assignment.course_id,
        course_title=assignment.course_title,
        timezone=assignment.timezone,
        title=assignment.title,
        rules=rules,
        extra_time=_find_extra_time(assignment.rules, rules),
        credit=describe_credit(rules, now),
        asks_password=assignment.password_hash is not None,
        state=_find_state(rules, attempts, running, now),
        refusal=may_start(rules, facts, now, password_ok=True),
        open_attempt=running.id if running else None,
        attempts=own,
        share=share,
        share_reason=reason,
    )


def _find_extra_time(rules: AssignmentRules, own: AssignmentRules) -> timedelta:
    if rules.time_limit is None or own.time_limit is None:
        return timedelta(0)
    return own.time_limit - rules.time_limit


_RUNNING = {"in_progress", "overdue"}


def state_of(attempt: AttemptRecord, now: datetime) -> str:
    """Return the state of an attempt by its own clock."""
    return state_at(attempt.facts, attempt.clock, now)


def _own_attempt(
    assignment: Assignment, overrides: Overrides, attempt: AttemptRecord, now: datetime
) -> OwnAttempt:
    sitting = Sitting(attempt=attempt, assignment=assignment, overrides=overrides)
    told = "marks" in list_shown(sitting, now) and attempt.score is not None
    closed = close_if_over(attempt.facts, attempt.clock, now)
    return OwnAttempt(
        id=attempt.id,
        number=attempt.number,
        started_at=attempt.started_at,
        submitted_at=closed.submitted_at,
        share=attempt.score.share if told and attempt.score else None,
    )


def _find_share(
    rules: AssignmentRules,
    attempts: Sequence[AttemptRecord],
    own: Sequence[OwnAttempt],
    given: GradeOverride | None,
) -> tuple[float | None, str | None]:
    """What stands, if the marks of all that counts may be told."""
    if given is not None:
        return given.share, given.reason
    if any(each.submitted_at is not None and each.share is None for each in own):
        return None, None
    results = [
        Result(attempt=each.facts, score=each.score) for each in attempts if each.score is not None
    ]
    return count_results(results, rules.counts), None


def _find_state(
    rules: AssignmentRules,
    attempts: Sequence[AttemptRecord],
    running: AttemptRecord | None,
    now: datetime,
) -> LearnerState:
    if running is not None:
        return "overdue" if state_of(running, now) == "overdue" else "in_progress"
    if attempts:
        return "submitted"
    end = ends_at(rules)
    if end is not None and now > end:
        return "missed"
    return "not_open" if rules.opens_at is not None and now < rules.opens_at else "open"


def _by_due(own: OwnAssignment) -> tuple[bool, str, int]:
    due = own.rules.due_at
    return (due is None, due.isoformat() if due else "", own.id)
