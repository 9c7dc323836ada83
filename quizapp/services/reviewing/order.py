"""In what order waiting facts are asked, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.storage.polishing import POLISH
from quizapp.storage.queue import DUE, LEARNING, NEW, Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many facts wait, by why."""

    due: int
    new: int
    learning: int

    @property
    def total(self) -> int:
        """All that wait."""
        return self.due + self.new + self.learning


def count_waiting(waiting: Sequence[Waiting]) -> Counts:
    """Count what waits; what is polished before an exam is as good as due."""
    reasons = [each.why for each in waiting]
    return Counts(
        due=reasons.count(DUE) + reasons.count(POLISH),
        new=reasons.count(NEW),
        learning=reasons.count(LEARNING),
    )


def order_waiting(
    waiting: Sequence[Waiting], *, now: datetime, today: int, backlog: int
) -> list[Waiting]:
    """Return what waits in the order to ask it.

    First the learning steps that have ended, then what is polished before an exam, what is due, and
    new facts; behind them what the answers just given would give away, then the steps that end
    soon. What is polished comes as it is, the weakest first. With `backlog` or more due facts the
    weakest of these come first, too: predicted recall falls with elapsed days over stability,
    whatever the decay, so that quotient orders them.
    """
    ended = [each for each in waiting if each.why == LEARNING and _ended(each, now)]
    early = [each for each in waiting if each.why == LEARNING and not _ended(each, now)]
    due = [each for each in waiting if each.why == DUE]
    if len(due) >= backlog:
        due.sort(key=lambda each: _elapsed(each, today), reverse=True)
    polish = [each for each in waiting if each.why == POLISH]
    ready = [*ended, *polish, *due, *(each for each in waiting if each.why == NEW)]
    return [*sorted(ready, key=lambda each: each.rival), *early]


def _ended(waiting: Waiting, now: datetime) -> bool:
    return waiting.due_at is None or waiting.due_at <= now


def _elapsed(waiting: Waiting, today: int) -> float:
    assert waiting.stability is not None
    assert waiting.last_day is not None
    return (today - waiting.last_day) / waiting.stability
