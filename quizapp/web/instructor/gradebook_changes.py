"""How changes of marks read on their page."""

from dataclasses import dataclass

from quizapp.attempts.scores import Score
from quizapp.services.grading.auditing import Audit
from quizapp.storage.ids import AccountId, AttemptId, QuestionId
from quizapp.storage.mark_audits import GIVEN, ChangeEntry, CorrectionEntry
from quizapp.web.instructor.gradebook_pages import write_score
from quizapp.web.words import write_share
from quizapp.web.zones import write_instant

_WHYS = {
    "correction": "The key was corrected",
    "claim": "“I was right” was granted",
    "dates": "Dates were moved",
    GIVEN: "A grade was given",
}
_GONE = "an account that is gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """A change: whose mark of what, before and after."""

    at: str
    by: str
    learner_id: AccountId
    learner: str
    attempt_id: AttemptId | None
    what: str
    old: str
    new: str
    why: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """A correction of a question."""

    at: str
    by: str
    question_id: QuestionId
    stem: str
    what: str
    reason: str


def show_changes(audit: Audit) -> tuple[ChangeView, ...]:
    """Return the changes, their times by the clocks of the course."""
    return tuple(_show_change(each, audit.assignment.timezone) for each in audit.changes)


def show_corrections(audit: Audit) -> tuple[CorrectionView, ...]:
    """Return the corrections, their times by the clocks of the course."""
    return tuple(_show_correction(each, audit.assignment.timezone) for each in audit.corrections)


def _show_change(entry: ChangeEntry, timezone: str) -> ChangeView:
    question = "" if entry.position is None else f", question {entry.position + 1}"
    is_grade = entry.why == GIVEN
    taken_back = is_grade and entry.new_share is None
    return ChangeView(
        at=write_instant(entry.at, timezone),
        by=entry.by_name or _GONE,
        learner_id=entry.learner_id,
        learner=entry.learner_name,
        attempt_id=entry.attempt_id,
        what="The grade" if is_grade else f"Attempt {entry.number}{question}",
        old=_write(entry.old, entry.old_fraction, entry.old_share),
        new=_write(entry.new, entry.new_fraction, entry.new_share),
        why="A given grade was taken back" if taken_back else _WHYS[entry.why],
        reason=entry.reason,
    )


def _write(score: Score | None, fraction: float | None, share: float | None) -> str:
    """Return a score, before it the mark of a single question; or a grade."""
    if score is None:
        return write_share(share) or "as computed"
    mark = "" if fraction is None else f"{write_share(fraction)} of the question: "
    return f"{mark}{write_score(score)}"


def _show_correction(entry: CorrectionEntry, timezone: str) -> CorrectionView:
    return CorrectionView(
        at=write_instant(entry.at, timezone),
        by=entry.by_name or _GONE,
        question_id=entry.question_id,
        stem=str(entry.body["stem"]),
        what="The question was dropped" if entry.dropped else "The key was corrected",
        reason=entry.reason,
    )
