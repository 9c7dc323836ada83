"""From marks to an attempt's score, to the score that stands, to the course total.

All of it is float: marks come as fractions such as 1/3, which no decimal holds either, both
databases store them as doubles, and the statistics of a report are computed on the same numbers.
Sums are exact before they are rounded once (`fsum`), so no order of questions changes a score;
figures are rounded where they are shown and nowhere before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from quizapp.attempts.rules import Counting
from quizapp.attempts.states import Attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedQuestion:
    """One question of an attempt: the mark as a fraction of its maximum, None if unanswered.

    A dropped question counts neither way.
    """

    fraction: float | None
    maximum: float = 1.0
    dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The points of an attempt, the most there were, and the credit for its time (1 is 100 %)."""

    points: float
    maximum: float
    credit: float = 1.0

    @property
    def share(self) -> float | None:
        """The share of the maximum times the credit; None where nothing could be earned.

        It exceeds 1 where early work earns more than 100 %.
        """
        return None if self.maximum <= 0 else self.points / self.maximum * self.credit


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """An attempt, as it stands now (`close_if_over`), with its score."""

    attempt: Attempt
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePart:
    """One assignment in a learner's total; `weight` is what it counts for, in any unit.

    `share` None means no score. Once the assignment is `over` for the learner that counts as 0,
    before then it is left out.
    """

    share: float | None
    weight: float = 1.0
    over: bool = False


def score_attempt(questions: Iterable[MarkedQuestion], credit: float = 1.0) -> Score:
    """Return the score: 0 of its maximum for an unanswered question, nothing for a dropped one."""
    kept = [each for each in questions if not each.dropped]
    return Score(
        points=fsum((each.fraction or 0.0) * each.maximum for each in kept),
        maximum=fsum(each.maximum for each in kept),
        credit=credit,
    )


def count_results(results: Sequence[Result], counts: Counting) -> float | None:
    """Return the share that stands for the assignment, None if no attempt was submitted.

    Only submitted attempts count: the first is the first of them. Attempts in which nothing could
    be earned are left out.
    """
    submitted = [each for each in results if each.attempt.submitted_at is not None]
    submitted.sort(key=lambda each: each.attempt.started_at)
    shares = [each.score.share for each in submitted if each.score.share is not None]
    if not shares:
        return None
    if counts == "average":
        return fsum(shares) / len(shares)
    return {"first": shares[0], "last": shares[-1], "highest": max(shares)}[counts]


def total_course(parts: Iterable[CoursePart]) -> float | None:
    """Return the share of a course's assignments by weight, None if nothing counts yet."""
    counted = [each for each in parts if each.over or each.share is not None]
    weight = fsum(each.weight for each in counted)
    if weight <= 0:
        return None
    return fsum((each.share or 0.0) * each.weight for each in counted) / weight
