"""The log once more, from its beginning: what was predicted before each review, and what came."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from quizapp.memory import (
    REGISTRY,
    FittedWeights,
    Grade,
    Memory,
    Parameters,
    Review,
    advance,
    recall,
    register_fits,
)
from quizapp.psychometrics.intervals import find_share_interval
from quizapp.storage.ids import FactId
from quizapp.storage.progress import LiveReview

# On fewer reviews a share says nothing.
FEWEST = 10
# Fuzz moves the day on which a fact is due, not what is remembered of it; drawing it costs a third
# of the time.
_STILL: Mapping[str, Parameters] = {
    version: replace(parameters, fuzz=False) for version, parameters in REGISTRY.items()
}


def register_still(fits: tuple[FittedWeights, ...]) -> Mapping[str, Parameters]:
    """Return all versions, those of some fits among them, without fuzz."""
    if not fits:
        return _STILL
    fitted = register_fits(fits).items()
    return {version: replace(parameters, fuzz=False) for version, parameters in fitted}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Reviews whose outcome was predicted: how many, how many right, how many expected to be."""

    count: int = 0
    right: int = 0
    expected: float = 0.0

    def __add__(self, other: Self) -> "Checked":
        """Return both together."""
        return Checked(
            count=self.count + other.count,
            right=self.right + other.right,
            expected=self.expected + other.expected,
        )

    @property
    def tells(self) -> bool:
        """Whether there are enough reviews to tell anything."""
        return self.count >= FEWEST

    @property
    def share(self) -> float:
        """The share of right answers; there must be a review."""
        return self.right / self.count

    @property
    def predicted(self) -> float:
        """The predicted share of right answers; there must be a review."""
        return self.expected / self.count

    @property
    def interval(self) -> tuple[float, float]:
        """From where to where the share may lie, at 95 %; there must be a review."""
        return find_share_interval(self.right, self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a log amounts to, by study day.

    `checked` has the reviews of facts in the phase review alone; `memories` are as they were at the
    end of the study day that was asked for.
    """

    reviews: Mapping[int, int]
    milliseconds: Mapping[int, int]
    checked: Mapping[int, Checked]
    memories: Mapping[FactId, Memory]


def replay(log: Iterable[LiveReview], until: int, fits: tuple[FittedWeights, ...] = ()) -> Past:
    """Replay a learner's log, in the order that `list_live_reviews` gives it.

    `until` is the study day of which the memories are kept, `fits` are those that the log names.
    """
    registry = register_still(fits)
    reviews: Counter[int] = Counter()
    milliseconds: Counter[int] = Counter()
    checked: dict[int, Checked] = {}
    memories: dict[FactId, Memory] = {}
    kept: dict[FactId, Memory] = {}
    for each in log:
        day, before = each.review.study_day, memories.get(each.fact_id)
        reviews[day] += 1
        milliseconds[day] += each.duration_ms
        if before is not None and before.phase == "review":
            checked[day] = checked.get(day, Checked()) + _check(before, each.review, registry)
        after = advance(before, each.review, seed="", registry=registry)
        memories[each.fact_id] = after
        if day <= until:
            kept[each.fact_id] = after
    return Past(reviews=reviews, milliseconds=milliseconds, checked=checked, memories=kept)


def _check(before: Memory, review: Review, registry: Mapping[str, Parameters]) -> Checked:
    """Set an answer beside its prediction, which counts what guessing adds: g + (1 - g) R."""
    remembered = recall(before, review.study_day, registry[review.parameters])
    return Checked(
        count=1,
        right=int(review.grade != Grade.AGAIN),
        expected=review.guess + (1 - review.guess) * remembered,
    )
