"""Which attempts of each learner count in a report, and the shares they earned."""

from collections.abc import Iterable, Sequence

from quizapp.services.reporting.values import Which
from quizapp.storage.attempts import AttemptRecord
from quizapp.storage.ids import AccountId

DOUBTFUL = (
    "Every attempt counts, so that who tried again counts more than once: intervals are too narrow,"
    " and reliability seems better than it is."
)


def choose_attempts(attempts: Iterable[AttemptRecord], which: Which) -> tuple[AttemptRecord, ...]:
    """Return the marked attempts of one assignment that count, by learner and number."""
    of_learners: dict[AccountId, list[AttemptRecord]] = {}
    for each in attempts:
        if each.marked_at is not None:
            of_learners.setdefault(each.learner_id, []).append(each)
    return tuple(
        chosen
        for marked in of_learners.values()
        for chosen in _choose(sorted(marked, key=lambda each: each.number), which)
    )


def share_of(attempt: AttemptRecord) -> float | None:
    """Return the points over the maximum, without credit for time; None if nothing counted."""
    if attempt.points is None or not attempt.maximum:
        return None
    return attempt.points / attempt.maximum


def _choose(marked: Sequence[AttemptRecord], which: Which) -> Sequence[AttemptRecord]:
    if which == "all":
        return marked
    if which == "highest":
        return [max(marked, key=lambda each: share_of(each) or 0.0)]
    return [marked[-1] if which == "last" else marked[0]]
