"""An attempt is begun: allowed once, its questions and its clock fixed from then on."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.attempts.order import seed_of
from quizapp.attempts.rules import AssignmentRules
from quizapp.attempts.states import deadline_of, grace_ends_at, may_start
from quizapp.errors import ConflictError, ForbiddenError, NotFoundError
from quizapp.services.accounts.secrets import check_password
from quizapp.services.limiting import START, Try, note_refusal, refuse_flood
from quizapp.services.quizzing.choosing import choose_questions
from quizapp.services.quizzing.closing import close_overdue, enqueue_closing
from quizapp.storage.accounts import Account
from quizapp.storage.assignments import Assignment
from quizapp.storage.attempts import (
    NewAttempt,
    add_attempt,
    find_attempt_of_key,
    find_sitting,
    list_attempts,
)
from quizapp.storage.ids import AccountId, AssignmentId, AttemptId
from quizapp.storage.overrides import find_for_learner, share_course
from quizapp.storage.responses import add_questions

_MEANWHILE = (
    "You started an attempt meanwhile, in another window or on another device. Open this"
    " assignment again and resume it there."
)
_WRONG_PASSWORD = "The password is not the one for this assignment; ask for it and type it again."  # noqa: S105


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordProof:
    """That somebody typed the password whose hash this is."""

    password_hash: str


def prove_password(
    session: Session,
    learner: Account,
    assignment_id: AssignmentId,
    password: str,
    *,
    address: str,
    now: datetime,
) -> PasswordProof | None:
    """Check an assignment's password, before `start`; None if it has none.

    Raises:
        NotFoundError: no such assignment for this learner.
        TooManyTriesError: this learner, this network address or all together tried too often.
        ForbiddenError: the password is wrong. The caller commits: a refused try is remembered.
    """
    found = find_for_learner(session, learner.id, assignment_id)
    if found is None:
        raise _not_found()
    password_hash = found[0].password_hash
    if password_hash is None:
        return None
    tried = Try(action=START, subject=f"account {learner.id}", address=address)
    refuse_flood(session, tried, now)
    # Nothing is written yet: nobody else has to wait while the password is hashed.
    session.rollback()
    if not check_password(password, password_hash):
        note_refusal(session, tried, now)
        raise ForbiddenError(_WRONG_PASSWORD)
    return PasswordProof(password_hash=password_hash)


def start(
    session: Session,
    learner: Account,
    assignment_id: AssignmentId,
    now: datetime,
    *,
    key: str,
    proof: PasswordProof | None = None,
) -> AttemptId:
    """Begin an attempt; the same idempotency key again is the same attempt.

    Raises:
        NotFoundError: no such assignment for this learner.
        ForbiddenError: it asks for a password, and `proof` is not of it.
        ConflictError: it is not open, no attempt is left, or one is in progress; the text says what
            to do. The caller rolls back.
    """
    share_course(session, assignment_id)
    found = find_for_learner(session, learner.id, assignment_id)
    if found is None:
        raise _not_found()
    assignment, overrides = found
    begun = _find_begun(session, learner.id, assignment_id, key)
    if begun is not None:
        return begun
    rules = overrides.resolve(assignment.rules)
    try:
        number = _refuse_or_number(session, learner, assignment, rules, now)
    except ConflictError:
        # The refusal may be owed to this very request, sent twice and served between.
        begun = _find_begun(session, learner.id, assignment_id, key)
        if begun is None:
            raise
        return begun
    if not _is_proven(assignment, proof):
        raise ForbiddenError(_WRONG_PASSWORD)
    attempt = _plan_attempt(assignment, learner, rules, number, key, now)
    return _begin(session, attempt, assignment, rules, now)


def _find_begun(
    session: Session, learner_id: AccountId, assignment_id: AssignmentId, key: str
) -> AttemptId | None:
    used = find_attempt_of_key(session, learner_id, key)
    return used.id if used is not None and used.assignment_id == assignment_id else None


def _refuse_or_number(
    session: Session,
    learner: Account,
    assignment: Assignment,
    rules: AssignmentRules,
    now: datetime,
) -> int:
    """The number of the attempt that may be begun."""
    if assignment.archived:
        raise ConflictError("This course is archived; ask an instructor if you need to sit this.")
    attempts = list_attempts(session, learner.id, assignment.id)
    for each in attempts:
        if each.submitted_at is None:
            close_overdue(session, each.id, now)
    attempts = list_attempts(session, learner.id, assignment.id)
    facts = [each.facts for each in attempts]
    refusal = may_start(rules, facts, now, password_ok=True)
    if refusal is not None:
        raise ConflictError(refusal)
    return len(attempts) + 1


def _plan_attempt(
    assignment: Assignment,
    learner: Account,
    rules: AssignmentRules,
    number: int,
    key: str,
    now: datetime,
) -> NewAttempt:
    return NewAttempt(
        assignment_id=assignment.id,
        learner_id=learner.id,
        number=number,
        key=key,
        seed=seed_of(assignment=assignment.id, learner=learner.id, number=number),
        shuffled=rules.shuffle_options,
        started_at=now,
        deadline_at=deadline_of(rules, now),
        taken_until=grace_ends_at(rules, now),
    )


def _begin(
    session: Session,
    attempt: NewAttempt,
    assignment: Assignment,
    rules: AssignmentRules,
    now: datetime,
) -> AttemptId:
    attempt_id = add_attempt(session, attempt)
    if attempt_id is None:
        # Another request came between; if it was this one sent twice, it is the same attempt.
        twin = _find_begun(session, attempt.learner_id, assignment.id, attempt.key)
        if twin is None:
            raise ConflictError(_MEANWHILE)
        return twin
    questions = choose_questions(session, assignment, rules, attempt.seed)
    if not questions:
        raise ConflictError("This assignment has no questions left; tell its instructor.")
    add_questions(session, attempt_id, questions)
    begun = find_sitting(session, attempt.learner_id, attempt_id)
    assert begun is not None
    enqueue_closing(session, begun.attempt, now)
    return attempt_id


def _is_proven(assignment: Assignment, proof: PasswordProof | None) -> bool:
    if assignment.password_hash is None:
        return True
    return proof is not None and proof.password_hash == assignment.password_hash


def _not_found() -> NotFoundError:
    return NotFoundError("There is no such assignment.")
