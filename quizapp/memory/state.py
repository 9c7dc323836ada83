"""The memory that one learner has of one fact."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from quizapp.memory.days import StudyCalendar

Phase = Literal["learning", "review", "relearning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The state after the last review, a cache of the log.

    `stability` is in days (after so many, recall is predicted at 0.9), `difficulty` 1 to 10. In
    the phases learning and relearning `step` counts the steps from 0 and `due_at` is the instant at
    which the step ends; in the phase review they are 0 and None. `due_day` and `last_day` are study
    days, `reps` counts the reviews, `lapses` the wrong answers in the phase review.
    """

    stability: float
    difficulty: float
    phase: Phase
    step: int
    due_day: int
    due_at: datetime | None
    last_day: int
    last_at: datetime
    reps: int
    lapses: int


def is_due(memory: Memory, today: int, now: datetime) -> bool:
    """Return whether the memory is due at the instant `now` of the study day `today`."""
    return memory.due_day <= today and (memory.due_at is None or memory.due_at <= now)


def due_instant(memory: Memory, calendar: StudyCalendar) -> datetime:
    """Return the instant, in UTC, from which the memory is due: the end of a step or a new day."""
    return memory.due_at or calendar.start_of(memory.due_day)
