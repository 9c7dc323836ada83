"""Two sides measured in turn, so that what else the machine does weighs on both alike."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import process_time_ns

Step = Callable[[int], object]
WARM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much is measured: calls of each side, facts of a learner, copies of a pack, learners."""

    calls: int
    few_facts: int
    many_facts: int
    copies: tuple[int, ...]
    learners: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Median CPU time of a call, in microseconds, ours over the baseline's, after `n` calls each.

    `aim` is the ratio that must not be exceeded, None where the figure is only reported.
    """

    ratio: float
    aim: float | None
    ours_us: float
    baseline_us: float
    n: int


def compare(
    *, ours: Step, baseline: Step, calls: int, aim: float | None, warm: int = WARM
) -> Ratio:
    """Call both sides in turn with the numbers 0, 1, 2 ... and compare their medians.

    Of the `warm + calls` calls of each the first `warm`, which fill caches, are not counted. CPU
    time is that of the whole process, in user and system mode.
    """
    times: tuple[list[int], list[int]] = ([], [])
    with _no_collector():
        for number in range(warm + calls):
            for side, kept in zip((ours, baseline), times, strict=True):
                start = process_time_ns()
                side(number)
                kept.append(process_time_ns() - start)
    ours_us, baseline_us = (median(kept[warm:]) / 1000 for kept in times)
    return Ratio(
        ratio=round(ours_us / baseline_us, 3),
        aim=aim,
        ours_us=round(ours_us, 1),
        baseline_us=round(baseline_us, 1),
        n=calls,
    )


@contextmanager
def _no_collector() -> Iterator[None]:
    """Keep the garbage of one side from being collected in the time of the other."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
