"""Notes on marks that changed, to the learner whom they concern."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.attempts.scores import Score
from quizapp.services.quizzing.looking import get_sitting, list_shown
from quizapp.storage.accounts import Account
from quizapp.storage.grades import (
    MarkChange,
    list_unseen_changes,
    put_changes_away,
)
from quizapp.storage.ids import AttemptId, MarkChangeId


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """That a mark of the learner changed; old and new are None while marks are not shown.

    `question` is the number of the question concerned, None if the change is of the whole attempt.
    """

    id: MarkChangeId
    attempt_id: AttemptId
    title: str
    question: int | None
    why: str
    reason: str
    at: datetime
    old: Score | None
    new: Score | None


def list_notes(session: Session, learner: Account, now: datetime) -> tuple[Note, ...]:
    """Return the notes that the learner has not put away, the newest first.

    One statement, and one for each attempt concerned.
    """
    changes = list_unseen_changes(session, learner.id)
    told = {
        attempt_id: "marks" in list_shown(get_sitting(session, learner, attempt_id), now)
        for attempt_id in {each.attempt_id for each in changes}
    }
    return tuple(_note(each, told=told[each.attempt_id]) for each in changes)


def put_notes_away(session: Session, learner: Account, upto: MarkChangeId, now: datetime) -> None:
    """Put the notes away, up to one that was seen; those of others stay."""
    put_changes_away(session, learner.id, upto, now)


def _note(change: MarkChange, *, told: bool) -> Note:
    return Note(
        id=change.id,
        attempt_id=change.attempt_id,
        title=change.assignment_title,
        question=None if change.position is None else change.position + 1,
        why=change.why,
        reason=change.reason,
        at=change.at,
        old=change.old if told else None,
        new=change.new if told else None,
    )
