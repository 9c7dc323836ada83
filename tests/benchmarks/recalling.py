"""The recall of a class on the days to come."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from fsrs import Card, Scheduler, State

from quizapp.memory.class_forecast import ClassMemories, recall_ahead
from tests.benchmarks.measuring import Ratio, Sizes, compare

# At least 25 times as fast.
AIM = 1 / 25
_DAYS = 30
_LEARNERS = _FACTS = 1000
# A loop over all cards would take minutes: a sample of it is measured and scaled.
_SAMPLE = 200
_CALLS = 3
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def measure_recall(sizes: Sizes) -> dict[str, Ratio]:
    """Compare 1,000 learners x 1,000 facts x 30 days with the package's loop over cards and days.

    The loop runs over 200 of the cards, and its time is multiplied accordingly. A quick run has
    fewer learners.
    """
    learners = _LEARNERS if sizes.calls > _CALLS else sizes.learners
    memories = _make_class(learners)
    cards, scheduler = _make_cards(memories), Scheduler()

    def ours(_: int) -> None:
        for day in range(_DAYS):
            recall_ahead(memories, day)

    def package(_: int) -> None:
        for day in range(_DAYS):
            at = _NOW + timedelta(days=day)
            for card in cards:
                scheduler.get_card_retrievability(card, at)

    sample = compare(ours=ours, baseline=package, calls=_CALLS, aim=AIM, warm=1)
    whole = sample.baseline_us * learners * _FACTS / _SAMPLE
    ratio = round(sample.ours_us / whole, 6)
    return {"recall_1k_x_1k_x_30": replace(sample, ratio=ratio, baseline_us=round(whole, 1))}


def _make_class(learners: int) -> ClassMemories:
    random, shape = np.random.default_rng(1), (learners, _FACTS)
    return ClassMemories(
        stabilities=random.uniform(0.5, 90, shape),
        difficulties=random.uniform(1, 10, shape),
        last_days=-random.integers(0, 60, shape),
        due_days=random.integers(0, 30, shape),
        targets=np.full(learners, 0.9),
    )


def _make_cards(memories: ClassMemories) -> list[Card]:
    firsts = zip(
        memories.stabilities.flat[:_SAMPLE], memories.last_days.flat[:_SAMPLE], strict=True
    )
    return [
        Card(
            card_id=number,
            state=State.Review,
            stability=float(stability),
            difficulty=5.0,
            last_review=_NOW + timedelta(days=int(last_day)),
        )
        for number, (stability, last_day) in enumerate(firsts)
    ]
