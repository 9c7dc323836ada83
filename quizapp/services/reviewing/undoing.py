"""The last answer is taken back."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, NotFoundError
from quizapp.services.reviewing.states import fold_history
from quizapp.storage.accounts import Account
from quizapp.storage.histories import load_history
from quizapp.storage.ids import ReviewId
from quizapp.storage.logged import LoggedReview, find_review
from quizapp.storage.reviews import add_undo, delete_memory, put_memory


def undo(session: Session, account: Account, review_id: ReviewId, now: datetime) -> None:
    """Undo an answer: an entry is added to the log, and the memory is its fold again.

    Undone one after the other, the learner's last thirty answers go, whatever the study session.
    Undoing what is undone changes nothing. The answers of an attempt stay, and stand in nobody's
    way: a memory is the fold of what is left.

    Raises:
        NotFoundError: no such answer of this learner.
        ConflictError: it is not the last one, nor one of the last thirty, or an attempt's.
    """
    review = find_review(session, account.id, review_id)
    if review is None:
        raise NotFoundError("There is no such answer.")
    if review.undone:
        return
    _refuse(review)
    add_undo(session, review_id, now)
    _restore(session, account, review)


def _refuse(review: LoggedReview) -> None:
    if review.of_attempt:
        raise ConflictError("You answered this in an assignment, so it cannot be undone here.")
    if not review.is_last:
        raise ConflictError("You have answered since then; undo the later answers first.")
    if not review.is_recent:
        raise ConflictError("Only your last 30 answers can be undone; this one is older.")


def _restore(session: Session, account: Account, review: LoggedReview) -> None:
    fact_id = review.variant.fact_id
    stored = fold_history(load_history(session, account.id, fact_id))
    if stored is None:
        delete_memory(session, account.id, fact_id)
        return
    assert review.memory is not None
    restored = put_memory(
        session,
        learner_id=account.id,
        fact_id=fact_id,
        stored=stored,
        expected_reps=review.memory.reps,
    )
    if not restored:
        raise ConflictError("You answered this fact meanwhile; nothing was undone.")
