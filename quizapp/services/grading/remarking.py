"""Attempts are marked anew: each once for each correction, with an entry of what changed.

Few are marked at once, many by a job in batches. Both mark what still bears an older key, so that
repeating either changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quizapp.attempts.scores import Score
from quizapp.errors import NotFoundError
from quizapp.jobs import Job
from quizapp.services.quizzing.marking import mark_answer, score_marks
from quizapp.storage.attempts import lock_sitting, put_score
from quizapp.storage.corrections import MadeCorrection, get_correction, list_to_remark
from quizapp.storage.grades import NewMarkChange, Why, add_mark_change
from quizapp.storage.ids import AccountId, AttemptId, CorrectionId
from quizapp.storage.responses import AttemptQuestion, StoredMark, list_questions, put_marks

REMARK_JOB = "remark"
BATCH = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What changes a mark: who did it, when, and what was said about it."""

    why: Why
    reason: str
    by: AccountId | None
    at: datetime


def remark_batch(session: Session, correction: MadeCorrection, now: datetime) -> int:
    """Mark some attempts by a correction that do not bear it yet; return how many."""
    act = Act(why="correction", reason=correction.reason, by=correction.made_by, at=now)
    found = list_to_remark(session, correction, BATCH)
    for attempt_id in found:
        remark_attempt(session, attempt_id, act)
    return len(found)


def remark_by_job(session: Session, job: Job, now: datetime) -> None:  # noqa: ARG001 - in parts
    """Do the job of that name: mark all attempts by a correction, batch by batch."""
    correction_id = CorrectionId(job.get_int("correction"))
    with job.reading() as reading:
        correction = get_correction(reading, correction_id)
    if correction is None:
        raise NotFoundError("There is no such correction.")
    done = 0
    while not job.is_cancelled:
        with job.part() as part:
            count = remark_batch(part, correction, now)
        done += count
        job.report_progress(done, done)
        if count < BATCH:
            return


def remark_attempt(session: Session, attempt_id: AttemptId, act: Act) -> bool:
    """Mark an attempt by the keys that hold now; return whether its score changed.

    What an instructor granted stays, unless the key gives more by now.
    """
    sitting = lock_sitting(session, attempt_id)
    old = sitting.attempt.score if sitting else None
    if old is None:
        return False
    asked = list_questions(session, attempt_id)
    marks = [mark_anew(each) for each in asked]
    stale = {
        each.position: mark for each, mark in zip(asked, marks, strict=True) if mark != each.mark
    }
    new = score_marks(asked, marks, old.credit)
    put_marks(session, attempt_id, stale)
    put_score(session, attempt_id, new)
    changed = [each for each in asked if _differs(each.mark, stale.get(each.position))]
    for each in changed:
        write_change(session, attempt_id, each, stale[each.position].counted, (old, new), act)
    return bool(changed)


def mark_anew(asked: AttemptQuestion) -> StoredMark:
    """Return the mark by the newest correction; as it is where that has been applied."""
    newest = asked.correction.id if asked.correction else None
    return asked.mark if newest == asked.mark.correction_id else mark_answer(asked).stored


def write_change(
    session: Session,
    attempt_id: AttemptId,
    asked: AttemptQuestion,
    fraction: float | None,
    scores: tuple[Score, Score],
    act: Act,
) -> None:
    """Write down that the mark of a question changed, and with it the score."""
    change = NewMarkChange(
        attempt_id=attempt_id,
        position=asked.position,
        why=act.why,
        reason=act.reason,
        changed_by=act.by,
        at=act.at,
        old=scores[0],
        new=scores[1],
        old_fraction=asked.mark.counted,
        new_fraction=fraction,
    )
    add_mark_change(session, change)


def _differs(old: StoredMark, new: StoredMark | None) -> bool:
    return new is not None and (old.counted, old.dropped) != (new.counted, new.dropped)
