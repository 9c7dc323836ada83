"""An assignment is created, changed, published and taken back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError
from quizapp.services.accounts.secrets import hash_password
from quizapp.services.assigning.access import lock_assignment
from quizapp.services.assigning.clocks import moving_clocks
from quizapp.services.assigning.planning import Plan, check_plan, refuse_problems
from quizapp.services.courses.access import lock_changeable
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import (
    Assignment,
    Content,
    Pick,
    add_assignment,
    change_assignment,
    delete_assignment,
    has_attempts,
    list_picks,
    set_status,
)
from quizapp.storage.ids import AssignmentId, CourseId

_BEGUN = (
    "Students have begun this assignment, so that its questions and points stay as they are."
    " Correct the key of a question or drop it instead."
)
_STALE = (
    "This assignment was changed meanwhile, in another window or by somebody else; nothing was"
    " stored. Open it again and repeat your change."
)


def make_password_hash(password: str) -> str | None:
    """Return what is stored of an assignment's password, None if it is empty: it has none then.

    Takes long on purpose: call it before the transaction that writes.
    """
    return hash_password(password) if password else None


def create(
    session: Session,
    instructor: Account,
    course_id: CourseId,
    plan: Plan,
    now: datetime,
    *,
    password_hash: str | None = None,
) -> AssignmentId:
    """Create an assignment as a draft, which learners do not see.

    Raises:
        NotFoundError: no such course that this person teaches.
        ForbiddenError: they assist in it.
        ConflictError: the course is archived.
        InvalidError: the plan has problems; `check_plan` tells them by field.
    """
    lock_changeable(session, instructor, course_id)
    refuse_problems(check_plan(session, course_id, plan))
    return add_assignment(
        session,
        course_id=course_id,
        title=plan.title.strip(),
        content=plan.content,
        rules=plan.rules,
        password_hash=password_hash,
        created_by=instructor.id,
        now=now,
    )


def edit(
    session: Session,
    instructor: Account,
    assignment_id: AssignmentId,
    plan: Plan,
    now: datetime,
    *,
    password_hash: str | None,
    expected_edits: int,
) -> None:
    """Change an assignment; `expected_edits` is what the form was shown with.

    Once somebody has begun, its questions and points stay as they are, as in Moodle; all else may
    change. Running clocks follow the dates (`clocks.moving_clocks`).

    Raises:
        NotFoundError, ForbiddenError: as `create`.
        ConflictError: the questions were to change although somebody began; or the assignment was
            changed meanwhile; or the course is archived.
        InvalidError: the plan has problems.
    """
    assignment = lock_assignment(session, instructor, assignment_id)
    if assignment.edits != expected_edits:
        raise ConflictError(_STALE)
    changed = plan.content != get_content(session, assignment)
    if changed and has_attempts(session, assignment_id):
        raise ConflictError(_BEGUN)
    refuse_problems(check_plan(session, assignment.course_id, plan))
    with moving_clocks(session, assignment_id, instructor, now):
        change_assignment(
            session,
            assignment_id,
            title=plan.title.strip(),
            content=plan.content if changed else None,
            rules=plan.rules,
            password_hash=password_hash,
        )


def arrange_picks(
    session: Session,
    instructor: Account,
    assignment_id: AssignmentId,
    picks: Sequence[Pick],
    now: datetime,
    *,
    expected_edits: int,
) -> None:
    """Put the picked questions of an assignment into another order, with points of their own.

    Raises:
        NotFoundError, ForbiddenError, InvalidError: as `edit`.
        ConflictError: as `edit`; or these are not the questions that are picked.
    """
    assignment = lock_assignment(session, instructor, assignment_id)
    plan = get_plan(session, assignment)
    if {each.question_id for each in picks} != {p.question_id for p in plan.content.picks}:
        raise ConflictError(_STALE)
    edit(
        session,
        instructor,
        assignment_id,
        replace(plan, content=replace(plan.content, picks=tuple(picks))),
        now,
        password_hash=assignment.password_hash,
        expected_edits=expected_edits,
    )


def publish(session: Session, instructor: Account, assignment_id: AssignmentId) -> None:
    """Let the learners of the course see an assignment; published before, it stays so.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `create`.
        InvalidError: it has problems by now, for example since the course teaches other sets.
    """
    assignment = lock_assignment(session, instructor, assignment_id)
    refuse_problems(check_plan(session, assignment.course_id, get_plan(session, assignment)))
    set_status(session, assignment_id, "published")


def withdraw(session: Session, instructor: Account, assignment_id: AssignmentId) -> None:
    """Make an assignment a draft again, which learners do not see.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `create`; or somebody has begun it.
    """
    lock_assignment(session, instructor, assignment_id)
    _refuse_begun(session, assignment_id)
    set_status(session, assignment_id, "draft")


def remove(session: Session, instructor: Account, assignment_id: AssignmentId) -> None:
    """Delete an assignment that nobody has begun.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `withdraw`.
    """
    lock_assignment(session, instructor, assignment_id)
    _refuse_begun(session, assignment_id)
    delete_assignment(session, assignment_id)


def get_plan(session: Session, assignment: Assignment) -> Plan:
    """Return an assignment as it was planned, to be changed in a form."""
    return Plan(
        title=assignment.title, content=get_content(session, assignment), rules=assignment.rules
    )


def get_content(session: Session, assignment: Assignment) -> Content:
    """Return what an assignment asks."""
    return Content(
        version_id=assignment.version_id,
        picking=assignment.picking,
        picks=list_picks(session, assignment.id),
        draws=assignment.draws,
        points=assignment.points,
    )


def _refuse_begun(session: Session, assignment_id: AssignmentId) -> None:
    if has_attempts(session, assignment_id):
        raise ConflictError(
            "Students have begun this assignment; close it by its closing date instead."
        )
