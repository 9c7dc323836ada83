"""An answer that the browser kept while it had no network, and sent later.

It counts even if the fact was answered elsewhere meanwhile, and even if the study session has ended
since: the log only grows, and the memory is folded anew from it, with the answer in its place by
time.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import BusyError, NotFoundError
from quizapp.formats.questions_json import question_from_dict
from quizapp.kinds.registry import get_kind
from quizapp.memory import Memory, fold, register_fits
from quizapp.services.reviewing.answering import (
    Submission,
    describe_review,
    find_replayed,
    measure_thinking,
)
from quizapp.services.reviewing.asking import reps_of
from quizapp.services.reviewing.days import calendar_of, date_of
from quizapp.services.reviewing.intervals import to_entry
from quizapp.services.reviewing.states import fold_history, seed_of
from quizapp.storage.accounts import Account
from quizapp.storage.asked import Asked, find_asked
from quizapp.storage.histories import History, load_history
from quizapp.storage.ids import ReviewId, StudyId
from quizapp.storage.introductions import move_on
from quizapp.storage.recalling import lock_memories
from quizapp.storage.reviews import NewReview, add_review, put_memory
from quizapp.storage.studies import find_study_start

_NOT_FOUND = "This question is not, or no longer, one of your courses."


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """What the browser kept; `answered_at` is by its clock, as is when the question was shown."""

    study_id: StudyId
    submission: Submission
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The review that a kept answer is; `before` tells that it was stored already."""

    review_id: ReviewId
    before: bool


def store_kept(session: Session, account: Account, kept: KeptAnswer, now: datetime) -> Stored:
    """Log a kept answer as of the time it was given, and fold the memory anew.

    Its time is the browser's, but neither before the study session began nor after now. The same
    key again is the same review. No interval is chosen for it with a view to other facts: what it
    had before it may be long past.

    Raises:
        NotFoundError: no such study session of this learner, or no such question in their courses.
        InvalidError: the fields hold no answer.
        ConflictError: the key served another answer.
        BusyError: the learner answers the same fact elsewhere at this moment. Nothing is stored in
            any of these cases once the caller has rolled back.
    """
    at = _get_instant(session, account, kept, now)
    asked = _get_asked(session, account, kept, at)
    question = question_from_dict(asked.body)
    response = get_kind(question.kind).parse(question, kept.submission.fields)
    memory = lock_memories(session, account.id, [asked.fact_id]).get(asked.fact_id)
    history = load_history(session, account.id, asked.fact_id)
    entry = describe_review(account, kept.study_id, kept.submission, asked, question, response, now)
    review = replace(
        entry,
        at=at,
        arrived_at=max(now, at),
        study_day=calendar_of(account).study_day(at),
        was=_find_phase(history, at),
        duration_ms=measure_thinking(kept.submission.shown_at, kept.answered_at),
    )
    review_id = add_review(session, review)
    if review_id is None:
        former = find_replayed(session, account, kept.submission, response)
        return Stored(review_id=former, before=True)
    if asked.fit is not None:
        history = replace(history, fits=(*history.fits, asked.fit))
    _fold_anew(session, review, review_id, history, memory)
    return Stored(review_id=review_id, before=False)


def _get_instant(session: Session, account: Account, kept: KeptAnswer, now: datetime) -> datetime:
    """When the question was answered."""
    started_at = find_study_start(session, account.id, kept.study_id)
    if started_at is None:
        raise NotFoundError(_NOT_FOUND)
    return max(started_at, min(kept.answered_at, now))


def _get_asked(session: Session, account: Account, kept: KeptAnswer, at: datetime) -> Asked:
    """The question that was answered."""
    asked = find_asked(
        session,
        learner_id=account.id,
        study_id=kept.study_id,
        question_id=kept.submission.question_id,
        fact_id=kept.submission.fact_id,
        on=date_of(account, at),
    )
    if asked is None:
        raise NotFoundError(_NOT_FOUND)
    return asked


def _find_phase(history: History, at: datetime) -> str:
    """The phase of the memory in which an answer of that time found it.

    An answer before all others is no second introduction: as many new facts a day as the learner
    allows are counted by this phase.
    """
    former = [each for each in history.live() if each.at <= at]
    seed = seed_of(history.learner_id, history.fact_id)
    memory = fold(former, seed=seed, registry=register_fits(history.fits))
    if memory is not None:
        return memory.phase
    return "learning" if history.live() else "new"


def _fold_anew(
    session: Session,
    review: NewReview,
    review_id: ReviewId,
    history: History,
    memory: Memory | None,
) -> None:
    grown = replace(
        history,
        entries=(*history.entries, to_entry(review, number=review_id)),
        questions={**history.questions, review_id: review.question_id},
    )
    stored = fold_history(grown)
    assert stored is not None
    moved = put_memory(
        session,
        learner_id=review.learner_id,
        fact_id=review.fact_id,
        stored=stored,
        expected_reps=reps_of(memory),
    )
    if not moved:
        raise BusyError("An answer of yours to the same fact is being stored; try again.")
    if memory is None:
        move_on(session, review.learner_id, review.fact_id)
