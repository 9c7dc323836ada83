"""The last answer is taken back."""

from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.errors import ConflictError, NotFoundError
from quizapp.services.reviewing.states import fold_history
from quizapp.storage.accounts import Account
from quizapp.storage.histories import load_history
from quizapp.storage.ids import ReviewId
from quizapp.storage.reviews import (
    LoggedReview,
    add_undo,
    delete_memory,
    find_review,
    put_memory,
)


def undo(session: Session, account: Account, review_id: ReviewId, now: datetime) -> None:
    """Undo an answer: an entry is added to the log, and the memory is its fold again.

    Undoing what is undone changes nothing.

    Raises:
        NotFoundError: no such answer of this learner.
        ConflictError: it is not the last one; later answers must be undone first.
    """
    review = find_review(session, account.id, review_id)
    if review is None:
        raise NotFoundError("There is no such answer.")
    if review.undone:
        return
    if not review.is_last:
        raise ConflictError("You have answered since then; undo the later answers first.")
    add_undo(session, review_id, now)
    _restore(session, account, review)


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
